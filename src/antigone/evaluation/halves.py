"""Which half of a benchmark a person belongs to, for good: what is fitted on one half is judged on the other."""

from __future__ import annotations

import hashlib
from typing import Literal

Half = Literal["calibration", "test"]


def half(person: str) -> Half:
    """The half that `person`, a name in a data set, falls into.

    It rests on the name alone: the first byte of the SHA-256 of the name in UTF-8, even for "calibration" and odd
    for "test". No list, seed or order of a folder has a say, so that every command and every run divides a data
    set alike, and a person who is added moves nobody else. People who are filed under two names have to be given
    one name before (see `protocols.aliases`).
    """
    return "test" if hashlib.sha256(person.encode()).digest()[0] % 2 else "calibration"

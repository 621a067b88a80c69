"""The limits on pictures that this instance sets."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from antigone.imaging import Limits
from antigone.instance import InstanceError

NAMES = ("max_bytes", "max_pixels", "max_frames")


def picture_limits() -> Limits:
    """The limits that antigone.toml names under [imaging], or the defaults; raises InstanceError."""
    given: dict[str, Any] = settings.ANTIGONE_SETTINGS.get("imaging", {})
    for name, value in given.items():
        if name not in NAMES or type(value) is not int or value < 1:
            raise InstanceError(
                f"antigone.toml says [imaging] {name} = {value!r}; known are {', '.join(NAMES)}, each a whole number "
                "above zero. Nothing was opened. Mend the line and try again."
            )
    return Limits(**given)

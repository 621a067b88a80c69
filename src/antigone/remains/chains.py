"""What makes a chain of custody: who may hand over, and where the chain has a gap; pure decisions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True)
class Link:
    """One hand-over as a chain sees it."""

    from_holder: str
    to_holder: str
    at: datetime
    seal: str = ""
    seal_found: str = ""
    gap: str = ""


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold, in words; `number` is the step before which it lies."""

    number: int
    words: str


def holder(chain: Sequence[Link]) -> str:
    """Who holds it now; empty where nobody took it yet."""
    return chain[-1].to_holder if chain else ""


def same(one: str, other: str) -> bool:
    """Whether two names of a holder are the same, but for case and spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def fault(chain: Sequence[Link], new: Link) -> str | None:
    """The sentence that refuses a hand-over, or None.

    Only who holds it hands it over. Where the truth is otherwise it is recorded as a gap, in words, and shown.
    """
    if same(new.from_holder, new.to_holder):
        return _("Nothing is handed over from somebody to themselves. Nothing was saved.")
    if not chain:
        return _("A chain that begins has no gap before it. Nothing was saved.") if new.gap else None
    last = chain[-1]
    if new.at < last.at:
        return _("The last hand-over was later than this one. Check the time. Nothing was saved.")
    held = same(new.from_holder, last.to_holder)
    if not held and not new.gap:
        return _(
            "It is held by %(holder)s since the last hand-over, who alone can hand it over. If it was found with "
            "somebody else, record that as a gap and say what is known of it. Nothing was saved."
        ) % {"holder": last.to_holder}
    if held and new.gap:
        return _("There is no gap: it comes from who held it. Nothing was saved.")
    return None


def breaks(chain: Sequence[Link]) -> tuple[Break, ...]:
    """Every place where the chain does not hold: gaps between holders, and seals that are not the ones put on."""
    found = []
    for number, (before, after) in enumerate(itertools.pairwise(chain), start=2):
        if not same(before.to_holder, after.from_holder):
            found.append(
                Break(
                    number,
                    _("Between %(before)s and %(after)s nobody is on record: %(why)s")
                    % {"before": before.to_holder, "after": after.from_holder, "why": after.gap},
                )
            )
        if before.seal and not after.seal_found:
            found.append(Break(number, _("The seal %(seal)s was not read when it came.") % {"seal": before.seal}))
        elif after.seal_found != before.seal:
            put_on = before.seal or pgettext("seal", "none")
            found.append(
                Break(
                    number,
                    _("It came under the seal %(found)s; the seal put on was %(put_on)s.")
                    % {"found": after.seal_found, "put_on": put_on},
                )
            )
    return tuple(found)

"""When the subject died, or was recovered, against when the person was last seen.

Somebody cannot be dead before they were last seen: that contradicts, unless the sighting was a mistake. That it was
possible says little; with the last-seen dates of the missing, f of whom can have died in the interval, LR = 1 / f.
"""

from __future__ import annotations

import math

from antigone.evidence.secondary.dates import DateSpan
from antigone.evidence.secondary.figures import Figures
from antigone.evidence.secondary.lines import Finding, Line, cannot_tell, in_words, silent
from antigone.evidence.secondary.records import AnteMortem, PostMortem

NAME = "dates"


def compare_dates(found: PostMortem, told: AnteMortem, figures: Figures) -> Line:
    """The line of dates: death (or recovery, the latest it can have been) against the day last seen."""
    shown = "; ".join(
        text
        for text in (
            f"died {found.died}" if found.died else "",
            f"{'found' if found.alive else 'recovered'} {found.recovered}" if found.recovered else "",
        )
        if text
    )
    latest = min((day for day in (found.died.last if found.died else None, found.recovered) if day), default=None)
    recorded = f"last seen {told.last_seen}" if told.last_seen else told.last_seen_text
    if latest is None or told.last_seen is None:
        unread = told.last_seen is None and told.last_seen_text and told.last_seen_text.lower() != "unknown"
        if latest is not None and unread:
            return cannot_tell(NAME, shown, recorded, "The date on record cannot be read as a date.")
        return silent(NAME, shown, recorded)
    if told.last_seen.first <= latest:
        return _possible(shown, recorded, found, figures)
    if found.part:
        why = "Recovered before the person was last seen, but whoever lost a part can have lived on."
        return cannot_tell(NAME, shown, recorded, why)
    event = "Found unable to speak" if found.alive else "Dead"
    basis = (
        f"{event} before the person was last seen. No ratio, since how often sightings and estimates are mistaken was "
        "not given: check who saw whom, and when."
    )
    return Line(NAME, shown, recorded, Finding.CONTRADICTS, None, basis, True, NAME)


def _possible(shown: str, recorded: str, found: PostMortem, figures: Figures) -> Line:
    if figures.last_seen is None or found.died is None or found.alive:
        basis = "The dates allow it, which says little. No ratio, since "
        basis += "when the missing were last seen was not given." if found.died else "death was not dated."
        return Line(NAME, shown, recorded, Finding.AGREES, None, basis, True, NAME)
    ends = min(found.died.last, found.recovered) if found.recovered else found.died.last
    died = DateSpan(min(found.died.first, ends), ends)
    share = figures.last_seen.share_possible(died)
    log10_lr = -math.log10(share)
    basis = (
        f"{in_words(log10_lr)} The dates allow about {100 * share:.0f} % of the missing "
        f"({len(figures.last_seen.values):,} dates, {figures.last_seen.source})."
    )
    return Line(NAME, shown, recorded, Finding.AGREES, log10_lr, basis, True, NAME)

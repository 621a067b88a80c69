"""When a record is looked at again, when it is warned of, and when it ends: pure decisions (docs/retention.md)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from antigone.missing.models import ReportState

# Somebody hears of a review, or of an end, this long before the day.
WARNED_BEFORE = timedelta(days=30)
# A review that nobody holds within this time is a decision: the portrait ends, and is searched no more.
REVIEW_GRACE = timedelta(days=60)
# What ended is kept unsearchable for this long, so that a mistake can be seen, and is erased then.
ERASE_GRACE = timedelta(days=30)
# A portrait is held for five years at most without being looked at again.
LONGEST = timedelta(days=5 * 366)


class Due(StrEnum):
    """Why somebody should look at a record."""

    REVIEW = "review"
    ENDING = "ending"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    Due.REVIEW: _("to be reviewed"),
    Due.ENDING: _("its end comes near"),
    Due.ENDED: _("ended, and to be erased"),
    Due.WITHDRAWN: _("withdrawn by its giver, and to be erased"),
}


def due(until: date | None, review_on: date | None, withheld_on: date | None, today: date) -> Due | None:
    """Why a record is due on a day, or None. An end outweighs a review, and a withdrawal outweighs both."""
    if withheld_on is not None:
        return Due.WITHDRAWN
    if until is not None and until < today:
        return Due.ENDED
    if until is not None and until <= today + WARNED_BEFORE:
        return Due.ENDING
    if review_on is not None and review_on <= today + WARNED_BEFORE:
        return Due.REVIEW
    return None


def portraits_due(today: date) -> Q:
    """The portraits that are due on a day, as a condition of the database."""
    soon = today + WARNED_BEFORE
    return Q(withheld_at__isnull=False) | Q(until__lte=soon) | Q(until=None, review_on__lte=soon)


def persons_due(today: date) -> Q:
    """The persons who are missed and whose record is due on a day, as a condition of the database."""
    return Q(review_on__lte=today + WARNED_BEFORE, report__state=ReportState.OPEN)


def unheld(until: date | None, review_on: date | None, today: date) -> bool:
    """Whether a review is so long overdue that the record ends today."""
    return until is None and review_on is not None and review_on + REVIEW_GRACE < today


def erased_on(until: date | None, withheld_on: date | None) -> date | None:
    """The day from which the daily job erases a record, or None while nothing ended it."""
    ends = [day + ERASE_GRACE for day in (until, withheld_on) if day is not None]
    return min(ends) if ends else None


def renewal_fault(until: date | None, review_on: date | None, reason: str, today: date) -> str | None:
    """What is wrong with keeping a record on these terms, as a sentence, or None."""
    if not reason.strip():
        return str(_("Say why it is kept. Nothing was changed."))
    if (until is None) == (review_on is None):
        return str(_("Give either a last day or a day for the next review. Nothing was changed."))
    day = until or review_on
    assert day is not None
    if day <= today:
        return str(_("That day has passed. Nothing was changed."))
    if day > today + LONGEST:
        return str(_("That day is more than five years away; a record is looked at before. Nothing was changed."))
    return None

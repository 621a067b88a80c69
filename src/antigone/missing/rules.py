"""Which portraits may be searched, and until when: pure decisions."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from antigone.enrolment.models import NO_END
from antigone.missing.models import Basis, ReportState

EPOCH = date(1970, 1, 1)

# Without an end, a portrait is looked at again after a year (docs/retention.md).
REVIEW_AFTER = timedelta(days=365)


def day_number(day: date | None) -> int:
    """Days since 1970-01-01, as the gallery filters by them; NO_END for no end."""
    return NO_END if day is None else (day - EPOCH).days


def review_day(until: date | None, today: date) -> date | None:
    """When a portrait without an end must be reviewed; None when it has an end."""
    return None if until else today + REVIEW_AFTER


def searchable(state: str, basis: str, citation: str, *, withheld: bool = False) -> bool:
    """Whether a portrait is in the gallery: its person is reported missing, or a service basis is cited.

    What was withdrawn is not searched on any basis, be it the report or, `withheld`, the portrait; nor is what stayed
    behind with a record that was merged into another.
    """
    if withheld or state in (ReportState.WITHDRAWN, ReportState.MERGED):
        return False
    return state == ReportState.OPEN or (basis == Basis.OWN_SERVICE and bool(citation.strip()))


def citation_advice(basis: str, citation: str) -> str | None:
    """A word of warning for a basis that names no document."""
    if basis == Basis.FAMILY_CONSENT or citation.strip():
        return None
    return (
        f"The basis {basis} was given without a citation (--cite): these portraits are searched only while their "
        "persons are reported missing, and the review will ask for the document."
    )


# ISO 15924 codes of the scripts that names come in most; others are "Zyyy", undetermined.
SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "GREEK": "Grek", "HEBREW": "Hebr", "ARMENIAN": "Armn"}


def script_of(text: str) -> str:
    """ISO 15924 code of the script that most letters of `text` are in, by their Unicode names."""
    letters = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    return SCRIPTS.get(letters.most_common(1)[0][0], "Zyyy") if letters else "Zyyy"


ADULT = 18


class Minor(StrEnum):
    """Whether someone is a child, as far as the records tell; the child-protection lead sees to all but NO."""

    NOW = "now"
    WHEN_LAST_SEEN = "when-last-seen"
    UNKNOWN = "unknown"
    NO = "no"

    @property
    def label(self) -> str:
        return str(_MINOR_LABELS[self])

    @property
    def flagged(self) -> bool:
        """Whether the child-protection lead is to be told."""
        return self in (Minor.NOW, Minor.WHEN_LAST_SEEN)


_MINOR_LABELS = {
    Minor.NOW: _("under 18"),
    Minor.WHEN_LAST_SEEN: _("under 18 when last seen"),
    Minor.UNKNOWN: _("age not known"),
    Minor.NO: _("adult"),
}


def minor(born_to: date | None, last_seen_from: date | None, today: date) -> Minor:
    """Whether a person may be under 18, by the latest day on which they can have been born.

    In doubt they are treated as a child: only the latest birth date that the records allow counts.
    """
    if born_to is None:
        return Minor.UNKNOWN
    comes_of_age = birthday(born_to, ADULT)
    if today < comes_of_age:
        return Minor.NOW
    if last_seen_from is not None and last_seen_from < comes_of_age:
        return Minor.WHEN_LAST_SEEN
    return Minor.NO


def birthday(born: date, years: int) -> date:
    """The day on which someone reaches an age; who was born on 29 February does so on 1 March in other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def ages(born_from: date | None, born_to: date | None, on: date) -> tuple[int, int] | None:
    """The youngest and oldest age in whole years that someone can have on a day, or None where nothing is known."""
    if born_from is None or born_to is None:
        return None
    return _years(born_to, on), _years(born_from, on)


def _years(born: date, on: date) -> int:
    return max(0, on.year - born.year - (on < birthday(born, on.year - born.year)))

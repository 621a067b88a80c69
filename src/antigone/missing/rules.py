"""Which portraits may be searched, and until when: pure decisions."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date, timedelta

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


def searchable(state: str, basis: str, citation: str) -> bool:
    """Whether a portrait is in the gallery: its person is reported missing, or a service basis is cited.

    What was withdrawn is not searched on any basis.
    """
    if state == ReportState.WITHDRAWN:
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

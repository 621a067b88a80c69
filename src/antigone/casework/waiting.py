"""What a case waits for: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.remains.models import SubjectKind
from antigone.remains.rules import ATTESTATION_HOLDS

SOON = timedelta(hours=12)
"""An attestation that ends within so long is renewed now: the clinician has to be found."""


class Wait(StrEnum):
    """What a case waits for; particulars stop no search, and every answer says that they lack.

    ANSWERED says that the last search stands, and not what it came to.
    """

    ATTESTATION = "attestation"
    PHOTOGRAPHS = "photographs"
    SEARCH = "search"
    SEARCH_AGAIN = "search-again"
    NEW_PHOTOGRAPHS = "new-photographs"
    EXAMINATION = "examination"
    PORTRAITS = "portraits"
    ANSWERED = "answered"
    PARTICULARS = "particulars"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS: dict[Wait, Promise] = {
    Wait.ATTESTATION: _("a clinician's attestation: it has ended, or ends within twelve hours"),
    Wait.PHOTOGRAPHS: _("photographs that can be compared"),
    Wait.SEARCH: _("a first search"),
    Wait.SEARCH_AGAIN: _("a new search: what the last one rested on was decided anew"),
    Wait.NEW_PHOTOGRAPHS: _("a new search: photographs came since the last one"),
    Wait.PARTICULARS: _("particulars of the recovery"),
    Wait.EXAMINATION: _("two examinations of the leads, each blind to the other"),
    Wait.PORTRAITS: _("new portraits: the last search found none of these"),
    Wait.ANSWERED: _("the next step: its search is done"),
}

OUTCOMES = frozenset({Wait.EXAMINATION, Wait.PORTRAITS})
"""What a search came to, which is not for everybody: whoever may not know reads ANSWERED in their place."""


@dataclass(frozen=True)
class Standing:
    """How a case stands: what decides what it waits for. `photographs` are those that can be compared."""

    kind: str
    closed: bool = False
    photographs: int = 0
    newest_photograph: datetime | None = None
    attested_at: datetime | None = None
    lacking: tuple[str, ...] = ()
    searched_at: datetime | None = None
    recalled: bool = False
    none_of_these: bool = False


def veiled(found: tuple[Wait, ...]) -> tuple[Wait, ...]:
    """The same for somebody who may not know what the last search came to."""
    return tuple(Wait.ANSWERED if each in OUTCOMES else each for each in found)


def waits(case: Standing, now: datetime) -> tuple[Wait, ...]:
    """What an open case waits for; a closed one for nothing."""
    if case.closed:
        return ()
    found = []
    if case.kind == SubjectKind.UNABLE and (
        case.attested_at is None or now > case.attested_at + ATTESTATION_HOLDS - SOON
    ):
        found.append(Wait.ATTESTATION)
    if not case.photographs:
        found.append(Wait.PHOTOGRAPHS)
    elif case.searched_at is None:
        found.append(Wait.SEARCH)
    elif case.recalled:
        found.append(Wait.SEARCH_AGAIN)
    elif case.newest_photograph is not None and case.newest_photograph > case.searched_at:
        found.append(Wait.NEW_PHOTOGRAPHS)
    else:
        found.append(Wait.PORTRAITS if case.none_of_these else Wait.EXAMINATION)
    if case.lacking:
        found.append(Wait.PARTICULARS)
    return tuple(found)

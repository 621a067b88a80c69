"""What wakes standing searches: portraits that can be searched, photographs that came, searches that were recalled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from antigone.casework.models import StandingSearch
from antigone.casework.searching.standing import ask_run
from antigone.enrolment import events as enrolment
from antigone.missing.models import Holding
from antigone.remains import events as remains


def wake_for_portraits(event: enrolment.RowsToSearch, **_: Any) -> None:
    """Have the standing searches of the agencies looked at whose holdings these are."""
    agencies = Holding.objects.filter(pk__in=event.holdings).values("agency")
    if StandingSearch.objects.filter(ended_at=None, case__agency__in=agencies).exists():
        ask_run()


def wake_for_photograph(event: remains.PhotographAdded, **_: Any) -> None:
    """Have the standing search of a subject's case looked at."""
    wake_for_subjects([event.subject])


def wake_for_association(event: remains.AssociationChanged, **_: Any) -> None:
    """The searches about these units are recalled (`receivers`): those that are kept standing are made again."""
    wake_for_subjects(event.subjects)


def wake_for_subjects(subjects: Iterable[int]) -> None:
    if StandingSearch.objects.filter(ended_at=None, case__subject__in=list(subjects)).exists():
        ask_run()


enrolment.searchable.connect(wake_for_portraits, dispatch_uid="casework wakes standing searches for portraits")
remains.added.connect(wake_for_photograph, dispatch_uid="casework wakes standing searches for photographs")
remains.associated.connect(wake_for_association, dispatch_uid="casework wakes standing searches that were recalled")

"""Questions about cases that doors ask."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from antigone.access.models import Agency
from antigone.casework.models import Case


@dataclass(frozen=True)
class CaseLine:
    """A case in one line."""

    code: str
    kind: str
    closed: bool
    photographs: int
    searches: int


def overview(agency: Agency) -> list[CaseLine]:
    """The cases of an agency, oldest first."""
    cases = (
        Case.objects.filter(agency=agency)
        .select_related("subject")
        .annotate(
            photographs=Count("subject__photographs", distinct=True),
            searched=Count("searches", distinct=True),
        )
        .order_by("opened_at", "pk")
    )
    return [
        CaseLine(case.code, case.subject.kind, case.closed_at is not None, case.photographs, case.searched)
        for case in cases
    ]

"""Questions about cases that doors ask."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from antigone.access.models import Agency
from antigone.casework.errors import CaseRefused
from antigone.casework.models import Case
from antigone.ledger.models import Entry


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


def ledger_of(agency: Agency, code: str | None, last: int) -> list[Entry]:
    """The last entries of the ledger, oldest first; with `code`, those about this case of the agency."""
    entries = Entry.objects.order_by("-id")
    if code is not None:
        found = Case.objects.filter(code__iexact=code, agency=agency).values_list("pk", "subject_id").first()
        if found is None:
            raise CaseRefused(f"There is no case “{code}”. Nothing was shown.")
        entries = entries.filter(object__in=[f"case:{found[0]}", f"subject:{found[1]}"])
    return list(entries[:last])[::-1]

"""A case as its pages open it: whose it is, and what this person may do with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import queries
from antigone.casework.knowing import READS_OUTPUT
from antigone.casework.models import Case
from antigone.remains.models import SubjectKind


@dataclass(frozen=True)
class Opened:
    """A case that is open to this person; of another agency's, nothing may be done with it."""

    case: Case
    allowed: frozenset[Permission]
    ours: bool

    @property
    def url(self) -> str:
        return address(self.case)

    @property
    def kind(self) -> str:
        return str(SubjectKind(self.case.subject.kind).label)

    @property
    def closed(self) -> bool:
        return self.case.closed_at is not None

    @property
    def spoke(self) -> bool:
        """Whether its subject can state their identity: what they say decides, and the case stays closed."""
        return self.case.subject.spoke_at is not None

    @property
    def may_change(self) -> bool:
        return self.ours and Permission.CASE_OPEN in self.allowed

    @property
    def may_search(self) -> bool:
        return self.ours and Permission.SEARCH_RUN in self.allowed

    @property
    def may_read_output(self) -> bool:
        return self.ours and not self.allowed.isdisjoint(READS_OUTPUT)

    @property
    def may_come_before_the_board(self) -> bool:
        return self.ours and Permission.POSTERIOR_READ in self.allowed

    @property
    def may_record_evidence(self) -> bool:
        return self.ours and Permission.EVIDENCE_RECORD in self.allowed

    @property
    def may_compare(self) -> bool:
        """Whether they may ask how the records of the subject and of a missing person compare."""
        return {Permission.SUBJECT_READ, Permission.PERSON_READ} <= self.allowed and not self.spoke

    @property
    def may_read_subject(self) -> bool:
        return Permission.SUBJECT_READ in self.allowed


def opened(who: Operator, pk: int) -> Opened:
    """Open a case; raises Refused, or NotHere for one that is not open to this person."""
    case = queries.case_numbered(who, pk)
    return Opened(case, access.permissions_held(who), case.agency_id == who.agency_id)


def own(who: Operator, pk: int) -> Opened:
    """The same for a page that changes something: another agency's case is not here."""
    found = opened(who, pk)
    if not found.ours:
        raise queries.not_here()
    return found


def address(case: Case) -> str:
    return at(case.pk)


def at(pk: int) -> str:
    return reverse("web:cases:case", args=[pk])

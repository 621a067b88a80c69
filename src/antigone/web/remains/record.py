"""A subject as its pages open it: whose it is, what it is, and what this person may do to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from antigone.access import services
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.remains import looking, own, queries
from antigone.remains.models import Subject, SubjectKind


@dataclass(frozen=True)
class Opened:
    """A subject whose record was opened; `allowed` is what this person may do to it."""

    subject: Subject
    allowed: frozenset[Permission] = field(default=frozenset())

    @property
    def title(self) -> str:
        """A subject is called by its code, and by nothing else."""
        return self.subject.code

    @cached_property
    def url(self) -> str:
        return reverse("web:remains:subject", args=[self.subject.pk])

    @property
    def living(self) -> bool:
        return self.subject.kind == SubjectKind.UNABLE

    @property
    def spoke(self) -> bool:
        """Whether they speak for themselves now, and nothing more is recorded of them here."""
        return self.subject.spoke_at is not None

    @property
    def may_record(self) -> bool:
        return Permission.SUBJECT_RECORD in self.allowed and not self.spoke

    @property
    def may_attest(self) -> bool:
        return Permission.ATTESTATION_RECORD in self.allowed and self.living and not self.spoke

    @property
    def may_photograph(self) -> bool:
        return Permission.PHOTOGRAPH_ADD in self.allowed and not self.spoke

    @property
    def may_erase_photograph(self) -> bool:
        return Permission.PHOTOGRAPH_ERASE in self.allowed

    @property
    def may_hand_over(self) -> bool:
        return Permission.CUSTODY_RECORD in self.allowed and not self.spoke

    @property
    def may_move(self) -> bool:
        return Permission.CUSTODY_RECORD in self.allowed and not self.living

    @property
    def may_release(self) -> bool:
        return Permission.RELEASE_SIGN in self.allowed and not self.living

    @property
    def may_associate(self) -> bool:
        return Permission.ASSOCIATION_DECIDE in self.allowed and not self.living

    @property
    def may_review(self) -> bool:
        return Permission.RETENTION_REVIEW in self.allowed

    @property
    def may_read_claims(self) -> bool:
        return Permission.CLAIM_READ in self.allowed

    @property
    def may_record_claim(self) -> bool:
        return Permission.CLAIM_RECORD in self.allowed

    @property
    def may_propose(self) -> bool:
        return Permission.OPEN_SOURCE_PROPOSE in self.allowed and not self.spoke

    @property
    def may_see_items(self) -> bool:
        return bool({Permission.OPEN_SOURCE_PROPOSE, Permission.OPEN_SOURCE_APPROVE} & self.allowed)

    @property
    def may_look(self) -> bool:
        return Permission.PHOTOGRAPH_LOOK in self.allowed

    @property
    def may_open_case(self) -> bool:
        return Permission.CASE_OPEN in self.allowed and not self.spoke

    @property
    def may_see_cases(self) -> bool:
        return Permission.CASE_READ in self.allowed


def opened(who: Operator, pk: int) -> Opened:
    """Open the record of a subject; the look is in the ledger. Raises Refused or NotHere."""
    subject = queries.subject_numbered(who, pk)
    looking.looked(subject, who)
    return of(subject, who)


def mine(who: Operator, pk: int, permission: Permission) -> Opened:
    """The record of a subject for who may do this to it; raises Refused, or NotHere for another agency's."""
    subject = queries.subject_numbered(who, pk)
    own.may(who, permission, subject)
    return of(subject, who)


def of(subject: Subject, who: Operator) -> Opened:
    """The record of a subject that was found already."""
    allowed = services.permissions_held(who)
    if subject.agency_id != who.agency_id:
        # Another agency's record is read under an agreement, and changed by nobody here.
        allowed &= {Permission.PHOTOGRAPH_LOOK, Permission.CASE_READ}
    return Opened(subject, allowed)

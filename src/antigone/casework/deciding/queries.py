"""Questions about the board's work that doors ask: each a fixed number of queries, lists by keyset."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.hands import person_behind
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.deciding import before
from antigone.casework.deciding.quorum import members, quorum_of, short
from antigone.casework.deciding.rivals import refs_of, settled_comparisons
from antigone.casework.deciding.signing import unaltered
from antigone.casework.errors import NotHere
from antigone.casework.models import (
    Case,
    Decision,
    DecisionKind,
    EvidenceLine,
    Examination,
    Proposal,
    ProposalState,
    RankedView,
    Triage,
    Vote,
)
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.cursors import cursor, position
from antigone.remains.rules import FOR_CARE_AND_TRACING

MOST = 200

Row = TypeVar("Row", Case, Decision, Proposal)


@dataclass(frozen=True)
class Awaiting:
    """One thing on the board's docket: a case, perhaps a person and a proposal, since when, and what I did of it.

    `voted` says that the reader's vote is given, `barred` that they examined in the case and have none.
    """

    case: int
    code: str
    since: datetime
    kind: str = ""
    proposal: int | None = None
    person: int | None = None
    ref: str = ""
    serial: str = ""
    note: str = ""
    votes: int = 0
    quorum: int = 0
    voted: bool = False
    barred: bool = False


@dataclass(frozen=True)
class Docket:
    """What awaits the board: proposals (those that await me first), cases ready for one, decisions to look at again.

    `short` is the sentence that says that the agency has too few members for its quorum, empty where it has enough.
    """

    mine: tuple[Awaiting, ...]
    others: tuple[Awaiting, ...]
    ready: tuple[Awaiting, ...]
    reviews: tuple[Awaiting, ...]
    quorum: int
    members: int
    short: str


@dataclass(frozen=True)
class Filters:
    """What a list of decisions is narrowed to; what is empty narrows nothing. `serial` is how numbers begin."""

    kind: str = ""
    standing: bool | None = None
    review: bool | None = None
    serial: str = ""
    case: int | None = None
    decided_from: date | None = None
    decided_to: date | None = None


@dataclass(frozen=True)
class DecisionLine:
    """A decision in one line; `ref` is the person's reference, empty where there is none or they were erased."""

    pk: int
    serial: str
    kind: str
    ground: str
    case: int
    code: str
    person: int | None
    ref: str
    decided_at: datetime
    review_at: datetime | None
    review_why: str
    revoked_at: datetime | None
    revoked_by: str


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and the cursor of the next ones; None at the end."""

    lines: tuple[DecisionLine, ...]
    after: str | None


@dataclass(frozen=True)
class DecisionView:
    """One decision with what was signed; `content` is None where an erasure emptied it. `unaltered` holds the seal."""

    decision: Decision
    unaltered: bool
    revokes: str
    open_revocation: int | None


def docket(who: Operator, limit: int = 50) -> Docket:
    """What awaits the board of one's agency; raises Refused. It names cases and persons, and shows no evidence.

    For board members alone: nothing in it is for whoever examines.
    """
    access.require(who, Permission.DECISION_VOTE, object=f"agency:{who.agency_id}")
    limit = max(1, min(limit, MOST))
    proposals = _put(who, limit)
    able = members(who.agency_id)
    number = quorum_of(who.agency_id)
    return Docket(
        mine=tuple(each for each in proposals if not each.voted and not each.barred),
        others=tuple(each for each in proposals if each.voted or each.barred),
        ready=tuple(_ready(who, limit)),
        reviews=tuple(_reviews(who, limit)),
        quorum=number,
        members=len(able),
        short=short(len(able), number),
    )


def identifications(who: Operator, filters: Filters | None = None, after: str | None = None, limit: int = 50) -> Page:
    """The decisions of one's agency, the newest first (all kinds, unless narrowed); raises Refused, or NotHere.

    A fixed number of queries. Whoever reads it learns who is identified: it is for the board.
    """
    access.require(who, Permission.POSTERIOR_READ, object=f"agency:{who.agency_id}")
    found = _narrowed(
        _seen_by(who, Decision.objects.filter(agency=who.agency_id), "case__subject"), filters or Filters()
    )
    if after:
        decided, pk = position(after, NotHere)
        found = found.filter(Q(decided_at__lt=decided) | Q(decided_at=decided, pk__lt=pk))
    limit = max(1, min(limit, MOST))
    rows = list(found.select_related("case", "revoked_by").defer("content").order_by("-decided_at", "-pk")[: limit + 1])
    shown = rows[:limit]
    veil = _veil(who, {each.case_id for each in shown})
    named = {each.pk: each.person for each in shown if each.person and each.case_id not in veil.unnamed}
    refs = refs_of(named.values())
    lines = tuple(
        DecisionLine(
            each.pk, each.serial, each.kind, each.ground, each.case_id, each.case.code, named.get(each.pk),
            refs.get(named.get(each.pk, 0), ""), each.decided_at, each.review_at, each.review_why, each.revoked_at,
            each.revoked_by.serial if each.revoked_by else "",
        )
        for each in shown
        if each.case_id not in veil.hidden
    )  # fmt: skip
    return Page(lines, cursor(shown[-1].decided_at, shown[-1].pk) if len(rows) > limit else None)


def decision(serial: str, who: Operator) -> DecisionView:
    """A decision with all that was signed, for the board of its agency; raises NotHere, Refused, DecisionRefused.

    It is read like a file: the look is in the ledger, and the reader examines no more in the case.
    """
    found = before.decision_for(serial, who, Permission.POSTERIOR_READ)
    with recorded():
        before.end_blindness(found.case, who)
        record("casework:decision:read", actor=who.actor, object=f"decision:{found.pk}")
    proposed = Proposal.objects.filter(revokes=found, state=ProposalState.OPEN).values_list("pk", flat=True).first()
    taken_back = found.proposal.revokes
    return DecisionView(found, unaltered(found), taken_back.serial if taken_back else "", proposed)


def proposals_in(case: int, who: Operator, limit: int = 50) -> list[tuple[Proposal, str]]:
    """The questions put about a case, the newest first, each with the reference of the person.

    It names persons: for whoever opened what the board reads of the case. Raises NotHere, Refused, DecisionRefused.
    """
    found = before.case_for(case, who, Permission.POSTERIOR_READ)
    rows = list(Proposal.objects.filter(case=found).select_related("revokes").order_by("-proposed_at", "-pk")[:limit])
    refs = refs_of(each.person for each in rows if each.person is not None)
    return [(each, refs.get(each.person or 0, "")) for each in rows]


def _put(who: Operator, limit: int) -> list[Awaiting]:
    """The proposals before the board, those that await this person and the oldest first; a fixed number of queries."""
    mine = Vote.objects.filter(proposal=OuterRef("pk"), actor=who.actor, replaced_at=None)
    triaged = Triage.objects.filter(lineup__search__case=OuterRef("case"), actor=who.actor)
    examined = Examination.objects.filter(comparison__lineup__search__case=OuterRef("case"), actor=who.actor)
    rows = list(
        _seen_by(who, Proposal.objects.filter(case__agency=who.agency_id, state=ProposalState.OPEN), "case__subject")
        .annotate(voted=Exists(mine), barred=Exists(triaged) | Exists(examined))
        .select_related("case", "revokes")
        .order_by("voted", "barred", "proposed_at", "pk")[:limit]
    )
    veil = _veil(who, {each.case_id for each in rows})
    rows = [each for each in rows if each.case_id not in veil.hidden]
    named = {each.pk: each.person for each in rows if each.person and each.case_id not in veil.unnamed}
    refs = refs_of(named.values())
    given = list(Vote.objects.filter(proposal__in=rows, replaced_at=None).values_list("proposal", flat=True))
    return [
        Awaiting(
            case=each.case_id, code=each.case.code, since=each.proposed_at, kind=each.kind, proposal=each.pk,
            person=named.get(each.pk), ref=refs.get(named.get(each.pk, 0), ""),
            serial=each.revokes.serial if each.revokes else "", votes=given.count(each.pk), quorum=each.quorum,
            voted=each.voted, barred=each.barred,
        )
        for each in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class _Veil:
    """Cases of which a list of the board's says nothing to this reader, and those of which it names nobody."""

    hidden: frozenset[int] = frozenset()
    unnamed: frozenset[int] = frozenset()


def _veil(who: Operator, cases: Collection[int]) -> _Veil:
    """What lists keep from somebody of the board who examines too, and has not read what the board reads of a case.

    Where they have begun blind work it says nothing at all; three queries at most. A program reads as whoever answers
    for it would.
    """
    who = person_behind(who)
    if access.permissions_held(who).isdisjoint((Permission.EXAMINATION_DO, Permission.TRIAGE_DO)):
        return _Veil()
    seen = RankedView.objects.filter(case__in=cases, actor=who.actor).values("case")
    blind = Case.objects.filter(pk__in=cases, closed_at=None).exclude(pk__in=seen)
    begun = (
        Triage.objects.filter(lineup__search__case__in=blind, actor=who.actor).values_list(
            "lineup__search__case", flat=True
        ),
        Examination.objects.filter(comparison__lineup__search__case__in=blind, actor=who.actor).values_list(
            "comparison__lineup__search__case", flat=True
        ),
    )
    return _Veil(frozenset(pk for rows in begun for pk in rows), frozenset(blind.values_list("pk", flat=True)))


def ready_cases(found: QuerySet[Case]) -> QuerySet[Case]:
    """Those of these open cases with something that no board has decided on, and nothing before it.

    That is a line of evidence, or what examiners found of somebody, without a later decision about the same person or
    the case as a whole.
    """
    put = Proposal.objects.filter(case=OuterRef("pk"), state=ProposalState.OPEN)
    decided = Decision.objects.filter(revoked_at=None).exclude(kind=DecisionKind.REVOKE)
    about = Q(person=OuterRef("person")) | Q(person=None)
    lines = EvidenceLine.objects.filter(
        ~Exists(decided.filter(about, case=OuterRef("case"), decided_at__gt=OuterRef("recorded_at"))),
        case=OuterRef("pk"), withdrawn_at=None, person__isnull=False,
    )  # fmt: skip
    faces = settled_comparisons().filter(
        ~Exists(
            decided.filter(about, case=OuterRef("lineup__search__case"), decided_at__gt=OuterRef("lineup__settled_at"))
        ),
        lineup__search__case=OuterRef("pk"),
    )
    return found.filter(Exists(lines) | Exists(faces), ~Exists(put), closed_at=None)


def _ready(who: Operator, limit: int) -> list[Awaiting]:
    found = ready_cases(_seen_by(who, Case.objects.filter(agency=who.agency_id), "subject"))
    rows = list(found.order_by("opened_at", "pk")[:limit])
    # That something is ready for a board tells that there is evidence, or that an examination came to something.
    unnamed = _veil(who, {each.pk for each in rows}).unnamed
    return [Awaiting(each.pk, each.code, each.opened_at) for each in rows if each.pk not in unnamed]


def _reviews(who: Operator, limit: int) -> list[Awaiting]:
    found = _seen_by(who, Decision.objects.filter(agency=who.agency_id), "case__subject")
    found = found.filter(review_at__isnull=False, revoked_at=None).select_related("case").defer("content")
    rows = list(found.order_by("review_at", "pk")[:limit])
    veil = _veil(who, {each.case_id for each in rows})
    return [
        Awaiting(
            case=each.case_id, code=each.case.code, since=each.review_at or each.decided_at, kind=each.kind,
            person=each.person if each.case_id not in veil.unnamed else None, serial=each.serial,
            note=_(each.review_why),
        )
        for each in rows
        if each.case_id not in veil.hidden
    ]  # fmt: skip


def _seen_by(who: Operator, rows: QuerySet[Row], subject: str) -> QuerySet[Row]:
    if own.sees_the_living(who):
        return rows
    return rows.exclude(**{f"{subject}__kind__in": FOR_CARE_AND_TRACING})


def _narrowed(found: QuerySet[Decision], filters: Filters) -> QuerySet[Decision]:
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.standing is not None:
        found = found.filter(revoked_at__isnull=filters.standing)
    if filters.review is not None:
        found = found.filter(review_at__isnull=not filters.review)
    if filters.serial.strip():
        found = found.filter(serial__istartswith=filters.serial.strip())
    if filters.case is not None:
        found = found.filter(case=filters.case)
    if filters.decided_from is not None:
        found = found.filter(decided_at__date__gte=filters.decided_from)
    if filters.decided_to is not None:
        found = found.filter(decided_at__date__lte=filters.decided_to)
    return found

"""What a board reads and decided: evidence by its lines, questions before it, signed decisions; nothing is voted here.

Whoever reads it examines no more in the case, and neither does the person who answers for the token.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Query, Router
from pydantic import Field

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.paging import Page, Walk, page
from antigone.api.strict import Day, Line, RecordId, Shown, YesNoText, said
from antigone.casework.deciding import evidence, filing, queries
from antigone.casework.deciding.filing import Named
from antigone.casework.models import DecisionKind, EvidenceLine, Proposal

router = Router()

WARNING = (
    "What the board reads. Whoever sees it examines no more in the case: you, and the person who answers for this "
    "token. This look is on record."
)


class NamedShown(Shown):
    person: int
    ref: str
    primary: int
    secondary: int
    visual: int
    contradicting: int
    face: str = Field(description="What two examiners came to; empty while not all of the search is sealed.")
    proposal: str
    decision: str


class EvidenceShown(Shown):
    id: int
    person: int | None
    ref: str
    kind: str
    finding: str
    words: str
    origin: str
    depends_on: list[int]
    laboratory: str
    reference: str
    dated: date | None
    log10_lr: float | None
    claim: int | None
    recorded_by: str
    recorded_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdraw_reason: str


class ProposalShown(Shown):
    id: int
    kind: str
    person: int | None
    ref: str
    revokes: str
    reasons: str
    quorum: int
    proposed_by: str
    proposed_at: datetime
    state: str
    ended_at: datetime | None
    end_reason: str


class BoardShown(Shown):
    case: int
    warning: str
    persons: list[NamedShown]
    lines: list[EvidenceShown] = Field(description="Each by itself, those withdrawn among them.")
    proposals: list[ProposalShown] = Field(description="The newest first, at most fifty, without anybody's vote.")


class DecisionLine(Shown):
    id: int
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


class DecisionShown(Shown):
    id: int
    serial: str
    kind: str
    ground: str
    case: int
    decided_at: datetime
    review_at: datetime | None
    review_why: str
    revoked_at: datetime | None
    revoked_by: str
    revokes: str
    warning: str
    sha256: str
    unaltered: bool = Field(description="It is what was signed: the ledger has this digest.")
    content: dict[str, Any] | None = Field(description="All that was signed; null where an erasure emptied it.")


class DecisionWalk(Walk):
    kind: DecisionKind | None = None
    standing: YesNoText | None = None
    review: YesNoText | None = Field(None, description="To be looked at again.")
    serial: Line = Field("", description="How the number begins.")
    case: RecordId | None = None
    decided_from: Day | None = None
    decided_to: Day | None = None


def _named(found: Named) -> NamedShown:
    return NamedShown(**{name: getattr(found, name) for name in NamedShown.model_fields})


def _line(found: EvidenceLine, ref: str) -> EvidenceShown:
    names = [name for name in EvidenceShown.model_fields if name not in ("id", "ref")]
    return EvidenceShown(id=found.pk, ref=ref, **{name: getattr(found, name) for name in names})


def _proposal(found: Proposal, ref: str) -> ProposalShown:
    names = [name for name in ProposalShown.model_fields if name not in ("id", "ref", "revokes")]
    return ProposalShown(
        id=found.pk,
        ref=ref,
        revokes=found.revokes.serial if found.revokes else "",
        **{name: getattr(found, name) for name in names},
    )


@operation(router, "POST", "/cases/{number}/evidence/look", needs=Permission.POSTERIOR_READ, shows=BoardShown)
def look_at_evidence(request: Call, number: RecordId) -> BoardShown:
    """About whom a board has something in a case: lines of evidence, questions put; whoever reads it examines no more.

    People record evidence, ask, and vote: no operation does.
    """
    who = request.auth
    lines = evidence.lines_read(number, who)
    return BoardShown(
        case=number,
        warning=WARNING,
        persons=[_named(each) for each in filing.persons_of(number, who)],
        lines=[_line(each, ref) for each, ref in lines],
        proposals=[_proposal(each, ref) for each, ref in queries.proposals_in(number, who)],
    )


@operation(router, "GET", "/decisions", needs=Permission.POSTERIOR_READ, shows=Page[DecisionLine])
def list_decisions(request: Call, walk: Query[DecisionWalk]) -> Any:
    """Identifications, exclusions, cases set aside and revocations, the newest first; nobody named to an examiner."""
    filters = queries.Filters(
        kind=walk.kind.value if walk.kind else "",
        standing=said(walk.standing),
        review=said(walk.review),
        **walk.model_dump(include={"serial", "case", "decided_from", "decided_to"}),
    )

    def fetch(after: Any, limit: int) -> tuple[list[DecisionLine], Any]:
        found = queries.identifications(request.auth, filters, after, limit)
        names = [name for name in DecisionLine.model_fields if name != "id"]
        lines = [DecisionLine(id=each.pk, **{name: getattr(each, name) for name in names}) for each in found.lines]
        return lines, found.after

    return page(request, walk, fetch)


@operation(router, "POST", "/decisions/{serial}/look", needs=Permission.POSTERIOR_READ, shows=DecisionShown)
def look_at_decision(request: Call, serial: Line) -> DecisionShown:
    """A decision with all that was signed, and whether it stands unaltered; whoever reads it examines no more."""
    found = queries.decision(serial, request.auth)
    made = found.decision
    names = ("serial", "kind", "ground", "decided_at", "review_at", "review_why", "revoked_at", "content")
    return DecisionShown(
        id=made.pk,
        case=made.case_id,
        revoked_by=made.revoked_by.serial if made.revoked_by else "",
        revokes=found.revokes,
        warning=WARNING,
        sha256=made.digest,
        unaltered=found.unaltered,
        **{name: getattr(made, name) for name in names},
    )

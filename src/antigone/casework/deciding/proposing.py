"""Questions put before the board: proposed with reasons and with what speaks against them read, or withdrawn again."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.deciding import before
from antigone.casework.deciding.quorum import quorum_of
from antigone.casework.deciding.resting import rests
from antigone.casework.errors import DecisionRefused
from antigone.casework.models import Case, Decision, DecisionKind, Proposal, ProposalState
from antigone.ledger.services import record, recorded


def propose(
    case: int, person: int | None, kind: str, reasons: str, acknowledged: Collection[str], who: Operator
) -> Proposal:
    """Put a question about a case and a person before the board of one's agency.

    `kind` is identify, exclude or set-aside; for the last, `person` may be None, and the case as a whole is meant.
    `acknowledged` are the keys of what was read (`rivals.Rival.key`); those that are none of this question are left.
    What the question still wants keeps it from being voted, not from being put. Raises NotHere, Refused or
    DecisionRefused.
    """
    found = before.case_for(case, who, Permission.DECISION_VOTE)
    about = before.person_for(person, who).pk if person is not None else None
    if kind not in (DecisionKind.IDENTIFY, DecisionKind.EXCLUDE, DecisionKind.SET_ASIDE):
        raise DecisionRefused(_("Choose what the board is to decide. Nothing was changed."))
    if about is None and kind != DecisionKind.SET_ASIDE:
        raise DecisionRefused(_("Name the missing person whom it is about. Nothing was changed."))
    return _put(found, about, kind, before.words(reasons), acknowledged, quorum_of(found.agency_id), who)


def propose_revocation(serial: str, reasons: str, who: Operator) -> Proposal:
    """Put before the board that an earlier decision be taken back; the quorum is never below the one that made it.

    A revocation is not revoked: the question is put anew. Raises as above.
    """
    found = before.decision_for(serial, who, Permission.DECISION_VOTE)
    if found.kind == DecisionKind.REVOKE or not found.standing:
        raise DecisionRefused(_("Only a decision that stands can be revoked. Nothing was changed."))
    quorum = max(quorum_of(found.agency_id), found.proposal.quorum)
    return _put(found.case, found.person, DecisionKind.REVOKE, before.words(reasons), (), quorum, who, revokes=found)


def acknowledge(proposal: int, keys: Collection[str], who: Operator) -> None:
    """Say that more of what speaks against a proposal was read; raises NotHere, Refused or DecisionRefused."""
    found = before.proposal_for(proposal, who)
    with recorded():
        before.held(found.case)
        now = Proposal.objects.select_for_update().get(pk=found.pk)
        _check_open(now)
        stands = rests(found.case, now.person, now.kind, now.acknowledged, now.revokes)
        more = sorted({each.key for each in stands.read} & set(keys) - set(now.acknowledged))
        if more:
            now.acknowledged = sorted((*now.acknowledged, *more))
            now.save(update_fields=["acknowledged"])
            record("casework:proposal:acknowledge", actor=who.actor, object=f"proposal:{now.pk}", keys=more)


def withdraw(proposal: int, reason: str, who: Operator) -> None:
    """Take a question back from the board, with a reason; its votes stay on record. Raises as above."""
    found = before.proposal_for(proposal, who)
    why = before.words(reason, 400)
    with recorded():
        before.held(found.case)
        if not end(found, ProposalState.WITHDRAWN, who.actor, why):
            _check_open(Proposal.objects.get(pk=found.pk))
        record("casework:proposal:withdraw", actor=who.actor, object=f"proposal:{found.pk}", reason=why)


def end(proposal: Proposal, state: ProposalState, actor: str, why: str = "") -> bool:
    """Give an open proposal its end, in the caller's transaction; whether it was open."""
    return bool(
        Proposal.objects.filter(pk=proposal.pk, state=ProposalState.OPEN).update(
            state=state, ended_by=actor, ended_at=timezone.now(), end_reason=why[:400]
        )
    )


def _put(
    case: Case, person: int | None, kind: str, reasons: str, acknowledged: Collection[str], quorum: int, who: Operator,
    revokes: Decision | None = None,
) -> Proposal:  # fmt: skip
    already = _("This is before the board already. Nothing was changed.")
    try:
        with recorded():
            held = before.held(case)
            before.end_blindness(held, who)
            stands = rests(held, person, kind, revokes=revokes)
            same = Proposal.objects.filter(case=held, person=person, kind=kind, revokes=revokes)
            if same.filter(state=ProposalState.OPEN).exists():
                raise DecisionRefused(already)
            made = Proposal.objects.create(
                case=held,
                person=person,
                kind=kind,
                revokes=revokes,
                reasons=reasons,
                acknowledged=sorted({each.key for each in stands.read} & set(acknowledged)),
                quorum=quorum,
                proposed_by=who.actor,
                proposed_at=timezone.now(),
            )
            record(
                "casework:proposal:make",
                actor=who.actor,
                object=f"proposal:{made.pk}",
                case=held.pk,
                kind=kind,
                acknowledged=made.acknowledged,
                revokes=revokes.serial if revokes else None,
            )
    except IntegrityError:  # somebody else put it in the same moment
        raise DecisionRefused(already) from None
    return made


def _check_open(proposal: Proposal) -> None:
    if proposal.state != ProposalState.OPEN:
        raise DecisionRefused(_("This is before the board no more. Nothing was changed."))

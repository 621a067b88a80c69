"""Votes on a question before the board; the one that completes a board decides, in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.deciding import before, following, rules, signing
from antigone.casework.deciding.proposing import end
from antigone.casework.deciding.quorum import examiners, members, recorders
from antigone.casework.deciding.resting import Rests, rests
from antigone.casework.deciding.rules import Ballot, Result, Tally
from antigone.casework.errors import DecisionRefused, StaleBasis
from antigone.casework.models import Choice, Decision, Proposal, ProposalState, Vote
from antigone.ledger.services import record, recorded
from antigone.missing.models import Person

EXAMINER = "examiner"
RECORDER = "recorder"
NO_MEMBER = "no-member"
STALE = "stale"


@dataclass(frozen=True)
class Cast:
    """What a vote came to: the tally after it, and the decision where it completed a board that adopted."""

    tally: Tally
    decision: Decision | None


def vote(proposal: int, choice: str, reasons: str, basis: str, who: Operator) -> Cast:
    """Give one's vote with its reasons, or change it while nothing is decided.

    `basis` is the digest of the evidence that one was shown (`filing.File.digest`). Raises NotHere, Refused, StaleBasis
    when the evidence is another by now, or DecisionRefused: when the question still wants something, when it is before
    the board no more, and for whoever examined in the case or recorded the primary result.
    """
    found = before.proposal_for(proposal, who)
    if choice not in Choice.values:
        raise DecisionRefused(_("Vote yes or no, or abstain. Nothing was changed."))
    why = before.words(reasons)
    with recorded():
        # The case first: two last votes stand in a row here, and the second finds what the first decided.
        case = before.held(found.case)
        # Then the person, whom two cases would else name at once; before the proposal, as an erasure holds them.
        list(Person.objects.select_for_update().filter(pk=found.person or 0).values_list("pk", flat=True))
        now = _held(found)
        if now.state != ProposalState.OPEN:
            raise DecisionRefused(
                _("This is before the board no more; your vote was not counted. Nothing was changed.")
            )
        stands = rests(case, now.person, now.kind, now.acknowledged, now.revokes)
        if stands.basis.wants:
            raise DecisionRefused(
                _("This cannot be voted on yet: %(wants)s Nothing was changed.")
                % {"wants": " ".join(stands.basis.wants)}
            )
        # Also of whoever was told the digest by another, and opened no file: nobody examines after their vote.
        before.end_blindness(case, who)
        bar = bars(now, stands).get(who.actor, "")
        if bar:
            raise before.refused(who, case, bar, barred_words(bar))
        if basis != stands.digest:
            raise StaleBasis(
                _("The evidence changed since you were shown it. Read it again, then vote. Nothing was changed.")
            )
        Vote.objects.filter(proposal=now, actor=who.actor, replaced_at=None).update(replaced_at=timezone.now())
        Vote.objects.create(
            proposal=now, actor=who.actor, choice=choice, reasons=why, basis=basis, cast_at=timezone.now()
        )
        record("casework:vote:cast", actor=who.actor, object=f"proposal:{now.pk}", choice=choice, basis=basis)
        counted = count(now, stands)
        return Cast(counted, _settle(now, stands, counted, who))


def count(proposal: Proposal, stands: Rests) -> Tally:
    """The votes on a proposal as they count on what it rests on now."""
    return rules.decide(stands.question, ballots(proposal, stands), proposal.quorum)


def ballots(proposal: Proposal, stands: Rests) -> list[Ballot]:
    """The votes in force, each with why it does not count, if it does not."""
    able, barred = members(proposal.case.agency_id), bars(proposal, stands)
    votes = Vote.objects.filter(proposal=proposal, replaced_at=None).order_by("cast_at", "pk")
    return [
        Ballot(
            each.actor,
            each.choice,
            barred.get(each.actor, "")
            or ("" if each.actor in able else NO_MEMBER)
            or ("" if each.basis == stands.digest else STALE),
        )
        for each in votes
    ]


def bars(proposal: Proposal, stands: Rests) -> dict[str, str]:
    """Who may not vote on this though they are of the board, by actor: examiners of the case, recorders of results."""
    recorded_by = dict.fromkeys(recorders(proposal.kind, stands.lines), RECORDER)
    return {**recorded_by, **dict.fromkeys(examiners(proposal.case_id), EXAMINER)}


def barred_words(bar: str) -> str:
    """Why somebody's vote does not count, as a sentence."""
    return {
        EXAMINER: _("You triaged or examined in this case; nobody examines and decides one case."),
        RECORDER: _(
            "You recorded a primary result that this rests on; somebody else has to compare it with the paper."
        ),
        NO_MEMBER: _("Whoever gave it is of the board no more."),
        STALE: _("It was given on other evidence than there is now."),
    }.get(bar, "")


def _held(found: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("case__subject", "case__agency", "revokes")
    return rows.get(pk=found.pk)


def _settle(proposal: Proposal, stands: Rests, counted: Tally, who: Operator) -> Decision | None:
    """Close a proposal that a board decided, and have the decision signed and followed where it was adopted."""
    if counted.result is Result.OPEN:
        return None
    if counted.result is Result.REJECTED:
        end(proposal, ProposalState.REJECTED, who.actor)
        record("casework:proposal:reject", actor=who.actor, object=f"proposal:{proposal.pk}", case=proposal.case_id)
        return None
    end(proposal, ProposalState.ADOPTED, who.actor)
    made = signing.sign(proposal, stands, counted, who)
    following.carry_out(made, who.actor)
    return made

"""The file of a case and a person, as the board reads it: every line by itself, contradictions beside agreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.board import last_search
from antigone.casework.deciding import before, rules
from antigone.casework.deciding.quorum import members, short
from antigone.casework.deciding.resting import Rests, asked, rests
from antigone.casework.deciding.rivals import MOST, Kin, Rival, examined, one_person
from antigone.casework.deciding.rules import NON_VISUAL, PRIMARY, Ballot, Ground, Step9, Tally
from antigone.casework.deciding.signing import names_of
from antigone.casework.deciding.voting import ballots, bars, count
from antigone.casework.judging import findings
from antigone.casework.judging.findings import Found
from antigone.casework.knowing import has_seen
from antigone.casework.models import (
    Case,
    Decision,
    DecisionKind,
    EvidenceLine,
    LineKind,
    NamedCandidate,
    Proposal,
    ProposalState,
    Vote,
)
from antigone.missing.models import Person
from antigone.remains import claims
from antigone.remains.models import RecognitionClaim


@dataclass(frozen=True)
class VoteLine:
    """One vote. `choice` and `reasons` are empty while the reader has a vote to give and has not given it.

    `uncounted` is why it does not count now (`voting.barred_words`), empty where it does.
    """

    by: str
    name: str
    choice: str
    reasons: str
    at: str
    uncounted: str


@dataclass(frozen=True)
class Before:
    """A proposal about the case: how it stands, what it wants before it may be voted, what of it is still unread.

    `tally` is None while the votes are hidden from the reader. `bar` is why the reader may not vote on it, a code of
    `voting.barred_words`; `short` the sentence that says that the board has too few members for it. `unread` are the
    keys of `File.read` that it does not acknowledge.
    """

    proposal: Proposal
    ground: Ground
    wants: tuple[str, ...]
    unread: tuple[str, ...]
    votes: tuple[VoteLine, ...]
    earlier: tuple[VoteLine, ...]
    tally: Tally | None
    mine: str
    bar: str
    short: str
    read: tuple[Rival, ...]
    digest: str


@dataclass(frozen=True)
class File:
    """All that the board reads of a case and a person. `digest` is what a vote is cast on.

    `primary`, `secondary` and `visual` are the lines as recorded, those withdrawn among them; `by_finding` counts the
    standing ones. `independent` is how many independent non-visual lines support. `face` is what examiners found of
    this person; `settled` is the search whose every comparison is sealed, None until then, and then `face` is empty.
    `searched` is what the last search's answer says of the person (secondary lines, kin, ratio), None where it does not
    list them; the posterior is read through `casework.board`. `asks` says for each kind of decision on which ground it
    could stand and what it wants. `read` are the rivals and contradictions for an identification.
    """

    case: Case
    person: Person
    step9: Step9
    settled: int | None
    primary: tuple[EvidenceLine, ...]
    secondary: tuple[EvidenceLine, ...]
    visual: tuple[EvidenceLine, ...]
    by_finding: Mapping[str, int]
    independent: int
    face: tuple[Found, ...]
    searched: dict[str, Any] | None
    claims: tuple[RecognitionClaim, ...]
    kin: tuple[Kin, ...]
    read: tuple[Rival, ...]
    asks: Mapping[str, rules.Basis]
    proposals: tuple[Before, ...]
    decisions: tuple[Decision, ...]
    digest: str


@dataclass(frozen=True)
class Named:
    """A person about whom the board has something in a case, in one line."""

    person: int
    ref: str
    primary: int
    secondary: int
    visual: int
    contradicting: int
    face: str
    proposal: str
    decision: str


def will_end_blindness(case: int, who: Operator) -> bool:
    """Whether opening a file of this case costs the reader something: they may examine, and have seen nothing yet.

    A page asks first where it does. Raises NotHere, Refused or DecisionRefused.
    """
    found = before.case_for(case, who, Permission.POSTERIOR_READ)
    held = access.permissions_held(who)
    return not held.isdisjoint((Permission.EXAMINATION_DO, Permission.TRIAGE_DO)) and not has_seen(who, found.pk)


def file(case: int, person: int, who: Operator) -> File:
    """The file of a case and a person; raises NotHere, Refused, or DecisionRefused for whoever has blind work left.

    That it was opened is in the ledger, and the reader examines no more in the case.
    """
    found = before.case_for(case, who, Permission.POSTERIOR_READ)
    about = before.person_for(person, who)
    before.opened(found, who)
    stands = rests(found, about.pk, DecisionKind.IDENTIFY)
    standing = [each for each in stands.lines if each.withdrawn_at is None]
    persons = one_person(about.pk)
    return File(
        case=found,
        person=about,
        step9=stands.question.step9,
        settled=stands.search.pk if stands.search else None,
        primary=tuple(each for each in stands.lines if each.kind in PRIMARY),
        secondary=tuple(
            each for each in stands.lines if each.kind not in PRIMARY and each.kind != LineKind.RECOGNITION
        ),
        visual=tuple(each for each in stands.lines if each.kind == LineKind.RECOGNITION),
        by_finding={
            name: sum(each.finding == name for each in standing) for name in ("supports", "contradicts", "inconclusive")
        },
        independent=rules.independent_lines(stands.question.lines),
        face=_found(stands, persons, who),
        searched=searched(found, persons),
        claims=tuple(claims.of_subject(found.subject, who)),
        kin=stands.kin,
        read=stands.read,
        asks={
            kind.value: asked(stands, found, about.pk, kind).basis
            for kind in (DecisionKind.IDENTIFY, DecisionKind.EXCLUDE, DecisionKind.SET_ASIDE)
        },
        proposals=tuple(_before(each, who) for each in _proposals(found, persons)),
        decisions=tuple(
            Decision.objects.select_related("revoked_by", "proposal")
            .filter(case=found, person__in=persons)
            .order_by("-decided_at", "-pk")[:MOST]
        ),
        digest=stands.digest,
    )


def before_the_board(proposal: int, who: Operator) -> Before:
    """One proposal with its votes; raises NotHere, Refused or DecisionRefused. It is the file's, and read like it."""
    found = before.proposal_for(proposal, who)
    before.opened(found.case, who)
    return _before(found, who)


def persons_of(case: int, who: Operator) -> list[Named]:
    """The persons about whom the board has evidence, findings, a proposal or a decision in a case; raises as `file`.

    A bounded number of queries. It is read like a file: whoever opens it examines no more.
    """
    found = before.case_for(case, who, Permission.POSTERIOR_READ)
    before.opened(found, who)
    lines = list(EvidenceLine.objects.filter(case=found, person__isnull=False, withdrawn_at=None).order_by("pk"))
    faces = {each.person: each.outcome for each in examined(found.pk)}
    put = Proposal.objects.filter(case=found, person__isnull=False).order_by("pk")
    proposed = {each.person: each.state for each in put}
    decided = Decision.objects.filter(case=found, person__isnull=False, revoked_at=None).order_by("pk")
    serials = {each.person: each.serial for each in decided}
    every = {each.person for each in lines} | set(faces) | set(proposed) | set(serials)
    known = Person.objects.filter(pk__in=[pk for pk in every if pk is not None])
    return [
        Named(
            person=each.pk,
            ref=each.ref,
            primary=sum(line.person == each.pk and line.kind in PRIMARY for line in lines),
            secondary=sum(line.person == each.pk and line.kind in NON_VISUAL | {LineKind.BIOLOGY} for line in lines),
            visual=sum(line.person == each.pk and line.kind == LineKind.RECOGNITION for line in lines),
            contradicting=sum(line.person == each.pk and line.finding == "contradicts" for line in lines),
            face=faces.get(each.pk, ""),
            proposal=proposed.get(each.pk, ""),
            decision=serials.get(each.pk, ""),
        )
        for each in known.order_by("ref", "pk")
    ]


def _found(stands: Rests, persons: frozenset[int], who: Operator) -> tuple[Found, ...]:
    """What examiners found of this person in the searches that are settled."""
    searches = dict.fromkeys(each.lineup.search_id for each in stands.face)
    return tuple(
        each for search in searches for each in findings.read(search, who) if each.person in persons and not each.filler
    )


def searched(case: Case, persons: frozenset[int]) -> dict[str, Any] | None:
    """What the last search of a case says of a person, by rank: two holdings may know two people by one reference."""
    last = last_search(case)
    named = NamedCandidate.objects.filter(search=last, person__in=persons).order_by("rank").first() if last else None
    if last is None or named is None:
        return None
    found = [each for each in last.answer["candidates"] if each["rank"] == named.rank]
    return {"search": last.pk, "at": last.at, **found[0]} if found else None


def _proposals(case: Case, persons: frozenset[int]) -> list[Proposal]:
    rows = Proposal.objects.select_related("case__subject", "case__agency", "revokes__proposal")
    return list(rows.filter(case=case, person__in=persons).order_by("-proposed_at", "-pk")[:MOST])


def _before(proposal: Proposal, who: Operator) -> Before:
    stands = rests(proposal.case, proposal.person, proposal.kind, proposal.acknowledged, proposal.revokes)
    given = list(Vote.objects.filter(proposal=proposal).order_by("cast_at", "pk"))
    mine = next((each.choice for each in given if each.actor == who.actor and each.replaced_at is None), "")
    barred = bars(proposal, stands)
    able = members(proposal.case.agency_id)
    open_ = proposal.state == ProposalState.OPEN
    # One votes before one reads how the others did, as examiners judge before they read each other.
    hidden = open_ and not mine and who.actor in able and who.actor not in barred
    uncounted = {each.voter: each.uncounted for each in ballots(proposal, stands)} if open_ else {}
    names = names_of([each.actor for each in given])

    def line(each: Vote) -> VoteLine:
        shown = not hidden
        return VoteLine(
            each.actor,
            names.get(each.actor, ""),
            each.choice if shown else "",
            each.reasons if shown else "",
            each.cast_at.isoformat(timespec="seconds"),
            uncounted.get(each.actor, "") if each.replaced_at is None else "",
        )

    return Before(
        proposal=proposal,
        ground=stands.basis.ground,
        wants=stands.basis.wants if open_ else (),
        unread=stands.question.unread if open_ else (),
        votes=tuple(line(each) for each in given if each.replaced_at is None),
        earlier=tuple(line(each) for each in given if each.replaced_at is not None),
        tally=None if hidden else _tally(proposal, stands, given),
        mine=mine,
        bar=barred.get(who.actor, "") if open_ else "",
        short=short(len(able - barred.keys()), proposal.quorum) if open_ else "",
        read=stands.read,
        digest=stands.digest,
    )


def _tally(proposal: Proposal, stands: Rests, given: list[Vote]) -> Tally:
    """The votes as they count now; of a proposal that came to its end, as they were given."""
    if proposal.state == ProposalState.OPEN:
        return count(proposal, stands)
    last = [Ballot(each.actor, each.choice) for each in given if each.replaced_at is None]
    return rules.tally(stands.basis.ground, last, proposal.quorum)

"""What a board signs: all that a decision rests on, its number without gaps, its digest, and the proof of that.

`Decision.content` is JSON of this layout; the digest is over all of it, and the ledger has the digest too.

    serial, kind, ground, decided_at, asked    the number, what was decided, on what ground, when, what was asked
    agency, case, subject, person              {"pk", ...} each with its name, code or reference; person.names as stated
    items                                      photographs of the subject that were searched with: [[id, sha256], ...]
    search                                     {"search", "at", "answer_sha256", "contract", "generation", "searched",
                                               "searched_persons", "without_portrait"} or null
    lines                                      every line of evidence, also those withdrawn (`resting.line_content`)
    face                                       comparisons with outcome, level, sealed digests (`resting.face_content`)
    step9                                      settled | open | nothing
    kin, read                                  kin among the missing; rivals and contradictions that were acknowledged;
                                               by number and key, told by `rivals.refs_of` and `rivals.told`
    proposal                                   {"proposal", "by", "name", "at", "reasons"}
    votes                                      [{"by", "name", "choice", "reasons", "at", "basis"}, ...]
    rule                                       {"quorum", "unanimous", "yes", "no", "abstain"}
    calibrations                               {"weighed", "in_force"}: digests
    prior                                      the prior that the board kept for the search, or null
    revokes                                    of a revocation, {"serial", "digest"} of what it takes back, or null
    versions, ledger                           of the software; the checkpoint before it: {"size", "root"} or null
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils import timezone

from antigone import __version__
from antigone.access.models import Agency, Operator
from antigone.casework import numbering
from antigone.casework.board import last_search
from antigone.casework.calibrating.calibrations import in_force
from antigone.casework.deciding.resting import Rests, face_content, line_content
from antigone.casework.deciding.rules import Tally
from antigone.casework.models import Decision, DecisionKind, KeptPrior, Proposal, Search, Vote
from antigone.casework.searching.answer import digest_of
from antigone.ledger.models import Checkpoint, Entry
from antigone.ledger.services import record
from antigone.missing.models import Person

MADE = "casework:decision:make"


def sign(proposal: Proposal, stands: Rests, counted: Tally, who: Operator) -> Decision:
    """Number, write and sign what a board adopted, in the caller's transaction, which has the case held."""
    now = timezone.now()
    # Not its key, which every new row of the agency holds: those who write elsewhere do not wait, nor stand crosswise.
    agency = Agency.objects.select_for_update(no_key=True).get(pk=proposal.case.agency_id)
    kind = DecisionKind(proposal.kind)
    number = _next(agency, kind, now.year)
    made = Decision(
        agency=agency,
        case=proposal.case,
        subject=proposal.case.subject_id,
        person=proposal.person,
        kind=kind,
        ground=stands.basis.ground,
        proposal=proposal,
        year=now.year,
        number=number,
        serial=f"{_series(agency, kind, now.year)}{number:04d}",
        decided_at=now,
    )
    made.content = content_of(made, proposal, stands, counted)
    made.digest = digest_of(made.content)
    made.save()
    record(
        MADE,
        actor=who.actor,
        object=f"decision:{made.pk}",
        case=proposal.case_id,
        serial=made.serial,
        kind=kind.value,
        ground=made.ground,
        content_sha256=made.digest,
    )
    return made


def content_of(made: Decision, proposal: Proposal, stands: Rests, counted: Tally) -> dict[str, Any]:
    """All that is signed, in the layout that this module tells."""
    case, search = proposal.case, stands.search or last_search(proposal.case)
    voters = list(Vote.objects.filter(proposal=proposal, replaced_at=None).order_by("cast_at", "pk"))
    names = names_of([proposal.proposed_by, *(each.actor for each in voters)])
    checkpoint = Checkpoint.objects.order_by("-size").first()
    return {
        "serial": made.serial,
        "kind": made.kind,
        "ground": made.ground,
        "decided_at": made.decided_at.isoformat(),
        "asked": str(proposal.kind),
        "agency": {"pk": made.agency.pk, "name": made.agency.name},
        "case": {"pk": case.pk, "code": case.code, "opened_at": case.opened_at.isoformat()},
        "subject": {
            "pk": case.subject_id,
            "code": case.subject.code,
            "kind": case.subject.kind,
            "place": case.subject.place,
            "recovered_on": case.subject.recovered_on.isoformat() if case.subject.recovered_on else None,
        },
        "person": _person(proposal.person),
        "items": _items(search),
        "search": _search(search),
        "lines": [line_content(each) for each in stands.lines],
        "face": [face_content(each) for each in stands.face],
        "step9": stands.question.step9.value,
        # By number alone: the references of others are theirs, and go when they are erased (`rivals.told`).
        "kin": [
            {"person": each.person, "kind": each.kind, "theirs": each.theirs, "missing": each.missing}
            for each in stands.kin
        ],
        "read": [
            {"key": each.key, "kind": each.kind.value, "by": [by.value for by in each.by]} for each in stands.read
        ],
        "proposal": {
            "proposal": proposal.pk,
            "by": proposal.proposed_by,
            "name": names.get(proposal.proposed_by, ""),
            "at": proposal.proposed_at.isoformat(),
            "reasons": proposal.reasons,
        },
        "votes": [_vote(each, names) for each in voters],
        "rule": {
            "quorum": counted.quorum,
            "unanimous": stands.basis.ground.unanimous,
            "yes": counted.yes,
            "no": counted.no,
            "abstain": counted.abstain,
        },
        "calibrations": _calibrations(case.agency, search),
        "prior": _prior(search),
        "revokes": {"serial": proposal.revokes.serial, "digest": proposal.revokes.digest} if proposal.revokes else None,
        "versions": {"antigone": __version__},
        "ledger": {"size": checkpoint.size, "root": bytes(checkpoint.root).hex()} if checkpoint else None,
    }


def unaltered(decision: Decision) -> bool:
    """Whether a decision is what was signed: its columns, its votes, its content, and the digest that the ledger has.

    One whose content was emptied by an erasure is not: there is nothing left to compare (`content` is None).
    """
    content = decision.content
    if content is None or digest_of(content) != decision.digest:
        return False
    columns = {"serial": decision.serial, "kind": decision.kind, "ground": decision.ground}
    if any(content[name] != value for name, value in columns.items()):
        return False
    if content["case"]["pk"] != decision.case_id or content["subject"]["pk"] != decision.subject:
        return False
    if (content["person"] or {}).get("pk") != decision.person:
        return False
    votes = Vote.objects.filter(proposal=decision.proposal_id, replaced_at=None).order_by("cast_at", "pk")
    rows = [(each.actor, each.choice, each.reasons) for each in votes]
    if [(each["by"], each["choice"], each["reasons"]) for each in content["votes"]] != rows:
        return False
    entries = Entry.objects.filter(action=MADE, object=f"decision:{decision.pk}")
    # By its serial: after a restore the key may be that of a decision which the backup did not have.
    told = [each.details or {} for each in entries]
    return [each["content_sha256"] for each in told if each.get("serial") == decision.serial] == [decision.digest]


def _next(agency: Agency, kind: DecisionKind, year: int) -> int:
    """The next number of a series."""
    last = Decision.objects.filter(agency=agency, kind=kind, year=year).aggregate(Max("number"))["number__max"]
    return max(int(last or 0), numbering.given(MADE, _series(agency, kind, year))) + 1


def _series(agency: Agency, kind: DecisionKind, year: int) -> str:
    return f"{kind.series}-{agency.pk}-{year}-"


def _person(pk: int | None) -> dict[str, Any] | None:
    found = Person.objects.select_related("holding__agency").filter(pk=pk).first() if pk is not None else None
    if found is None:
        return None
    return {
        "pk": found.pk,
        "ref": found.ref,
        "holding": found.holding.name,
        "agency": {"pk": found.holding.agency_id, "name": found.holding.agency.name},
        "names": [[each.text, each.script, each.kind] for each in found.names.order_by("pk")],
        "birth_date": found.birth_date,
    }


def _items(search: Search | None) -> list[list[str]]:
    if search is None:
        return []
    rows = search.photographs.order_by("added_at", "pk").values_list("pk", "sha256")
    return [[str(pk), sha256] for pk, sha256 in rows]


def _search(search: Search | None) -> dict[str, Any] | None:
    if search is None:
        return None
    told = ("searched", "searched_persons", "without_portrait")
    return {
        "search": search.pk,
        "at": search.at.isoformat(),
        "answer_sha256": search.answer_sha256,
        "contract": search.contract,
        "generation": search.generation,
        **{name: search.answer.get(name) for name in told},
    }


def _vote(vote: Vote, names: dict[str, str]) -> dict[str, Any]:
    return {
        "by": vote.actor,
        "name": names.get(vote.actor, ""),
        "choice": vote.choice,
        "reasons": vote.reasons,
        "at": vote.cast_at.isoformat(),
        "basis": vote.basis,
    }


def _calibrations(agency: Agency, search: Search | None) -> dict[str, list[str]]:
    listed = search.answer["candidates"] if search is not None else ()
    weighed = {kept["digest"] for each in listed if (kept := (each.get("evidence") or {}).get("calibration"))}
    return {"weighed": sorted(weighed), "in_force": sorted(each.digest for each in in_force(agency).calibrations)}


def _prior(search: Search | None) -> dict[str, Any] | None:
    kept = KeptPrior.objects.filter(search=search).order_by("-pk").first() if search is not None else None
    if kept is None:
        return None
    told = ("missing", "without_portrait", "unreported", "population", "reason", "kept_by")
    return {name: getattr(kept, name) for name in told}


def names_of(actors: list[str]) -> dict[str, str]:
    """The names of those who put questions and vote, as they are now, by actor; one query."""
    numbers = [actor.rpartition(":")[2] for actor in actors if actor.startswith("operator:")]
    return {each.actor: each.name for each in Operator.objects.filter(pk__in=numbers)}

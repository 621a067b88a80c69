"""What a board has before it, for the pages: evidence, questions, votes and decisions, made as services make them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.casework.deciding import evidence, filing, proposing, voting
from antigone.casework.deciding.evidence import NewLine
from antigone.casework.models import Case, Decision, EvidenceLine, Proposal, RankedView, Search
from antigone.missing.models import Person
from tests.web import casefile, people, records

DNA = NewLine(
    "dna", "supports", "A profile of the femur agrees with the mother's.", "sample S-1",
    laboratory="State laboratory", reference="2026/114", dated=date(2026, 6, 1), log10_lr=7.2,
)  # fmt: skip
AGAINST = NewLine("marks", "contradicts", "No scar on the left knee, and the record tells of one.", "the mother")
RING = NewLine("effects", "supports", "A ring with the engraving that the wife described.", "the wife's statement")


def members(agency: Agency, number: int = 4) -> list[Operator]:
    """So many members of the board of this agency; the first is whom client_as(Role.BOARD_MEMBER) signs in."""
    first = people.somebody(agency, Role.BOARD_MEMBER)
    others = [
        people.somebody(agency, Role.BOARD_MEMBER, name=f"member {n} of {agency.name}") for n in range(2, number + 1)
    ]
    return [first, *others]


def recorder(agency: Agency) -> Operator:
    return people.somebody(agency, Role.TRACING_OFFICER)


def case(agency: Agency) -> Case:
    """A case without a photograph: nothing is there to examine."""
    return casefile.case(agency)


def searched(agency: Agency, *, leads: int = 3, **changed: Any) -> Search:
    """A search whose ranked output the first member of the board has seen."""
    made = casefile.search(casefile.case(agency, photographs=1), leads=leads, **changed)
    # The ratios of the tests' leads rest on no calibration that is in force.
    for each in made.answer["candidates"]:
        each["evidence"]["calibration"] = None
    made.save()
    RankedView.objects.create(case=made.case, actor=members(agency, 1)[0].actor, search=made, at=timezone.now())
    return made


def person(agency: Agency) -> Person:
    return records.portrait(agency).person


def line(case: Case, about: Person, new: NewLine = DNA) -> EvidenceLine:
    return evidence.record_line(case.pk, about.pk, new, recorder(case.agency))


def proposal(agency: Agency, kind: str = "identify", *lines: NewLine) -> Proposal:
    """A question about a case and a person with these lines of evidence; put by the second member."""
    of, about = case(agency), person(agency)
    for each in lines or (DNA,):
        line(of, about, each)
    who = members(agency)[1]
    read = [each.key for each in filing.file(of.pk, about.pk, who).read]
    return proposing.propose(of.pk, about.pk, kind, "All that is in the file.", read, who)


def vote(put: Proposal, who: Operator, choice: str = "yes") -> Decision | None:
    basis = filing.before_the_board(put.pk, who).digest
    return voting.vote(put.pk, choice, f"{who.name} compared the papers.", basis, who).decision


def decision(agency: Agency, *choices: str) -> Decision:
    """What a board of three came to; yes by all where nothing else is said."""
    put = proposal(agency)
    made = None
    for who, choice in zip(members(agency)[1:], choices or ("yes",) * 3, strict=True):
        made = vote(put, who, choice)
    assert made is not None
    return made


def numbers(of: Case, about: Person) -> Mapping[str, Any]:
    return {"pk": of.pk, "person": about.pk}

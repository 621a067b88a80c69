"""A case with evidence, its examiners, and a board of four: what tests of steps 10 and 11 begin with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pytest

from antigone.access import services as access
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.deciding import evidence, filing, proposing, voting
from antigone.casework.deciding.evidence import NewLine
from antigone.casework.deciding.voting import Cast
from antigone.casework.models import Case, Comparison, Decision, Proposal
from antigone.missing.models import Person
from antigone.remains.services import Particulars
from tests import factories
from tests.casework.blind_world import World, examine, sort, world

DNA = NewLine(
    "dna", "supports", "A profile of the femur agrees with the mother's.", "sample S-1",
    laboratory="State laboratory", reference="2026/114", dated=date(2026, 6, 1), log10_lr=7.2,
)  # fmt: skip
AGAINST = NewLine(
    "dental", "contradicts", "A filling in 36 that the body has not.", "dental chart",
    laboratory="Dr Orlenko", reference="D-7", dated=date(2026, 6, 2),
)  # fmt: skip
RING = NewLine("effects", "supports", "A ring with the engraving that the wife described.", "the wife's statement")
TATTOO = NewLine("marks", "supports", "The anchor on the left forearm.", "military medical file")


def member(name: str, *roles: Role, agency: Agency | None = None) -> Operator:
    """Somebody who holds these roles and no other; of the board where none is named."""
    who = access.add_operator(name, agency or factories.operator().agency, "system:tests")
    for role in roles or (Role.BOARD_MEMBER,):
        access.grant_role(who, role, "system:tests")
    return who


@dataclass(frozen=True)
class Bench:
    """A case, two of the missing, a tracing officer who records, and four members of the board."""

    case: Case
    person: Person
    other: Person
    recorder: Operator
    board: tuple[Operator, ...]
    world: World | None = None

    def line(self, new: NewLine, person: Person | None = None, who: Operator | None = None) -> int:
        return evidence.record_line(self.case.pk, (person or self.person).pk, new, who or self.recorder).pk

    def propose(self, kind: str = "identify", read: Collection[str] = (), person: Person | None = None) -> Proposal:
        about = (person or self.person).pk
        return proposing.propose(self.case.pk, about, kind, "All that is in the file.", read, self.board[0])

    def vote(self, proposal: Proposal, who: Operator, choice: str = "yes") -> Cast:
        basis = filing.before_the_board(proposal.pk, who).digest
        return voting.vote(proposal.pk, choice, "I compared the paper with the record.", basis, who)

    def decided(self, proposal: Proposal) -> Decision:
        """Three votes, all yes."""
        for who in self.board[:3]:
            cast = self.vote(proposal, who)
        assert cast.decision is not None
        return cast.decision


def people() -> tuple[Operator, tuple[Operator, ...]]:
    board = tuple(member(name) for name in ("Daria", "Emil", "Fatima", "Goran"))
    return member("Taras", Role.TRACING_OFFICER), board


def bench() -> Bench:
    """A case without photographs: nothing is there to examine."""
    factories.enrol({"ref-000": factories.unit(0), "ref-001": factories.unit(1)})
    case = services.open_case(
        "LIMEN-A-001", "deceased", Particulars("quay", date(2026, 3, 20), "A. R."), factories.operator()
    )
    recorder, board = people()
    return Bench(case, Person.objects.get(ref="ref-000"), Person.objects.get(ref="ref-001"), recorder, board)


def examined(monkeypatch: pytest.MonkeyPatch, levels: tuple[str, str] = ("+1a", "+1a"), other: str = "0") -> Bench:
    """A case of which everything was examined and sealed: the first person at these levels, the second at another."""
    here = world(monkeypatch, count=2, later=0)
    for who in here.people[:2]:
        sort(here, who)
    person, second = Person.objects.get(ref="ref-000"), Person.objects.get(ref="ref-001")
    for who, level in zip(here.people[:2], levels, strict=True):
        examine(Comparison.objects.get(person=person.pk).pk, who, level)
        examine(Comparison.objects.get(person=second.pk).pk, who, other)
    recorder, board = people()
    return Bench(here.case, person, second, recorder, board, here)

"""What lets a board decide (step 10): a primary identifier, or unanimity on two independent non-visual lines; pure.

Face and recognition are visual: neither is ever one of the two lines, and nothing that is decided rests on them alone
but a setting aside, which can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.casework.judging.scale import Outcome
from antigone.casework.models import Choice, DecisionKind, LineFinding, LineKind

PRIMARY = frozenset({LineKind.FRICTION_RIDGE, LineKind.DENTAL, LineKind.DNA, LineKind.IMPLANT})

VISUAL = frozenset({LineKind.RECOGNITION})

NON_VISUAL = frozenset({LineKind.EFFECTS, LineKind.MARKS, LineKind.MEDICAL, LineKind.DOCUMENTS, LineKind.CIRCUMSTANCES})
"""What can be one of the two lines. Sex, age and stature are shared by thousands: they contradict, and never name."""

TWO = 2
LEAST_QUORUM = 2
DEFAULT_QUORUM = 3


class Ground(StrEnum):
    """On what a decision rests."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    CONFIRMED = "confirmed"
    FACE = "face"
    UNRESOLVED = "unresolved"
    REVOCATION = "revocation"

    @property
    def label(self) -> Promise:
        return _GROUNDS[self]

    @property
    def unanimous(self) -> bool:
        """Whether every vote has to be a yes: where no primary identifier carries a name."""
        return self in (Ground.SECONDARY, Ground.CONFIRMED)


_GROUNDS: dict[Ground, Promise] = {
    Ground.PRIMARY: gettext_lazy("a primary identifier"),
    Ground.SECONDARY: gettext_lazy("two independent non-visual lines, unanimously"),
    Ground.CONFIRMED: gettext_lazy("two examiners and the living person's own confirmation, unanimously"),
    Ground.FACE: gettext_lazy("the face alone: set aside, reversibly"),
    Ground.UNRESOLVED: gettext_lazy("unresolved"),
    Ground.REVOCATION: gettext_lazy("what is known now"),
}


class Step9(StrEnum):
    """How the blind work in a case stands; NOTHING where there is no face to examine, or nobody on the list."""

    SETTLED = "settled"
    OPEN = "open"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Line:
    """One line of evidence, as it counts here. `standing` is false once it was withdrawn."""

    number: int
    kind: str
    finding: str
    origin: str
    depends_on: tuple[int, ...] = ()
    standing: bool = True


@dataclass(frozen=True)
class Question:
    """What is before the board, and all that decides whether it may be voted on.

    `face` is what the examinations of this person came to, empty where there were none. `twin` says that a twin of
    theirs is missing too. `unread` are keys of rivals and contradictions that the proposal does not acknowledge,
    `barred` sentences that stand in the way whatever the evidence.
    """

    kind: str
    lines: tuple[Line, ...] = ()
    face: str = ""
    step9: Step9 = Step9.SETTLED
    living: bool = False
    twin: bool = False
    unread: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


@dataclass(frozen=True)
class Basis:
    """On what ground a question may be voted, and what is wanting before it may; nothing wanting means it may."""

    ground: Ground
    wants: tuple[str, ...]


class Result(StrEnum):
    OPEN = "open"
    ADOPTED = "adopted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Ballot:
    """One vote; `uncounted` is the reason why it does not count, empty where it does."""

    voter: str
    choice: str
    uncounted: str = ""


@dataclass(frozen=True)
class Tally:
    """The votes that count, and what they come to."""

    yes: int
    no: int
    abstain: int
    uncounted: int
    quorum: int
    result: Result

    @property
    def counted(self) -> int:
        return self.yes + self.no + self.abstain


def supporting_primary(question: Question) -> frozenset[str]:
    """The kinds of primary identifier that support, and can tell this person from everybody else.

    DNA alone does not part identical twins, so where a twin is missing too it is none.
    """
    kinds = frozenset(each.kind for each in _pointing(question, LineFinding.SUPPORTS) if each.kind in PRIMARY)
    return frozenset() if question.twin and kinds == {LineKind.DNA} else kinds


def contradicting_primary(question: Question) -> frozenset[str]:
    """The kinds of primary identifier that contradict."""
    return frozenset(each.kind for each in _pointing(question, LineFinding.CONTRADICTS) if each.kind in PRIMARY)


def independent_lines(lines: Collection[Line]) -> int:
    """How many independent non-visual lines support.

    Lines of one origin are one, and so are lines of which one rests on the other. What comes from whoever recognised
    somebody is that recognition, and what rests on a line that was withdrawn counts no more.
    """
    groups = _groups(lines)
    visual = {groups[each.number] for each in lines if each.kind in VISUAL}
    gone = {each.number for each in lines if not each.standing}
    resting = _resting(lines)
    return len(
        {
            groups[each.number]
            for each in lines
            if each.standing
            and each.kind in NON_VISUAL
            and each.finding == LineFinding.SUPPORTS
            and groups[each.number] not in visual
            and gone.isdisjoint(resting[each.number])
        }
    )


def basis(question: Question) -> Basis:
    """The ground on which a question stands, and what it wants before it may be voted."""
    ground, wants = _BY_KIND[DecisionKind(question.kind)](question)
    if question.unread:
        wants = (
            *wants,
            _("Rival claims or contradictions that the proposal does not acknowledge: read and acknowledge them."),
        )
    return Basis(ground, (*question.barred, *wants))


def tally(ground: Ground, ballots: Iterable[Ballot], quorum: int) -> Tally:
    """Count votes. Whoever abstains is of the quorum, and stands in the way of a majority and of unanimity.

    Nobody has a veto: what contradicts is evidence, and no majority outvotes a primary identifier (`basis`).
    """
    given = list(ballots)
    choices = [each.choice for each in given if not each.uncounted]
    yes, no, abstain = (choices.count(each) for each in (Choice.YES, Choice.NO, Choice.ABSTAIN))
    needed = max(quorum, LEAST_QUORUM)
    result = Result.OPEN
    if len(choices) >= needed:
        carried = yes == len(choices) if ground.unanimous else 2 * yes > len(choices)
        result = Result.ADOPTED if carried else Result.REJECTED
    return Tally(yes, no, abstain, len(given) - len(choices), needed, result)


def decide(question: Question, ballots: Iterable[Ballot], quorum: int) -> Tally:
    """What a board comes to; never more than OPEN while the question wants something."""
    stands = basis(question)
    return tally(stands.ground, () if stands.wants else ballots, quorum)


def origin_of(text: str) -> str:
    """An origin as it is compared: two spellings of one are one."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def _identify(question: Question) -> tuple[Ground, tuple[str, ...]]:
    wants: list[str] = []
    if question.living and _confirmation(question) == LineFinding.CONTRADICTS:
        wants.append(_("The living person says that they are somebody else; that decides."))
    against = contradicting_primary(question)
    if against:
        wants.append(
            _(
                "A primary identifier contradicts it (%(kinds)s). No vote outweighs that; exclude, or have it tested "
                "again."
            )
            % {"kinds": _named(against)}
        )
    if supporting_primary(question):
        return Ground.PRIMARY, tuple(wants)
    if question.step9 is Step9.OPEN:
        wants.append(
            _("Step 9 is not settled: leads are still to be triaged and examined, and there is no primary identifier.")
        )
    if question.face in (Outcome.SET_ASIDE, Outcome.SUPPORT_DIFFERENT):
        wants.append(_("Examiners found for two persons, and no primary identifier says otherwise."))
    if question.living:
        if question.face != Outcome.SUPPORT_SAME:
            wants.append(_("For a living person two examiners have to find support for one person."))
        if _confirmation(question) != LineFinding.SUPPORTS:
            wants.append(_("A living person has to confirm it themselves, or a primary identifier has to."))
        return Ground.CONFIRMED, tuple(wants)
    if independent_lines(question.lines) < TWO:
        if question.twin and any(each.kind == LineKind.DNA for each in _pointing(question, LineFinding.SUPPORTS)):
            wants.append(
                _(
                    "A twin of this person is missing too, and DNA alone cannot part identical twins: it is no primary "
                    "identifier here, and another one is needed to tell them apart."
                )
            )
        wants.append(
            _(
                "There is no primary identifier, and fewer than two independent non-visual lines support it. A face "
                "and a recognition are visual, and never one of the two."
            )
        )
    return Ground.SECONDARY, tuple(wants)


def _exclude(question: Question) -> tuple[Ground, tuple[str, ...]]:
    if contradicting_primary(question):
        if supporting_primary(question):
            return Ground.PRIMARY, (_("Primary identifiers point both ways: have them tested again first."),)
        return Ground.PRIMARY, ()
    wants: list[str] = []
    if supporting_primary(question):
        wants.append(_("A primary identifier supports that it is this person."))
    if question.face != Outcome.SET_ASIDE:
        wants.append(_("No primary identifier contradicts it, and two examiners did not exclude it on the face."))
    elif question.step9 is not Step9.SETTLED:
        wants.append(_("Step 9 is not settled: leads are still to be triaged and examined."))
    return Ground.FACE, tuple(wants)


def _set_aside(question: Question) -> tuple[Ground, tuple[str, ...]]:
    if question.step9 is Step9.OPEN and not any(each.standing and each.kind in PRIMARY for each in question.lines):
        return Ground.UNRESOLVED, (_("Step 9 is not settled: leads are still to be triaged and examined."),)
    return Ground.UNRESOLVED, ()


def _revoke(question: Question) -> tuple[Ground, tuple[str, ...]]:
    return Ground.REVOCATION, ()


_BY_KIND = {
    DecisionKind.IDENTIFY: _identify,
    DecisionKind.EXCLUDE: _exclude,
    DecisionKind.SET_ASIDE: _set_aside,
    DecisionKind.REVOKE: _revoke,
}


def _pointing(question: Question, finding: str) -> list[Line]:
    return [each for each in question.lines if each.standing and each.finding == finding]


def _confirmation(question: Question) -> str:
    """What the living person says of it; a contradiction outweighs an earlier word."""
    said = [each.finding for each in question.lines if each.standing and each.kind == LineKind.CONFIRMATION]
    return LineFinding.CONTRADICTS if LineFinding.CONTRADICTS in said else said[-1] if said else ""


def _named(kinds: Collection[str]) -> str:
    return ", ".join(str(LineKind(kind).label) for kind in sorted(kinds))


def _groups(lines: Collection[Line]) -> Mapping[int, int]:
    """Each line with the number that stands for all it depends on or shares an origin with."""
    parent = {each.number: each.number for each in lines}

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    first: dict[str, int] = {}
    for line in lines:
        same = first.setdefault(origin_of(line.origin), line.number)
        for other in (same, *line.depends_on):
            if other in parent:
                parent[root(other)] = root(line.number)
    return {number: root(number) for number in parent}


def _resting(lines: Collection[Line]) -> Mapping[int, frozenset[int]]:
    """The lines that each rests on, directly or through others."""
    direct = {each.number: each.depends_on for each in lines}

    def below(number: int) -> frozenset[int]:
        found: set[int] = set()
        left = list(direct[number])
        while left:
            other = left.pop()
            if other not in found:
                found.add(other)
                left += direct.get(other, ())
        return frozenset(found)

    return {number: below(number) for number in direct}

"""What is to be read before a vote: other bodies, other persons, recognitions, and evidence that contradicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from antigone.casework.deciding import rules
from antigone.casework.judging.scale import Outcome
from antigone.casework.models import (
    Case,
    Comparison,
    Decision,
    DecisionKind,
    EvidenceLine,
    LineFinding,
    Proposal,
    ProposalState,
)
from antigone.missing.kinship import relatives_of
from antigone.missing.models import Kinship, KinshipKind, Person, ReportState
from antigone.remains.models import RecognitionClaim

MOST = 100
"""Rows of each sort that are read; a case with more is not before a board, it is a list."""


class RivalKind(StrEnum):
    """What sort of thing is to be read before a vote."""

    BODY = "body"
    PERSON = "person"
    CLAIM = "claim"
    CONTRADICTION = "contradiction"

    @property
    def label(self) -> Promise:
        return _KINDS[self]


_KINDS: dict[RivalKind, Promise] = {
    RivalKind.BODY: _("another subject claimed for this person"),
    RivalKind.PERSON: _("another person claimed for this subject"),
    RivalKind.CLAIM: _("somebody says whom they recognised"),
    RivalKind.CONTRADICTION: _("a line of evidence contradicts"),
}


FACE_CONTRADICTS = _("what examiners found of the face contradicts")


class Ground(StrEnum):
    """By what a subject or a person is claimed."""

    EVIDENCE = "evidence"
    PROPOSAL = "proposal"
    DECISION = "decision"
    FACE = "face"

    @property
    def label(self) -> Promise:
        return _GROUNDS[self]


_GROUNDS: dict[Ground, Promise] = {
    Ground.EVIDENCE: _("a line of evidence supports it"),
    Ground.PROPOSAL: _("it is before the board"),
    Ground.DECISION: _("a board identified so"),
    Ground.FACE: _("examiners found support for one person"),
}


@dataclass(frozen=True)
class Rival:
    """One thing to be read. `key` is what a proposal acknowledges; `number` is of a case, person, claim or line.

    `name` is a case's code or a person's reference, `by` on what it rests; of claims and lines they are empty, and
    whoever shows the file has them at hand.
    """

    key: str
    kind: RivalKind
    number: int | str
    name: str = ""
    by: tuple[Ground, ...] = ()


@dataclass(frozen=True)
class Kin:
    """A relative of somebody who is on record among the missing; `missing` says whether they still are.

    `theirs` says that `kind` is what they are to that person, and not what that person is to them.
    """

    person: int
    ref: str
    kind: str
    missing: bool
    theirs: bool = True


def refs_of(persons: Iterable[int]) -> dict[int, str]:
    """The references under which these persons are known now; who was erased is not among them."""
    return dict(Person.objects.filter(pk__in=list(persons)).values_list("pk", "ref"))


def told(read: Iterable[Mapping[str, Any]]) -> list[str]:
    """What a signed decision says was read before the vote (`content["read"]`), in words; three queries at most."""
    rows = list(read)
    numbers = [each["key"].partition(":")[2] for each in rows if each["kind"] in (RivalKind.PERSON, RivalKind.BODY)]
    known = [int(each) for each in numbers if each.isdecimal()]
    names = {f"person:{pk}": ref for pk, ref in refs_of(known).items()}
    names |= {f"body:{pk}": code for pk, code in Case.objects.filter(pk__in=known).values_list("pk", "code")}
    return [_told(each, names) for each in rows]


def _told(read: Mapping[str, Any], names: Mapping[str, str]) -> str:
    sort, _colon, number = read["key"].partition(":")
    # A face is a comparison whose key says nothing to a reader; what it came to stands under the face.
    if sort == "face":
        return str(FACE_CONTRADICTS)
    grounds = "".join(f"; {Ground(by).label}" for by in read["by"])
    return f"{RivalKind(read['kind']).label}: {names.get(read['key'], number)}{grounds}"


def kin_told(kin: Iterable[Mapping[str, Any]], ref: str) -> list[str]:
    """What a signed decision says of the kin (`content["kin"]`) of whoever has this reference, in words; one query."""
    rows = list(kin)
    refs = refs_of(each["person"] for each in rows)
    sentences = []
    for each in rows:
        other = refs.get(each["person"], gettext("a record that was erased"))
        one, to = (other, ref) if each.get("theirs", True) else (ref, other)
        words = gettext("%(one)s: %(kind)s %(other)s.") % {
            "one": one, "kind": KinshipKind(each["kind"]).label, "other": to}  # fmt: skip
        sentences.append(f"{words} ({gettext('missing too') if each['missing'] else gettext('not missing now')})")
    return sentences


def one_person(person: int) -> frozenset[int]:
    """The numbers of all records that are one person: that which counts, and those merged into it."""
    found, last = {person}, {person}
    while last:
        last = set(Person.objects.filter(merged_into__in=last).values_list("pk", flat=True)) - found
        found |= last
    return frozenset(found)


def lines_of(case: int, person: int | None) -> list[EvidenceLine]:
    """All lines about a case and a person, or the whole case, also those withdrawn, in the order of recording."""
    found = EvidenceLine.objects.filter(case=case)
    if person is not None:
        found = found.filter(person__in=one_person(person))
    return list(found.order_by("pk"))


def examined(case: int, persons: Collection[int] | None = None) -> list[Comparison]:
    """The comparisons of a case that were examined and settled, of searches that stand; strangers are none of them."""
    found = settled_comparisons().filter(lineup__search__case=case)
    if persons is not None:
        found = found.filter(person__in=persons)
    return list(found.select_related("lineup").order_by("settled_at", "pk"))


def settled_comparisons() -> QuerySet[Comparison]:
    """The comparisons that were examined to the end, of searches that stand, without strangers and who was erased."""
    return Comparison.objects.filter(
        lineup__settled_at__isnull=False, lineup__search__recalled_at=None, filler__isnull=True, person__isnull=False
    ).exclude(outcome__in=(Outcome.NOT_KEPT, Outcome.ENDED))


def rivals_of(case: Case, person: int | None) -> list[Rival]:
    """The other bodies claimed for this person, the other persons for this body, and the recognitions; bounded."""
    claims = RecognitionClaim.objects.filter(subject=case.subject_id, withdrawn_at=None).order_by("pk")
    found = [Rival(f"claim:{pk}", RivalKind.CLAIM, pk) for pk in claims.values_list("pk", flat=True)[:MOST]]
    persons = one_person(person) if person is not None else frozenset()
    return [*_bodies(case, persons), *_persons(case, persons), *found]


def contradictions(lines: Iterable[EvidenceLine], face: Iterable[Comparison], kind: str) -> list[Rival]:
    """The standing lines, and the findings of examiners, that point against what is proposed."""
    if kind not in (DecisionKind.IDENTIFY, DecisionKind.EXCLUDE):
        return []
    identify = kind == DecisionKind.IDENTIFY
    against = LineFinding.CONTRADICTS if identify else LineFinding.SUPPORTS
    outcomes = (
        (Outcome.SET_ASIDE, Outcome.SUPPORT_DIFFERENT, Outcome.UNRESOLVED) if identify else (Outcome.SUPPORT_SAME,)
    )
    return [
        *(
            Rival(f"line:{each.pk}", RivalKind.CONTRADICTION, each.pk)
            for each in lines
            if each.withdrawn_at is None and each.finding == against
        ),
        *(Rival(f"face:{each.pk}", RivalKind.CONTRADICTION, str(each.pk)) for each in face if each.outcome in outcomes),
    ]


def kin_among_the_missing(person: int) -> list[Kin]:
    """The relatives of a person who are on record as missing, or were; two queries."""
    every = relatives_of([person]).get(person, ())
    rows = Kinship.objects.filter(Q(person=person) | Q(other=person), ended_at=None).order_by("pk")
    said: dict[int, tuple[str, bool]] = {}
    for row in rows:
        theirs = row.other_id == person
        other = row.person_id if theirs else row.other_id
        # A twin is told as one, whatever else was said of the two.
        if other not in said or said[other][0] != KinshipKind.TWIN:
            said[other] = (row.kind, theirs)
    known = Person.objects.select_related("report").filter(pk__in=every).order_by("pk")
    # Whose report was withdrawn may be dead all the same; who was found or identified is not this body.
    gone = (ReportState.FOUND, ReportState.IDENTIFIED)
    return [
        Kin(each.pk, each.ref, said[each.pk][0], each.report.state not in gone, theirs=said[each.pk][1])
        for each in known
    ]


def _bodies(case: Case, persons: frozenset[int]) -> list[Rival]:
    if not persons:
        return []
    theirs = {"person__in": persons, "case__agency": case.agency_id}
    by = _gathered(
        (Ground.EVIDENCE, _supporting().filter(**theirs).exclude(case=case).values_list("case", "case__code")),
        (Ground.PROPOSAL, _proposed().filter(**theirs).exclude(case=case).values_list("case", "case__code")),
        (Ground.DECISION, _identified().filter(**theirs).exclude(case=case).values_list("case", "case__code")),
        (
            Ground.FACE,
            settled_comparisons()
            .filter(person__in=persons, outcome=Outcome.SUPPORT_SAME, lineup__search__case__agency=case.agency_id)
            .exclude(lineup__search__case=case)
            .values_list("lineup__search__case", "lineup__search__case__code"),
        ),
    )
    return [Rival(f"body:{pk}", RivalKind.BODY, pk, name, grounds) for (pk, name), grounds in sorted(by.items())]


def _persons(case: Case, persons: frozenset[int]) -> list[Rival]:
    # Whom the face alone set aside is claimed still, where something else supports it.
    excluding = Decision.objects.filter(case=case, kind=DecisionKind.EXCLUDE, revoked_at=None)
    excluded = set(excluding.exclude(ground=rules.Ground.FACE).values_list("person", flat=True))
    by = _gathered(
        (Ground.EVIDENCE, _whom(_supporting().filter(case=case).values_list("person", flat=True))),
        (Ground.PROPOSAL, _whom(_proposed().filter(case=case).values_list("person", flat=True))),
        (Ground.DECISION, _whom(_identified().filter(case=case).values_list("person", flat=True))),
        (Ground.FACE, _whom(each.person for each in examined(case.pk) if each.outcome == Outcome.SUPPORT_SAME)),
    )
    others = {pk: grounds for (pk, _name), grounds in by.items() if pk not in persons and pk not in excluded}
    names = dict(Person.objects.filter(pk__in=others).values_list("pk", "ref"))
    return [
        Rival(f"person:{pk}", RivalKind.PERSON, pk, names.get(pk, ""), grounds)
        for pk, grounds in sorted(others.items())
    ]


def _whom(persons: Iterable[int | None]) -> list[tuple[int, str]]:
    return [(pk, "") for pk in persons if pk is not None]


def _gathered(*sources: tuple[Ground, Iterable[tuple[int, str]]]) -> dict[tuple[int, str], tuple[Ground, ...]]:
    found: dict[tuple[int, str], list[Ground]] = {}
    for ground, rows in sources:
        for row in list(rows)[:MOST]:
            grounds = found.setdefault((row[0], row[1]), [])
            if ground not in grounds:
                grounds.append(ground)
    return {key: tuple(grounds) for key, grounds in found.items()}


def _supporting() -> QuerySet[EvidenceLine]:
    return EvidenceLine.objects.filter(finding=LineFinding.SUPPORTS, withdrawn_at=None)


def _proposed() -> QuerySet[Proposal]:
    return Proposal.objects.filter(state=ProposalState.OPEN, kind=DecisionKind.IDENTIFY)


def _identified() -> QuerySet[Decision]:
    return Decision.objects.filter(kind=DecisionKind.IDENTIFY, revoked_at=None)

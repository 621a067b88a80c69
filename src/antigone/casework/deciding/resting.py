"""What a question before the board rests on at this moment, and the digest by which a vote says what it was cast on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from antigone.casework.deciding import rules
from antigone.casework.deciding.rivals import (
    Kin,
    Rival,
    contradictions,
    examined,
    kin_among_the_missing,
    lines_of,
    one_person,
    rivals_of,
)
from antigone.casework.deciding.rules import Basis, Line, Question, Step9
from antigone.casework.judging.scale import Outcome
from antigone.casework.judging.settling import counted
from antigone.casework.models import Case, Comparison, Decision, DecisionKind, EvidenceLine, Lineup, Search
from antigone.casework.searching.answer import digest_of
from antigone.missing.models import KinshipKind, Person, ReportState
from antigone.remains.models import Association, Photograph, SubjectKind


@dataclass(frozen=True)
class Rests:
    """All that is known of a case and a person for the board. `search` is the settled one, None where there is none.

    `rivals` are all there are; `read` are the rivals and contradictions that this question has to acknowledge, whether
    it does or not. `digest` is of the evidence and not of the question: one who read it may vote on any question about
    the two.
    """

    question: Question
    basis: Basis
    lines: tuple[EvidenceLine, ...]
    face: tuple[Comparison, ...]
    search: Search | None
    read: tuple[Rival, ...]
    kin: tuple[Kin, ...]
    digest: str
    rivals: tuple[Rival, ...] = ()


def step9(case: Case) -> tuple[Step9, Search | None]:
    """How the blind work of a case stands, and the last search of which all was examined and sealed."""
    lineups = Lineup.objects.filter(search__case=case, search__recalled_at=None).select_related("search")
    if lineups.filter(settled_at=None).exists():
        return Step9.OPEN, None
    settled = lineups.order_by("-settled_at", "-pk").first()
    if settled is not None:
        return Step9.SETTLED, settled.search
    last = case.searches.order_by("-at", "-pk").defer("answer").first()
    if last is None:
        pictured = Photograph.objects.filter(subject=case.subject_id).exists()
        return (Step9.OPEN if pictured else Step9.NOTHING), None
    return (Step9.NOTHING if last.none_of_these and last.recalled_at is None else Step9.OPEN), None


def rests(
    case: Case, person: int | None, kind: str, acknowledged: Collection[str] = (), revokes: Decision | None = None
) -> Rests:
    """What a question of this kind about a case and a person rests on now; a bounded number of queries.

    `case` has its subject at hand. `person` is the number of the record that counts.
    """
    persons = one_person(person) if person is not None else None
    lines = lines_of(case.pk, person)
    face = examined(case.pk, persons) if persons is not None else []
    blind, search = step9(case)
    kin = kin_among_the_missing(person) if person is not None else []
    rivals = rivals_of(case, person)
    question = Question(
        kind=kind,
        lines=tuple(_counting(each) for each in lines),
        face=_together(face),
        step9=blind,
        living=case.subject.kind == SubjectKind.UNABLE,
        twin=any(each.kind == KinshipKind.TWIN and each.missing for each in kin),
    )
    digest = digest_of(
        {
            "case": case.pk,
            "person": person,
            "lines": [line_content(each) for each in lines],
            "face": [face_content(each) for each in face],
            "step9": blind.value,
            "rivals": [[each.key, [by.value for by in each.by]] for each in rivals],
            "kin": [[each.person, each.kind, each.theirs, each.missing] for each in kin],
        }
    )
    found = Rests(
        question, rules.basis(question), tuple(lines), tuple(face), search, (), tuple(kin), digest, tuple(rivals)
    )
    return asked(found, case, person, kind, acknowledged, revokes)


def asked(
    found: Rests, case: Case, person: int | None, kind: str, acknowledged: Collection[str] = (),
    revokes: Decision | None = None,
) -> Rests:  # fmt: skip
    """Another question about the same evidence, without reading that again."""
    rivals = found.rivals if kind == DecisionKind.IDENTIFY else ()
    read = (*rivals, *contradictions(found.lines, found.face, kind))
    question = replace(
        found.question,
        kind=kind,
        unread=tuple(each.key for each in read if each.key not in set(acknowledged)),
        barred=tuple(barred(case, person, kind, revokes)),
    )
    return replace(found, question=question, basis=rules.basis(question), read=read)


def line_content(line: EvidenceLine) -> dict[str, Any]:
    """A line as it is signed."""
    return {
        "line": line.pk,
        "kind": line.kind,
        "finding": line.finding,
        "words": line.words,
        "origin": line.origin,
        "depends_on": list(line.depends_on),
        "laboratory": line.laboratory,
        "reference": line.reference,
        "dated": line.dated.isoformat() if line.dated else None,
        "log10_lr": line.log10_lr,
        "claim": line.claim,
        "recorded_by": line.recorded_by,
        "recorded_at": line.recorded_at.isoformat(),
        "withdrawn": line.withdrawn_at is not None,
        "withdraw_reason": line.withdraw_reason,
    }


def face_content(comparison: Comparison) -> dict[str, Any]:
    """What a comparison came to, with the examinations that were sealed of it, by their digests."""
    return {
        "comparison": str(comparison.pk),
        "outcome": comparison.outcome,
        "level": comparison.outcome_level,
        "third": comparison.third_called_at is not None,
        "sealed": [
            {"examination": str(each.pk), "examiner": each.actor, "level": each.level, "digest": each.digest}
            for each in counted(comparison)
        ],
    }


def barred(case: Case, person: int | None, kind: str, revokes: Decision | None) -> list[str]:
    """What stands in the way of a question whatever the evidence, as sentences."""
    if kind == DecisionKind.REVOKE:
        return [] if revokes is not None and revokes.standing else [_("That decision does not stand any more.")]
    found: list[str] = []
    if case.subject.spoke_at is not None:
        found.append(_("This person can state their identity now; what they say decides."))
    standing = Decision.objects.filter(revoked_at=None)
    already = standing.filter(subject=case.subject_id, kind=DecisionKind.IDENTIFY).first()
    if already is not None:
        found.append(
            _("The subject is identified under %(serial)s; that has to be revoked first.") % {"serial": already.serial}
        )
    if kind == DecisionKind.IDENTIFY and person is not None:
        found += _barred_identification(case, person)
    if kind == DecisionKind.EXCLUDE and person is not None:
        same = standing.filter(case=case, person__in=one_person(person), kind=kind).exclude(ground=rules.Ground.FACE)
        if (excluded := same.first()) is not None:
            found.append(_("This person is excluded under %(serial)s already.") % {"serial": excluded.serial})
    return found


def _barred_identification(case: Case, person: int) -> list[str]:
    found: list[str] = []
    if case.closed_at is not None:
        found.append(_("The case is closed; it is opened again first."))
    persons = one_person(person)
    if Person.objects.filter(pk=person, merged_into__isnull=False).exists():
        found.append(_("This person's record was merged into another since; put the question about that one."))
    if Person.objects.filter(pk=person, report__state=ReportState.FOUND).exists():
        found.append(_("This person was reported found or speaks for themselves; their report is opened again first."))
    standing = Decision.objects.filter(revoked_at=None, person__in=persons)
    excluded = standing.filter(case=case, kind=DecisionKind.EXCLUDE, ground=rules.Ground.PRIMARY).first()
    if excluded is not None:
        found.append(
            _("This person is excluded under %(serial)s; that has to be revoked first.") % {"serial": excluded.serial}
        )
    for other in standing.filter(kind=DecisionKind.IDENTIFY).exclude(subject=case.subject_id):
        if not _of_one_individual(case.subject_id, other.subject):
            found.append(
                _(
                    "This person is identified under %(serial)s as another body. Decide first that the remains are of "
                    "one person, or revoke it."
                )
                % {"serial": other.serial}
            )
    return found


def _of_one_individual(one: int, other: int) -> bool:
    individuals = [
        set(Association.objects.filter(unit=unit, until=None).values_list("individual", flat=True))
        for unit in (one, other)
    ]
    return not individuals[0].isdisjoint(individuals[1])


def _counting(line: EvidenceLine) -> Line:
    return Line(
        line.pk, line.kind, line.finding, line.origin, tuple(line.depends_on), standing=line.withdrawn_at is None
    )


def _together(face: list[Comparison]) -> str:
    """What examiners found of one person over all settled searches.

    What was found for two persons in one of them is not made good by a later search that came to nothing.
    """
    outcomes = {each.outcome for each in face}
    apart = outcomes & {Outcome.SUPPORT_DIFFERENT, Outcome.SET_ASIDE}
    if apart and Outcome.SUPPORT_SAME in outcomes:
        return Outcome.UNRESOLVED
    if apart:
        return Outcome.SET_ASIDE if apart == {Outcome.SET_ASIDE} else Outcome.SUPPORT_DIFFERENT
    return face[-1].outcome if face else ""

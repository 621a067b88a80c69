"""The board's matter in words: lines of evidence, findings, rivals and votes, as its pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from antigone.casework.deciding.filing import Before, File, VoteLine
from antigone.casework.deciding.rivals import Rival, RivalKind
from antigone.casework.deciding.rules import PRIMARY
from antigone.casework.deciding.voting import barred_words
from antigone.casework.judging import scale
from antigone.casework.judging.findings import Found
from antigone.casework.judging.scale import Direction, Outcome
from antigone.casework.models import Choice, EvidenceLine, LineFinding, LineKind, ProposalState
from antigone.evidence import SourceKind
from antigone.missing.models import KinshipKind
from antigone.web import described
from antigone.web.cases.leads import RecordLine, record_line

Words = str | Promise

_SIDES: dict[str, str] = {
    LineFinding.CONTRADICTS: "against",
    LineFinding.SUPPORTS: "for",
    Outcome.SUPPORT_SAME: "for",
    Outcome.SUPPORT_DIFFERENT: "against",
    Outcome.SET_ASIDE: "against",
    Outcome.UNRESOLVED: "against",
}

_POINTS: dict[Direction, str] = {Direction.SAME: "for", Direction.DIFFERENT: "against", Direction.NEITHER: "neither"}

PRIMARY_SORT, SECONDARY_SORT, VISUAL_SORT, FACE_SORT, RECORD_SORT = (
    gettext_lazy("primary identifier"),
    gettext_lazy("secondary evidence"),
    gettext_lazy("recognition, a claim"),
    gettext_lazy("face, examined"),
    gettext_lazy("record against record"),
)


@dataclass(frozen=True)
class Item:
    """One thing for or against, by itself; `sort` says what it is worth."""

    side: str
    sort: Words
    title: Words
    text: str
    source: str = ""


@dataclass(frozen=True)
class LineShown:
    """A line of evidence as recorded, with by whom; of one withdrawn, with why."""

    line: EvidenceLine
    kind: Words
    finding: Words
    side: str
    by: str
    withdrawn_by: str
    rests_on: str

    @property
    def withdrawn(self) -> bool:
        return self.line.withdrawn_at is not None


@dataclass(frozen=True)
class SealedShown:
    """One sealed examination."""

    by: str
    words: str
    side: str
    unaltered: bool
    erased: bool


@dataclass(frozen=True)
class FoundShown:
    """What examiners found together, and each by themselves."""

    outcome: Words
    side: str
    third: bool
    sealed: tuple[SealedShown, ...]


@dataclass(frozen=True)
class RivalShown:
    """One thing to be read before a vote, with where it is read."""

    key: str
    kind: Words
    text: str
    url: str
    read: bool = False


@dataclass(frozen=True)
class VoteShown:
    """A vote; without words while the reader has still to give theirs."""

    name: str
    choice: Words
    key: str
    reasons: str
    at: datetime
    uncounted: str
    dissent: bool


def lines_of(rows: Sequence[EvidenceLine], names: Mapping[str, str]) -> list[LineShown]:
    return [
        LineShown(
            each,
            LineKind(each.kind).label,
            LineFinding(each.finding).label,
            _SIDES.get(each.finding, "neither"),
            names.get(each.recorded_by, ""),
            names.get(each.withdrawn_by, ""),
            ", ".join(str(number) for number in each.depends_on),
        )
        for each in rows
    ]


def names_in(file: File) -> dict[str, str]:
    """The names of all who recorded, withdrew and sealed something of a file, in one query."""
    rows = (*file.primary, *file.secondary, *file.visual)
    actors = [actor for each in rows for actor in (each.recorded_by, each.withdrawn_by)]
    return described.names_of([*actors, *(seal.examiner for each in file.face for seal in each.sealed)])


def found_of(face: Iterable[Found], names: Mapping[str, str]) -> list[FoundShown]:
    return [
        FoundShown(
            Outcome(each.outcome).label,
            _SIDES.get(each.outcome, "neither"),
            each.third,
            tuple(
                SealedShown(
                    names.get(seal.examiner, ""),
                    seal.words,
                    _POINTS[scale.direction(seal.level)],
                    seal.unaltered,
                    seal.content is None,
                )
                for seal in each.sealed
            ),
        )
        for each in face
    ]


def _face_items(found: FoundShown) -> list[Item]:
    """What examiners found together; whoever found the contrary stands on the other side, as prominently."""
    apart = [each for each in found.sealed if {each.side, found.side} == {"for", "against"}]
    together = ", ".join(each.by for each in found.sealed if each not in apart)
    return [
        Item(found.side, FACE_SORT, found.outcome, "", together),
        *(Item(each.side, FACE_SORT, _("one examiner by themselves"), each.words, each.by) for each in apart),
    ]


def items_of(file: File, names: Mapping[str, str]) -> list[Item]:
    """Everything that points either way, each line by itself, primary identifiers first."""
    standing = [each for each in (*file.primary, *file.secondary, *file.visual) if each.withdrawn_at is None]
    found = [
        Item(
            _SIDES.get(each.finding, "neither"), _sort(each), LineKind(each.kind).label, each.words,
            ", ".join(part for part in (each.laboratory, each.reference) if part) or each.origin,
        )
        for each in standing
    ]  # fmt: skip
    found += [item for each in found_of(file.face, names) for item in _face_items(each)]
    found += [
        Item(
            "against" if each.against else "for" if each.agrees else "neither", RECORD_SORT, each.name,
            _("found: %(found)s; told: %(told)s") % {"found": each.found, "told": each.told}, "",
        )
        for each in record_lines(file.searched)
        if each.weighs
    ]  # fmt: skip
    return found


def record_lines(searched: Mapping[str, Any] | None) -> list[RecordLine]:
    """What the records say of the two, as the last search kept it."""
    return [record_line(each) for each in (searched or {}).get("secondary", ())]


def exercise(searched: Mapping[str, Any] | None) -> bool:
    """Whether the ratio of a lead comes from a calibration that is not on own cases."""
    calibration = ((searched or {}).get("evidence") or {}).get("calibration") or {}
    return bool(calibration) and calibration.get("source") != SourceKind.OWN_CASES.value


def _sort(line: EvidenceLine) -> Words:
    if line.kind in PRIMARY:
        return PRIMARY_SORT
    return VISUAL_SORT if line.kind == LineKind.RECOGNITION else SECONDARY_SORT


def rivals_of(
    file: File | None, case: int, read: Iterable[Rival], acknowledged: Iterable[str] = ()
) -> list[RivalShown]:
    """The rivals and contradictions, each with words and with where it is read."""
    known = set(acknowledged)
    rows = {} if file is None else {each.pk: each for each in (*file.primary, *file.secondary, *file.visual)}
    claims = {} if file is None else {each.pk: each for each in file.claims}
    found = []
    for each in read:
        by = ", ".join(str(ground.label) for ground in each.by)
        text, url = f"{each.name}: {by}" if by else each.name, ""
        if each.kind is RivalKind.BODY:
            url = reverse("web:board:case", args=[each.number])
        elif each.kind is RivalKind.PERSON:
            url = reverse("web:board:file", args=[case, each.number])
        elif each.kind is RivalKind.CLAIM and each.number in claims:
            claim = claims[int(each.number)]
            text = _("%(claimant)s named “%(named)s”") % {"claimant": claim.claimant, "named": claim.named}
        elif each.kind is RivalKind.CONTRADICTION and each.number in rows:
            line = rows[int(each.number)]
            text = f"{LineKind(line.kind).label}: {line.words}"
        elif each.kind is RivalKind.CONTRADICTION:
            text = _("examiners found for two persons, or did not agree")
        found.append(RivalShown(each.key, each.kind.label, text, url, each.key in known))
    return found


def kin_of(file: File) -> list[tuple[Any, str]]:
    """The kin of the person, each with what they are to each other, as a record of the person tells it."""
    return [
        (
            each,
            (_("%(ref)s is %(kind)s them") if each.theirs else _("%(kind)s %(ref)s"))
            % {"kind": KinshipKind(each.kind).label, "ref": each.ref},
        )
        for each in file.kin
    ]


_DISSENT: dict[str, str] = {ProposalState.ADOPTED: Choice.NO, ProposalState.REJECTED: Choice.YES}
"""The vote against which a question was decided; nobody dissents from what was never decided, or by abstaining."""


def votes_of(rows: Iterable[VoteLine], state: str = ProposalState.OPEN) -> list[VoteShown]:
    """Votes in words, on a question that stands so."""
    return [
        VoteShown(
            each.name or each.by,
            Choice(each.choice).label if each.choice else "",
            each.choice,
            each.reasons,
            datetime.fromisoformat(each.at),
            barred_words(each.uncounted),
            bool(each.choice) and each.choice == _DISSENT.get(state),
        )
        for each in rows
    ]


def tally_words(before: Before) -> str:
    tally = before.tally
    if tally is None:  # the reader votes before they read how the others did
        words = ngettext(
            "%(given)d vote is given; %(quorum)d are needed.",
            "%(given)d votes are given; %(quorum)d are needed.",
            len(before.votes),
        )
        return words % {"given": len(before.votes), "quorum": before.proposal.quorum}
    return _("%(yes)d for, %(no)d against, %(abstain)d abstained; %(counted)d of %(quorum)d votes that are needed.") % {
        "yes": tally.yes, "no": tally.no, "abstain": tally.abstain, "counted": tally.counted, "quorum": tally.quorum,
    }  # fmt: skip

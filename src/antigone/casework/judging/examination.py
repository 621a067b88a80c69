"""One examiner's blind examination of one comparison, by ACE-V, until it is sealed (step 9 of the procedure).

Assessment and analysis are of the photograph of the subject alone; the portrait is shown once the analysis is closed.
What leaves this module is one's own: random keys, pictures made from pixels, one's own notes. Whether anybody else
examines, has sealed or disagreed changes nothing of what is returned or refused here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.calibrating.calibrations import in_force
from antigone.casework.errors import ExaminationRefused
from antigone.casework.judging import blind, scale, settling
from antigone.casework.judging.conduct import (
    ABANDON_LENGTH,
    NOTE_LENGTH,
    OPEN,
    REASONS_LENGTH,
    SHOWN,
    Observed,
    check_analysed,
    check_closing,
    check_component,
    check_conclusion,
    check_shown,
    check_text,
    may_exclude,
    not_now,
    observe,
)
from antigone.casework.judging.drawing import Drawing, drawing_fault
from antigone.casework.judging.framing import Eyes
from antigone.casework.judging.scale import NOT_SUITABLE, Cap
from antigone.casework.judging.sealing import analysis_digest, content_of, note_of
from antigone.casework.models import Case, Comparison, ComponentNote, Examination, FreeMark, Search, Stage
from antigone.casework.searching.answer import digest_of
from antigone.ledger.services import record, recorded

# What doors take from here, though it holds for practice as well.
__all__ = [
    "NOTE_LENGTH", "OPEN", "REASONS_LENGTH", "SHOWN", "Observed", "View", "abandon", "assess", "begin",
    "close_analysis", "conclude", "draw", "eyes", "note_pair", "note_subject", "photograph", "portrait", "rub_out",
    "seal", "view",
]  # fmt: skip


@dataclass(frozen=True)
class View:
    """One's own examination as it stands. `may_exclude` says that what was noted makes exclusion available.

    `closed` are the numbers of those marks that belong to a closed analysis and stay. `findings` is the search whose
    findings can be read, None until every comparison of it is settled.
    """

    key: UUID
    case: str
    stage: Stage
    photographs: tuple[UUID, ...]
    notes: tuple[dict[str, Any], ...]
    marks: tuple[tuple[int, Drawing], ...]
    cap: Cap
    may_exclude: bool
    level: str
    reasons: str
    digest: str
    ended_at: datetime | None = None
    analysis_digest: str = ""
    portrait_shown: bool = False
    closed: frozenset[int] = frozenset()
    findings: int | None = None
    erased: bool = False


def begin(comparison: UUID, who: Operator) -> UUID:
    """Begin one's examination of a comparison that is on the desk, or go on with it; returns its key.

    Raises NotHere, Refused or ExaminationRefused.
    """
    found = Comparison.objects.select_related("lineup__search").filter(pk=comparison).first()
    if found is None:
        raise blind.not_here()
    case = blind.open_case_for(found.lineup.search, who, Permission.EXAMINATION_DO)
    blind.mandated(case, who)
    with recorded():
        found = Comparison.objects.select_for_update().select_related("lineup").get(pk=found.pk)
        mine = Examination.objects.filter(comparison=found, actor=who.actor).first()
        if mine is not None:
            return mine.pk
        if found.lineup.ready_at is None or found.settled_at is not None or not blind.shown([found], who):
            raise blind.not_here()
        mine = Examination.objects.create(comparison=found, actor=who.actor, agency=who.agency, begun_at=timezone.now())
        record("casework:examination:begin", actor=who.actor, object=f"examination:{mine.pk}")
    return mine.pk


def view(examination: UUID, who: Operator) -> View:
    """One's own examination; raises NotHere. It stays readable once sealed, also to whoever then saw the answer."""
    found = _mine(examination, who)
    lineup = found.comparison.lineup
    case = Case.objects.select_related("agency").get(pk=lineup.search.case_id)
    sealed = found.stage == Stage.SEALED
    return View(
        key=found.pk,
        case=case.code,
        stage=Stage(found.stage),
        photographs=tuple(blind.photographs_of(found.comparison.lineup.search)),
        notes=tuple(note_of(each) for each in found.notes.order_by("component")),
        marks=tuple((each.pk, _drawn(each)) for each in found.marks.order_by("pk")),
        cap=_cap(found),
        may_exclude=may_exclude(found.notes.all()),
        level=found.level,
        reasons=found.reasons,
        digest=found.digest,
        ended_at=found.ended_at,
        analysis_digest=found.analysis_digest,
        portrait_shown=found.portrait_shown_at is not None,
        closed=_closed(found),
        findings=lineup.search_id if sealed and lineup.settled_at is not None else None,
        erased=sealed and found.content is None,
    )


def photograph(examination: UUID, picture: UUID, who: Operator) -> bytes:
    """A photograph of the subject, behind its veil until asked for; a JPEG. Raises NotHere, Refused and the like."""
    found = _working(examination, who, OPEN)
    return blind.photograph(found.comparison.lineup.search, picture, who)


def portrait(examination: UUID, who: Operator) -> bytes:
    """The portrait, a JPEG; ExaminationRefused until the analysis of the subject's photograph is closed."""
    found = _working(examination, who, SHOWN)
    check_analysed(found)
    picture = blind.portrait(found.comparison, who)
    Examination.objects.filter(pk=found.pk, portrait_shown_at=None).update(portrait_shown_at=timezone.now())
    return picture


def eyes(examination: UUID, picture: UUID | None, who: Operator) -> Eyes | None:
    """Where the eyes are in a photograph of the subject, or in the portrait (None): to lay the two at one distance.

    Raises as `photograph` and `portrait` do, so that nothing of the portrait is told before the analysis is closed.
    """
    if picture is not None:
        return blind.eyes_in_photograph(_working(examination, who, OPEN).comparison.lineup.search, picture)
    found = _working(examination, who, SHOWN)
    check_analysed(found)
    return blind.eyes_in_portrait(found.comparison, who)


def assess(examination: UUID, suitable: bool, reasons: str, who: Operator) -> None:
    """Say whether the photograph of the subject can be compared at all; that it cannot is an end, with reasons."""
    check_text(reasons, REASONS_LENGTH, wanted=not suitable)
    with _changing(examination, who, (Stage.ASSESSMENT,)) as found:
        found.stage = Stage.ANALYSIS if suitable else Stage.EVALUATION
        if not suitable:
            found.level, found.reasons = NOT_SUITABLE, reasons.strip()
        found.save(update_fields=["stage", "level", "reasons"])
        record("casework:examination:assess", actor=who.actor, object=f"examination:{found.pk}")


def note_subject(examination: UUID, component: int, seen: bool, note: str, who: Operator) -> None:
    """Analysis: whether a component is visible in the photograph of the subject, and what is seen of it."""
    check_component(component)
    check_text(note, NOTE_LENGTH)
    with _changing(examination, who, (Stage.ANALYSIS,)) as found:
        ComponentNote.objects.update_or_create(
            examination=found, component=component, defaults={"seen_a": seen, "note_a": note.strip()}
        )
        record("casework:examination:note", actor=who.actor, object=f"examination:{found.pk}")


def close_analysis(examination: UUID, who: Operator) -> None:
    """Close the analysis: what was noted of the subject's photograph stays as it is, and the portrait may be shown."""
    with _changing(examination, who, (Stage.ANALYSIS,)) as found:
        check_closing(found.notes.all())
        found.stage, found.analysis_digest = Stage.COMPARISON, analysis_digest(found)
        found.save(update_fields=["stage", "analysis_digest"])
        record(
            "casework:examination:analyse",
            actor=who.actor,
            object=f"examination:{found.pk}",
            analysis_sha256=found.analysis_digest,
        )


def note_pair(examination: UUID, component: int, seen: Observed, who: Operator) -> None:
    """Comparison: what the two pictures show of a component. What the analysis did not note counts as not visible."""
    check_component(component)
    check_text(seen.note, NOTE_LENGTH)
    with _changing(examination, who, SHOWN) as found:
        check_analysed(found)
        check_shown(found)
        kept = found.notes.filter(component=component).first()
        kept = kept or ComponentNote(examination=found, component=component)
        observe(kept, seen)
        kept.save()
        record("casework:examination:note", actor=who.actor, object=f"examination:{found.pk}")


def draw(examination: UUID, drawing: Drawing, who: Operator) -> int:
    """Keep a free mark on either picture; returns its number. On the portrait only once that was shown."""
    fault = drawing_fault(drawing)
    if fault is not None:
        raise ExaminationRefused(_("%(fault)s Nothing was changed.") % {"fault": fault})
    with _changing(examination, who, (Stage.ANALYSIS, *SHOWN)) as found:
        check_analysed(found)
        if drawing.side == "b":
            check_shown(found)
        there = (
            [found.comparison.portrait] if drawing.side == "b" else blind.photographs_of(found.comparison.lineup.search)
        )
        picture = found.comparison.portrait if drawing.side == "b" else drawing.picture
        if picture not in there or picture is None:
            raise blind.not_here()
        made = FreeMark.objects.create(
            examination=found,
            side=drawing.side,
            during=found.stage,
            picture=picture,
            shape=drawing.shape,
            points=[list(point) for point in drawing.points],
            note=drawing.note.strip(),
        )
        record("casework:examination:note", actor=who.actor, object=f"examination:{found.pk}")
    return made.pk


def rub_out(examination: UUID, mark: int, who: Operator) -> None:
    """Take a free mark away; those of a closed analysis stay."""
    with _changing(examination, who, (Stage.ANALYSIS, *SHOWN)) as found:
        check_analysed(found)
        marks = found.marks.filter(pk=mark)
        if found.stage != Stage.ANALYSIS:
            marks = marks.exclude(during=Stage.ANALYSIS)
        if not marks.delete()[0]:
            raise blind.not_here()
        record("casework:examination:note", actor=who.actor, object=f"examination:{found.pk}")


def conclude(examination: UUID, level: str, reasons: str, who: Operator) -> None:
    """Evaluation: write one's conclusion with its reasons; it may be written anew until the seal."""
    check_text(reasons, REASONS_LENGTH, wanted=True)
    with _changing(examination, who, SHOWN) as found:
        check_analysed(found)
        check_conclusion(level, found.notes.all(), _cap(found))
        found.stage, found.level, found.reasons = Stage.EVALUATION, level, reasons.strip()
        found.save(update_fields=["stage", "level", "reasons"])
        record("casework:examination:conclude", actor=who.actor, object=f"examination:{found.pk}")


def seal(examination: UUID, who: Operator) -> str:
    """Sign one's examination; returns its digest, which the ledger has too. From then on it does not change.

    The answer is the same whether others have sealed or not, and whether they agree.
    """
    with _changing(examination, who, (Stage.EVALUATION,)) as found:
        check_conclusion(found.level, found.notes.all(), _cap(found))
        found.stage, found.ended_at = Stage.SEALED, timezone.now()
        found.content = content_of(found, _cap(found))
        found.digest = digest_of(found.content)
        found.save(update_fields=["stage", "ended_at", "content", "digest"])
        record(
            "casework:examination:seal",
            actor=who.actor,
            object=f"examination:{found.pk}",
            content_sha256=found.digest,
        )
        settling.after_seal(found.comparison)
    return found.digest


def abandon(examination: UUID, reason: str, who: Operator) -> None:
    """Give an examination up, with a reason, so that somebody else can take it; one's own does not begin again."""
    check_text(reason, ABANDON_LENGTH, wanted=True)
    found = _mine(examination, who)
    with recorded():
        # As in `_changing`: who seals in this moment takes turns with who gives up.
        Search.objects.select_for_update().get(pk=found.comparison.lineup.search_id)
        given_up = Examination.objects.filter(pk=found.pk, stage__in=OPEN).update(
            stage=Stage.ABANDONED, ended_at=timezone.now(), ended_why=reason.strip()
        )
        if not given_up:
            raise not_now()
        record("casework:examination:abandon", actor=who.actor, object=f"examination:{found.pk}", reason=reason.strip())


def _mine(examination: UUID, who: Operator) -> Examination:
    rows = Examination.objects.select_related("comparison__lineup__search", "agency")
    found = rows.filter(pk=examination, actor=who.actor).first()
    if found is None:
        raise blind.not_here()
    return found


def _working(examination: UUID, who: Operator, stages: tuple[Stage, ...]) -> Examination:
    """One's own examination, in one of these stages, while one may work on it."""
    found = _mine(examination, who)
    blind.open_case_for(found.comparison.lineup.search, who, Permission.EXAMINATION_DO)
    if found.stage not in stages:
        raise not_now()
    return found


@contextmanager
def _changing(examination: UUID, who: Operator, stages: tuple[Stage, ...]) -> Iterator[Examination]:
    """The same, held still in a transaction; asked again inside it, so that nothing seen meanwhile slips through."""
    search = _working(examination, who, stages).comparison.lineup.search
    with recorded():
        # Whoever seals settles, too: the search is held first wherever several rows are.
        Search.objects.select_for_update().get(pk=search.pk)
        yield _working(examination, who, stages)


def _closed(examination: Examination) -> frozenset[int]:
    if examination.stage == Stage.ANALYSIS:
        return frozenset()
    return frozenset(examination.marks.filter(during=Stage.ANALYSIS).values_list("pk", flat=True))


def _drawn(mark: FreeMark) -> Drawing:
    # Which portrait it is stands in no answer to an examiner.
    picture = mark.picture if mark.side == "a" else None
    return Drawing(mark.side, mark.shape, tuple((x, y) for x, y in mark.points), picture, mark.note)


def _cap(examination: Examination) -> Cap:
    search = Search.objects.select_related("case__agency").get(pk=examination.comparison.lineup.search_id)
    return scale.cap(in_force(search.case.agency, search.contract).calibrations)

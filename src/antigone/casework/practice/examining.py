"""Examining a pair of an exercise by ACE-V: the steps, the scale and the rules are those of a case.

The functions are those of `judging.examination`, so that one desk serves both; the tables are others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.errors import ExaminationRefused
from antigone.casework.judging import conduct, scale
from antigone.casework.judging.conduct import (
    ABANDON_LENGTH,
    NOTE_LENGTH,
    OPEN,
    REASONS_LENGTH,
    SHOWN,
    Observed,
    check_analysed,
    check_component,
    check_conclusion,
    check_shown,
    check_text,
    not_now,
)
from antigone.casework.judging.drawing import Drawing, drawing_fault
from antigone.casework.judging.examination import View
from antigone.casework.judging.framing import Eyes
from antigone.casework.judging.scale import NOT_SUITABLE, Cap
from antigone.casework.judging.sealing import digest_of_analysis, mark_of, note_of
from antigone.casework.models import (
    PracticeExamination,
    PracticeExercise,
    PracticeMark,
    PracticeNote,
    Stage,
)
from antigone.casework.practice import exercises, own, pool
from antigone.casework.searching.answer import digest_of
from antigone.evidence.verbal import FACE_ALONE
from antigone.ledger.services import record, recorded


def cap() -> Cap:
    """The scale in practice: as far as a face alone may ever go, since what is practised is how strongly to speak."""
    return Cap(
        f"-{FACE_ALONE.code}",
        f"+{FACE_ALONE.code}",
        _(
            "In practice the scale is open as far as a face alone may ever go. In a case it goes as far as the "
            "calibration in force allows, which may be less."
        ),
    )


def begin(pair: UUID, who: Operator) -> UUID:
    """Begin the examination of a pair, or go on with it; raises NotHere, Refused or ExaminationRefused."""
    found = own.pair(pair, who)
    with recorded():
        exercise = PracticeExercise.objects.select_for_update().get(pk=found.exercise_id)
        if not exercises.to_examine(exercise).filter(pk=found.pk).exists():
            raise own.not_here()
        mine = PracticeExamination.objects.filter(pair=found).first()
        if mine is not None:
            return mine.pk
        if exercise.finished_at is not None:
            raise own.not_here()
        mine = PracticeExamination.objects.create(pair=found, begun_at=timezone.now())
        record("casework:practice:examine", actor=who.actor, object=f"practice-examination:{mine.pk}")
    return mine.pk


def exercise_of(examination: UUID, who: Operator) -> UUID:
    """The exercise that an examination belongs to; raises NotHere or Refused."""
    return _mine(examination, who).pair.exercise_id


def pair_of(examination: UUID, who: Operator) -> UUID:
    """The pair that is examined; raises NotHere or Refused."""
    return _mine(examination, who).pair_id


def view(examination: UUID, who: Operator) -> View:
    """One's own examination as it stands; raises NotHere or Refused."""
    found = _mine(examination, who)
    analysis = found.stage == Stage.ANALYSIS
    return View(
        key=found.pk,
        case=_("practice pair %(number)s") % {"number": found.pair.place + 1},
        stage=Stage(found.stage),
        photographs=tuple(found.pair.pictures.filter(side="a").order_by("place").values_list("pk", flat=True)),
        notes=tuple(note_of(each) for each in found.notes.order_by("component")),
        marks=tuple((each.pk, _drawn(each)) for each in found.marks.order_by("pk")),
        cap=cap(),
        may_exclude=conduct.may_exclude(found.notes.all()),
        level=found.level,
        reasons=found.reasons,
        digest=found.digest,
        ended_at=found.ended_at,
        analysis_digest=found.analysis_digest,
        portrait_shown=found.portrait_shown_at is not None,
        closed=frozenset(() if analysis else found.marks.filter(during=Stage.ANALYSIS).values_list("pk", flat=True)),
    )


def photograph(examination: UUID, picture: UUID, who: Operator) -> bytes:
    """A photograph of the body, behind its veil until asked for; a JPEG."""
    found = _working(examination, who, OPEN)
    return pool.picture(own.file_of(found.pair, "a", picture))


def portrait(examination: UUID, who: Operator) -> bytes:
    """The portrait, a JPEG; ExaminationRefused until the analysis of the photographs is closed."""
    found = _working(examination, who, SHOWN)
    check_analysed(found)
    made = pool.picture(own.file_of(found.pair, "b"))
    PracticeExamination.objects.filter(pk=found.pk, portrait_shown_at=None).update(portrait_shown_at=timezone.now())
    return made


def eyes(examination: UUID, picture: UUID | None, who: Operator) -> Eyes | None:
    """Where the eyes are in a photograph of the body, or in the portrait (None) once the analysis is closed."""
    if picture is not None:
        return pool.eyes(own.file_of(_working(examination, who, OPEN).pair, "a", picture))
    found = _working(examination, who, SHOWN)
    check_analysed(found)
    return pool.eyes(own.file_of(found.pair, "b"))


def assess(examination: UUID, suitable: bool, reasons: str, who: Operator) -> None:
    """Say whether the photographs can be compared at all; that they cannot is an end, with reasons."""
    check_text(reasons, REASONS_LENGTH, wanted=not suitable)
    with _changing(examination, who, (Stage.ASSESSMENT,)) as found:
        found.stage = Stage.ANALYSIS if suitable else Stage.EVALUATION
        if not suitable:
            found.level, found.reasons = NOT_SUITABLE, reasons.strip()
        found.save(update_fields=["stage", "level", "reasons"])


def note_subject(examination: UUID, component: int, seen: bool, note: str, who: Operator) -> None:
    """Analysis: whether a component is visible in the photographs of the body, and what is seen of it."""
    check_component(component)
    check_text(note, NOTE_LENGTH)
    with _changing(examination, who, (Stage.ANALYSIS,)) as found:
        PracticeNote.objects.update_or_create(
            examination=found, component=component, defaults={"seen_a": seen, "note_a": note.strip()}
        )


def close_analysis(examination: UUID, who: Operator) -> None:
    """Close the analysis: what was noted of the photographs stays as it is, and the portrait may be shown."""
    with _changing(examination, who, (Stage.ANALYSIS,)) as found:
        conduct.check_closing(found.notes.all())
        found.stage = Stage.COMPARISON
        found.analysis_digest = digest_of_analysis(found.pk, found.notes.all(), found.marks.all())
        found.save(update_fields=["stage", "analysis_digest"])


def note_pair(examination: UUID, component: int, seen: Observed, who: Operator) -> None:
    """Comparison: what the two pictures show of a component. What the analysis did not note counts as not visible."""
    check_component(component)
    check_text(seen.note, NOTE_LENGTH)
    with _changing(examination, who, SHOWN) as found:
        check_analysed(found)
        check_shown(found)
        kept = found.notes.filter(component=component).first()
        kept = kept or PracticeNote(examination=found, component=component)
        conduct.observe(kept, seen)
        kept.save()


def draw(examination: UUID, drawing: Drawing, who: Operator) -> int:
    """Keep a free mark on either picture; returns its number. On the portrait only once that was shown."""
    fault = drawing_fault(drawing)
    if fault is not None:
        raise ExaminationRefused(_("%(fault)s Nothing was changed.") % {"fault": fault})
    with _changing(examination, who, (Stage.ANALYSIS, *SHOWN)) as found:
        check_analysed(found)
        if drawing.side == "b":
            check_shown(found)
        picture = next(
            (each for each in found.pair.pictures.filter(side=drawing.side) if drawing.picture in (each.pk, None)), None
        )
        if picture is None or (drawing.side == "a" and drawing.picture is None):
            raise own.not_here()
        made = PracticeMark.objects.create(
            examination=found,
            side=drawing.side,
            during=found.stage,
            picture=picture.pk,
            shape=drawing.shape,
            points=[list(point) for point in drawing.points],
            note=drawing.note.strip(),
        )
    return made.pk


def rub_out(examination: UUID, mark: int, who: Operator) -> None:
    """Take a free mark away; those of a closed analysis stay."""
    with _changing(examination, who, (Stage.ANALYSIS, *SHOWN)) as found:
        check_analysed(found)
        marks = found.marks.filter(pk=mark)
        if found.stage != Stage.ANALYSIS:
            marks = marks.exclude(during=Stage.ANALYSIS)
        if not marks.delete()[0]:
            raise own.not_here()


def conclude(examination: UUID, level: str, reasons: str, who: Operator) -> None:
    """Evaluation: write one's conclusion with its reasons; it may be written anew until the seal."""
    check_text(reasons, REASONS_LENGTH, wanted=True)
    with _changing(examination, who, SHOWN) as found:
        check_analysed(found)
        check_conclusion(level, found.notes.all(), cap())
        found.stage, found.level, found.reasons = Stage.EVALUATION, level, reasons.strip()
        found.save(update_fields=["stage", "level", "reasons"])


def seal(examination: UUID, who: Operator) -> str:
    """Sign one's examination; returns its digest, which the ledger has too. From then on the truth may be told."""
    with _changing(examination, who, (Stage.EVALUATION,)) as found:
        check_conclusion(found.level, found.notes.all(), cap())
        found.stage, found.ended_at = Stage.SEALED, timezone.now()
        found.content = _content(found)
        found.digest = digest_of(found.content)
        found.save(update_fields=["stage", "ended_at", "content", "digest"])
        record(
            "casework:practice:seal",
            actor=who.actor,
            object=f"practice-examination:{found.pk}",
            content_sha256=found.digest,
        )
        exercises.close_if_done(found.pair.exercise)
    return found.digest


def abandon(examination: UUID, reason: str, who: Operator) -> None:
    """Give an examination up, with a reason; its truth is not told, and it counts as given up."""
    check_text(reason, ABANDON_LENGTH, wanted=True)
    with _changing(examination, who, OPEN) as found:
        found.stage, found.ended_at, found.ended_why = Stage.ABANDONED, timezone.now(), reason.strip()
        found.save(update_fields=["stage", "ended_at", "ended_why"])
        record("casework:practice:give-up", actor=who.actor, object=f"practice-examination:{found.pk}")
        exercises.close_if_done(found.pair.exercise)


def _mine(examination: UUID, who: Operator) -> PracticeExamination:
    own.allowed(who)
    rows = PracticeExamination.objects.select_related("pair__exercise")
    found = rows.filter(pk=examination, pair__exercise__actor=who.actor).first()
    if found is None:
        raise own.not_here()
    return found


def _working(examination: UUID, who: Operator, stages: tuple[Stage, ...]) -> PracticeExamination:
    """One's own examination, in one of these stages."""
    found = _mine(examination, who)
    if found.stage not in stages:
        raise not_now()
    return found


@contextmanager
def _changing(examination: UUID, who: Operator, stages: tuple[Stage, ...]) -> Iterator[PracticeExamination]:
    """The same, held still in a transaction, and asked again inside it."""
    exercise = _working(examination, who, stages).pair.exercise_id
    with recorded():
        PracticeExercise.objects.select_for_update().get(pk=exercise)
        yield _working(examination, who, stages)
        record("casework:practice:note", actor=who.actor, object=f"practice-examination:{examination}")


def _content(found: PracticeExamination) -> dict[str, Any]:
    """All that is signed, as in a case: the items, what was noted and drawn, the conclusion, the cap it kept."""
    files = found.pair.pictures.order_by("place").values_list("pk", "side", "file")
    ended = found.ended_at.isoformat() if found.ended_at else None
    kept = cap()
    return {
        "practice": True,
        "examination": str(found.pk),
        "pair": str(found.pair_id),
        "examiner": found.pair.exercise.actor,
        "pictures": [[str(pk), side, pool.digest(file)] for pk, side, file in files],
        "begun_at": found.begun_at.isoformat(),
        "sealed_at": ended,
        "analysis_sha256": found.analysis_digest,
        "notes": [note_of(each) for each in found.notes.order_by("component")],
        "marks": [mark_of(each) for each in found.marks.order_by("pk")],
        "level": found.level,
        "words": scale.words(found.level),
        "reasons": found.reasons,
        "cap": [kept.lowest, kept.highest, kept.why],
    }


def _drawn(mark: PracticeMark) -> Drawing:
    picture = mark.picture if mark.side == "a" else None
    return Drawing(mark.side, mark.shape, tuple((x, y) for x, y in mark.points), picture, mark.note)

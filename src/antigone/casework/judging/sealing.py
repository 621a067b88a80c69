"""What an examiner signs: the content of an examination, its digest, and the proof that it was not altered since."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from antigone.casework.judging import scale
from antigone.casework.judging.scale import Cap
from antigone.casework.models import Examination, Stage
from antigone.casework.models.examinations import MarkBase, NoteBase
from antigone.casework.searching.answer import digest_of
from antigone.ledger.models import Entry
from antigone.missing.models import Portrait

SEAL = "casework:examination:seal"
OF_A = ("component", "seen_a", "note_a")
OF_BOTH = ("seen_b", "comparable", "finding", "explanation", "structural", "weight", "note")


def analysis_digest(examination: Examination) -> str:
    """The digest of what was noted and drawn of the subject's photographs in the analysis."""
    return digest_of_analysis(examination.pk, examination.notes.all(), examination.marks.all())


def digest_of_analysis(key: UUID, notes: QuerySet[Any], marks: QuerySet[Any]) -> str:
    """The same, of the notes and marks of an examination of a case or one for practice."""
    return digest_of(
        [
            str(key),
            [note_of(each, OF_A) for each in notes.filter(seen_a__isnull=False).order_by("component")],
            [mark_of(each) for each in marks.filter(during=Stage.ANALYSIS).order_by("pk")],
        ]
    )


def content_of(examination: Examination, cap: Cap) -> dict[str, Any]:
    """All that is signed: the items, what was noted and drawn, the conclusion with its words, and the cap it kept."""
    search = examination.comparison.lineup.search
    portrait = Portrait.objects.get(pk=str(examination.comparison.portrait))
    photographs = search.photographs.order_by("added_at", "pk").values_list("pk", "sha256")
    ended = examination.ended_at.isoformat() if examination.ended_at else None
    return {
        "examination": str(examination.pk),
        "comparison": str(examination.comparison_id),
        "case": search.case_id,
        "examiner": examination.actor,
        "photographs": [[str(pk), sha256] for pk, sha256 in photographs],
        "portrait": [str(portrait.pk), portrait.sha256],
        "begun_at": examination.begun_at.isoformat(),
        "sealed_at": ended,
        "analysis_sha256": examination.analysis_digest,
        "notes": [note_of(each) for each in examination.notes.order_by("component")],
        "marks": [mark_of(each) for each in examination.marks.order_by("pk")],
        "level": examination.level,
        "words": scale.words(examination.level),
        "reasons": examination.reasons,
        "cap": [cap.lowest, cap.highest, cap.why],
    }


def unaltered(examination: Examination) -> bool:
    """Whether a sealed examination is what was signed: its rows, its content, and the digest that the ledger has."""
    content = examination.content
    if examination.stage != Stage.SEALED or content is None or digest_of(content) != examination.digest:
        return False
    rows = {
        "notes": [note_of(each) for each in examination.notes.order_by("component")],
        "marks": [mark_of(each) for each in examination.marks.order_by("pk")],
        "level": examination.level,
        "reasons": examination.reasons,
        "examiner": examination.actor,
        "comparison": str(examination.comparison_id),
        "analysis_sha256": analysis_digest(examination) if examination.analysis_digest else "",
    }
    if any(content[name] != value for name, value in rows.items()):
        return False
    entries = Entry.objects.filter(action=SEAL, object=f"examination:{examination.pk}", actor=examination.actor)
    return [(each.details or {}).get("content_sha256") for each in entries] == [examination.digest]


def note_of(note: NoteBase, names: tuple[str, ...] = OF_A + OF_BOTH) -> dict[str, Any]:
    """What stands in a note, without whose it is."""
    return {name: getattr(note, name) for name in names}


def mark_of(mark: MarkBase) -> dict[str, Any]:
    """What stands in a mark, without whose it is."""
    return {
        "side": mark.side,
        "during": mark.during,
        "picture": str(mark.picture),
        "shape": mark.shape,
        "points": mark.points,
        "note": mark.note,
    }

"""Secondary evidence of a lead: what the records hold today, as the lines that `evidence.secondary` compares; pure.

Where something is stated, with who says it and how it is known, the statement counts; else the column of an earlier
record.
"""

from __future__ import annotations

from dataclasses import replace

from antigone.description import agreement
from antigone.evidence.secondary import (
    AnteMortem,
    PostMortem,
    StatureTold,
    read_date,
)
from antigone.missing.models import Person
from antigone.remains.models import Subject, SubjectKind


def told_of(person: Person, standing: agreement.Current | None = None) -> AnteMortem:
    """What is told of a missing person, in columns and in the statements that stand.

    A date that cannot be read stays a text. Of a column's stature nobody knows who told it, so it is not taken as
    measured.
    """
    stature = person.stature_cm
    columns = AnteMortem(
        sex=person.sex,
        born=read_date(person.birth_date),
        born_text=person.birth_date.strip(),
        stature=StatureTold(stature) if stature is not None and 20 <= stature <= 260 else None,
        last_seen=read_date(person.last_seen_on),
        last_seen_text=person.last_seen_on.strip(),
        marks_text=person.marks.strip(),
        effects_text=person.effects.strip(),
    )
    return replace(columns, **agreement.told(standing)) if standing else columns


def examined(standing: agreement.Current | None) -> PostMortem:
    """What an examination found, from the statements that stand about a subject."""
    return PostMortem(**agreement.found(standing or {}))


def found_on(subject: Subject, examined: PostMortem | None = None) -> PostMortem:
    """What was found on a subject: the recovery, and `examined` where a post-mortem record gives more."""
    findings = examined or PostMortem()
    return replace(
        findings,
        recovered=findings.recovered or subject.recovered_on,
        alive=subject.kind == SubjectKind.UNABLE,
        part=subject.kind == SubjectKind.BODY_PART,
    )

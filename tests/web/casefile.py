"""Cases and kept searches for the pages, as rows: nothing is searched for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Agency, Mandate
from antigone.access.rules import Purpose
from antigone.casework.models import Case, NamedCandidate, Search
from antigone.missing.models import Person
from antigone.remains.models import Attestation, Photograph, Subject, SubjectKind
from tests.web import records

ACTOR = "system:tests"


def mandate(agency: Agency, purpose: Purpose = Purpose.IDENTIFY_THE_DEAD) -> Mandate:
    """A mandate of the agency that is in force; made where there is none."""
    found = access.in_force_today(agency, [purpose])
    ends = timezone.now().date() + timedelta(days=300)
    return found[0] if found else access.issue_mandate(agency, purpose, "the law of the tests", ends, ACTOR)


def subject(agency: Agency, kind: str = SubjectKind.DECEASED) -> Subject:
    """A subject on record without a case."""
    now = timezone.now()
    made = Subject.objects.create(
        code=f"VELDRA-A-{Subject.objects.count() + 1:03}", kind=kind, agency=agency, opened_at=now,
        place="the quay at Veldra", recovered_on=now.date(), attested_by="A. R.",
    )  # fmt: skip
    if kind == SubjectKind.UNABLE:
        Attestation.objects.create(subject=made, clinician="Dr. M.", attested_at=now, recorded_by=ACTOR)
    return made


def case(agency: Agency, *, kind: str = SubjectKind.DECEASED, photographs: int = 0, closed: bool = False) -> Case:
    """A case of this agency about a subject of its own."""
    of, now = subject(agency, kind), timezone.now()
    purpose = Purpose.IDENTIFY_UNABLE if kind == SubjectKind.UNABLE else Purpose.IDENTIFY_THE_DEAD
    made = Case.objects.create(
        code=of.code, subject=of, agency=agency, mandate=mandate(agency, purpose), opened_by=ACTOR, opened_at=now,
        closed_at=now if closed else None,
    )  # fmt: skip
    for number in range(photographs):
        Photograph.objects.create(
            subject=of, sha256=f"{of.pk:032}{number:032}", added_at=now, added_by=ACTOR, shot="F1"
        )
    return made


def lead(person: Person | None, rank: int, **changed: Any) -> dict[str, Any]:
    """A lead as an answer keeps it."""
    return {
        "rank": rank, "person_ref": person.ref if person else "[erased]", "portrait_sha256": "e" * 64,
        "portrait": "e" * 32, "score": 0.9 - rank / 10, "by_photo": [], "apart": None, "passes": rank == 1, "kin": [],
        "holding": "a holding",
        "evidence": {
            "log10_lr": 2.3, "low": -1.5, "high": 3.0, "at_bound": None, "against": "another person is shown",
            "statement": "A sentence.", "level": None, "words": None, "why_no_level": "Words are locked.",
            "capped": None, "withheld": [], "cautions": ["A caution."], "child_protection": False,
            "calibration": {"digest": "f" * 64, "name": "a calibration", "source": "living", "stratum": "clear"},
        },
        "secondary": [
            {"name": "sex", "post_mortem": "male", "ante_mortem": "female", "finding": "contradicts",
             "log10_lr": -2.0, "basis": "A basis.", "weighs": True},
            {"name": "effects", "post_mortem": "a ring", "ante_mortem": "not stated", "finding": "cannot tell",
             "log10_lr": None, "basis": "Nothing is told.", "weighs": False},
        ],
        "secondary_warning": "", **changed,
    }  # fmt: skip


def search(of: Case, *, leads: int = 1, none_of_these: bool = False, **changed: Any) -> Search:
    """A search that was kept in a case, with leads to persons of the case's agency."""
    persons = [records.portrait(of.agency).person for _number in range(leads)]
    answer = {
        "case": of.code, "photos": [], "searched": 4711, "searched_persons": 1234, "without_portrait": 7,
        "generation": 23, "proven_exact": True, "contract": "c" * 64, "none_of_these": none_of_these,
        "operating_point": {"threshold": 0.701, "source": "FPIR 1 %."}, "notes": ["A note."], "elapsed_ms": {},
        "candidates": [lead(person, rank, **changed) for rank, person in enumerate(persons, start=1)],
    }  # fmt: skip
    made = Search.objects.create(
        case=of, actor=ACTOR, at=timezone.now(), contract="c" * 64, generation=23, none_of_these=none_of_these,
        answer=answer, answer_sha256="d" * 64,
    )  # fmt: skip
    made.photographs.set(of.subject.photographs.all())
    NamedCandidate.objects.bulk_create(
        NamedCandidate(search=made, rank=rank, person=person.pk, portrait="e" * 32)
        for rank, person in enumerate(persons, start=1)
    )
    return made

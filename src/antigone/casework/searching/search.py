"""The search of the procedure, steps 1 to 8: from a case and its photographs to an answer that is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from antigone import evidence
from antigone.access.models import Operator
from antigone.access.scope import Scope, agencies_open_to
from antigone.casework import rules, services
from antigone.casework.calibrating.calibrations import in_force
from antigone.casework.errors import PictureUnusable
from antigone.casework.models import Case, Search
from antigone.casework.searching import meaning, weighing
from antigone.casework.searching.answer import Answer, Candidate
from antigone.casework.searching.reading import Clock, Given, Reading, read_all
from antigone.enrolment import projection
from antigone.enrolment.contracts import engine
from antigone.enrolment.limits import picture_limits
from antigone.enrolment.models import Contract, Template
from antigone.enrolment.services import open_contract
from antigone.evidence.apart import photo_apart
from antigone.evidence.weights import photo_weights
from antigone.faces.strength import NAME as STRENGTH
from antigone.gallery import PersonHits, Where, weighted_mean_of_best
from antigone.missing import queries, sharing
from antigone.missing.models import Holding, Person, Portrait
from antigone.missing.rules import day_number
from antigone.missing.withholding import follow_intake
from antigone.remains.models import Photograph
from antigone.remains.rules import missing_particulars
from antigone.vault import store

PLAIN = "plain"


Choice = tuple[NDArray[np.float32] | None, tuple[float, ...] | None]
"""What was chosen about a photograph: landmarks placed by hand, or the box of the face."""


def kept_choice(case: Case, sha256: str) -> Choice | None:
    """What was chosen about a photograph that the case has; None for one that it has not."""
    kept = case.subject.photographs.filter(sha256=sha256).first()
    return None if kept is None or not kept.faces else _choice(kept)


def _choice(kept: Photograph) -> Choice:
    if not kept.faces:
        return None, None  # taken in and not looked at yet: the search chooses
    face = kept.faces[kept.chosen]
    if kept.by_hand:
        return np.array(face["landmarks"], np.float32), None
    return None, tuple(float(value) for value in face["box"])


def photographs_of(case: Case, only: Collection[str] | None = None) -> list[Given]:
    """The photographs that the case has, with the choices that were made about them; `only` those with these ids.

    One that was judged not suitable for comparison takes no part.
    """
    given = []
    rows = case.subject.photographs.filter(not_suitable=None)
    for kept in (rows if only is None else rows.filter(pk__in=only)).order_by("added_at", "pk"):
        landmarks, place = _choice(kept)
        original = store.open(str(kept.pk))
        given.append(Given(f"photograph {kept.sha256[:12]}", original, landmarks, place=place, kept=True))
    return given


def run(
    case: Case,
    given: Sequence[Given],
    top: int,
    who: Operator,
    *,
    job: int | None = None,
    beside: Callable[[Search], None] | None = None,
) -> tuple[Answer, Search]:
    """Steps 2 to 8 with a case that step 1 allowed (`services.authorise_search`); `beside` as in `keep_answer`.

    Raises PictureUnusable, after saying so in the ledger; nothing else is kept then.
    """
    clock = Clock()
    face_engine = engine("always")
    left_out: list[PictureUnusable] = []
    try:
        readings = read_all(face_engine, given, picture_limits(), clock, left_out)
    except PictureUnusable as unusable:
        services.note_unusable(case, who, unusable.sha256, unusable.sentence)
        raise
    contract = open_contract(face_engine.contract)
    answer = answer_for(
        case,
        readings,
        contract,
        top,
        clock,
        pipeline=getattr(face_engine, "pipeline", PLAIN),
        agencies=agencies_open_to(who, Scope.SEARCH),
        records=agencies_open_to(who, Scope.PERSONS),
    )
    if left_out:
        answer = replace(answer, notes=(*answer.notes, rules.left_out_note(len(left_out))))
    aside = _aside(case, {reading.sha256 for reading in readings} | {each.sha256 or "" for each in left_out})
    if aside:
        answer = replace(answer, notes=(*answer.notes, aside))
    return services.keep_answer(case, readings, answer, who, job=job, beside=beside)


def _aside(case: Case, took_part: Collection[str]) -> str:
    """What the answer says of the photographs of the case that took no part in the search."""
    rows = case.subject.photographs.exclude(sha256__in=took_part).values_list("not_suitable", flat=True)
    suitable = [each is None for each in rows]
    return rules.aside_note(not_chosen=sum(suitable), not_suitable=len(suitable) - sum(suitable))


def answer_for(
    case: Case,
    readings: Sequence[Reading],
    contract: Contract,
    top: int,
    clock: Clock,
    *,
    pipeline: str = PLAIN,
    agencies: Collection[int] = (),
    records: Collection[int] = (),
) -> Answer:
    """Steps 6 to 8: search, weigh and list. `pipeline` names the way from photographs to scores.

    `agencies` are others that let the case's own compare portraits of theirs, as agreements in force say, and `records`
    those that let their records be read.
    """
    started = time.perf_counter()
    today = timezone.now().date()
    # What was withdrawn at the family pages is not searched, also where this is the first to hear of it.
    follow_intake()
    searched = frozenset({case.agency_id, *agencies})
    holdings = _holdings(searched)
    where = Where(frozenset(holdings), day_number(today), sharing.kept_from_search(case.agency_id, holdings))

    # (6) Search exactly every portrait that mandate, sharing scope and dates allow; proven over persons.
    weights = weights_of(readings)
    hits = projection.of(contract).search(
        np.stack([reading.vector for reading in readings]), top, where, weighted_mean_of_best(weights)
    )

    # (7) Weigh: "none of these" by the operating point; each lead by the calibrations in force and by the records.
    quality = [reading.faces[reading.chosen].get("quality", {}) for reading in readings]
    point = evidence.threshold(
        contract.model_id,
        hits.searched_persons,
        len(readings),
        portraits=hits.searched,
        contract=contract.digest,
        own=evidence.OwnTail.from_json(contract.own_tail) if contract.own_tail else None,
        quality=quality,
    )

    # (8) Candidates: a list with "none of these", whether or not anything passes.
    persons = Person.objects.in_bulk([int(pk) for pk in hits.persons])
    kept = in_force(case.agency, contract.digest)
    readable = {case.agency_id, *records}
    closed = frozenset(pk for pk, holding in holdings.items() if holding.agency_id not in readable)
    compared = weighing.Comparison(case.subject, readings, contract, pipeline, where, today, closed)
    listed = _candidates(hits, persons, holdings, point, names_of(readings))
    candidates = weighing.weighed(listed, persons, kept.calibrations, compared)
    clock.search += (time.perf_counter() - started) * 1000
    return Answer(
        case=case.code,
        photos=[
            {
                "file": reading.name,
                "sha256": reading.sha256,
                "faces": reading.faces,
                "chosen": reading.chosen,
                "weight": round(float(weight), 4),
            }
            for reading, weight in zip(readings, weights, strict=True)
        ],
        searched=hits.searched,
        searched_persons=hits.searched_persons,
        without_portrait=queries.without_portrait(searched, contract, today),
        generation=hits.generation,
        proven_exact=hits.proven,
        contract=contract.digest,
        candidates=candidates,
        none_of_these=rules.nothing_passes([each.score for each in candidates], point),
        operating_point=None
        if point is None
        else {"threshold": round(point.threshold, 4), "fpir": point.fpir, "source": point.source},
        notes=(*_notes(case, list(holdings.values()), point, contract, today), *kept.faults),
        elapsed_ms=clock.as_json(),
        missed=meaning.missed(contract.digest, point, quality, max(hits.searched, hits.searched_persons), top),
    )


def _holdings(agencies: Collection[int]) -> dict[int, Holding]:
    """The holdings of these agencies that may be searched: once they are approved."""
    found = Holding.objects.filter(agency__in=agencies, approved_at__isnull=False).select_related("agency")
    return {holding.pk: holding for holding in found}


def weights_of(readings: Sequence[Reading]) -> NDArray[np.float64]:
    """How much each photograph weighs in a lead's score, by how much of a face was seen on it."""
    return photo_weights([reading.faces[reading.chosen].get("quality", {}).get(STRENGTH) for reading in readings])


def names_of(readings: Sequence[Reading]) -> list[str]:
    """What to call each photograph beside a lead: its file's name, or its digest where two files have one name."""
    files = [reading.name for reading in readings]
    return [reading.name if files.count(reading.name) == 1 else reading.sha256 for reading in readings]


def _candidates(
    hits: PersonHits,
    persons: dict[int, Person],
    holdings: dict[int, Holding],
    point: evidence.OperatingPoint | None,
    names: Sequence[str],
) -> tuple[Candidate, ...]:
    templates = dict(Template.objects.filter(pk__in=[int(pk) for pk in hits.best_ids]).values_list("pk", "portrait"))
    portraits = Portrait.objects.in_bulk(list(templates.values()))
    listed: list[Candidate] = []
    for pk, score, template, alone in zip(hits.persons, hits.scores, hits.best_ids, hits.by_photo, strict=True):
        person, portrait = persons.get(int(pk)), portraits.get(templates.get(int(template)))
        if person is None or portrait is None:
            continue  # erased between the search and this line: not findable, also here
        listed.append(
            Candidate(
                rank=len(listed) + 1,
                person_ref=person.ref,
                portrait_sha256=portrait.sha256,
                score=float(score),
                person=person.pk,
                portrait=str(portrait.pk),
                holding=holdings[person.holding_id].name,
                passes=point is not None and float(score) >= point.threshold,
                quality=portrait.face.get("quality", {}),
                by_photo=tuple(float(value) for value in alone) if len(names) > 1 else (),
                apart=_apart(alone, names),
            )
        )
    return tuple(listed)


def _apart(scores: NDArray[np.float64], names: Sequence[str]) -> dict[str, Any] | None:
    """The photograph that does not go with the others, beside the lead; it counts in the rank all the same."""
    found = photo_apart(scores)
    if found is None:
        return None
    return {
        "photo": names[found.place],
        "score": round(float(scores[found.place]), 6),
        "without": round(found.without, 6),
    }


def _notes(
    case: Case, holdings: Sequence[Holding], point: evidence.OperatingPoint | None, contract: Contract, today: date
) -> tuple[str, ...]:
    """What the reader of this answer must know beside it."""
    notes = []
    lacking = missing_particulars(
        case.subject.kind, case.subject.place, case.subject.recovered_on, case.subject.attested_by
    )
    if lacking:
        notes.append(f"This case is a draft; its record still lacks: {', '.join(lacking)}.")
    own = [holding.name for holding in holdings if holding.self_approved]
    if own:
        names = ", ".join(f"“{name}”" for name in sorted(own))
        notes.append(f"Approved for searching by the person who opened it, for want of a second one: {names}.")
    others = sorted({holding.agency.name for holding in holdings if holding.agency_id != case.agency_id})
    if others:
        notes.append(
            "Portraits of other agencies were compared, under agreements in force and as far as their givers share "
            f"them: {', '.join(others)}."
        )
    if point is None:
        notes.append(
            "No operating point was measured for this face model, so that nothing can be said to pass; "
            "the list is an order and no more."
        )
    waiting = queries.encoding_note(contract.digest, today, case.agency)
    if waiting:
        notes.append(waiting)
    return tuple(notes)

"""Jobs over ante-mortem records: enrol a source of any size, resumably."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from antigone.access.models import Agency
from antigone.enrolment import projection
from antigone.enrolment import tasks as enrolment_tasks
from antigone.enrolment.contracts import engine
from antigone.enrolment.limits import picture_limits
from antigone.enrolment.models import Contract
from antigone.enrolment.rules import main_face
from antigone.enrolment.services import open_contract
from antigone.faces import FaceEngine, Reading
from antigone.imaging import ImageRefused, Limits
from antigone.imaging.decoding import read_bounded
from antigone.ledger import services as ledger
from antigone.missing import rules, services
from antigone.missing.models import Holding, Person, Portrait
from antigone.missing.sources import Item, PersonRecord, Source

# Portraits that become durable together: large enough that a commit costs little beside the encoding.
TOGETHER = 64

NO_FACE = ("no-face", "No face was found in it, in any of four turns and at several sizes.")
SEVERAL_FACES = ("several-faces", "It shows several faces of alike size; a portrait shows one person.")


@dataclass(frozen=True)
class Unusable:
    """A file that could not become a portrait, and why."""

    file: str
    person_ref: str
    reason: str
    sentence: str


@dataclass
class Outcome:
    """What an enrolment did."""

    holding: str
    files: int
    added: int = 0
    known: int = 0
    new_persons: int = 0
    unusable: list[Unusable] = field(default_factory=list)
    review_on: date | None = None
    until: date | None = None
    self_approved: bool = False
    report: Path | None = None


Progress = Callable[[int], None]


@dataclass
class _Work:
    """One enrolment under way: what was read and waits for its batch."""

    holding: Holding
    giving: services.Giving
    actor: str
    engine: FaceEngine
    outcome: Outcome
    known: set[tuple[str, str]]
    limits: Limits
    originals: dict[int, tuple[Item, bytes]] = field(default_factory=dict)
    batch: list[services.NewPortrait] = field(default_factory=list)
    portrayed: set[str] = field(default_factory=set)


def enrol(
    source: Source, holding: str, giving: services.Giving, agency: Agency, actor: str, progress: Progress
) -> Outcome:
    """Enrol every file of `source` as a portrait; what is there already is left, so that a stopped job resumes.

    A file that cannot be used is listed with its reason and, with the others, in a CSV; its person is reported
    missing all the same. `progress` is called with 1 for each file that is done.
    """
    opened = services.open_holding(holding, agency, actor)
    known = set(Portrait.objects.filter(person__holding=opened).values_list("person__ref", "sha256"))
    outcome = Outcome(
        holding=holding,
        files=len(source.items),
        review_on=rules.review_day(giving.until, timezone.now().date()),
        until=giving.until,
        self_approved=opened.self_approved,
    )
    before = Person.objects.filter(holding=opened).count()
    work = _Work(opened, giving, actor, engine(), outcome, known, picture_limits())
    contract = open_contract(work.engine.contract)
    try:
        for key, reading in work.engine.read_many(_new_files(work, source.items, progress), choose=main_face):
            _take(work, key, reading)
            progress(1)
            if len(work.batch) >= TOGETHER:
                _store(work, contract)
        _store(work, contract)
        services.report_missing(opened, _without_portrait(work, source), giving, actor)
        outcome.new_persons = Person.objects.filter(holding=opened).count() - before
        services.finish_enrolment(opened, outcome.added, outcome.known, len(outcome.unusable), actor)
        enrolment_tasks.measure_own_tail(contract, actor)
    finally:
        # What was committed is in the ledger's tree even when the rest was stopped.
        ledger.sequence()
    projection.of(contract).keep()
    outcome.report = _write_report(outcome)
    return outcome


def _new_files(work: _Work, items: Iterable[Item], progress: Progress) -> Iterator[tuple[int, bytes]]:
    """The bytes of the files that are not portraits yet, by their place in the source."""
    for place, item in enumerate(items):
        try:
            data = read_bounded(item.file, work.limits)
        except ImageRefused as refused:
            work.outcome.unusable.append(Unusable(item.name, item.record.ref, refused.reason, refused.sentence))
            progress(1)
            continue
        mark = (item.record.ref, hashlib.sha256(data).hexdigest())
        if mark in work.known:
            work.outcome.known += 1
            work.portrayed.add(item.record.ref)
            progress(1)
            continue
        work.known.add(mark)
        work.originals[place] = (item, data)
        yield place, data


def _take(work: _Work, place: int, reading: Reading | ImageRefused) -> None:
    item, original = work.originals.pop(place)
    if isinstance(reading, ImageRefused):
        fault = (str(reading.reason), reading.sentence)
    elif reading.vector is None:
        fault = SEVERAL_FACES if reading.faces else NO_FACE
    else:
        chosen = reading.faces[reading.chosen or 0]
        work.portrayed.add(item.record.ref)
        work.batch.append(
            services.NewPortrait(
                record=item.record,
                sha256=reading.picture.sha256,
                original=original,
                vector=reading.vector,
                face={
                    "box": [round(float(value), 1) for value in chosen.box],
                    "landmarks": [[round(float(x), 1), round(float(y), 1)] for x, y in chosen.landmarks],
                    "turn": chosen.turn,
                    "score": round(float(chosen.score), 3),
                    "quality": reading.quality,
                },
            )
        )
        return
    work.outcome.unusable.append(Unusable(item.name, item.record.ref, *fault))


def _store(work: _Work, contract: Contract) -> None:
    if work.batch:
        work.outcome.added += services.add_portraits(work.holding, contract, work.batch, work.giving, work.actor)
        work.batch.clear()


def _without_portrait(work: _Work, source: Source) -> list[PersonRecord]:
    """The persons of whom nothing could be used: they are missed all the same."""
    records = {item.record.ref: item.record for item in source.items if item.record.ref not in work.portrayed}
    return [*records.values(), *source.without_file]


def _write_report(outcome: Outcome) -> Path | None:
    if not outcome.unusable:
        return None
    report = Path(settings.ANTIGONE.reports, f"enrolment-{timezone.now():%Y%m%d-%H%M%S-%f}.csv")
    with report.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "person_ref", "reason", "what_to_do"))
        writer.writerows((row.file, row.person_ref, row.reason, row.sentence) for row in outcome.unusable)
    return report

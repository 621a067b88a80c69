"""Jobs over ante-mortem records: enrol a source of any size, resumably."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
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
from antigone.missing import likeness, queries, rules, services
from antigone.missing.models import Holding, Portrait
from antigone.missing.sources import Item, Left, PersonRecord, Source, reference_of

# Portraits that become durable together: large enough that a commit costs little beside the encoding.
TOGETHER = 64

SAME_PICTURE = "same-picture"


@dataclass(frozen=True)
class Unusable:
    """A file that could not become a portrait, and why."""

    file: str
    person_ref: str
    reason: str
    sentence: str


@dataclass(frozen=True)
class Shared:
    """A file whose picture is another person's portrait too: one of the two is most likely a mistake, or both one."""

    file: str
    person_ref: str
    others: tuple[str, ...]

    @property
    def sentence(self) -> str:
        return (
            f"The same picture is on record for {', '.join(self.others)} too. It was enrolled; see which of them it "
            "shows, or whether the records are of one person."
        )


@dataclass
class Outcome:
    """What an enrolment did.

    `known` were there before (`other_end` of them with another last day), `repeated` are files that repeat an
    earlier file of this run, `withdrawn` were erased before and stay out; `ignored` was passed over in the source.
    `shared` were enrolled, and their picture is another person's portrait too.
    """

    holding: str
    files: int
    added: int = 0
    known: int = 0
    other_end: int = 0
    repeated: int = 0
    withdrawn: int = 0
    new_persons: int = 0
    unusable: list[Unusable] = field(default_factory=list)
    ignored: tuple[Left, ...] = ()
    review_on: date | None = None
    until: date | None = None
    approved: bool = True
    self_approved: bool = False
    shared: list[Shared] = field(default_factory=list)
    report: Path | None = None


Progress = Callable[[int], None]
# A person's reference and the SHA-256 of a file.
Mark = tuple[str, str]


@dataclass
class _Work:
    """One enrolment under way: what was read and waits for its batch."""

    holding: Holding
    giving: services.Giving
    actor: str
    engine: FaceEngine
    outcome: Outcome
    known: dict[Mark, date | None]
    limits: Limits
    seen: set[Mark] = field(default_factory=set)
    originals: dict[int, tuple[Item, bytes]] = field(default_factory=dict)
    batch: list[services.NewPortrait] = field(default_factory=list)
    portrayed: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)


def enrol(source: Source, holding: str, giving: services.Giving, who: Operator, progress: Progress) -> Outcome:
    """Enrol every file of `source` as a portrait; what is there already is left, so that a stopped job resumes.

    A file that cannot be used is listed with its reason and, with the others and with what was passed over, in a
    CSV; its person is reported missing all the same. `progress` is called with 1 for each file that is done.
    Raises Refused for an operator who may not add portraits, or not open the holding.
    """
    access.require(who, Permission.PORTRAIT_ADD, object=f"agency:{who.agency_id}")
    opened, actor = services.open_holding(holding, who), who.actor
    portraits = Portrait.objects.filter(person__holding=opened).values_list("person__ref", "sha256", "until")
    known = {(ref, sha256): until for ref, sha256, until in portraits}
    outcome = Outcome(
        holding=holding,
        files=len(source.items) + len(source.misnamed),
        unusable=[Unusable(each.name, "", each.reason, each.sentence) for each in source.misnamed],
        ignored=source.ignored,
        review_on=rules.review_day(giving.until, timezone.now().date()),
        until=giving.until,
        approved=opened.approved_at is not None,
        self_approved=opened.self_approved,
    )
    work = _Work(opened, giving, actor, engine(), outcome, known, picture_limits())
    contract = open_contract(work.engine.contract)
    try:
        for key, reading in work.engine.read_many(_new_files(work, source.items, progress), choose=main_face):
            _take(work, key, reading)
            progress(1)
            if len(work.batch) >= TOGETHER:
                _store(work, contract)
        _store(work, contract)
        outcome.new_persons += services.report_missing(opened, _without_portrait(work, source), giving, actor)
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
            work.outcome.other_end += work.known[mark] != work.giving.until
            work.portrayed.add(item.record.ref)
            progress(1)
            continue
        if mark in work.seen:
            # Whether its person has a portrait is for the first of these files to say.
            work.outcome.repeated += 1
            progress(1)
            continue
        work.seen.add(mark)
        work.originals[place] = (item, data)
        yield place, data


def _take(work: _Work, place: int, reading: Reading | ImageRefused) -> None:
    item, original = work.originals.pop(place)
    fault = likeness.fault_of(reading)
    if fault is not None:
        work.outcome.unusable.append(Unusable(item.name, item.record.ref, *fault))
        return
    assert isinstance(reading, Reading) and reading.vector is not None  # noqa: PT018 (both follow from no fault)
    work.portrayed.add(item.record.ref)
    work.names[reading.picture.sha256] = item.name
    work.batch.append(
        services.NewPortrait(
            record=item.record,
            sha256=reading.picture.sha256,
            original=original,
            vector=reading.vector,
            face=likeness.face_of(reading),
        )
    )


def _store(work: _Work, contract: Contract) -> None:
    if work.batch:
        added = services.add_portraits(work.holding, contract, work.batch, work.giving, work.actor)
        work.outcome.added += added.portraits
        work.outcome.new_persons += added.persons
        work.outcome.known += added.known
        work.outcome.withdrawn += added.withdrawn
        work.outcome.shared += _shared(work)
        work.batch.clear()


def _shared(work: _Work) -> list[Shared]:
    """The pictures of this batch that are portraits of several persons of the agency."""
    mine = {(new.record.ref, new.sha256) for new in work.batch}
    found = queries.same_pictures(work.holding.agency_id, {sha256 for _ref, sha256 in mine})
    return [
        Shared(work.names.get(sha256, ""), ref, others)
        for ref, sha256 in sorted(mine)
        if (others := tuple(other for other in found.get(sha256, ()) if other != ref))
    ]


def _without_portrait(work: _Work, source: Source) -> list[PersonRecord]:
    """The persons of whom nothing could be used: they are missed all the same."""
    records = {item.record.ref: item.record for item in source.items if item.record.ref not in work.portrayed}
    return [*records.values(), *source.without_file]


def _write_report(outcome: Outcome) -> Path | None:
    if not outcome.unusable and not outcome.ignored and not outcome.shared:
        return None
    report = Path(settings.ANTIGONE.reports, f"enrolment-{timezone.now():%Y%m%d-%H%M%S-%f}.csv")
    with report.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "person_ref", "reason", "what_to_do"))
        writer.writerows((row.file, row.person_ref, row.reason, row.sentence) for row in outcome.unusable)
        writer.writerows((left.name, "", left.reason, left.sentence) for left in outcome.ignored)
        writer.writerows((row.file, row.person_ref, SAME_PICTURE, row.sentence) for row in outcome.shared)
    return report


def forget_in_reports(refs: set[str]) -> None:
    """Take the rows about these persons, by their references, out of every enrolment's CSV.

    Each file is replaced whole, so that a crash leaves it either as it was or without them. A row that names no
    person goes by the place of its file, as the reference itself does.
    """
    for report in sorted(settings.ANTIGONE.reports.glob("enrolment-*.csv")):
        if not report.is_file():
            continue
        # What is not UTF-8, after an edit by hand, is kept byte for byte.
        text = report.read_bytes().decode("utf-8", "surrogateescape")
        head, *rows = [*csv.reader(io.StringIO(text, newline=""))] or [[]]
        kept = [row for row in rows if not _speaks_of(row, refs)]
        if len(kept) < len(rows):
            _replace(report, [head, *kept])


def _speaks_of(row: list[str], refs: set[str]) -> bool:
    file, person_ref, reason, sentence = (*row, "", "", "", "")[:4]
    if reason == SAME_PICTURE and any(ref in sentence for ref in refs):
        return True
    return person_ref in refs or reference_of(file) in refs


def _replace(report: Path, rows: list[list[str]]) -> None:
    fresh = report.with_suffix(".new")
    with fresh.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        csv.writer(file).writerows(rows)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(report)
    folder = os.open(report.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

"""Step 7 of the procedure: what each lead's score is worth, and what the records add or contradict.

The ratio of a lead goes by the calibrations in force. Where none fits, or the case lies outside of what it saw, the
lead keeps its place and says why it has no ratio. Neither prior nor posterior is here: they are the board's (`board`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from antigone.casework.searching import kinship, secondary
from antigone.casework.searching.answer import Candidate
from antigone.casework.searching.reading import Reading
from antigone.description import agreement, dates
from antigone.description.given import Certainty
from antigone.description.reading import current_of
from antigone.enrolment.models import Contract, Template
from antigone.evidence import ALTERNATIVE, Calibration, OwnTail, Span
from antigone.evidence.secondary import AnteMortem, DateSpan, PostMortem, compare
from antigone.evidence.secondary.age import time_of_death
from antigone.evidence.secondary.dates import age_range, whole_years
from antigone.evidence.secondary.records import UNKNOWN
from antigone.evidence.verbal import statement
from antigone.evidence.withheld import ADULT, Circumstances, Weighed, weigh
from antigone.gallery import Where
from antigone.missing.models import Person, Portrait
from antigone.missing.models import Statement as PersonStatement
from antigone.remains.models import Statement as SubjectStatement
from antigone.remains.models import Subject

UNREAD = "The agreement lets this portrait be compared, and not its record be read: no other datum was compared."

YEAR = 365.2425
RECENT = 15
"""Years after coming of age in which, with no day known, a death or portrait before it is thought possible."""


@dataclass(frozen=True)
class Comparison:
    """What all leads of one search have in common: the subject, the photographs, the way of comparing, the day.

    `closed` are holdings of other agencies that let portraits be compared and their records not be read.
    """

    subject: Subject
    readings: Sequence[Reading]
    contract: Contract
    pipeline: str
    where: Where
    today: date
    closed: frozenset[int] = frozenset()


def weighed(
    candidates: Sequence[Candidate],
    persons: Mapping[int, Person],
    calibrations: Sequence[Calibration],
    compared: Comparison,
) -> tuple[Candidate, ...]:
    """The candidates in their order, each with its evidence, its secondary lines, and its kin on the list."""
    portraits = portraits_of(list(persons), compared)
    standing = current_of(PersonStatement, list(persons))
    found_then = current_of(SubjectStatement, [compared.subject.pk])[compared.subject.pk]
    found = secondary.found_on(compared.subject, secondary.examined(found_then))
    kin = kinship.among(candidates)
    quality, best = worst_quality(compared.readings), best_quality(compared.readings)
    own = compared.contract.own_tail
    strangers = OwnTail.from_json(own).tail if own else None
    weighed_ones = []
    for each in candidates:
        told = secondary.told_of(persons[each.person], standing[each.person])
        taken = portraits.get(each.person, ())
        case = Circumstances(
            contract=compared.contract.digest,
            pipeline=compared.pipeline,
            photos=len(compared.readings),
            portraits=len(taken),
            quality=quality,
            body_ages=None if found.age is None else Span(float(found.age.low), float(found.age.high)),
            person_ages=ages(told, found, compared.today) or stated_age(told, found, standing[each.person]),
            portrait_ages=portrait_ages(told, taken),
            gap_years=gap_years(told, found, taken),
            unseen_years=unseen_years(told, found),
            relatives=kin.named(each.person),
            strangers=strangers,
            best_quality=best,
        )
        lines = compare(found, told) if persons[each.person].holding_id not in compared.closed else None
        weighed_ones.append(
            replace(
                each,
                evidence=as_evidence(weigh(each.score, calibrations, case)),
                secondary=tuple(line.as_json() for line in lines.lines) if lines else (),
                secondary_warning=lines.warning if lines else UNREAD,
                kin=kin.listed(each.person),
            )
        )
    return tuple(weighed_ones)


def portraits_of(persons: Sequence[int], compared: Comparison) -> dict[int, tuple[DateSpan | None, ...]]:
    """When each portrait of each person that this search compared was taken; None where nobody said."""
    rows = Template.objects.filter(
        contract=compared.contract,
        person__in=list(persons),
        searchable=True,
        holding__in=compared.where.holdings or (),
        until__gte=compared.where.on,
    )
    seen = rows.values_list("pk", "portrait", "person")
    owners = {portrait: person for pk, portrait, person in seen if pk not in compared.where.without}
    found: dict[int, list[DateSpan | None]] = {}
    for pk, text in Portrait.objects.filter(pk__in=list(owners)).values_list("pk", "taken_on"):
        found.setdefault(owners[pk], []).append(span_of(text))
    return {person: tuple(spans) for person, spans in found.items()}


def span_of(text: str) -> DateSpan | None:
    """The days within which a portrait was taken; None where nobody said, or said so that nothing is excluded."""
    first, last = dates.bounds(text)
    return None if first is None or last is None else DateSpan(first, last)


def worst_quality(readings: Sequence[Reading]) -> dict[str, float | None]:
    """By name, the lowest value among the faces compared; None where one of them has none."""
    faces = [reading.faces[reading.chosen].get("quality") or {} for reading in readings]
    found: dict[str, float | None] = {}
    for name in sorted({name for face in faces for name in face}):
        values = [float(face[name]) for face in faces if face.get(name) is not None]
        found[name] = min(values) if len(values) == len(faces) else None
    return found


def best_quality(readings: Sequence[Reading]) -> dict[str, float | None]:
    """By name, the highest value among the faces compared; empty for a single photograph."""
    if len(readings) < 2:
        return {}
    faces = [reading.faces[reading.chosen].get("quality") or {} for reading in readings]
    names = {name for face in faces for name in face}
    return {
        name: max((float(face[name]) for face in faces if face.get(name) is not None), default=None) for name in names
    }


def ages(told: AnteMortem, found: PostMortem, today: date) -> Span | None:
    """The years of age that a missing person can have had when last seen and at death, as far as is known.

    Without a day for either, only that somebody cannot be of age yet is known; otherwise None. A birth date on record
    that cannot be read ("about 2012") may be a child's: then any age is possible, which is not the same as unknown.
    """
    if told.born is None:
        return Span() if told.born_text.lower() not in ("", UNKNOWN) else None
    times = [span for span in (told.last_seen, time_of_death(found, told)) if span is not None]
    if not times and found.recovered is not None:
        times = [DateSpan(found.recovered, found.recovered)]
    if not times:
        oldest = age_range(told.born, DateSpan(today, today))[1]
        # With no day known at all, somebody who came of age not long ago may have died or been portrayed as a child.
        return Span(None, float(oldest)) if oldest < ADULT + RECENT else None
    ranges = [age_range(told.born, when) for when in times]
    return Span(float(min(low for low, _ in ranges)), float(max(high for _, high in ranges)))


def stated_age(told: AnteMortem, found: PostMortem, standing: agreement.Current) -> Span | None:
    """The age that is told of a person whose birth is not known, when last seen and since; None where nobody said."""
    for each in standing.get("desc.age", ()):
        if each.certainty == Certainty.KNOWN and each.value:
            years = each.value["years"]
            return Span(float(years["low"]), float(years["high"] + unseen_years(told, found)))
    return None


def portrait_ages(told: AnteMortem, taken: Sequence[DateSpan | None]) -> Span | None:
    """The years of age that somebody can have had on the portraits whose day is known; None where none is."""
    if told.born is None:
        return None
    ranges = [age_range(told.born, when) for when in taken if when is not None]
    if not ranges:
        return None
    return Span(float(min(low for low, _ in ranges)), float(max(high for _, high in ranges)))


def gap_years(told: AnteMortem, found: PostMortem, taken: Sequence[DateSpan | None]) -> Span | None:
    """The years that can lie between the portraits compared and death; None where no portrait's day is known.

    Of a portrait without a day only this is known: nobody took it after the person was last seen.
    """
    died = time_of_death(found, told)
    if died is None and found.recovered is not None:
        died = DateSpan(found.recovered, found.recovered)
    known = [when for when in taken if when is not None]
    if died is None or not known:
        return None
    lows = [(died.first - when.last).days / YEAR for when in known]
    highs = [(died.last - when.first).days / YEAR for when in known]
    if len(known) < len(taken):
        highs.append(float(unseen_years(told, found)))
    return Span(round(max(0.0, min(lows)), 1), round(max(0.0, *highs), 1))


def unseen_years(told: AnteMortem, found: PostMortem) -> int:
    """Whole years between the last day on which a missing person can have been seen and the recovery; 0 if not known.

    A portrait is not taken after that day; and who is photographed died not long before.
    """
    if told.last_seen is None or found.recovered is None:
        return 0
    return max(0, whole_years(told.last_seen.last, found.recovered))


def as_evidence(found: Weighed) -> dict[str, Any]:
    """A lead's ratio, or why it has none, as plain values for an answer."""
    ratio, calibration = found.ratio, found.calibration
    said = statement(ratio, calibration) if ratio is not None and calibration is not None else None
    return {
        "log10_lr": None if ratio is None else round(ratio.log10, 4),
        "low": None if ratio is None else ratio.low,
        "high": None if ratio is None else ratio.high,
        "at_bound": None if ratio is None else ratio.at_bound,
        "against": ALTERNATIVE,
        "statement": None if said is None else said.text,
        "level": None if said is None else said.level,
        "words": None if said is None else said.words,
        "why_no_level": "Without a likelihood ratio there is no level." if said is None else said.why_no_level,
        "capped": None if said is None else said.capped,
        "calibration": None
        if calibration is None
        else {
            "digest": calibration.digest,
            "name": calibration.data_name,
            "source": calibration.source.value,
            "stratum": calibration.stratum.name,
        },
        "withheld": [{"reason": str(each.reason), "sentence": each.sentence} for each in found.withheld],
        "cautions": list(found.cautions),
        "child_protection": any(each.child_protection for each in found.withheld),
    }

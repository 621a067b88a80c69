"""Calibrate on an agency's own cases, closed by DNA, prints or dental comparison: what alone unlocks the verbal scale.

The photographs of every closed case are compared with the portraits of everybody who is searchable, and of those who
were identified. Which comparisons are of one person the list says, and the face had no part in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.rules import Purpose
from antigone.casework.calibrating.calibrations import VALIDATED
from antigone.casework.calibrating.closed_cases import ClosedCase, found_in, read_list
from antigone.casework.errors import ClosedCasesFault
from antigone.casework.searching import search, secondary, weighing
from antigone.casework.searching.reading import Clock, read_all
from antigone.enrolment.contracts import engine
from antigone.enrolment.limits import picture_limits
from antigone.enrolment.models import Contract, Template
from antigone.enrolment.services import open_contract
from antigone.evaluation import lir_fits
from antigone.evaluation.calibrating import LEAST_PEOPLE, Fitted, Identity, fit
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import Half, half
from antigone.evaluation.scored import ScoredPairs, joined
from antigone.evidence import SourceKind, Span, Stratum
from antigone.evidence.secondary import PostMortem
from antigone.evidence.withheld import ADULT
from antigone.ledger.services import record, recorded, refuse
from antigone.missing.models import Holding, Person, Portrait
from antigone.missing.rules import day_number
from antigone.vault import store

NEEDED = 2 * LEAST_PEOPLE
"""People whose cases are closed: half of them fit, the other half judge."""

BLOCK = 5_000

Vectors = npt.NDArray[np.float32]
HALVES: tuple[Half, ...] = ("calibration", "test")


@dataclass(frozen=True)
class Validation:
    """A calibration on own cases, and what became of the list."""

    fitted: Fitted
    cases: int
    left_out: int
    """Cases of persons who may be under age, for whom no ratio is ever given."""
    strangers: int
    ages_known: bool
    children: int = 0
    """Strangers who may be under age, or are so on a portrait, and were compared with nobody."""
    entry: dict[str, object] = field(default_factory=dict)
    """What the ledger is to say of it (`enter`)."""


@dataclass(frozen=True)
class Gallery:
    """Whom the bodies are compared with: the number of each person, its half, and how many portraits they have."""

    persons: tuple[int, ...]
    names: tuple[str, ...]
    halves: npt.NDArray[np.str_]


def validate(text: str, who: Operator, *, gap_years: float = 0.0, seed: int = 20) -> Validation:
    """Fit and judge a calibration on the closed cases that the list `text` names; `enter` it when it is written.

    Raises Refused without the permission or a mandate, ClosedCasesFault for a list that cannot be used or is too
    short, and EvaluationError when nothing worth having comes of it. Nothing is put in force here.
    """
    thing = f"agency:{who.agency_id}"
    purpose = Purpose.IDENTIFY_THE_DEAD
    access.require(who, Permission.CALIBRATION_MANAGE, object=thing, purpose=purpose)
    access.mandate_in_force(who.agency, purpose, actor=who.actor, object=thing)
    lir_fits.lir()
    named = found_in(read_list(text), who.agency)
    closed = [each for each in named if not _may_be_young(each)]
    _require_enough(closed, len(named) - len(closed))
    face_engine = engine("always")
    contract = open_contract(face_engine.contract)
    try:
        compared = _Comparison(closed, contract, who)
        fitted = fit(
            compared.pairs("calibration", seed),
            compared.pairs("test", seed),
            _identity(compared, who, face_engine.pipeline, gap_years),
            seed=seed,
        )
    except EvaluationError as failed:
        refuse("casework:calibration:refuse", actor=who.actor, object=thing, why=str(failed))
        raise
    return Validation(
        fitted,
        len(closed),
        len(named) - len(closed),
        len(compared.gallery.persons) - len({each.person.pk for each in closed}),
        compared.ages is not None,
        compared.children,
        {
            "agency": who.agency_id,
            "cases": sorted(each.case.pk for each in closed),
            "methods": {name: sum(each.identified_by == name for each in closed) for name in _methods(closed)},
            "list_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "cllr": fitted.calibration.held_out.cllr,
        },
    )


def enter(made: Validation, who: Operator) -> None:
    """Enter a validation in the ledger, once its calibration is written where it was to go.

    Only one that is entered can be put in force. Raises Refused for whoever could not have made it.
    """
    access.require(who, Permission.CALIBRATION_MANAGE, object=f"agency:{who.agency_id}")
    with recorded():
        record(VALIDATED, actor=who.actor, object=f"calibration:{made.fitted.calibration.digest}", **made.entry)


def _may_be_young(closed: ClosedCase) -> bool:
    ages = _ages(closed, timezone.now().date())
    return ages is not None and (ages.low is None or ages.low < ADULT)


def _ages(closed: ClosedCase, today: date) -> Span | None:
    return weighing.ages(secondary.told_of(closed.person), secondary.found_on(closed.case.subject), today)


def _methods(closed: Sequence[ClosedCase]) -> list[str]:
    return sorted({each.identified_by for each in closed})


def _require_enough(closed: Sequence[ClosedCase], left_out: int) -> None:
    people = len({each.person.pk for each in closed})
    if people < NEEDED:
        left = f" ({left_out} left out, of persons who may be under {ADULT})" if left_out else ""
        raise ClosedCasesFault(
            f"The list has closed cases of {people} people{left}, and {NEEDED} are needed: {LEAST_PEOPLE} to fit a "
            f"calibration on and {LEAST_PEOPLE} others to judge it by. Nothing was compared. Until then no words are "
            "unlocked, and leads go by the calibrations in force."
        )


class _Comparison:
    """Every body against everybody in the gallery, scored as a search scores."""

    def __init__(self, closed: Sequence[ClosedCase], contract: Contract, who: Operator) -> None:
        self.closed = closed
        self.contract = contract
        self._digest = hashlib.sha256()
        today = timezone.now().date()
        self._mates = mates = {each.person.pk for each in closed}
        holdings = Holding.objects.filter(agency=who.agency, approved_at__isnull=False)
        rows = Template.objects.filter(contract=contract, holding__in=list(holdings.values_list("pk", flat=True)))
        self._rows = rows.filter(until__gte=day_number(today))
        searchable = set(self._rows.filter(searchable=True).values_list("person", flat=True))
        children = _perhaps_children(searchable - mates, today)
        self.children = len(children)
        self.gallery = _gallery(searchable - children, mates)
        found = set(self._rows.filter(person__in=mates).values_list("person", flat=True))
        lacking = sorted(each.case.code for each in closed if each.person.pk not in found)
        if lacking:
            raise ClosedCasesFault(
                f"{len(lacking)} of the closed cases are of persons without a portrait that may be compared today "
                f"(the first: {lacking[0]}). Nothing was compared. Take them out of the list, or encode the portraits."
            )
        self._photos = [self._encoded(each) for each in closed]
        self.photos = _span([len(vectors) for vectors, _ in self._photos])
        self._portraits: list[int] = []
        self._parts: dict[Half, list[ScoredPairs]] = {which: [] for which in HALVES}
        for persons, vectors, starts in self._blocks():
            self._score(persons, vectors, starts)
        self.portraits = _span(self._portraits)
        ages = [_ages(each, today) for each in closed]
        known = [span for span in ages if span is not None]
        self.ages = _within(known) if known else None

    @property
    def digest(self) -> str:
        """SHA-256 over the photographs and portraits that were compared, and which are of one person."""
        return self._digest.hexdigest()

    def pairs(self, which: Half, seed: int) -> ScoredPairs:
        return joined(self._parts[which]).thinned(seed)

    def _encoded(self, closed: ClosedCase) -> tuple[Vectors, npt.NDArray[np.float64]]:
        """A case's photographs as a search takes them: templates (photographs, dimension), weights (photographs,)."""
        given = search.photographs_of(closed.case)
        readings = read_all(engine("always"), given, picture_limits(), Clock(), [])
        for reading in readings:
            self._digest.update(f"photograph {reading.sha256} {closed.person.pk}\n".encode())
        return np.stack([reading.vector for reading in readings]), search.weights_of(readings)

    def _blocks(self) -> Iterator[tuple[list[int], Vectors, npt.NDArray[np.intp]]]:
        """Persons some thousand at a time: their numbers, their templates in that order, where each one's begin."""
        for at in range(0, len(self.gallery.persons), BLOCK):
            wanted = self.gallery.persons[at : at + BLOCK]
            rows = list(
                self._rows.filter(person__in=wanted)
                .order_by("person", "pk")
                .values_list("person", "portrait", "sealed")
            )
            opened = store.open_rows([(portrait, bytes(sealed)) for _, portrait, sealed in rows])
            for (person, portrait, _), vector in zip(rows, opened, strict=True):
                self._digest.update(f"portrait {person} {portrait} {hashlib.sha256(vector).hexdigest()}\n".encode())
            owners = np.array([person for person, _, _ in rows])
            persons, starts, counts = np.unique(owners, return_index=True, return_counts=True)
            self._portraits += [
                count for person, count in zip(persons.tolist(), counts.tolist(), strict=True) if person in self._mates
            ]
            vectors = np.frombuffer(b"".join(opened), "<f4").reshape(len(rows), self.contract.dimension)
            yield persons.tolist(), vectors, starts

    def _score(self, persons: list[int], vectors: Vectors, starts: npt.NDArray[np.intp]) -> None:
        number = {person: at for at, person in enumerate(self.gallery.persons)}
        second = np.array([number[person] for person in persons], dtype=np.intp)
        for closed, (photos, weights) in zip(self.closed, self._photos, strict=True):
            body = number[closed.person.pk]
            best = np.maximum.reduceat((photos @ vectors.T).astype(np.float64), starts, axis=1)
            which = self.gallery.halves[body]
            kept = np.flatnonzero(self.gallery.halves[second] == which)
            if kept.size:
                first = np.full(kept.size, body, dtype=np.intp)
                pairs = ScoredPairs(
                    (weights @ best)[kept], first == second[kept], first, second[kept], self.gallery.names
                )
                self._parts[HALVES[0] if which == HALVES[0] else HALVES[1]].append(pairs)


def _perhaps_children(persons: set[int], today: date) -> set[int]:
    """Who of these may have been under age when last seen, or on a portrait: no ratio is ever given for them.

    Their faces among the strangers would be unlike those of the adults whom a calibration speaks of.
    """
    found, wanted = set(), sorted(persons)
    for at in range(0, len(wanted), BLOCK):
        block = wanted[at : at + BLOCK]
        taken: dict[int, list[str]] = {}
        dated = Portrait.objects.filter(person__in=block).exclude(taken_on="")
        for owner, text in dated.values_list("person", "taken_on"):
            taken.setdefault(owner, []).append(text)
        for person in Person.objects.filter(pk__in=block):
            told = secondary.told_of(person)
            spans = (
                weighing.ages(told, PostMortem(), today),
                weighing.portrait_ages(told, [weighing.span_of(text) for text in taken.get(person.pk, ())]),
            )
            if any(span is not None and (span.low is None or span.low < ADULT) for span in spans):
                found.add(person.pk)
    return found


def _gallery(searchable: set[int], mates: set[int]) -> Gallery:
    """Everybody who is compared, divided: of the identified every second one by a hash, the others by theirs."""
    persons = tuple(sorted(searchable | mates))
    rows = Person.objects.filter(pk__in=mates).values_list("pk", "holding__name", "ref")
    own = {pk: f"{holding}/{ref}" for pk, holding, ref in rows}
    names = tuple(own.get(pk, f"person {pk}") for pk in persons)
    ordered = sorted(own, key=lambda pk: hashlib.sha256(own[pk].encode()).digest())
    side = {pk: HALVES[at % 2] for at, pk in enumerate(ordered)}
    halves = [side.get(pk) or half(name) for pk, name in zip(persons, names, strict=True)]
    return Gallery(persons, names, np.array(halves))


def _identity(compared: _Comparison, who: Operator, pipeline: str, gap_years: float) -> Identity:
    methods = ", ".join(_methods(compared.closed))
    return Identity(
        data_name=f"{len(compared.closed)} own cases of {who.agency.name}, closed by {methods}"[:1000],
        data_digest=compared.digest,
        source=SourceKind.OWN_CASES,
        contract=compared.contract.digest,
        model=compared.contract.model_id,
        pipeline=pipeline,
        stratum=Stratum(),
        photos=compared.photos,
        portraits=compared.portraits,
        ages=compared.ages or Span(float(ADULT), None),
        gap_years=gap_years,
    )


def _span(counts: Sequence[int]) -> Span:
    return Span(float(min(counts)), float(max(counts)))


def _within(spans: Sequence[Span]) -> Span:
    """The least span that holds all of these, whose ends are known."""
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    return Span(min(lows), max(highs))

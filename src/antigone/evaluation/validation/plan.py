"""Who is enrolled by which picture and sought by which: for searches, and for fitting and judging ratios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from antigone.evaluation.bench_identification import Protocol, protocol
from antigone.evaluation.halves import half
from antigone.evaluation.protocols import Photograph
from antigone.evaluation.validation.data import Data
from antigone.evaluation.validation.options import Options


@dataclass(frozen=True)
class Bodies:
    """Everybody of one half enrolled by the first picture; some sought by the second, as a body is."""

    enrolled: list[Photograph]
    sought: list[Photograph]


@dataclass(frozen=True)
class Plan:
    """The searches that are reported, and the two halves that ratios are fitted on and judged by."""

    searches: Protocol
    fitting: Bodies
    judging: Bodies

    def portraits(self) -> list[Photograph]:
        """Every picture that the method in use enrols, once."""
        return _once([*self.searches.enrolled, *self.fitting.enrolled, *self.judging.enrolled])

    def probes(self) -> tuple[list[Photograph], list[Photograph]]:
        """Pictures sought by both ways of working, and those sought by the method in use alone."""
        both = _once([*self.searches.mated, *self.searches.strangers])
        seen = {photo.key for photo in both}
        more = _once([*self.fitting.sought, *self.judging.sought])
        return both, [photo for photo in more if photo.key not in seen]


def make_plan(data: Data, options: Options) -> Plan:
    """The plan; raises EvaluationError where nobody would be enrolled, sought or a stranger."""
    people = data.people
    chosen = {name: own for name, own in people.items() if options.half is None or half(name) == options.half}
    searches = protocol(chosen, options.probes, options.seed)
    first = {photo.person for photo in searches.mated}
    halves = [
        _bodies({name: own for name, own in people.items() if half(name) == which}, first, options)
        for which in ("calibration", "test")
    ]
    return Plan(searches, *halves)


def _bodies(people: Mapping[str, list[Photograph]], first: set[str], options: Options) -> Bodies:
    """Of more people than are asked for, those stay whose picture is sought anyway, and then some by lot."""
    names = sorted(people)
    shuffled = [names[place] for place in np.random.default_rng(options.seed).permutation(len(names))]
    able = sorted((name for name in shuffled if len(people[name]) > 1), key=lambda name: name not in first)
    return Bodies([people[name][0] for name in names], [people[name][1] for name in able[: options.probes]])


def _once(photos: list[Photograph]) -> list[Photograph]:
    """Each picture once, in the order of the keys, so that pieces of work are the same in every run."""
    return [photo for _, photo in sorted({photo.key: photo for photo in photos}.items())]

"""Recall and precision of keys and likeness over invented names, as the tests and the report state them."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from antigone.naming import keys, likeness

ALIKE = 0.84


@dataclass(frozen=True)
class Measured:
    """What a run came to; `missed` are the pairs that were not among the first ten."""

    sought: int
    found: int
    right: int
    shown: int
    missed: tuple[tuple[str, str, float], ...]

    @property
    def recall(self) -> float:
        return self.found / self.sought

    @property
    def precision(self) -> float:
        return self.right / self.shown if self.shown else 1.0


def measure(triples: Iterable[tuple[str, ...]], others: list[str]) -> Measured:
    """Each name of each triple seeks its other two among all; shown are those of a likeness of ALIKE and more."""
    names, belongs = list(others), [-1] * len(others)
    for number, triple in enumerate(triples):
        names.extend(triple)
        belongs.extend([number] * len(triple))
    filed = defaultdict(list)
    for place, name in enumerate(names):
        for key in keys(name):
            filed[key].append(place)
    sought = found = right = shown = 0
    missed = []
    for place, own in enumerate(belongs):
        if own < 0:
            continue
        candidates = {each for key in keys(names[place]) for each in filed[key]} - {place}
        best = heapq.nlargest(10, ((likeness(names[place], names[each]), each) for each in candidates))
        mine = {each for each, other in enumerate(belongs) if other == own and each != place}
        sought += len(mine)
        found += len(mine & {each for _, each in best})
        near = [each for like, each in best if like >= ALIKE]
        shown += len(near)
        right += len(mine & set(near))
        missed.extend(
            (names[place], names[each], round(likeness(names[place], names[each]), 3))
            for each in mine - {each for _, each in best}
        )
    return Measured(sought, found, right, shown, tuple(missed))

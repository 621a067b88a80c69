"""How pairs are drawn: each by a coin of its own, so that what was told of some says nothing of the others."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from antigone.casework.practice.pool import Known


@dataclass(frozen=True)
class Met:
    """Whom an examiner met in earlier exercises.

    `settled` are the bodies and people met as one person: whoever remembers them knows of any other pair with either.
    `beside` are bodies and people met beside each other.
    """

    settled: frozenset[str] = frozenset()
    beside: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str, bool]]) -> Met:
        """From body, person, and whether they are one."""
        found = list(pairs)
        return cls(
            frozenset(name for code, person, same in found if same for name in (code, person)),
            frozenset((code, person) for code, person, _same in found),
        )

    def knows(self, pair: Known) -> bool:
        """Whether what was told before gives the answer to this pair."""
        return bool({pair.code, pair.person} & self.settled) or (pair.code, pair.person) in self.beside


@dataclass(frozen=True)
class Drawn:
    """A pair that was drawn; `again` says that what was told before gives its answer."""

    pair: Known
    again: bool


def draw(count: int, pool: Sequence[Known], met: Met, chance: random.Random) -> list[Drawn]:
    """So many pairs of different bodies and different people, each of one person or two by a coin.

    Pairs whose answer was told before come only where there is no other. How many are of one person follows from the
    coins alone and may be none. Fewer come back only where the pool is too small.
    """
    drawn: list[Drawn] = []
    used: set[str] = set()
    for _number in range(count):
        same = chance.random() < 0.5
        left = [each for each in pool if each.one_person is same and not {each.code, each.person} & used]
        fresh = [each for each in left if not met.knows(each)]
        choice = fresh or left
        if not choice:
            break
        # A body first, so that one with more portraits is not drawn more often.
        code = chance.choice(sorted({each.code for each in choice}))
        pair = chance.choice([each for each in choice if each.code == code])
        used |= {pair.code, pair.person}
        drawn.append(Drawn(pair, again=not fresh))
    return drawn

"""How pairs are drawn: each by a coin of its own, so that what was told of some says nothing of the others."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from antigone.casework.practice.pool import Known


@dataclass(frozen=True)
class Drawn:
    """A pair that was drawn; `again` says that its body or its portrait's person was drawn before."""

    pair: Known
    again: bool


def draw(count: int, pool: Sequence[Known], before: Collection[str], chance: random.Random) -> list[Drawn]:
    """So many pairs of different bodies and different people, each of one person or two by a coin.

    `before` are the bodies and people that were drawn earlier; others go first. How many are of one person follows
    from the coins alone and may be none. Fewer come back only where the pool is too small.
    """
    drawn: list[Drawn] = []
    used: set[str] = set()
    for _number in range(count):
        same = chance.random() < 0.5
        left = [each for each in pool if each.one_person is same and not {each.code, each.person} & used]
        fresh = [each for each in left if not {each.code, each.person} & set(before)]
        choice = fresh or left
        if not choice:
            break
        # A body first, so that one with more portraits is not drawn more often.
        code = chance.choice(sorted({each.code for each in choice}))
        pair = chance.choice([each for each in choice if each.code == code])
        used |= {pair.code, pair.person}
        drawn.append(Drawn(pair, again=not fresh))
    return drawn

"""How often a search misses somebody who is there: rates that were measured, for "none of these" and for lineups.

The rates are of people who were held out when the space of templates was learnt, by quality stratum of the photograph
(`evaluation.miss_rates` measures them). They are of the living and of stand-ins. Where none was measured for an
embedding contract or a stratum, none is known, and none is made up.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evidence.spans import Stratum

FILE = "miss_rates.json"


@dataclass(frozen=True)
class Share:
    """A share that was measured, 0 to 1, and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class MeasuredStratum:
    """What was missed of the photographs of one stratum.

    `below` gives for each score the share of mates who score less, `beyond` for each rank the share who rank farther
    down among `enrolled` people, one portrait each.
    """

    stratum: Stratum
    people: int
    searches: int
    as_they_are: int
    enrolled: int
    below: tuple[tuple[float, Share], ...]
    beyond: tuple[tuple[int, Share], ...]

    def missed_below(self, threshold: float) -> Share | None:
        """The share of mates who score less than `threshold`, read where it is stated next above; None beyond that."""
        return next((share for cut, share in self.below if cut >= threshold), None)

    def missed_beyond(self, searched: int, most: int) -> tuple[tuple[int, Share], ...]:
        """For lists of 1 to `most` the share of mates whom they lack among `searched` people; only what is known.

        In a smaller gallery than the measured one fewer strangers stand before a mate: they are drawn from those who
        did. In a larger one a rank is taken to grow with the gallery, so that of a list shorter than its share nothing
        is known.
        """
        if searched < 1:
            return ()
        if searched <= self.enrolled:
            return self._drawn(searched, min(most, searched))
        known = dict(self.beyond)
        found = []
        for rank in range(1, most + 1):
            within = max((each for each in known if each <= rank * self.enrolled // searched), default=None)
            if within is not None:
                found.append((rank, known[within]))
        return tuple(found)

    def _drawn(self, searched: int, most: int) -> tuple[tuple[int, Share], ...]:
        """The same in a gallery of so many, drawn from the measured one; every mate at the far end of its step."""
        steps = [*self.beyond, (self.enrolled, Share(0.0, 0.0, 0.0))]
        ahead = np.stack([_ahead(self.enrolled - 1, upto - 1, searched - 1, most) for upto, _ in steps])
        ends = []
        for end in ("value", "low", "high"):
            beyond = np.minimum.accumulate([1.0, *(getattr(share, end) for _, share in steps)])
            ends.append(np.clip(-np.diff(beyond) @ ahead, 0.0, 1.0))
        return tuple((rank, Share(*map(float, each))) for rank, each in enumerate(zip(*ends, strict=True), start=1))


def _ahead(strangers: int, before: int, drawn: int, most: int) -> npt.NDArray[np.float64]:
    """The chances that at least 1, 2, ... `most` of `drawn` out of `strangers` are among `before`, shape (most,)."""
    counts = np.arange(max(0, drawn - (strangers - before)), min(before, drawn) + 1)
    whole = _log_ways(strangers, np.array([drawn]))
    chances = np.exp(_log_ways(before, counts) + _log_ways(strangers - before, drawn - counts) - whole)
    found = np.zeros(max(most, int(counts[-1])) + 2)
    found[counts] = chances
    return np.asarray(np.minimum(1.0, found[::-1].cumsum()[::-1])[1 : most + 1], dtype=np.float64)


def _log_ways(among: int, chosen: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """The logarithm of how many ways there are to choose so many, shape of `chosen`."""
    logs = np.concatenate([[0.0], np.log(np.arange(1, among + 1, dtype=np.float64)).cumsum()])
    return np.asarray(logs[among] - logs[chosen] - logs[among - chosen], dtype=np.float64)


@dataclass(frozen=True)
class MissRates:
    """The rates of one embedding contract, and where they come from."""

    contract: str
    pipeline: str
    data: str
    date: str
    enrolled: int
    caution: str
    strata: tuple[MeasuredStratum, ...]

    def of(self, quality: Mapping[str, float | None]) -> MeasuredStratum | None:
        """The stratum of a photograph of this quality, where it was measured."""
        return next((each for each in self.strata if each.stratum.holds(quality)), None)

    def weakest(self, quality: Sequence[Mapping[str, float | None]]) -> MeasuredStratum | None:
        """The stratum of the photograph that shows least; None where one of them is in none that was measured."""
        found = [self.of(each) for each in quality]
        known = [each for each in found if each is not None]
        if not known or len(known) < len(found):
            return None
        return min(known, key=lambda each: -math.inf if each.stratum.low is None else each.stratum.low)


def measured(contract: str) -> MissRates | None:
    """The rates that ship for the embedding contract of this digest, or None."""
    return _shipped().get(contract)


@cache
def _shipped() -> dict[str, MissRates]:
    text = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return {entry["contract"]: read(entry) for entry in json.loads(text)["measured"]}


def read(entry: Mapping[str, Any]) -> MissRates:
    """The rates from an entry of the file; KeyError, TypeError or ValueError when it is not one."""
    enrolled = int(entry["enrolled"])
    strata = tuple(
        MeasuredStratum(
            Stratum(str(each["name"]), each["figure"], each["low"], each["high"]),
            int(each["people"]),
            int(each["searches"]),
            int(each["as_they_are"]),
            enrolled,
            tuple((float(cut), Share(*map(float, share))) for cut, *share in each["below"]),
            tuple((int(rank), Share(*map(float, share))) for rank, *share in each["beyond"]),
        )
        for each in entry["strata"]
    )
    return MissRates(
        str(entry["contract"]),
        str(entry["pipeline"]),
        str(entry["data"]),
        str(entry["date"]),
        enrolled,
        str(entry["caution"]),
        strata,
    )

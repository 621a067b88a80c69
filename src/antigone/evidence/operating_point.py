"""The default operating point of "none of these", until a calibration is in force.

A search of a stranger's photograph against a gallery should return a candidate above the threshold in at most
one search of a hundred (FPIR 1 %). With n portraits searched and comparisons taken as independent, that holds
when a single comparison passes with probability 1 - (1 - FPIR)^(1/n); the threshold is the score that
comparisons of two different people reach with that probability, read from a tail measured for the recogniser
(see `tails`).

Three things about the search bend this, and each is settled towards fewer false candidates:

- A person's score is the maximum over their portraits, so n counts portraits, not people. Portraits of one
  person are alike, which makes the true rate a little lower.
- The score of several photographs is their weighted mean. Such a mean of exchangeable scores has no heavier
  tail than one of them (its excess over any level is at most theirs, by Jensen's inequality), so the tail of a
  single photograph is used whatever their number: it bounds. Photographs of one session are nearly one
  photograph, and there it is also tight.
- Comparisons share a probe and are not independent. Positive dependence makes the true rate lower.

What is not settled: pictures taken by one camera, or people of one age, sex and origin, score higher than
those that the tail was measured on, and the dead were never in it. The threshold marks a list; it does not
decide anything.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from antigone.evidence.own_tail import OwnTail
from antigone.evidence.spans import Stratum
from antigone.evidence.tails import Tail

DEFAULT_FPIR = 0.01


@dataclass(frozen=True)
class OperatingPoint:
    """A candidate passes when its score is at least `threshold`; `source` is a sentence fit for a report."""

    threshold: float
    fpir: float
    source: str
    extrapolated: bool = False
    """Whether the threshold lies beyond the scores that were measured."""


@dataclass(frozen=True)
class MeasuredTail:
    """A tail, and where its numbers come from."""

    tail: Tail
    contract: str
    """Digest of the embedding contract that the scores were measured under."""
    source: str
    strata: tuple[tuple[Stratum, Tail], ...] = ()
    """Tails of photographs of one quality stratum each, where they were measured."""

    def relief(self, rate: float, quality: Sequence[Mapping[str, float | None]]) -> tuple[float, str]:
        """By how much strangers score lower at `rate` when the photographs are of poorer strata, and which stratum.

        Judged by the photograph that gives least; 0 and "" where a photograph's stratum was not measured.
        """
        found = []
        for figures in quality:
            fitting = [(stratum, tail) for stratum, tail in self.strata if stratum.holds(figures)]
            if not fitting:
                return 0.0, ""
            stratum, tail = fitting[0]
            found.append((max(0.0, self.tail.score_at(rate) - tail.score_at(rate)), stratum.name))
        return min(found, default=(0.0, ""))


def comparison_rate(fpir: float, comparisons: int) -> float:
    """The false match rate of one comparison that gives `fpir` over so many independent ones."""
    # -expm1(log1p(-f)/n) is 1 - (1 - f)^(1/n) without losing every digit for large n.
    return -math.expm1(math.log1p(-fpir) / comparisons)


def threshold(
    contract_model_id: str,
    persons: int,
    photos: int = 1,
    *,
    portraits: int | None = None,
    contract: str | None = None,
    fpir: float = DEFAULT_FPIR,
    own: OwnTail | None = None,
    quality: Sequence[Mapping[str, float | None]] = (),
) -> OperatingPoint | None:
    """The operating point of a search of `persons` people, who have `portraits` portraits (or one each).

    `contract_model_id` names the recogniser, such as "sface-2021dec". None means that no tail was measured
    for it, or that it was measured under another embedding contract than the digest `contract`: then there is
    no operating point, which the caller states, and no candidate may be said to pass. `photos` is how many
    photographs the mean is over; it changes the sentence and not the threshold (see the module). With `own`,
    the tail of the gallery itself, the higher of the two thresholds holds. `quality` gives the figures of each
    photograph: of poorer strata strangers score lower, and the threshold is lowered by as much. Raises ValueError
    on counts below zero, no photograph, or an FPIR outside (0, 0.5].
    """
    if persons < 0 or photos < 1 or not 0 < fpir <= 0.5:
        raise ValueError("An operating point needs a gallery, at least one photograph and an FPIR up to one half.")
    measured = shipped().get(contract_model_id)
    if measured is None or (contract is not None and contract != measured.contract):
        return None
    searched = max(persons, portraits or 0, 1)
    points = [_point(measured.tail, measured.source, fpir, searched, "portrait", photos)]
    if own is not None:
        # A comparison of the gallery's own tail is with a person, whatever the number of their portraits.
        points.append(_point(own.tail, own.source, fpir, max(persons, 1), "person", photos))
    point = max(points, key=lambda point: point.threshold)
    lower, stratum = measured.relief(comparison_rate(fpir, searched), quality)
    if not lower:
        return point
    text = f"{point.source} Lowered by {lower:.3f}, since strangers score lower on photographs of stratum {stratum}."
    return replace(point, threshold=point.threshold - lower, source=text)


def _point(tail: Tail, source: str, fpir: float, counted: int, unit: str, photos: int) -> OperatingPoint:
    rate = comparison_rate(fpir, counted)
    beyond = tail.reaches_beyond_data(rate)
    parts = [
        f"FPIR {100 * fpir:g} % for {counted:,} {unit}{'s' if counted != 1 else ''} searched, not calibrated: {source}"
    ]
    if beyond:
        parts.append("The gallery is larger than the data bear, so the tail is extrapolated.")
    if photos > 1:
        parts.append(f"For the mean of {photos} photographs the tail of one is used, which lets fewer pass.")
    return OperatingPoint(tail.score_at(rate), fpir, " ".join(parts), beyond)


@cache
def shipped() -> dict[str, MeasuredTail]:
    text = resources.files(__package__).joinpath("non_mated_tails.json").read_text(encoding="utf-8")
    return {entry["model"]: read_entry(entry) for entry in json.loads(text)["tails"]}


def read_entry(entry: dict[str, Any]) -> MeasuredTail:
    """A measured tail from an entry of non_mated_tails.json; KeyError or ValueError when it is not one."""
    return MeasuredTail(
        _tail(entry),
        str(entry["contract"]),
        f"tail of {int(entry['comparisons']):,} comparisons of {int(entry['people']):,} different people in "
        f"{entry['data']}, measured {entry['date']}. {entry['caution']}",
        tuple(
            (Stratum(str(each["name"]), str(each["figure"]), each["low"], each["high"]), _tail(each))
            for each in entry.get("strata", [])
        ),
    )


def _tail(entry: dict[str, Any]) -> Tail:
    return Tail(tuple(entry["rates"]), tuple(entry["scores"]), float(entry["scale"]))

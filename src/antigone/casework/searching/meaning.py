"""What "none of these" says and does not: who cannot be found by a portrait, and how often somebody there is missed.

A miss rate is stated where one was measured for the embedding contract and for photographs like these, on people who
were held out (`evidence.miss_rates`). Elsewhere none is known, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from antigone.casework import telling
from antigone.evidence import OperatingPoint
from antigone.evidence.miss_rates import MeasuredStratum, MissRates, Share, measured

NO_POINT = "no-operating-point"
NO_CONTRACT = "not-measured"
NO_STRATUM = "photographs-unlike-those-measured"
BEYOND = "threshold-beyond-what-was-measured"


def missed(
    contract: str,
    point: OperatingPoint | None,
    quality: Sequence[Mapping[str, float | None]],
    searched: int,
    listed: int,
) -> dict[str, Any]:
    """What an answer keeps of misses: the rate at its operating point, and for lists of each length the share lacked.

    `quality` gives the figures of each photograph, `searched` how many were compared (portraits or persons, whichever
    is more), `listed` how many the list can hold. `unknown` says why there is no rate, empty where there is one.
    """
    rates = measured(contract)
    known = None if rates is None else rates.weakest(quality)
    if rates is None or known is None:
        return {"unknown": NO_CONTRACT if rates is None else NO_STRATUM, "rate": None, "beyond": []}
    share = None if point is None else known.missed_below(point.threshold)
    return {
        "unknown": NO_POINT if point is None else BEYOND if share is None else "",
        "rate": None if share is None else _as_json(share),
        "beyond": _steps(known, searched, listed),
        "larger_than_measured": searched > known.enrolled,
        **_provenance(rates, known, len(quality)),
    }


def _as_json(share: Share) -> list[float]:
    return [round(share.value, 4), round(share.low, 4), round(share.high, 4)]


def _steps(known: MeasuredStratum, searched: int, listed: int) -> list[list[float]]:
    """Rows of a list's length and the share that it lacks with its interval, where the share changes."""
    rows: list[list[float]] = []
    for rank, share in known.missed_beyond(searched, listed):
        row = _as_json(share)
        if not rows or row != rows[-1][1:]:
            rows.append([rank, *row])
    return rows


def _provenance(rates: MissRates, known: MeasuredStratum, photographs: int) -> dict[str, Any]:
    return {
        "stratum": known.stratum.name,
        "people": known.people,
        "searches": known.searches,
        "as_they_are": known.as_they_are,
        "enrolled": known.enrolled,
        "photographs": photographs,
        "data": rates.data,
        "date": rates.date,
        "pipeline": rates.pipeline,
        "caution": rates.caution,
    }


def none_means(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """What stands beside "none of these", as sentences, from an answer as it is kept; also one of an older version.

    Where nobody was searched there is nothing to be missed, and only who has no portrait is said.
    """
    if not answer.get("searched_persons"):
        return (_without_portrait(answer),)
    return (_without_portrait(answer), *_rate(answer.get("missed")), _("“None of these” never closes a case."))


def _without_portrait(answer: Mapping[str, Any]) -> str:
    without = int(answer.get("without_portrait") or 0)
    meant = int(answer.get("searched_persons") or 0) + without
    return ngettext(
        "%(without)d of the %(meant)d missing person whom this search could have meant has no portrait that could be "
        "searched: no search by face finds them.",
        "%(without)d of the %(meant)d missing persons whom this search could have meant have no portrait that could be "
        "searched: no search by face finds them.",
        meant,
    ) % {"without": without, "meant": meant}


def _rate(kept: Mapping[str, Any] | None) -> tuple[str, ...]:
    if not kept:
        return (_("No miss rate is known: this answer was kept before miss rates were stated."),)
    if kept.get("rate") is None:
        return (_why(str(kept.get("unknown", ""))),)
    share, low, high = (percent(float(each)) for each in kept["rate"])
    said = _(
        "At this operating point %(share)s of those who were there were missed (95 %% interval %(low)s to %(high)s) "
        "on photographs of stratum “%(stratum)s”: %(searches)d searches for %(people)d people who were held out, one "
        "portrait each, %(data)s, measured %(date)s; %(living)d of the searches with pictures as they were, the others "
        "with stand-ins."
    ) % {
        "share": share,
        "low": low,
        "high": high,
        "stratum": kept["stratum"],
        "searches": kept["searches"],
        "people": kept["people"],
        "data": kept["data"],
        "date": kept["date"],
        "living": kept["as_they_are"],
    }
    several = int(kept.get("photographs") or 1) > 1
    more = _("It was measured with one photograph, of the weakest stratum among these; for several together none was.")
    return (said, *((more,) if several else ()), telling.sentence(str(kept["caution"])))


def _why(reason: str) -> str:
    """Why no miss rate is known."""
    if reason == NO_POINT:
        return _("No miss rate is known: there is no operating point for this face model.")
    if reason == NO_STRATUM:
        return _("No miss rate is known for photographs like these: none was measured for their quality.")
    if reason == BEYOND:
        return _("No miss rate is known at this operating point: it lies beyond the scores that were measured.")
    return _("No miss rate is known: none was measured for this face model.")


def percent(share: float) -> str:
    """A share in %, which never says 0 or 100 of what was only not seen."""
    if share <= 0.0005:
        return _("less than 0.1 %")
    return _("more than 99.9 %") if share >= 0.9995 else f"{100 * share:.1f} %"

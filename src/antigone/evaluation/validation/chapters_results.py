"""Chapter 5: what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.evaluation.validation.criteria import SHARES
from antigone.evaluation.validation.document import Block, Chapter, Heading, Items, Table, Text
from antigone.evaluation.validation.drawing import drawn
from antigone.evaluation.validation.eyes import IN_USE, PLAIN, WAYS
from antigone.evaluation.validation.section_ratios import ratios
from antigone.evaluation.validation.weighing import Curves
from antigone.evaluation.validation.words import (
    WAY_WORDS,
    interval,
    reasons,
    share,
    stand_in,
)

Report = dict[str, Any]


def results(report: Report, curves: Mapping[str, Curves | None]) -> Chapter:
    """Chapter 5."""
    caution = Text(report["caution"], "caution")
    blocks: list[Block] = [caution, *_acquisition(report), *_searches(report), *_sizes(report)]
    if report["pairs"] is not None:
        blocks += _pairs(report["pairs"])
    blocks += ratios(report)
    if report["data"]["cohorts"] is not None:
        blocks += _cohorts(report)
    for ladder in report["protocol"]["ladders"]:
        found = curves[ladder]
        if found is not None:
            blocks += [Heading(f"Plots of ratios: {stand_in(ladder)}"), *drawn(found, ladder)]
    return Chapter("Results", tuple(blocks))


def _acquisition(report: Report) -> list[Block]:
    rows = []
    for name, found in report["acquisition"].items():
        cells = [
            f"{each['without']:,} of {each['photographs']:,} ({reasons(each['reasons'])})"
            if each["without"]
            else f"0 of {each['photographs']:,}"
            for each in (found[way] for way in WAYS)
        ]
        rows.append((name, *cells))
    return [
        Heading("Failure to acquire"),
        Text("Photographs that gave no template, of those that were enrolled or sought."),
        Table("Photographs without a template", ("Photographs", "Plain", "In use"), tuple(rows)),
    ]


def _searches(report: Report) -> list[Block]:
    rows: list[tuple[str, ...]] = []
    for ladder in report["protocol"]["ladders"]:
        found = report["searches"][ladder]
        rows.append((stand_in(ladder),))
        rows += [(words, *(share(found[way], name) for way in WAYS)) for name, words in SHARES.items()]
    points = [line for way in WAYS for line in _points(report, way)]
    return [
        Heading("Searches"),
        Table("Searches, with 95 % intervals", ("Figure", "Plain", "In use"), tuple(rows)),
        Items(tuple(points)),
    ]


def _points(report: Report, way: str) -> list[str]:
    """The operating point of a way, and for which ladders it is lowered."""
    found = {ladder: report["searches"][ladder][way] for ladder in report["protocol"]["ladders"]}
    name, first = WAY_WORDS[way].lower(), next(iter(found.values()))
    if first["threshold"] is None:
        return [
            f"Operating point, {name}: none. No tail of strangers' scores was measured for this contract, so a search "
            "would say that it has no operating point, and figures at it are not stated."
        ]
    lowered = [
        f"Lowered, {name}, {stand_in(ladder)}: for {each['threshold_lowered']['probes']:,} photographs of poorer "
        f"quality, on which strangers score lower, to {each['threshold_lowered']['lowest']:.4f} at the least."
        for ladder, each in found.items()
        if each["threshold_lowered"]["probes"]
    ]
    return [f"Operating point, {name}: {first['threshold']:.4f}. {first['threshold_source']}", *lowered]


def _sizes(report: Report) -> list[Block]:
    rows: list[tuple[str, ...]] = []
    for ladder in report["protocol"]["ladders"]:
        found = report["searches"][ladder]
        lines = [_size(way, each) for way in WAYS for each in found[way]["sizes"]]
        rows += [(stand_in(ladder),), *lines] if lines else []
    if not rows:
        return []
    return [
        Heading("The operating point at two sizes of gallery"),
        Text(
            "The threshold is set anew for each gallery, from the tail of strangers' scores; given here is that of a "
            "photograph of good quality. Strangers above it should be 1 % at most, at either size."
        ),
        Table(
            "What passes the operating point, with 95 % intervals",
            ("Way", "Enrolled", "Threshold", "Strangers above it", "Mates above it"),
            tuple(rows),
        ),
    ]


def _size(way: str, found: Report) -> tuple[str, ...]:
    passing, mates = found["false_candidates"], found["mates_passing"]
    return (
        WAY_WORDS[way],
        f"{found['enrolled']:,}",
        f"{found['threshold']:.4f}",
        interval(passing["value"], passing["interval"]),
        interval(mates["value"], mates["interval"]),
    )


def _pairs(found: Report) -> list[Block]:
    head: list[Block] = [Heading("Pairs, one to one")]
    if "refused" in found:
        return [*head, Text(f"Not stated. {found['refused']}")]
    rows = []
    for way in WAYS:
        each = found[way]
        rows += [
            (f"{WAY_WORDS[way]}: TAR at FAR {100 * rate['false_accept_rate']:g} %", _estimate(rate))
            for rate in each["true_accept_rate"]
        ]
        rows.append((f"{WAY_WORDS[way]}: equal error rate", _estimate(each["equal_error_rate"])))
        if "accuracy" in each:
            accuracy = each["accuracy"]
            rows.append(
                (
                    f"{WAY_WORDS[way]}: accuracy over folds (± standard error)",
                    f"{100 * accuracy['value']:.2f} % (± {100 * accuracy['standard_error']:.2f})",
                )
            )
    counted = found[PLAIN]["pairs"]
    return [
        *head,
        Text(
            f"{counted['same']:,} pairs of one person and {counted['different']:,} of two, from the file that was "
            "given; both pictures read as portraits are, without a ladder."
        ),
        Table("Pairs, with 95 % intervals", ("Figure", "Value"), tuple(rows)),
    ]


def _estimate(found: Mapping[str, float]) -> str:
    return interval(found["value"], (found["low"], found["high"]))


def _cohorts(report: Report) -> list[Block]:
    rows: list[tuple[str, ...]] = []
    for ladder in report["protocol"]["ladders"]:
        found = report["searches"][ladder][IN_USE]["cohorts"]
        rows += [(stand_in(ladder),)] if found else []
        for each in found:
            rows.append(
                (
                    f"{each['attribute']} {each['value']}",
                    f"{each['people']:,}",
                    share(each, "rank1_miss"),
                    share(each, "rank50_miss"),
                    f"{each['strangers']:,}",
                    share(each, "none_of_these_right"),
                )
            )
    if not rows:
        return []
    head = ("Cohort", "Sought", "Miss at rank 1", "Miss at rank 50", "Strangers", "“None of these” right")
    return [
        Heading("Searches by cohort"),
        Text(
            "Of the method in use, in the whole gallery. Shares of fewer than twenty people are not stated: an "
            "absent figure is not a good one."
        ),
        Table("Searches by cohort, with 95 % intervals", head, tuple(rows)),
    ]

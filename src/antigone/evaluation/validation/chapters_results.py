"""Chapter 5 and the summary before everything: what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from antigone.evaluation.probes import CLEAN
from antigone.evaluation.validation.criteria import RATIOS, SHARES, Criterion, judged
from antigone.evaluation.validation.document import Block, Chapter, Heading, Items, Table, Text
from antigone.evaluation.validation.drawing import drawn
from antigone.evaluation.validation.eyes import IN_USE, PLAIN, WAYS
from antigone.evaluation.validation.weighing import Curves
from antigone.evaluation.validation.words import NOT_STATED, cost, interval, percent, ratio, reasons, share

Report = dict[str, Any]

WAY_WORDS = {PLAIN: "Plain", IN_USE: "In use"}
SUMMARY = ("rank1_miss", "rank50_miss", "fnir_at_fpir_1pct", "none_of_these_right")


def stand_in(ladder: str) -> str:
    """The ladder's name, with what it is."""
    return ladder if ladder == CLEAN else f"{ladder} (stand-in)"


def summary(report: Report, criteria: Sequence[Criterion]) -> Chapter:
    """The first table: the main figures, and criteria where the laboratory gave them."""
    rows: list[tuple[str, ...]] = []
    for ladder in report["protocol"]["ladders"]:
        found, ratios = report["searches"][ladder], report["ratios"][ladder]
        rows.append((stand_in(ladder),))
        listed = [each for each in SHARES if each in SUMMARY or judged(criteria, ladder, each, {})]
        for name in listed:
            verdict = judged(criteria, ladder, name, found[IN_USE])
            cells = [share(found[way], name) for way in WAYS]
            rows.append((SHARES[name], *cells, *_verdict(verdict)))
        for name in [each for each in RATIOS if each == "cllr" or judged(criteria, ladder, each, {})]:
            shown = cost if name.startswith("cllr") else share
            verdict = judged(criteria, ladder, name, ratios)
            rows.append((RATIOS[name], "", shown(ratios, name), *_verdict(verdict)))
    given = (
        "Criteria are those that were given with the command; a criterion is judged by the method in use."
        if criteria
        else "No criterion of acceptance was given with the command, so nothing is passed or failed here. The column "
        "is for the laboratory to fill in."
    )
    return Chapter(
        "Summary",
        (
            Table(
                "Main figures, with 95 % intervals",
                ("Figure", "Plain", "In use", "Criterion", "Judged"),
                tuple(rows),
            ),
            Text(given),
            Text(report["caution"], "caution"),
        ),
        numbered=False,
    )


def _verdict(verdicts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    return "; ".join(words for words, _ in verdicts), "; ".join(verdict for _, verdict in verdicts)


def results(report: Report, curves: Mapping[str, Curves | None]) -> Chapter:
    """Chapter 5."""
    caution = Text(report["caution"], "caution")
    blocks: list[Block] = [caution, *_acquisition(report), *_searches(report), *_sizes(report)]
    if report["pairs"] is not None:
        blocks += _pairs(report["pairs"])
    blocks += _ratios(report)
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


def _ratios(report: Report) -> list[Block]:
    ladders = report["protocol"]["ladders"]
    blocks: list[Block] = [
        Heading("Likelihood ratios of the method in use"),
        Text(
            "Cllr is the cost of the ratios in bits: 0 is perfect, 1 is no evidence. Cllr_min is what telling apart "
            "alone costs, Cllr_cal the rest, lost in calibration. A ratio misleads when it points the wrong way, "
            "strongly when by a hundred or more. Posteriors of top leads stand in classes by what was said; a class "
            "agrees when what was said lies within the sampling error of what was right. These calibrations were made "
            "to be judged here; none is put in force by this report."
        ),
    ]
    stated = [ladder for ladder in ladders if "refused" not in report["ratios"][ladder]]
    blocks += [
        Text(f"{stand_in(ladder)}: no ratios. {report['ratios'][ladder]['refused']}")
        for ladder in ladders
        if ladder not in stated
    ]
    if not stated:
        return blocks
    found = [report["ratios"][ladder] for ladder in stated]
    lines: list[tuple[str, ...]] = [
        ("Fitted by", *(each["method"] for each in found)),
        ("Fitted on, one person / two people", *(f"{e['fitted_mated']:,} / {e['fitted_non_mated']:,}" for e in found)),
        ("Judged on, one person / two people", *(f"{each['mated']:,} / {each['non_mated']:,}" for each in found)),
        ("Bounds of log10 LR (ELUB)", *(f"{ratio(each['low'])} to {ratio(each['high'])}" for each in found)),
    ]
    for name, words in RATIOS.items():
        shown = cost if name.startswith("cllr") else share
        lines.append((words, *(shown(each, name) for each in found)))
    lines.append(("Posteriors of the top lead, all: said / right", *(_overall(each["reliability"]) for each in found)))
    blocks.append(
        Table(
            "Likelihood ratios on the test half, with 95 % intervals",
            ("Figure", *(stand_in(ladder) for ladder in stated)),
            tuple(lines),
        )
    )
    blocks += _shipped(report)
    groups = [(ladder, each) for ladder in stated for each in report["ratios"][ladder]["groups"]]
    cohorts = set((report["data"]["cohorts"] or {}).get("attributes", ()))
    quality = [(ladder, each) for ladder, each in groups if each["attribute"] not in cohorts]
    if quality:
        blocks += [
            Heading("Ratios by quality of the photograph"),
            Text(
                "The same ratios, judged apart by figures of quality from 0 to 100: TemplateStrength (how much of a "
                "face the recogniser saw) in the strata of the product, and figures named as in ISO/IEC 29794-5, cut "
                "at the thirds of the calibration half."
            ),
            _grouped("Likelihood ratios by quality, with 95 % intervals", quality),
        ]
    people = [(ladder, each) for ladder, each in groups if each["attribute"] in cohorts]
    if people:
        blocks += [
            Heading("Ratios by cohort"),
            Text(
                "The same ratios where both people are of one cohort: strangers of one cohort are more alike than "
                "strangers at large, and a search among the missing of one place is a search within a cohort."
            ),
            _grouped("Likelihood ratios by cohort, with 95 % intervals", people),
        ]
    return blocks


def _shipped(report: Report) -> list[Block]:
    """What the calibrations that come with the software make of the same comparisons."""
    rows: list[tuple[str, ...]] = []
    made: dict[str, Report] = {}
    for ladder in report["protocol"]["ladders"]:
        found = report["ratios"][ladder]["shipped"]
        if found is None:
            return []
        rows.append((stand_in(ladder),))
        for each in [*found["calibrations"], {"stratum": "all that have a ratio", **found["overall"]}]:
            shown = "cllr" in each
            people = f"{each['people']:,}" if "people" in each else "too few"
            cells = [cost(each, name) if shown else "" for name in ("cllr", "cllr_min")]
            cells += [share(each, name) if shown else "" for name in ("misleading_mated", "misleading_non_mated")]
            rows.append((each["stratum"], people, *cells))
        rows.append(("no ratio: poorer than any stratum", f"{found['withheld']:,}", "", "", "", ""))
        made |= {each["digest"]: each for each in found["calibrations"]}
    same = any(each["same_data"] for each in made.values())
    warning = (
        "They were made on these very photographs: the figures below flatter."
        if same
        else "Where people measured here had a part in making them, the figures below flatter; judge by the name of "
        "the data."
    )
    return [
        Heading("Ratios by the calibrations that come with the software"),
        Text(
            "A search takes the calibration of the photograph's stratum of quality, unless the board has put another "
            f"in force. {warning}"
        ),
        Table(
            "Calibrations that come with the software for this pipeline",
            ("Stratum", "Made on", "Bounds of log10 LR", "SHA-256"),
            tuple(
                (each["stratum"], each["data"], f"{ratio(each['low'])} to {ratio(each['high'])}", f"`{digest}`")
                for digest, each in made.items()
            ),
            figures=False,
        ),
        Table(
            "Their ratios on the test half, with 95 % intervals",
            ("Stratum", "People", "Cllr", "Cllr_min", "Misleading, one person", "Misleading, two people"),
            tuple(rows),
        ),
    ]


def _overall(found: Report | None) -> str:
    if found is None:
        return NOT_STATED
    each = found["overall"]
    return f"{percent(each['said'])} / {interval(each['true'], (each['low'], each['high']))}"


def _grouped(caption: str, groups: Sequence[tuple[str, Report]]) -> Table:
    rows: list[tuple[str, ...]] = []
    last = ""
    for ladder, each in groups:
        if ladder != last:
            rows.append((stand_in(ladder),))
            last = ladder
        name = f"{each['attribute']} {each['value']}"
        if "why_none" in each:
            rows.append((name, f"{each['people']:,}", "too few", "", "", ""))
            continue
        rows.append(
            (
                name,
                f"{each['mated']:,}",
                cost(each, "cllr"),
                cost(each, "cllr_min"),
                share(each, "misleading_mated"),
                share(each, "misleading_non_mated"),
            )
        )
    head = ("Group", "People", "Cllr", "Cllr_min", "Misleading, one person", "Misleading, two people")
    return Table(caption, head, tuple(rows))


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

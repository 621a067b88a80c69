"""What chapter 5 says of likelihood ratios: of its own fit, of those that ship, by quality and by cohort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from antigone.evaluation.validation.criteria import RATIOS
from antigone.evaluation.validation.document import Block, Heading, Table, Text
from antigone.evaluation.validation.stratum_fits import described
from antigone.evaluation.validation.words import (
    NOT_STATED,
    cost,
    interval,
    percent,
    ratio,
    share,
    stand_in,
)

Report = dict[str, Any]


def ratios(report: Report) -> list[Block]:
    """The section of chapter 5 on likelihood ratios."""
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
        return [*blocks, *_strata(report["strata"]), *_shipped(report)]
    found = [report["ratios"][ladder] for ladder in stated]
    lines = _lines(found)
    lines.append(("Posteriors of the top lead, all: said / right", *(_overall(each["reliability"]) for each in found)))
    blocks.append(
        Table(
            "Likelihood ratios on the test half, with 95 % intervals",
            ("Figure", *(stand_in(ladder) for ladder in stated)),
            tuple(lines),
        )
    )
    blocks += [*_strata(report["strata"]), *_shipped(report)]
    groups = [(ladder, each) for ladder in stated for each in report["ratios"][ladder]["groups"]]
    cohorts = set((report["data"]["cohorts"] or {}).get("attributes", ()))
    quality = [(ladder, each) for ladder, each in groups if each["attribute"] not in cohorts]
    if quality:
        blocks += [
            Heading("Ratios of one fit by quality of the photograph"),
            Text(
                "The ratios fitted for a ladder as a whole, judged apart by figures of quality from 0 to 100: "
                "TemplateStrength (how much of a face the recogniser saw) in the strata of the product, and figures "
                "named as in ISO/IEC 29794-5, cut at the thirds of the calibration half."
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


def _lines(found: Sequence[Report]) -> list[tuple[str, ...]]:
    """A row for each figure, a column for each fit."""
    lines: list[tuple[str, ...]] = [
        ("Fitted by", *(each["method"] for each in found)),
        ("Fitted on, one person / two people", *(f"{e['fitted_mated']:,} / {e['fitted_non_mated']:,}" for e in found)),
        ("Judged on, one person / two people", *(f"{each['mated']:,} / {each['non_mated']:,}" for each in found)),
        ("Bounds of log10 LR (ELUB)", *(f"{ratio(each['low'])} to {ratio(each['high'])}" for each in found)),
    ]
    for name, words in RATIOS.items():
        shown = cost if name.startswith("cllr") else share
        lines.append((words, *(shown(each, name) for each in found)))
    return lines


def _strata(found: Report) -> list[Block]:
    """The fits by stratum, over all ladders."""
    fits = found["fits"]
    blocks: list[Block] = [
        Heading("Ratios fitted by stratum of quality"),
        Text(
            "As a search takes them: a calibration for each stratum of TemplateStrength (how much of a face the "
            "recogniser saw, 0 to 100), fitted on all ladders together. Photographs below the lowest stratum get no "
            "ratio."
        ),
        *(Text(sentence) for sentence in found["refused"]),
    ]
    if fits:
        caption = "Likelihood ratios by stratum on the test half, all ladders together, with 95 % intervals"
        blocks.append(Table(caption, ("Figure", *described(fits)), tuple(_lines(fits))))
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

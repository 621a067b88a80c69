"""The recognition report as Markdown and JSON: figures beside their data, counts, digests and versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CAUTION = (
    "Labeled Faces in the Wild is easy, and skewed to white men in press photographs; a studio set is easier "
    "still. Neither says anything about the dead, of whom there is no public set."
)
_NO_PLOTS = (
    "No plots: matplotlib is not installed here. The figures do not depend on it; "
    "`pip install 'antigone[validation]'` draws them."
)
Result = dict[str, Any]


def write_report(report: dict[str, Any], out: Path, drawn: Mapping[str, str]) -> None:
    """Write `out`.json and `out`.md; `drawn` gives the captions of the plots beside them, by file name."""
    out.with_name(f"{out.name}.json").write_text(
        json.dumps(report, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
    )
    out.with_name(f"{out.name}.md").write_text(render_markdown(report, drawn), encoding="utf-8")


def render_markdown(report: dict[str, Any], drawn: Mapping[str, str] | None = None) -> str:
    """The report for a reader; a column for each recogniser that was measured."""
    data, results = report["data"], report["results"]
    lines = [
        f"# Recognition on {data['images']}",
        "",
        f"> {report['caution']}",
        "",
        f"Measured {report['date']} on {data['photographs']:,} photographs of {data['people']:,} people"
        + (f", pairs from `{data['pairs_file']}`" if "pairs_file" in data else "")
        + f". Intervals (95 %) draw people again {report['method']['resampling_rounds']:,} times; "
        f"seed {report['method']['seed']}. What each figure means: docs/evaluation.md.",
        "",
        f"Made by `{report['command']}`.",
        "",
        *_acquisition(results),
        *_pairs(results),
        *_every_comparison(results, "as_filed"),
        *_identification(results, "as_filed"),
        *_corrected(results, report["method"]["aliases"]),
    ]
    for file, caption in (drawn or {}).items():
        lines += [f"![{caption}]({file})", ""]
    if drawn is not None and not drawn:
        lines += [_NO_PLOTS, ""]
    lines += _surroundings(report)
    return "\n".join(lines).rstrip() + "\n"


def _table(models: list[str], rows: list[tuple[str, list[str]]]) -> list[str]:
    head = ["", *models]
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join([name, *cells]) + " |" for name, cells in rows),
        "",
    ]


def _names(results: list[Result]) -> list[str]:
    return [result["model"] for result in results]


def _percent(value: float) -> str:
    return f"{100 * value:.2f} %"


def _interval(figure: Mapping[str, float]) -> str:
    text = f"{_percent(figure['value'])} ({100 * figure['low']:.2f} to {100 * figure['high']:.2f})"
    return f"{text} at {figure['threshold']:.3f}" if "threshold" in figure else text


def _series(sections: list[Result], kind: str, by: str, name: str) -> list[tuple[str, list[str]]]:
    """A row for each figure of the list `kind`; {} in `name` stands for the value of its key `by`."""
    return [
        (
            name.format(f"{100 * first[by]:g} %" if isinstance(first[by], float) else first[by]),
            [_interval(section[kind][place]) for section in sections],
        )
        for place, first in enumerate(sections[0][kind])
    ]


def _acquisition(results: list[Result]) -> list[str]:
    found = [result["acquisition"] for result in results]
    reasons = [", ".join(f"{why} {count}" for why, count in each["reasons"].items()) or "none" for each in found]
    rows = [
        ("photographs", [f"{each['photographs']:,}" for each in found]),
        ("failure to acquire", [_percent(each["failure_to_acquire"]) for each in found]),
        ("reasons", reasons),
        ("with several faces", [f"{each['with_several_faces']:,}" for each in found]),
    ]
    chosen = f"Of several faces, {found[0]['choice']} is taken."
    return ["## Acquisition", "", *_table(_names(results), rows), chosen, ""]


def _pairs(results: list[Result]) -> list[str]:
    if "pairs" not in results[0]:
        return []
    found = [result["pairs"] for result in results]
    first = found[0]
    rows: list[tuple[str, list[str]]] = []
    if "accuracy" in first:
        each = [section["accuracy"] for section in found]
        error = [f"{_percent(one['value'])} ± {100 * one['standard_error']:.2f}" for one in each]
        rows.append(("accuracy (± standard error over folds)", error))
        rows.append(("share of pairs decided right", [_percent(one["plain"]) for one in each]))
    rows.append(("equal error rate", [_interval(section["equal_error_rate"]) for section in found]))
    rows += _series(found, "true_accept_rate", "false_accept_rate", "TAR at FAR {}")
    left_out = [str(sum(section["pairs_without_template"].values())) for section in found]
    rows.append(("pairs left out, no template", left_out))
    return [
        "## The pairs of the file",
        "",
        f"{first['pairs']['same']:,} pairs of one person, {first['pairs']['different']:,} of two, in "
        f"{first['folds']} folds. Accuracy weighs both kinds the same, at the threshold that is best on the "
        "other folds.",
        "",
        *_table(_names(results), rows),
        *_not_stated(first),
    ]


def _not_stated(section: Result) -> list[str]:
    rates = ", ".join(f"{100 * rate:g} %" for rate in section["not_stated"])
    return [f"Not stated, since fewer than five errors are expected there: {rates}.", ""] if rates else []


def _corrected(results: list[Result], aliases: int) -> list[str]:
    """Both once more, where people filed under two names were told."""
    if "corrected" not in results[0]:
        return []
    return [
        "## Corrected for people filed under two names",
        "",
        f"{aliases} people are in the set under two names, and each makes a stranger who is enrolled and an "
        "impostor who is not one. At the lowest rates these are most of what is counted, so the figures above "
        "measure the labels there. Below, each such person is taken as one. The pairs of the file are not changed. "
        "The plots show the corrected set.",
        "",
        *_every_comparison(results, "corrected", "###"),
        *_identification(results, "corrected", "###"),
    ]


def _every_comparison(results: list[Result], kind: str, level: str = "##") -> list[str]:
    found = [result[kind]["every_comparison"] for result in results]
    first = found[0]
    return [
        f"{level} Every photograph against every other",
        "",
        f"{first['mated_comparisons']:,} comparisons within {first['people_with_two_pictures']:,} people and "
        f"{first['non_mated_comparisons']:,} between {first['people']:,}; every person, and every pair of "
        "people, weighs the same. The threshold follows the rate.",
        "",
        *_table(_names(results), _series(found, "true_accept_rate", "false_accept_rate", "TAR at FAR {}")),
        *_not_stated(first),
    ]


def _identification(results: list[Result], kind: str, level: str = "##") -> list[str]:
    if "identification" not in results[0][kind]:
        return []
    found = [result[kind]["identification"] for result in results]
    first = found[0]
    rows = _series(found, "miss_rate", "rank", "miss at rank {}")
    rows += _series(found, "false_negative_rate", "false_positive_rate", "FNIR at FPIR {}")
    without = [str(section["mated_searches_without_template"]) for section in found]
    rows.append(("mated searches without template", without))
    return [
        f"{level} Identification",
        "",
        f"One portrait a person enrolled, drawn at random: {first['enrolled']:,} people; "
        f"{first['strangers_a_draw']:,} others held out as strangers; {first['draws']} draws, pooled. In all "
        f"{first['mated_searches']:,} searches for {first['mated_people']:,} enrolled people and "
        f"{first['stranger_searches']:,} of {first['stranger_people']:,} strangers; people weighted equally. "
        "Thresholds come from the strangers. A search without template counts as a miss.",
        "",
        *_table(_names(results), rows),
        *_not_stated(first),
    ]


def _surroundings(report: dict[str, Any]) -> list[str]:
    lines = ["## What it was measured with", ""]
    for name, card in report["models"].items():
        default = "default" if card["default"] else "not a default: used after its licence is accepted"
        lines.append(f"- {name}: {card['task']}, file sha256 `{card['sha256']}`, licence {card['licence']} ({default})")
    for result in report["results"]:
        contract = result["contract"]
        lines.append(
            f"- {result['model']}: {contract['dimension']} dimensions, alignment {contract['alignment']}, "
            f"preprocessing {contract['preprocessing']}, embedding contract `{contract['digest']}`"
        )
    versions = ", ".join(f"{name} {number}" for name, number in report["software"].items())
    made = report["machine"]
    pairs = f", pairs sha256 `{report['data']['pairs_sha256']}`" if "pairs_sha256" in report["data"] else ""
    return [
        *lines,
        f"- {versions}",
        f"- {made['cpu']}, {made['cores']} cores, {made['threads']} threads, {made['system']}",
        f"- photographs sha256 `{report['data']['photographs_sha256']}` (over names and digests){pairs}",
    ]

"""The first table of a report: the main figures, and criteria where the laboratory gave them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from antigone.evaluation.validation.criteria import RATIOS, SHARES, Criterion, judged
from antigone.evaluation.validation.document import Chapter, Table, Text
from antigone.evaluation.validation.eyes import IN_USE, WAYS
from antigone.evaluation.validation.words import (
    cost,
    share,
    stand_in,
)

Report = dict[str, Any]

SUMMARY = ("rank1_miss", "rank50_miss", "fnir_at_fpir_1pct", "none_of_these_right")


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

"""The table of leads: ratios with their limits said once, reasons by letter, contradictions marked, 80 columns."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from antigone.casework.searching.answer import Answer, Candidate
from antigone.casework.searching.weighing import as_evidence
from antigone.cli.leads import below_the_table, leads_table
from antigone.cli.search import show
from antigone.evidence import Logistic, SourceKind, Span
from antigone.evidence.withheld import Circumstances, weigh
from tests.evidence.calibrations import a_calibration

AGAINST = {
    "name": "dates",
    "post_mortem": "recovered 2024-03-20",
    "ante_mortem": "last seen 2025-01-01",
    "finding": "contradicts",
    "log10_lr": None,
    "basis": "Dead before the person was last seen.",
    "weighs": True,
}


def lead(rank: int, score: float, *, source: SourceKind = SourceKind.LIVING, **more: Any) -> Candidate:
    calibration = a_calibration(mapping=Logistic(-2.0, 10.0), source=source)
    case = Circumstances(calibration.contract, "plain", 1, 1, **more.pop("case", {}))
    found = as_evidence(weigh(score, [] if more.pop("uncalibrated", False) else [calibration], case))
    quality: dict[str, int | None] = {"UnderExposurePrevention": 100}
    return Candidate(rank, f"M-{rank:04}", "0" * 64, score, rank, "p", "h", rank == 1, quality, found, **more)


def answer(*leads: Candidate) -> Answer:
    return Answer("C-1", [], 9, 9, 0, 1, True, "2" * 64, leads, False, None, (), {})


def printed(*leads: Candidate, truth: str | None = None) -> str:
    out = io.StringIO()
    Console(file=out, width=80, highlight=False, markup=False).print(leads_table(answer(*leads), truth))
    return out.getvalue()


def below(*leads: Candidate) -> list[str]:
    return list(below_the_table(answer(*leads)))


def test_a_row_is_one_line_of_80_columns_with_its_ratio() -> None:
    text = printed(lead(1, 0.9), lead(2, 0.3))
    assert [len(row) <= 80 for row in text.splitlines()] == [True] * 3
    assert text.splitlines()[1].split() == ["1", "M-0001", "0.900", "+3.0", "yes", "100", "UnderExposurePrevention"]
    assert "+0.4" in text.splitlines()[2]


def test_a_ratio_at_its_bound_bears_a_star_and_the_bounds_are_said() -> None:
    assert "+3.4*" in printed(lead(1, 0.99))
    assert "reached at *" in "".join(below(lead(1, 0.99)))
    assert "reached" not in "".join(below(lead(1, 0.5)))


def test_limits_are_said_once_however_many_leads() -> None:
    said = below(*[lead(rank, 0.5) for rank in range(1, 30)])
    assert sum("No verbal level" in line for line in said) == 1
    assert sum("against the proposition" in line for line in said) == 1
    assert not any("Level +" in line for line in said)


def test_own_cases_give_a_level_for_each_lead_and_words_for_those_it_speaks_for() -> None:
    leads = [lead(1, 0.9, source=SourceKind.OWN_CASES), lead(2, -0.1, source=SourceKind.OWN_CASES)]
    rows = printed(*leads).splitlines()
    assert rows[1].split()[3:5] == ["+3.0", "+2b"]
    assert rows[2].split()[3:5] == ["-1.3", "-1b"]
    assert all(len(row) <= 80 for row in rows)
    said = below(*leads)
    assert sum("Scale (ENFSI 2015)" in line for line in said) == 1
    assert [line[:20] for line in said if line.startswith("Rank")] == ["Rank 1, level +2b: T"]
    assert not any("No verbal level" in line for line in said)


def test_each_reason_has_a_letter_and_is_said_once() -> None:
    child = {"case": {"person_ages": Span(9, 10)}}
    leads = [lead(1, 0.9), lead(2, 0.5, uncalibrated=True), lead(3, 0.4, **child), lead(4, 0.3, uncalibrated=True)]
    rows = [row.split()[3:5] for row in printed(*leads).splitlines()[2:]]
    assert rows == [["—", "a"], ["—", "b"], ["—", "a"]]
    said = below(*leads)
    assert said[0].startswith("CHILD PROTECTION")
    assert [line[:3] for line in said if line.startswith("—")] == ["— a", "— b"]


def test_contradictions_are_marked_and_told() -> None:
    against = lead(2, 0.5, secondary=(AGAINST,))
    text = printed(lead(1, 0.9), against)
    assert ("!" in text.splitlines()[1], "!" in text.splitlines()[2]) == (False, True)
    assert below(against)[-1] == "! rank 2, dates: found recovered 2024-03-20; told last seen 2025-01-01."


def test_agreement_and_what_cannot_be_told_are_not_marked() -> None:
    agrees = {**AGAINST, "finding": "agrees"}
    unknown = {**AGAINST, "finding": "cannot tell", "weighs": False}
    assert "!" not in printed(lead(1, 0.9, secondary=(agrees, unknown)))


def test_a_photograph_apart_is_marked_and_named_once() -> None:
    apart = {"photo": "group.jpg", "score": 0.02, "without": 0.71}
    leads = [lead(1, 0.5, apart=apart), lead(2, 0.3), lead(3, 0.2, apart={**apart, "without": 0.4})]
    rows = printed(*leads).splitlines()
    assert [row.split()[2] for row in rows[1:]] == ["0.500~", "0.300", "0.200~"]
    assert all(len(row) <= 80 for row in rows)
    (said,) = [line for line in below(*leads) if line.startswith("~")]
    assert said.startswith("~ group.jpg scores far below the other photographs at rank 1, 3 (0.020; the others 0.710")
    assert "The ranks count it." in said


def test_the_tour_shows_the_truth() -> None:
    text = printed(lead(1, 0.9), lead(2, 0.5, uncalibrated=True), truth="M-0001")
    assert "this person" in text
    assert text.splitlines()[2].split() == ["2", "M-0002", "0.500", "—"]


def test_an_answer_of_before_is_shown_without_a_ratio() -> None:
    old = Candidate(1, "M-0001", "0" * 64, 0.9, 1, "p", "h", True, {})
    assert "—" in printed(old)
    assert below(old) == []


@pytest.mark.parametrize(("persons", "said"), [(0, "Nobody was searched"), (9, "None of these")])
def test_a_search_of_nobody_is_not_none_of_these(capsys: pytest.CaptureFixture[str], persons: int, said: str) -> None:
    """Portraits that wait to be encoded are not searched: an examiner must not read that nobody is alike."""
    found = replace(answer(), searched=persons, searched_persons=persons, none_of_these=True)
    show(found)
    printed_lines = capsys.readouterr().out
    assert said in printed_lines
    assert ("None of these" in printed_lines) is (persons > 0)

"""The tour ends by itself, tells the truth beside each answer, and keeps every face behind a veil."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from antigone.casework.searching.answer import Answer, Candidate
from antigone.demo import people, tour

ROOT = Path(__file__).parents[2]


class Faces(HTMLParser):
    """Counts pictures, and those that are not inside a closed veil."""

    def __init__(self) -> None:
        super().__init__()
        self.veils, self.faces, self.bare, self.unsaid, self.open_from_the_start = 0, 0, 0, 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "details":
            self.veils += 1
            self.open_from_the_start += "open" in given
        if tag == "img":
            self.faces += 1
            self.bare += self.veils == 0
            self.unsaid += not given.get("alt")

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self.veils -= 1


def test_the_cohort_is_45_missing_and_15_strangers() -> None:
    truth = people.truth()
    assert len(people.remains()) == len(truth) == 60
    assert sum(1 for ref in truth.values() if ref) == 45
    assert {each.code for each in people.remains()} == set(truth)
    assert all(len(each.photographs) == 2 for each in people.remains())


def test_the_manifest_does_not_know_the_truth() -> None:
    # Whoever enrols must not be able to read who the unidentified are.
    told = people.manifest().read_text(encoding="utf-8") + (people.COHORT / "remains.csv").read_text(encoding="utf-8")
    assert not any(code in people.manifest().read_text(encoding="utf-8") for code in people.truth())
    assert "truth" not in told


def test_the_tour_says_once_why_a_lead_has_no_ratio_or_no_words() -> None:
    def stop(*evidence: dict[str, object] | None) -> tour.Stop:
        leads = tuple(Candidate(n, "M", "0", 0.5, n, "p", "h", False, {}, each) for n, each in enumerate(evidence, 1))
        answer = Answer("C", [], 1, 1, 0, 1, True, "2", leads, False, None, (), {})
        return tour.Stop(people.remains()[0], answer, "")

    withheld: dict[str, object] = {"withheld": [{"sentence": "No calibration."}], "why_no_level": "No ratio, no level."}
    wordless: dict[str, object] = {"withheld": [], "why_no_level": "Faces of the living."}
    worded: dict[str, object] = {"withheld": [], "why_no_level": None}
    stops = [stop(withheld, wordless, None), stop(withheld, worded, wordless)]
    assert tour.said_of_ratios(stops, 3) == ["No calibration.", "Faces of the living."]
    assert tour.said_of_ratios(stops, 1) == ["No calibration."]


@pytest.mark.slow
def test_the_tour_from_beginning_to_end(models: Path, tmp_path: Path) -> None:
    for again in (False, True):
        done = subprocess.run(
            [sys.executable, "-m", "antigone.demo", "--batch"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"},
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        assert "the procedure, not the accuracy" in done.stdout.lower()
        assert re.search(r"Mates at rank 1: \d+ of 45\. Strangers answered “none of these”: \d+ of 15\.", done.stdout)
        assert "are as they were written" in done.stdout
        assert f"Enrolled: {0 if again else 90} portraits" in done.stdout
    page = (tmp_path / "demo-instance" / "report.html").read_text(encoding="utf-8")
    faces = Faces()
    faces.feed(page)
    assert faces.faces > 60 * 2
    assert (faces.bare, faces.unsaid, faces.open_from_the_start) == (0, 0, 0)
    assert not re.search(r"(src|href)=\"(?!data:|#)", page)

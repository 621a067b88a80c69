"""The report as a whole: what it holds, what it never holds, and that it comes out the same again."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import antigone.demo
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.validation import Options, Written, run, validate
from antigone.evaluation.validation.criteria import read_criterion
from antigone.evaluation.validation.eyes import WAYS
from antigone.evaluation.validation.work import FOLDER
from tests.evaluation.validation.conftest import SeeingEyes

for needed in ("lir", "matplotlib", "typst"):
    pytest.importorskip(needed, reason=f"SKIPPED, NOT CHECKED: {needed} is not installed")

CRITERIA = ("clean rank1_miss <= 0.5", "two-days rank1_miss <= 0.0001", "two-days cllr <= 0.9")


def asked(village: Path, out: Path, **more: Any) -> Options:
    return Options(village, out, **({"rounds": 20} | more))


def made(options: Options, eyes: SeeingEyes | None = None) -> Written:
    return validate(options, look=lambda pipeline, threads: eyes or SeeingEyes())


@pytest.fixture(scope="module")
def written(village: Path, people_of: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    out = tmp_path_factory.mktemp("written") / "report"
    criteria = tuple(map(read_criterion, CRITERIA))
    return made(asked(village, out, cohorts=people_of, criteria=criteria, name="People <b> of “nowhere” & #more"))


class Page(HTMLParser):
    """What is open, what is linked, and what is said instead of a picture."""

    VOID = frozenset({"meta", "img", "link", "br", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.pictures: list[dict[str, str | None]] = []
        self.scopes: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.links += [str(given[name]) for name in ("href", "src", "action", "data") if name in given]
        self.names |= {str(given["id"])} if "id" in given else set()
        if tag == "img":
            self.pictures.append(given)
        if tag == "th":
            self.scopes.append(given.get("scope"))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(written: Written) -> Page:
    page = Page()
    page.feed(written.html.read_text(encoding="utf-8"))
    assert page.open == []
    return page


def test_the_page_asks_for_nothing_and_runs_nothing(written: Written) -> None:
    page = read(written)
    assert "script" not in page.tags
    assert "link" not in page.tags
    for link in page.links:
        assert link.startswith("data:image/svg+xml;base64,") or link[1:] in page.names
    assert "url(" not in written.html.read_text(encoding="utf-8")


def test_plots_are_drawings_of_curves_with_words_and_numbers_beside_them(written: Written) -> None:
    page = read(written)
    assert len(page.pictures) == 4 * 3
    for picture in page.pictures:
        assert "table below" in str(picture["alt"])
        assert "svg" in str(picture["src"])
    assert set(page.scopes) == {"col", "row", "rowgroup"}


def test_no_photograph_no_name_and_no_path_is_in_it(written: Written, village: Path) -> None:
    for file in (written.html, written.json):
        text = file.read_text(encoding="utf-8")
        assert "Person_0" not in text
        assert str(village.parent) not in text
        assert str(written.html.parent) not in text
        assert "image/jpeg" not in text
    assert b"/DCTDecode" not in written.pdf.read_bytes()


def test_what_was_given_as_text_stays_text(written: Written) -> None:
    text = written.html.read_text(encoding="utf-8")
    assert "People &lt;b&gt; of “nowhere” &amp; #more" in text
    assert "<b>" not in text


def test_the_pdf_is_for_keeping_and_for_everybody(written: Written) -> None:
    content = written.pdf.read_bytes()
    assert content.startswith(b"%PDF-1.7")
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", content)
    assert re.search(rb"<pdfaid:conformance>A</pdfaid:conformance>", content)
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", content)


def test_the_figures_are_those_of_the_village(written: Written) -> None:
    figures = json.loads(written.json.read_text(encoding="utf-8"))
    assert figures["data"]["people"] == 180
    assert figures["data"]["photographs"] == 310
    halves = figures["data"]["halves"]
    assert halves["test"]["people"] + halves["calibration"]["people"] == 180
    for ladder in ("clean", "fresh", "two-days"):
        found = figures["searches"][ladder]
        for way in WAYS:
            assert found[way]["threshold"] is not None
            assert [each["enrolled"] for each in found[way]["sizes"]] == [
                found[way]["enrolled"] // 4,
                found[way]["enrolled"],
            ]
        assert found["in_use"]["rank1_miss"] <= found["plain"]["rank1_miss"]
        ratios = figures["ratios"][ladder]
        assert 0 <= ratios["cllr_min"] <= ratios["cllr"] < 1
        assert ratios["low"] <= 0 <= ratios["high"]
        assert {each["attribute"] for each in ratios["groups"]} == {
            "TemplateStrength",
            "InterEyeDistance",
            "age",
            "side",
        }
        assert ratios["reliability"]["missing"] == 10_000
        # A group counts those who are sought; in the whole they are all of them.
        for attribute in ("TemplateStrength", "InterEyeDistance", "side"):
            groups = [each for each in ratios["groups"] if each["attribute"] == attribute]
            assert sum(each["people"] for each in groups) == ratios["people"]
    strata = figures["strata"]
    assert [each["stratum"] for each in strata["fits"]] == ["clear", "impaired"]
    assert len(strata["refused"]) == 1
    assert "poor" in strata["refused"][0]
    for each in strata["fits"]:
        assert 0 <= each["cllr_min"] <= each["cllr"] < 1
        # Every ladder gives its comparisons; the people are those of the stratum, counted once.
        assert each["mated"] > each["people"]
    # No face is a miss, and is counted; the picture of Person_011 is sought where its half is.
    failed = figures["acquisition"]["sought, clean"]["plain"]
    assert failed["without"] == sum(failed["reasons"].values()) <= 1


def test_only_criteria_that_were_given_are_judged(written: Written, village: Path, tmp_path: Path) -> None:
    text = written.html.read_text(encoding="utf-8")
    assert re.search(r"at most 0\.5</td><td>met</td>", text)
    assert re.search(r"at most 0\.0001</td><td>not met</td>", text)
    bare = made(asked(village, tmp_path / "bare", ladders=("clean",))).html.read_text(encoding="utf-8")
    assert "not met" not in bare
    assert ">met<" not in bare
    assert "nothing is passed or failed" in bare


def test_the_limits_are_said(written: Written) -> None:
    text = written.html.read_text(encoding="utf-8")
    for said in ("says nothing about the dead", "stand-in", "No photograph of a dead person was used", "Date and sign"):
        assert said in text


@pytest.mark.slow
def test_two_runs_differ_by_the_day_alone(village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = []
    for number, day in enumerate(("2026-01-02", "2026-01-02", "2026-01-03")):
        monkeypatch.setattr(run, "today", lambda day=day: day)
        files.append(made(asked(village, tmp_path / str(number), ladders=("clean",))))
    first, again, later = files
    for suffix in ("html", "pdf", "json"):
        assert getattr(first, suffix).read_bytes() == getattr(again, suffix).read_bytes()
    assert first.pdf.read_bytes() != later.pdf.read_bytes()
    lines = [each.html.read_text(encoding="utf-8").splitlines() for each in (first, later)]
    changed = [one for one, other in zip(*lines, strict=True) if one != other]
    assert len(changed) == 1
    assert "Day of the run" in changed[0]


def test_a_stopped_run_goes_on_and_leaves_no_templates(village: Path, tmp_path: Path) -> None:
    out, stopped = tmp_path / "report", SeeingEyes()
    stopped.stop_after = 3
    with pytest.raises(KeyboardInterrupt):
        made(asked(village, out, ladders=("clean",)), stopped)
    kept = out / FOLDER
    assert kept.stat().st_mode & 0o777 == 0o700
    assert len(list(kept.iterdir())) == 3
    assert all(file.stat().st_mode & 0o077 == 0 for file in kept.iterdir())
    whole, rest = SeeingEyes(), SeeingEyes()
    once = made(asked(village, tmp_path / "once", ladders=("clean",)), whole)
    again = made(asked(village, out, ladders=("clean",)), rest)
    assert rest.calls == whole.calls - 3
    assert again.figures == once.figures
    assert not kept.exists()


@pytest.mark.slow
def test_work_is_kept_where_that_is_asked_and_never_mixed(village: Path, tmp_path: Path) -> None:
    out, first, second = tmp_path / "report", SeeingEyes(), SeeingEyes()
    made(asked(village, out, ladders=("clean",), keep_work=True), first)
    pieces = {file.name for file in (out / FOLDER).iterdir()}
    for file in out.glob("validation.*"):
        file.unlink()
    # A picture whose bytes changed belongs to pieces of its own.
    folder = village.parent / "changed"
    for person in village.iterdir():
        (folder / person.name).mkdir(parents=True)
        for file in person.iterdir():
            (folder / person.name / file.name).write_text(file.read_text())
    (folder / "Person_000" / "Person_000_0001.jpg").write_text("0 9")
    made(asked(folder, out, ladders=("clean",), keep_work=True), second)
    more = {file.name for file in (out / FOLDER).iterdir()} - pieces
    assert 0 < second.calls < first.calls
    assert len(more) == second.calls


def test_too_few_for_ratios_is_a_sentence_in_the_report(village: Path, tmp_path: Path) -> None:
    found = made(asked(village, tmp_path / "few", ladders=("clean",), probes=12))
    assert "too few people" in found.figures["ratios"]["clean"]["refused"]
    assert "too few people" in found.html.read_text(encoding="utf-8")
    assert found.figures["counts"]["mated"] == 12


def test_a_folder_that_holds_something_is_left_alone(village: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(EvaluationError, match="holds something already"):
        made(asked(village, tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_without_the_extra_nothing_is_measured(village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.pdf, "available", lambda: False)
    with pytest.raises(EvaluationError, match=r"antigone\[validation\]"):
        made(asked(village, tmp_path / "report"))
    assert not (tmp_path / "report").exists()


def test_pairs_of_a_file_are_measured_too(village: Path, tmp_path: Path) -> None:
    file = tmp_path / "pairs.txt"
    lines = [f"Person_{person:03d} 1 2" for person in range(120)]
    lines += [f"Person_{person:03d} 1 Person_{person + 1:03d} 1" for person in range(120)]
    file.write_text("\n".join(lines) + "\n")
    found = made(asked(village, tmp_path / "report", ladders=("clean",), pairs=file, half=None)).figures["pairs"]
    for way in WAYS:
        assert found[way]["pairs"] == {"same": 120, "different": 120}
        assert found[way]["equal_error_rate"]["value"] < 0.1


@pytest.mark.slow
def test_the_whole_report_with_the_real_engines(models: Path, tmp_path: Path) -> None:
    images = Path(antigone.demo.__file__).parent / "cohort" / "portraits"
    options = Options(images, tmp_path / "report", half=None, ladders=("fresh",), pipeline="robust-1", rounds=50)
    found = validate(options)
    assert found.figures["searches"]["fresh"]["in_use"]["rank1_miss"] is not None
    assert found.pdf.read_bytes().startswith(b"%PDF")

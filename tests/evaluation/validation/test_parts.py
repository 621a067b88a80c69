"""The parts of a report: criteria, cohorts, who is where, intervals of what never happened, and both forms."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.llr_curves import Tippett
from antigone.evaluation.person_pairs import Sides
from antigone.evaluation.scored import ScoredPairs
from antigone.evaluation.validation import Options, drawing, html, pdf, quality_groups, shipped_ratios
from antigone.evaluation.validation.cohorts import read_cohorts
from antigone.evaluation.validation.criteria import Criterion, read_criterion
from antigone.evaluation.validation.data import read_data
from antigone.evaluation.validation.document import Chapter, Document, Fields, Heading, Items, Table, Text
from antigone.evaluation.validation.intervals import widened
from antigone.evaluation.validation.plan import make_plan
from antigone.evaluation.validation.sides import Side
from antigone.evaluation.validation.work import Work
from antigone.evidence import Logistic, Stratum
from tests.evidence.calibrations import a_calibration


def test_a_criterion_is_met_by_its_whole_interval_or_by_its_value_alone() -> None:
    most = read_criterion("two-days rank50_miss <= 0.2")
    assert most == Criterion("two-days", "rank50_miss", True, 0.2)
    assert most.judge(0.1, (0.05, 0.2)) == "met"
    assert most.judge(0.1, (0.05, 0.3)) == "met by the value, not by its whole interval"
    assert most.judge(0.3, (0.1, 0.4)) == "not met"
    assert most.judge(None, None) == "cannot be judged"
    least = read_criterion("clean  none_of_these_right>=0.99")
    assert least.judge(0.995, (0.992, 1.0)) == "met"
    assert least.judge(0.995, (0.98, 1.0)) == "met by the value, not by its whole interval"


@pytest.mark.parametrize("text", ["", "rank1_miss <= 1", "three-days rank1_miss <= 1", "clean rank1 <= 1"])
def test_a_criterion_of_another_form_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(EvaluationError, match="rank50_miss"):
        read_criterion(text)
    with pytest.raises(EvaluationError, match="number"):
        read_criterion("clean rank1_miss <= 1.2.3")


def test_a_criterion_for_a_ladder_that_is_not_measured_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="five-days"):
        Options(tmp_path, tmp_path, criteria=(read_criterion("five-days cllr <= 0.5"),)).check()
    with pytest.raises(EvaluationError, match="no ladder"):
        Options(tmp_path, tmp_path, ladders=("three-days",)).check()


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_ages_become_bands_numbers_thirds_and_unknowns_nothing(tmp_path: Path) -> None:
    rows = [f"p{number},{17 + number},{number * 10},x,note {number}" for number in range(15)]
    found = read_cohorts(
        written(tmp_path, "\ufeffwho,face_age,height,language,remark\n" + "\n".join(rows) + "\nq,NA,,y,\n")
    )
    assert found.values["p0"]["face_age"] == "under 18"
    assert found.values["p1"]["face_age"] == "18 to 29"
    assert [found.values[f"p{number}"]["height"] for number in (0, 5, 14)] == [
        "below 50",
        "50 to below 100",
        "100 or more",
    ]
    assert found.values["q"] == {"language": "y"}
    assert "remark" in found.remarks[0]
    assert found.attributes == ["face_age", "height", "language"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("person,age\na,1,2\n", "not a CSV"),
        ("person\na\n", "not a CSV"),
        ("person,age\n", "not a CSV"),
        ('person,age\n"a,1\n', "not a CSV"),
        ("person,age\na,1\na,2\n", "twice"),
    ],
)
def test_a_table_of_another_form_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(EvaluationError, match=said):
        read_cohorts(written(tmp_path, text))
    with pytest.raises(EvaluationError, match="no such file"):
        read_cohorts(tmp_path / "absent.csv")


@pytest.mark.parametrize("part", ["test", None])
def test_what_judges_a_ratio_never_fitted_it_and_strangers_are_not_enrolled(village: Path, part: str | None) -> None:
    options = Options(village, village, half=part, probes=30)  # type: ignore[arg-type]
    plan = make_plan(read_data(options), options)
    for bodies, which in ((plan.fitting, "calibration"), (plan.judging, "test")):
        assert {half(photo.person) for photo in (*bodies.enrolled, *bodies.sought)} == {which}
        assert len(bodies.sought) == 30
        assert not {photo.key for photo in bodies.enrolled} & {photo.key for photo in bodies.sought}
    enrolled = {photo.person for photo in plan.searches.enrolled}
    assert not enrolled & {photo.person for photo in plan.searches.strangers}
    assert {photo.person for photo in plan.searches.mated} <= enrolled
    # What is sought anyway judges first, so that nothing is encoded twice.
    assert {photo.key for photo in plan.searches.mated} & {photo.key for photo in plan.judging.sought}


def test_people_filed_twice_are_one_and_equal_files_are_counted(village: Path, tmp_path: Path) -> None:
    for name, text in (("A", "same"), ("B", "same"), ("C", "other")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}_0001.jpg").write_text(text)
    (tmp_path / "aliases.txt").write_text("A B  # by equal files\n")
    apart = read_data(Options(tmp_path, tmp_path)).as_json()
    assert (apart["people"], apart["same_file_two_people"]) == (3, 2)
    joined = read_data(Options(tmp_path, tmp_path, aliases=tmp_path / "aliases.txt")).as_json()
    assert (joined["people"], joined["same_file_two_people"], joined["aliases"]) == (2, 0, 1)
    assert apart["sha256"] == joined["sha256"]


def test_pictures_named_by_person_lie_in_any_folder(tmp_path: Path) -> None:
    for folder, name in (("one", "7_a.jpg"), ("two", "7_b.jpg"), ("two", "8_a.jpg")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(f"{folder} {name}")
    found = read_data(Options(tmp_path, tmp_path, by_stem=True))
    assert {name: len(own) for name, own in found.people.items()} == {"7": 2, "8": 1}


@given(st.floats(0, 1), st.integers(3, 100_000))
def test_an_interval_holds_its_share_and_what_never_happened_has_one(share: float, people: int) -> None:
    low, high = widened(share, (share, share), people)
    assert 0 <= low <= share <= high <= 1
    assert widened(0.0, (0.0, 0.0), people) == [0.0, min(1.0, 3 / people)]
    assert widened(1.0, (1.0, 1.0), people) == [1 - 3 / people, 1.0]


def test_a_piece_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    work, made = Work(tmp_path), []

    def make() -> dict[str, np.ndarray]:
        made.append(1)
        return {"vectors": np.ones(3, np.float32)}

    for _ in range(2):
        assert work.kept({"a": 1}, make)["vectors"].tolist() == [1, 1, 1]
    assert (len(made), work.reused) == (1, 1)
    (file,) = work.folder.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    work.kept({"a": 1}, make)
    work.kept({"a": 2}, make)
    assert len(made) == 3
    (work.folder / "letter.txt").write_text("not ours")
    work.remove()
    assert [file.name for file in work.folder.iterdir()] == ["letter.txt"]


NASTY = 'a <i> & "b" \\ #c $d$ *e* _f_ [g] @h //i \\u{41} “j” `k <l> \\"` – Ї'


def nasty() -> Document:
    blocks = (
        Heading(NASTY),
        Text(NASTY),
        Text(NASTY, "caution"),
        Items((NASTY, NASTY), numbered=True),
        Table(NASTY, ("", NASTY), ((NASTY,), (NASTY, NASTY))),
        Table(NASTY, (NASTY, "x"), ((NASTY, "1"),) * 20, figures=False),
        Fields((NASTY,)),
    )
    return Document(NASTY, NASTY, "2026-01-02", (Chapter(NASTY, blocks), Chapter("x", (), numbered=False)))


def test_nothing_in_a_text_is_taken_for_markup() -> None:
    pytest.importorskip("typst", reason="SKIPPED, NOT CHECKED: typst is not installed")
    pytest.importorskip("matplotlib", reason="SKIPPED, NOT CHECKED: matplotlib is not installed")
    assert pdf.render(nasty()).startswith(b"%PDF")
    page = html.render(nasty())
    assert "<i>" not in page
    assert "<code>k &lt;l&gt; \\&quot;</code>" in page


@given(st.text())
def test_a_string_of_the_pdf_ends_where_it_ends(text: str) -> None:
    inside = pdf._string(text)[1:-1]
    assert not re.search(r'(?<!\\)(?:\\\\)*"', inside)
    assert re.fullmatch(r'(?:[^"\\]|\\["\\n])*', inside, re.DOTALL)


def test_a_table_has_rows_as_long_as_its_head() -> None:
    with pytest.raises(ValueError, match="rows"):
        Table("t", ("a", "b", "c"), (("1", "2"),))
    with pytest.raises(ValueError, match="rows"):
        Table("t", ("a",), ())


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_stands_out_from_every_ground() -> None:
    texts = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", html.STYLE))
    grounds = {"#ffffff"} | set(re.findall(r"background: (#[0-9a-f]{6})", html.STYLE))
    assert len(texts) >= 3
    assert len(grounds) >= 2
    for text in texts:
        for ground in grounds:
            dark, light = sorted((luminance(text), luminance(ground)))
            # WCAG 2.2, 1.4.3, level AA.
            assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_photograph_falls_into_one_stratum_and_one_third() -> None:
    assert quality_groups._stratum(100).startswith("0 72 or more (clear")
    assert quality_groups._stratum(45).startswith("1 45 to below 72")
    assert quality_groups._stratum(0).startswith("9 below 22 (no ratio")
    assert [quality_groups._third([10, 20], value) for value in (9, 10, 19, 20)] == [
        "0 below 10",
        "1 10 to below 20",
        "1 10 to below 20",
        "2 20 or more",
    ]
    assert quality_groups._third([10], 10) == "1 10 or more"


def village_side(people: int) -> Side:
    """Everybody enrolled and sought; those of odd number on poor photographs."""
    names = tuple(f"P{number:03d}" for number in range(people))
    first, second = np.divmod(np.arange(people * people), people)
    scores = np.where(first == second, 0.8, 0.0) + np.random.default_rng(1).normal(0, 0.05, people * people)
    everybody = np.arange(people)
    return Side(
        ScoredPairs(scores, first == second, first, second, names),
        Sides(everybody[:, None], everybody, everybody[:, None], everybody),
        np.zeros((people, 2), np.float32),
        {name: {"TemplateStrength": 80 if number % 2 == 0 else 10} for number, name in enumerate(names)},
    )


def test_calibrations_that_ship_are_chosen_by_quality_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    clear = a_calibration(
        mapping=Logistic(-4.0, 10.0), stratum=Stratum("clear", "TemplateStrength", 72.0, None), pipeline="p"
    )
    options = Options(Path("images"), Path("out"), rounds=10)
    monkeypatch.setattr(shipped_ratios, "shipped", lambda: (clear,))
    asked = (village_side(60), clear.contract, "p")
    found = shipped_ratios.shipped_ratios(*asked, "0" * 64, options)
    assert found is not None
    assert found["withheld"] == 30
    (only,) = found["calibrations"]
    assert only["people"] == found["overall"]["people"] == 30
    assert 0 < only["cllr"] < 0.2
    assert not only["same_data"]
    again = shipped_ratios.shipped_ratios(*asked, clear.data_digest, options)
    assert again is not None
    assert again["calibrations"][0]["same_data"]
    # Few people of a stratum have no figure; another pipeline has no calibration.
    few = shipped_ratios.shipped_ratios(village_side(20), clear.contract, "p", "0" * 64, options)
    assert few is not None
    assert "cllr" not in few["calibrations"][0]
    assert shipped_ratios.shipped_ratios(village_side(20), clear.contract, "other", "0" * 64, options) is None


def test_a_tippett_curve_is_drawn_in_steps() -> None:
    curves = Tippett(np.array([-1.0, 2.0]), np.array([1.0, 0.75]), np.array([1.0, 0.25]))
    drawn = drawing._stepped(curves)
    assert drawn.thresholds.tolist() == [-1.0, -1.0, 2.0, 2.0]
    # Above -1 the share is that of 2, and above the last nothing is left.
    assert drawn.mated.tolist() == [1.0, 0.75, 0.75, 0.0]
    assert drawn.non_mated.tolist() == [1.0, 0.25, 0.25, 0.0]

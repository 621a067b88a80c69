"""The whole report, on photographs whose templates are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from antigone.evaluation import plots
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.recognition import run_recognition
from antigone.evaluation.report import render_markdown

QUICK = {"draws": 2, "rounds": 20, "stranger_share": 0.3}


pytestmark = pytest.mark.usefixtures("known_templates")
World = tuple[Path, Path]


def test_people_who_are_far_apart_are_told_apart(world: World, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = run_recognition(*world, True, tmp_path / "report", progress=lambda *at: seen.append(at), **QUICK)
    (result,) = report["results"]
    assert result["pairs"]["accuracy"]["value"] == 1.0
    assert result["pairs"]["equal_error_rate"]["value"] == 0.0
    assert result["pairs"]["pairs_without_template"] == {"same": 1, "different": 0}
    found = result["as_filed"]["identification"]
    assert (found["enrolled"], found["strangers_a_draw"]) == (70, 30)
    # One picture of sixty people's second ones is broken: a miss at every rank, whichever of the two is enrolled.
    assert found["mated_searches_without_template"] == 2
    assert [row["value"] for row in found["miss_rate"]] == pytest.approx([1 / 60] * 3)
    assert "corrected" not in result
    assert seen[-1] == (160, 160)


def test_the_report_states_what_it_rests_on(world: World, tmp_path: Path) -> None:
    out = tmp_path / "report"
    report = run_recognition(*world, True, out, ["sface-2021dec", "edgeface-s"], **QUICK)
    assert json.loads((tmp_path / "report.json").read_text()) == report
    text = (tmp_path / "report.md").read_text()
    for said in (
        "says anything about the dead",
        "faces-of-nobody",
        "160 photographs of 100 people",
        "no-face 1, truncated 1",
        "antigone bench recognition --images faces-of-nobody --pairs pairs.txt --identification --model",
        "miss at rank 50",
        "Not stated, since fewer than five errors are expected there: 1 %, 0.3 %.",
        "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
        "not a default: used after its licence is accepted",
        report["results"][0]["contract"]["digest"],
        f"numpy {report['software']['numpy']}",
        report["machine"]["cpu"],
    ):
        assert said in text
    assert str(world[0].parent) not in text + (tmp_path / "report.json").read_text()


def test_the_same_seed_gives_the_same_figures(world: World) -> None:
    first, second = (run_recognition(world[0], None, True, seed=5, **QUICK) for _ in range(2))
    assert first["results"] == second["results"]
    assert "pairs" not in first["results"][0]


def test_people_under_two_names_are_taken_as_one(world: World, tmp_path: Path) -> None:
    aliases = tmp_path / "aliases.txt"
    aliases.write_text("# reason\nPerson_001 Person_002  # the same\n\n")
    report = run_recognition(world[0], None, True, aliases=aliases, **QUICK)
    filed, corrected = (report["results"][0][kind]["every_comparison"] for kind in ("as_filed", "corrected"))
    assert (filed["people"], corrected["people"]) == (99, 98)
    assert corrected["mated_comparisons"] == filed["mated_comparisons"] + 4
    assert "under two names" in render_markdown(report)
    aliases.write_text("Person_001\n")
    with pytest.raises(EvaluationError, match="Line 1 of the file of aliases"):
        run_recognition(world[0], aliases=aliases)


def test_plots_are_drawn_and_without_matplotlib_a_sentence_says_so(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib")
    run_recognition(*world, True, tmp_path / "with", **QUICK)
    drawn = sorted(path.name for path in tmp_path.glob("*.svg"))
    assert drawn == ["with-cmc.svg", "with-det-all.svg", "with-det-pairs.svg"]
    assert all(name in (tmp_path / "with.md").read_text() for name in drawn)
    monkeypatch.setattr(plots, "available", lambda: False)
    run_recognition(world[0], None, True, tmp_path / "without.md", **QUICK)
    assert "matplotlib is not installed" in (tmp_path / "without.md").read_text()
    assert len(list(tmp_path.glob("*.svg"))) == 3
    with pytest.raises(EvaluationError, match="antigone\\[validation\\]"):
        plots.cmc_plot({}, tmp_path / "never.svg", "")


def test_a_report_for_a_folder_that_is_not_there_is_refused_first(world: World, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="Nothing was measured"):
        run_recognition(world[0], out=tmp_path / "absent" / "report")

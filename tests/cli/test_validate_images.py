"""`antigone validate --images`: one of two sides, options that belong to it, and refusals as sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from antigone.cli.main import main
from antigone.evaluation.validation import run


def called(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["validate", *arguments])
    return result.exit_code, result.output


def test_exactly_one_side_is_given(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    for sides in ([], ["--images", str(tmp_path), "--own-cases", "cases.csv"]):
        code, said = called("--out", out, *sides)
        assert code == 2
        assert "exactly one of: --images, --own-cases" in said


def test_an_option_of_the_other_side_is_refused_not_passed_over(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    code, said = called("--images", str(tmp_path), "--out", out, "--gap-years", "2")
    assert (code, "--gap-years is of no use with --images" in said) == (2, True)
    code, said = called("--own-cases", "cases.csv", "--out", out, "--half", "all")
    assert (code, "--half is of no use with --own-cases" in said) == (2, True)


def test_refusals_are_sentences_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images = tmp_path / "images"
    images.mkdir()
    out = tmp_path / "out"
    code, said = called("--images", str(images), "--out", str(out), "--criterion", "all of it")
    assert (code, "LADDER FIGURE <= VALUE" in said) == (2, True)
    monkeypatch.setattr(run.pdf, "available", lambda: False)
    code, said = called("--images", str(images), "--out", str(out))
    assert (code, "antigone[validation]" in said) == (2, True)
    assert not out.exists()

"""Calibrating, putting in force, reading as the board: the commands, their refusals and their exit statuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from antigone.access.models import RoleGrant
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.calibrating import calibrations
from antigone.casework.models import CalibrationInForce
from antigone.casework.searching import search
from antigone.casework.searching.reading import Clock
from antigone.cli.main import main
from antigone.demo import people, tour
from antigone.enrolment import projection
from antigone.evaluation import lir_fits
from antigone.evidence import Logistic
from antigone.evidence.calibration_file import read, write
from antigone.instance import Instance
from antigone.remains.services import Particulars
from tests import factories
from tests.casework.searching.test_search import reading
from tests.evidence.calibrations import a_calibration


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrations, "shipped", tuple)


def antigone(instance: Instance, *words: str | Path) -> Result:
    result = CliRunner().invoke(main, ["-i", str(instance.root), *map(str, words)])
    assert "Traceback" not in result.output
    return result


def calibration_file(folder: Path, **changes: Any) -> Path:
    given = a_calibration(**{"contract": factories.contract().digest, "mapping": Logistic(-2.0, 10.0), **changes})
    file = folder / f"{given.digest[:12]}.json"
    file.write_text(write(given), encoding="utf-8")
    return file


def test_use_list_withdraw(instance: Instance, tmp_path: Path) -> None:
    assert "leads carry no likelihood ratio" in antigone(instance, "calibration", "list").stdout
    file = calibration_file(tmp_path)
    used = antigone(instance, "calibration", "use", file)
    assert used.exit_code == 0, used.output
    assert "in force" in used.stdout
    listed = antigone(instance, "calibration", "list").stdout
    assert file.stem in listed
    assert "put in force on" in listed
    assert antigone(instance, "calibration", "use", file).exit_code == 5
    assert antigone(instance, "calibration", "withdraw", file.stem).exit_code == 2
    withdrawn = antigone(instance, "calibration", "withdraw", file.stem, "--reason", "superseded")
    assert withdrawn.exit_code == 0, withdrawn.output
    assert antigone(instance, "calibration", "withdraw", file.stem, "--reason", "again").exit_code == 5


def test_a_calibration_of_another_contract_waits(instance: Instance, tmp_path: Path) -> None:
    used = antigone(instance, "calibration", "use", calibration_file(tmp_path, contract="9" * 64))
    assert "waits until something is" in used.stdout


def test_an_altered_file_a_folder_and_no_file_are_refused(instance: Instance, tmp_path: Path) -> None:
    file = calibration_file(tmp_path)
    altered = json.loads(file.read_text(encoding="utf-8"))
    altered["bounds"]["high"] = 9.0
    file.write_text(json.dumps(altered), encoding="utf-8")
    refused = antigone(instance, "calibration", "use", file)
    assert (refused.exit_code, "altered" in refused.output) == (5, True)
    assert str(tmp_path) not in refused.output
    assert antigone(instance, "calibration", "use", tmp_path).exit_code == 2
    assert antigone(instance, "calibration", "use", tmp_path / "none.json").exit_code == 2
    assert not CalibrationInForce.objects.exists()


def searched(instance: Instance, tmp_path: Path) -> None:
    antigone(instance, "calibration", "use", calibration_file(tmp_path))
    factories.enrol({"mate": factories.unit(1), "other": factories.unit(2)})
    case = services.open_case("LIMEN-A-001", "deceased", Particulars(), factories.operator())
    photo = [reading(factories.unit(1))]
    found = search.answer_for(case, photo, factories.contract(), 50, Clock())
    services.keep_answer(case, photo, found, factories.operator())


def test_the_board_reads_prior_and_posterior_together(instance: Instance, tmp_path: Path) -> None:
    searched(instance, tmp_path)
    words = ("case", "board", "limen-a-001", "--missing", "1000", "--without-portrait", "100")
    shown = antigone(instance, *words, "--population", "the quay, spring")
    assert shown.exit_code == 0, shown.output
    assert "1 in 1,000 for each of 1,000 missing (the quay, spring), 100 of them without a portrait" in shown.stdout
    assert "none of these" in shown.stdout
    found = json.loads(antigone(instance, *words, "--json").stdout)
    assert found["prior"]["missing"] == 1000
    assert found["leads"][0]["posterior"] > found["leads"][0]["prior"] == 0.001
    assert 0 < found["none_of_these"]["posterior"] < found["none_of_these"]["prior"]


def test_the_board_command_refuses_what_it_must(instance: Instance, tmp_path: Path) -> None:
    searched(instance, tmp_path)
    assert antigone(instance, "case", "board", "LIMEN-A-001").exit_code == 2
    assert antigone(instance, "case", "board", "LIMEN-A-001", "--missing", "1").exit_code == 2
    assert antigone(instance, "case", "board", "NOWHERE", "--missing", "9").exit_code == 5
    RoleGrant.objects.filter(role=Role.BOARD_MEMBER).delete()
    refused = antigone(instance, "case", "board", "LIMEN-A-001", "--missing", "1000")
    assert (refused.exit_code, "role board member" in refused.output, "0.001" in refused.output) == (5, True, False)


def test_validate_needs_its_list_and_a_file_that_is_not_there(instance: Instance, tmp_path: Path) -> None:
    out, cases = tmp_path / "own.json", tmp_path / "cases.csv"
    assert antigone(instance, "validate", "--out", out).exit_code == 2
    assert antigone(instance, "validate", "--own-cases", cases, "--out", out).exit_code == 2
    cases.write_text("case,person_ref,identified_by,report\n", encoding="utf-8")
    few = antigone(instance, "validate", "--own-cases", cases, "--out", out)
    assert (few.exit_code, "40 are needed" in few.output, out.exists()) == (2, True, False)
    out.write_text("kept", encoding="utf-8")
    assert antigone(instance, "validate", "--own-cases", cases, "--out", out).exit_code == 2
    assert out.read_text(encoding="utf-8") == "kept"


def test_without_lir_the_commands_say_so(instance: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "lir":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    (tmp_path / "set").mkdir()
    calibrated = antigone(instance, "calibrate", "--images", tmp_path / "set", "--out", tmp_path / "c.json")
    assert (calibrated.exit_code, "antigone[validation]" in calibrated.output) == (2, True)
    cases = tmp_path / "cases.csv"
    cases.write_text("case,person_ref,identified_by,report\n", encoding="utf-8")
    validated = antigone(instance, "validate", "--own-cases", cases, "--out", tmp_path / "o.json")
    assert (validated.exit_code, "antigone[validation]" in validated.output) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--photos", "0"),
        ("--photos", "3-1"),
        ("--portraits", "many"),
        ("--ages", "60-18"),
        ("--ages", "18"),
        ("--gap-years", "-1"),
        ("--ladder", "ten-years"),
        ("--name", "a\nb"),
        ("--out", "no/such/folder/c.json"),
    ],
)
def test_calibrate_refuses_bad_arguments(instance: Instance, tmp_path: Path, words: tuple[str, str]) -> None:
    (tmp_path / "set").mkdir()
    given = ["--images", tmp_path / "set", "--out", tmp_path / "c.json", *words]
    assert antigone(instance, "calibrate", *given).exit_code == 2
    assert not (tmp_path / "c.json").exists()


@pytest.mark.slow
@pytest.mark.parametrize("ladder", ["clean", "fresh"])
def test_a_folder_is_calibrated_and_its_file_put_in_force(
    instance: Instance, models: Path, tmp_path: Path, ladder: str
) -> None:
    assert lir_fits.lir() is not None
    truth = people.truth()
    for person in sorted((people.COHORT / "portraits").iterdir()):
        (tmp_path / "set" / person.name).mkdir(parents=True)
        for file in person.iterdir():
            (tmp_path / "set" / person.name / file.name).symlink_to(file)
    for remains in people.remains():
        for number, photo in enumerate(remains.photographs):
            if truth[remains.code]:
                (tmp_path / "set" / truth[remains.code] / f"pm{number}.jpg").symlink_to(photo)
    out = tmp_path / "c.json"
    words = ("--images", tmp_path / "set", "--out", out, "--photos", "1-2", "--ladder", ladder)
    made = antigone(instance, "calibrate", *words)
    assert made.exit_code == 0, made.output
    assert "Cllr" in made.stdout
    calibration = read(out.read_bytes())
    assert calibration.held_out.cllr < 1
    assert calibration.source.value == ("living" if ladder == "clean" else "stand-in")
    assert antigone(instance, "calibration", "use", out).exit_code == 0
    projection.close_all()


@pytest.mark.slow
def test_own_cases_of_the_cohort_unlock_words(instance: Instance, models: Path, tmp_path: Path) -> None:
    who = tour.operator()
    tour.enrol(who, lambda _: None)
    truth = people.truth()
    mated = [remains for remains in people.remains() if truth[remains.code]]
    for remains in mated:
        tour.visit(remains, truth[remains.code], who)
        services.close_case(remains.code, who, "identified by the laboratory")
    rows = [f"{each.code},{truth[each.code]},dna,lab {number}" for number, each in enumerate(mated)]
    (tmp_path / "closed.csv").write_text("\n".join(["case,person_ref,identified_by,report", *rows]), encoding="utf-8")
    out = tmp_path / "own.json"
    made = antigone(instance, "validate", "--own-cases", tmp_path / "closed.csv", "--out", out)
    assert made.exit_code == 0, made.output
    assert f"{len(mated)} closed cases" in made.stdout
    assert antigone(instance, "calibration", "use", out).exit_code == 0
    services.reopen_case(mated[0].code, who, "a second look")
    found = json.loads(antigone(instance, "search", "--case", mated[0].code, "--all", "--json").stdout)
    assert found["candidates"][0]["evidence"]["level"] is not None
    shown = antigone(instance, "search", "--case", mated[0].code, "--all").stdout
    assert "Scale (ENFSI 2015)" in shown
    projection.close_all()

"""Enrolments: what they count, whom they report missing, what they list, and how a list forgets."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.demo import people
from antigone.enrolment import projection
from antigone.instance import Instance
from antigone.missing import services, tasks
from antigone.missing.models import Holding, Person, Portrait, Report
from antigone.missing.records import PersonRecord
from antigone.missing.sources import from_folder
from antigone.missing.tasks import Outcome
from tests import factories

FAMILY = services.Giving(basis="family-consent")


@pytest.fixture
def folder(instance: Instance, models: Path, tmp_path: Path) -> Iterator[Path]:
    """An empty folder to fill and enrol."""
    source = tmp_path / "in"
    source.mkdir()
    yield source
    projection.close_all()


@pytest.fixture(scope="session")
def likeness() -> bytes:
    """A portrait that shows one face."""
    file = people.COHORT / "portraits" / "M-0001" / "1.jpg"
    if not file.is_file():
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    return file.read_bytes()


def enrol(folder: Path, giving: services.Giving = FAMILY, progress: tasks.Progress = lambda done: None) -> Outcome:
    return tasks.enrol(from_folder(folder), "tests", giving, factories.operator(), progress)


def put(folder: Path, **files: bytes) -> None:
    """Files of these stems, `A_1` being the file 1.jpg of the person A."""
    for name, data in files.items():
        person, _, number = name.partition("_")
        file = folder / person / f"{number}.jpg" if number else folder / f"{person}.jpg"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)


def listed(instance: Instance) -> list[list[str]]:
    (report,) = instance.reports.glob("*.csv")
    with report.open(encoding="utf-8", newline="") as rows:
        return list(csv.reader(rows))[1:]


def test_whose_files_are_all_unusable_is_missing_all_the_same(folder: Path) -> None:
    put(folder, A_1=b"the same text", A_2=b"the same text", A_3=b"the same text")
    outcome = enrol(folder)
    assert (outcome.known, outcome.repeated, len(outcome.unusable)) == (0, 2, 1)
    assert outcome.new_persons == 1
    assert Report.objects.filter(person__ref="A").exists()


def test_a_file_given_twice_for_one_person_counts_once(folder: Path, likeness: bytes) -> None:
    put(folder, A_1=likeness, A_2=likeness, B_1=likeness)
    outcome = enrol(folder)
    assert (outcome.added, outcome.known, outcome.repeated, outcome.new_persons) == (2, 0, 1, 2)
    again = enrol(folder)
    assert (again.added, again.known, again.repeated, again.new_persons) == (0, 3, 0, 0)
    assert Portrait.objects.count() == 2


def test_what_was_passed_over_is_in_the_list(folder: Path, instance: Instance) -> None:
    put(folder, A=b"a text named .jpg")
    (folder / "README.txt").write_text("what this is")
    (folder / os.fsdecode(b"\xff.jpg")).write_bytes(b"x")
    outcome = enrol(folder)
    assert [left.name for left in outcome.ignored] == ["README.txt"]
    assert {tuple(row[:3]) for row in listed(instance)} == {
        ("A.jpg", "A", "not-an-image"),
        ("\\xff.jpg", "", "bad-name"),
        ("README.txt", "", "not-a-picture"),
    }
    assert set(Person.objects.values_list("ref", flat=True)) == {"A"}


def test_only_new_persons_of_this_run_are_counted(folder: Path, likeness: bytes) -> None:
    put(folder, A_1=likeness, B_1=b"no picture")

    def meanwhile(done: int) -> None:
        record = PersonRecord(ref="somebody else's")
        services.report_missing(Holding.objects.get(), [record], FAMILY, "operator:9")

    outcome = enrol(folder, progress=meanwhile)
    assert Person.objects.count() == 3
    assert (outcome.added, outcome.new_persons) == (1, 2)


def test_a_portrait_that_another_run_added_meanwhile_is_known(folder: Path, likeness: bytes) -> None:
    put(folder, A_1=likeness, B_1=likeness)
    runs: list[Outcome] = []

    def meanwhile(done: int) -> None:
        if not runs:
            runs.append(Outcome(holding="tests", files=0))  # the other run's own progress comes here too
            runs[0] = enrol(folder)

    outcome = enrol(folder, progress=meanwhile)
    assert (runs[0].added, runs[0].known, runs[0].new_persons) == (2, 0, 2)
    assert (outcome.added, outcome.known, outcome.new_persons) == (0, 2, 0)


def test_what_was_there_keeps_its_end(folder: Path, likeness: bytes) -> None:
    put(folder, A_1=likeness)
    enrol(folder)
    until = timezone.now().date() + timedelta(days=30)
    again = enrol(folder, services.Giving(basis="family-consent", until=until))
    assert (again.added, again.known, again.other_end) == (0, 1, 1)
    assert Portrait.objects.get().until is None
    assert enrol(folder).other_end == 0


def test_who_was_erased_is_not_brought_back_and_that_is_counted(folder: Path, likeness: bytes) -> None:
    put(folder, A_1=likeness)
    enrol(folder)
    services.erase_person(Person.objects.get(), factories.operator().actor, "withdrawn")
    again = enrol(folder)
    assert (again.added, again.withdrawn, again.new_persons) == (0, 1, 0)
    assert not Person.objects.exists()


def test_who_may_not_enrol_leaves_no_holding(folder: Path) -> None:
    put(folder, A=b"a text")
    who = access.add_operator("newcomer", factories.operator().agency, factories.operator().actor)
    with pytest.raises(Refused):
        tasks.enrol(from_folder(folder), "tests", FAMILY, who, lambda done: None)
    assert not Holding.objects.exists()


def report(instance: Instance, name: str, *rows: tuple[str, ...], encoding: str = "utf-8") -> Path:
    file = instance.reports / name
    with file.open("w", encoding=encoding, newline="") as lines:
        csv.writer(lines).writerows([("file", "person_ref", "reason", "what_to_do"), *rows])
    return file


def test_erased_persons_leave_the_lists(instance: Instance) -> None:
    about_others = ("B/1.jpg", "B", "no-face", "Not seen, A.")
    first = report(
        instance,
        "enrolment-1.csv",
        ("A/1.jpg", "A", "no-face", "none"),
        about_others,
        ("A/.DS_Store", "", "hidden", "x"),
        ("A.txt", "", "not-a-picture", "x"),
        ("elsewhere/9.jpg", "A", "no-face", "as a manifest said"),
    )
    other = report(instance, "other.csv", ("A/1.jpg", "A", "no-face", "none"))
    untouched = report(instance, "enrolment-2.csv", ("C/1.jpg", "C", "no-face", "none"))
    broken = report(
        instance, "enrolment-3.csv", ("Ñ", "Ñ", "edited", "x"), ("A", "A", "no-face", "x"), encoding="cp1252"
    )
    (instance.reports / "enrolment-4.csv").touch()
    before = (other.read_bytes(), untouched.read_bytes(), untouched.stat().st_ino)
    tasks.forget_in_reports({"A"})
    with first.open(encoding="utf-8", newline="") as rows:
        assert [tuple(row) for row in csv.reader(rows)][1:] == [about_others]
    assert broken.read_bytes().splitlines()[1:] == ["Ñ,Ñ,edited,x".encode("cp1252")]
    assert (other.read_bytes(), untouched.read_bytes(), untouched.stat().st_ino) == before
    assert sorted(file.name for file in instance.reports.iterdir() if file.suffix != ".csv") == []
    assert first.stat().st_mode & 0o077 == 0


def test_a_warning_that_names_an_erased_person_is_forgotten_too(instance: Instance) -> None:
    told = "The same picture is on record for A, C too."
    file = report(instance, "enrolment-1.csv", ("B.jpg", "B", "same-picture", told), ("D.jpg", "D", "no-face", "A"))
    tasks.forget_in_reports({"A"})
    assert "same-picture" not in file.read_text(encoding="utf-8")
    assert "D.jpg" in file.read_text(encoding="utf-8")


def test_a_crash_while_a_list_forgets_leaves_it_whole(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    file = report(instance, "enrolment-1.csv", ("A/1.jpg", "A", "no-face", "none"), ("B", "B", "no-face", "none"))
    before = file.read_bytes()

    def crash(handle: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="full"):
        tasks.forget_in_reports({"A"})
    assert file.read_bytes() == before
    monkeypatch.undo()
    tasks.forget_in_reports({"A"})
    assert b"A/1.jpg" not in file.read_bytes()
    assert [each.name for each in instance.reports.iterdir()] == ["enrolment-1.csv"]

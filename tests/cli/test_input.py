"""What people type and hand over: names that are not UTF-8, pipes in place of files, choices that cannot be meant."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from antigone.cli.landmarks import read_landmarks
from antigone.cli.main import main
from antigone.cli.session import guarded
from antigone.demo import people
from antigone.enrolment import projection
from antigone.instance import Instance
from antigone.missing.models import Holding, Portrait
from antigone.remains.models import Photograph
from antigone.smallfiles import SmallFileError, read_small, read_small_text, shown_name

Run = Callable[..., Result]
BROKEN = os.fsdecode(b"caf\xe9")
FIVE = [[10, 10], [30, 10], [20, 20], [12, 30], [28, 30]]
ENROL = ("--holding", "tests", "--basis", "family-consent")


@pytest.fixture
def run(instance: Instance) -> Iterator[Run]:
    """Call the command in the test's instance."""

    def call(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(main, ["-i", str(instance.root), *map(str, arguments)])
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    yield call
    projection.close_all()


@pytest.fixture
def faces() -> list[Path]:
    """Portraits of three persons."""
    folder = people.COHORT / "portraits"
    if not folder.is_dir():
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    return [person / "1.jpg" for person in sorted(folder.iterdir())[:3]]


@pytest.fixture
def case(run: Run, models: Path) -> Run:
    """An instance with one case."""
    assert run("case", "open", "A-1", "--subject", "deceased").exit_code == 0
    return run


def search(run: Run, *arguments: str | Path) -> Result:
    return run("search", "--case", "A-1", "--json", *arguments)


def pair_of(faces: list[Path], file: Path) -> Path:
    """A photograph in which two persons stand side by side."""
    Image.fromarray(np.hstack([np.asarray(Image.open(face)) for face in faces[:2]])).save(file)
    return file


# Small files


def test_small_files_are_read_whole_and_bounded(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"\xef\xbb\xbfabc")
    assert read_small(file, 6) == b"\xef\xbb\xbfabc"
    assert read_small_text(file, 6) == "abc"
    with pytest.raises(SmallFileError, match="larger"):
        read_small(file, 5)
    file.write_bytes(b"\xff")
    with pytest.raises(SmallFileError, match="UTF-8"):
        read_small_text(file, 5)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "nowhere", ".", "a\0b", "\ud800", "n" * 300):
        with pytest.raises(SmallFileError) as refused:
            read_small(tmp_path / name, 10)
        assert str(tmp_path) not in refused.value.sentence
    with pytest.raises(SmallFileError, match="device"):
        read_small(Path("/dev/zero"), 10)


def test_refused_files_leave_no_handle_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        with pytest.raises(SmallFileError):
            read_small(tmp_path, 10)
    assert len(os.listdir("/proc/self/fd")) == before


def test_names_are_shown_as_they_are_or_written_out() -> None:
    assert shown_name("Zoë.jpg") == "Zoë.jpg"
    assert shown_name(BROKEN + "\x1b\n") == "caf\\xe9\\x1b\\x0a"


@pytest.mark.parametrize(
    "arguments",
    [
        ("ledger", "verify", "--checkpoint"),
        ("enrol", ".", *ENROL, "--manifest"),
    ],
)
def test_commands_do_not_wait_for_a_pipe(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = run(*arguments, tmp_path / "pipe")
    assert result.exit_code == 2
    assert "a pipe" in result.stderr.replace("\n", " ")
    assert not Holding.objects.exists()


# Names that are not UTF-8


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "x.jpg", "--case", BROKEN),
        ("case", "open", "A-9", "--subject", "deceased", "--place", BROKEN),
        ("--as", BROKEN, "case", "list"),
        ("case", "list", "--as", BROKEN),
        ("erase", "person", BROKEN, "--yes"),
        ("report", "close", BROKEN, "--state", "found"),
        ("ledger", "accept-rollback", "--reason", BROKEN),
        ("enrol", ".", "--basis", "family-consent", "--holding", BROKEN),
        ("enrol", ".", *ENROL, "--given-by", BROKEN),
        ("enrol", ".", *ENROL, "--cite", BROKEN),
    ],
    ids=lambda arguments: " ".join(each for each in arguments if each != BROKEN),
)
def test_what_is_typed_and_not_utf8_is_a_bad_argument(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert "UTF-8" in result.stderr
    assert not Holding.objects.exists()


def test_another_encoding_is_not_blamed_on_what_was_typed() -> None:
    def latin() -> None:
        "“".encode("latin-1")

    with pytest.raises(SystemExit) as ended:
        guarded(latin)
    assert ended.value.code == 1


def test_file_names_that_are_not_utf8_are_enrolled_and_searched(
    case: Run, instance: Instance, faces: list[Path], tmp_path: Path
) -> None:
    source = tmp_path / "in"
    (source / "A").mkdir(parents=True)
    (source / "A" / f"{BROKEN}.jpg").write_bytes(faces[0].read_bytes())
    (source / f"{BROKEN}.jpg").write_bytes(faces[1].read_bytes())
    result = case("enrol", source, *ENROL)
    assert result.exit_code == 0, result.output
    assert "1 portraits enrolled" in result.output
    assert "caf\\xe9.jpg: Its name cannot be" in result.output
    (report,) = instance.reports.glob("*.csv")
    assert "caf\\xe9.jpg,,bad-name," in report.read_text(encoding="utf-8")

    found = search(case, source / "A" / f"{BROKEN}.jpg")
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    assert answer["photos"][0]["file"] == "caf\\xe9.jpg"
    assert answer["candidates"][0]["person_ref"] == "A"
    missing = search(case, tmp_path / BROKEN)
    assert missing.exit_code == 2
    assert "caf\\xe9" in missing.stderr


# What enrolling says


@pytest.mark.parametrize("name", ["", "  ", "h" * 121, "a\nb"])
def test_a_holding_has_a_name(run: Run, faces: list[Path], name: str) -> None:
    result = run("enrol", faces[0].parent, "--basis", "family-consent", "--holding", name)
    assert result.exit_code == 2
    assert "nothing was done" in result.stderr
    assert not Holding.objects.exists()


def test_a_manifest_of_nobody_opens_no_holding(run: Run, tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("person_ref,file\n")
    result = run("enrol", tmp_path, *ENROL, "--manifest", tmp_path / "manifest.csv")
    assert result.exit_code == 2
    assert "describes nobody" in result.stderr
    assert not Holding.objects.exists()


def test_an_end_is_said_of_what_was_added_alone(case: Run, faces: list[Path], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "A.jpg").write_bytes(faces[0].read_bytes())
    (tmp_path / "in" / "notes.txt").write_text("whose this is")
    first = case("enrol", tmp_path / "in", *ENROL)
    assert "what was enrolled is to be reviewed on" in first.output
    assert "Passed over in the source: 1." in first.output
    assert "notes.txt: Passed over. It is not a picture" in first.output
    again = case("enrol", tmp_path / "in", *ENROL, "--until", "2099-01-01")
    assert again.exit_code == 0
    assert "2099" not in again.output
    assert "There already and left with the end that they were given then: 1." in again.output
    assert Portrait.objects.get().until is None
    (tmp_path / "in" / "B.jpg").write_bytes(faces[1].read_bytes())
    third = case("enrol", tmp_path / "in", *ENROL, "--until", "2099-01-01")
    assert "What was enrolled is searched until 2099-01-01" in third.output


# Landmarks and faces


@pytest.mark.parametrize(
    "text",
    [
        "[[" + "9" * 5000 + ",1]]",
        json.dumps([[10**400, 1], *FIVE[1:]]),
        json.dumps([["1e300", 1], *FIVE[1:]]),
        "[" * 50_000,
        json.dumps({"landmarks": {"a.jpg": {"x": 1}}}),
        "9" * 200_000,
    ],
    ids=["digits", "too large", "over float32", "deep", "no points", "long"],
)
def test_landmarks_that_cannot_be_points_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "points.json").write_text(text)
    with pytest.raises(click.BadParameter, match="five points"):
        read_landmarks(tmp_path / "points.json", ["a.jpg"])


def test_landmarks_behind_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(click.BadParameter, match="a pipe"):
        read_landmarks(tmp_path / "pipe", ["a.jpg"])


def test_landmarks_cannot_tell_photographs_of_one_name_apart(case: Run, faces: list[Path], tmp_path: Path) -> None:
    (tmp_path / "points.json").write_text(json.dumps({"1.jpg": FIVE}))
    result = search(case, *faces[:2], "--landmarks", tmp_path / "points.json")
    assert result.exit_code == 2
    assert "Two of the photographs are called 1.jpg" in result.stderr
    assert not Photograph.objects.exists()
    # Without a file that names them, two photographs may well have one name.
    assert search(case, *faces[:2]).exit_code == 3


def test_a_face_is_chosen_in_one_photograph(case: Run, faces: list[Path], tmp_path: Path) -> None:
    pair = pair_of(faces, tmp_path / "pair.png")
    for photos in ((pair, faces[2]), ("--all",)):
        result = search(case, *photos, "--face", "2")
        assert result.exit_code == 2
        assert "one photograph" in result.stderr
    assert not Photograph.objects.exists()


def test_the_choice_of_a_face_is_kept_with_the_photograph(case: Run, faces: list[Path], tmp_path: Path) -> None:
    pair = pair_of(faces, tmp_path / "pair.png")
    assert search(case, pair).exit_code == 4
    chosen = json.loads(search(case, pair, "--face", "2").stdout)["photos"][0]["chosen"]
    assert chosen == 1
    copy = tmp_path / "copy.png"
    copy.write_bytes(pair.read_bytes())
    both = json.loads(search(case, copy, faces[2]).stdout)
    assert [photo["chosen"] for photo in both["photos"]] == [1, 0]
    # A new photograph may be chosen in, while those of the case keep their own choice.
    other = pair_of(faces[1:], tmp_path / "other.png")
    answer = json.loads(search(case, other, "--face", "1", "--all").stdout)
    assert sorted(photo["chosen"] for photo in answer["photos"]) == [0, 0, 1]
    assert json.loads(search(case, pair, "--face", "1").stdout)["photos"][0]["chosen"] == 0


def test_landmarks_by_hand_are_kept_with_the_photograph(case: Run, faces: list[Path], tmp_path: Path) -> None:
    found = json.loads(search(case, faces[0]).stdout)["photos"][0]["faces"][0]["landmarks"]
    moved = [[x + 3, y] for x, y in found]
    (tmp_path / "points.json").write_text(json.dumps(moved))
    assert search(case, faces[0], "--landmarks", tmp_path / "points.json").exit_code == 3
    kept = json.loads(search(case, faces[0]).stdout)["photos"][0]["faces"][0]["landmarks"]
    assert np.allclose(kept, moved, atol=0.06)


# The instance and the operator, wherever they stand


@pytest.mark.parametrize("group", ["case", "erase", "report", "ledger", "keys", "holding"])
def test_a_group_takes_the_instance_and_the_operator(group: str) -> None:
    shown = CliRunner().invoke(main, [group, "--help"]).output
    assert "--instance" in shown
    assert "--as NAME" in shown


def test_the_instance_may_stand_before_within_and_after(instance: Instance) -> None:
    root = str(instance.root)
    for arguments in (["-i", root, "case", "list"], ["case", "-i", root, "list"], ["case", "list", "-i", root]):
        result = CliRunner().invoke(main, arguments)
        assert (result.exit_code, result.output) == (0, "There are no cases yet.\n")
    nearer = CliRunner().invoke(main, ["-i", "nowhere", "case", "-i", root, "--as", "nobody", "list", "--as", "tester"])
    assert nearer.exit_code == 0
    within = CliRunner().invoke(main, ["-i", root, "case", "--as", "nobody", "list"])
    assert within.exit_code == 5
    assert "nobody" in within.output

"""The main job through the real commands: enrol, open a case, search; each bad picture its sentence and exit status."""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from antigone.cli.main import main
from antigone.demo import people
from antigone.enrolment import projection
from antigone.instance import Instance
from antigone.ledger.models import Entry

Run = Callable[..., Result]
PERSONS = 6


@pytest.fixture(scope="module")
def portraits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a few of the cohort's persons, one sub-folder each."""
    if not (people.COHORT / "portraits").is_dir():
        pytest.skip("THE SYNTHETIC COHORT IS NOT HERE, so this test proves nothing")
    folder = tmp_path_factory.mktemp("portraits")
    for person in sorted((people.COHORT / "portraits").iterdir())[:PERSONS]:
        (folder / person.name).symlink_to(person, target_is_directory=True)
    copied = tmp_path_factory.mktemp("source")
    for person in folder.iterdir():
        (copied / person.name).mkdir()
        for file in person.resolve().iterdir():
            (copied / person.name / file.name).write_bytes(file.read_bytes())
    return copied


@pytest.fixture
def run(instance: Instance) -> Iterator[Run]:
    """Call the command in the test's instance."""

    def call(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["-i", str(instance.root), *map(str, arguments)])

    yield call
    projection.close_all()


@pytest.fixture
def enrolled(run: Run, models: Path, portraits: Path) -> Run:
    result = run("enrol", portraits, "--holding", "tests", "--basis", "family-consent")
    assert result.exit_code == 0, result.output
    assert run("case", "open", "LIMEN-A-001", "--subject", "deceased").exit_code == 0
    return run


def search(run: Run, *photos: Path, extra: tuple[str, ...] = ()) -> Result:
    return run("search", *photos, "--case", "LIMEN-A-001", "--json", *extra)


def one_portrait(portraits: Path) -> tuple[str, Path]:
    person = sorted(portraits.iterdir())[0]
    return person.name, person / "1.jpg"


def test_the_portrait_itself_is_found_first(enrolled: Run, portraits: Path) -> None:
    ref, photo = one_portrait(portraits)
    result = search(enrolled, photo)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["candidates"][0]["person_ref"] == ref
    # A probe is looked at with more care than a portrait, so that the crops of the same picture differ a little.
    assert answer["candidates"][0]["score"] > 0.97
    assert answer["candidates"][0]["passes"] is True
    assert answer["candidates"][1]["score"] < 0.7
    assert answer["searched"] == 2 * PERSONS
    assert answer["searched_persons"] == PERSONS
    assert answer["without_portrait"] == 0
    assert answer["proven_exact"] is True
    assert answer["none_of_these"] is False
    assert answer["operating_point"]["fpir"] == 0.01
    assert set(answer["elapsed_ms"]) == {"decode", "detect", "encode", "search"}
    assert set(answer["photos"][0]) >= {"file", "sha256", "faces"}
    assert set(answer["photos"][0]["faces"][0]) >= {"box", "landmarks", "turn", "quality"}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_sideways_face_is_found(enrolled: Run, portraits: Path, tmp_path: Path, turn: int) -> None:
    ref, photo = one_portrait(portraits)
    turned = tmp_path / "turned.png"
    Image.open(photo).rotate(turn, expand=True).save(turned)  # counter-clockwise: turning clockwise brings it back
    answer = json.loads(search(enrolled, turned).stdout)
    assert answer["candidates"][0]["person_ref"] == ref
    assert answer["photos"][0]["faces"][0]["turn"] == turn


def test_enrolling_twice_adds_nothing(enrolled: Run, portraits: Path) -> None:
    again = enrolled("enrol", portraits, "--holding", "tests", "--basis", "family-consent")
    assert again.exit_code == 0
    assert f"0 portraits enrolled, {2 * PERSONS} were there already" in again.output


def test_what_cannot_be_used_is_listed_and_the_rest_enrolled(
    run: Run, instance: Instance, models: Path, portraits: Path, tmp_path: Path
) -> None:
    _, photo = one_portrait(portraits)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "A.jpg").write_bytes(photo.read_bytes())
    (tmp_path / "in" / "B.jpg").write_text("a text file named .jpg")
    Image.fromarray(np.full((200, 200, 3), 127, np.uint8)).save(tmp_path / "in" / "C.jpg")
    result = run("enrol", tmp_path / "in", "--holding", "tests", "--basis", "family-consent")
    assert result.exit_code == 0, result.output
    assert "1 portraits enrolled" in result.output
    (report,) = instance.reports.glob("*.csv")
    listed = report.read_text(encoding="utf-8")
    assert "B.jpg,B,not-an-image" in listed
    assert "C.jpg,C,no-face" in listed
    assert run("case", "open", "LIMEN-A-001", "--subject", "deceased").exit_code == 0
    assert json.loads(search(run, photo).stdout)["without_portrait"] == 2


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels, with hardly any data behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def jpeg(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=90)
    return file.getvalue()


BAD = {
    "text named jpg": (b"this is no picture", "not a picture"),
    "empty": (b"", "empty"),
    "1x1": (jpeg(np.zeros((1, 1, 3), np.uint8)), "too small"),
    "200 megapixels": (png_of(20_000, 10_000), "more pixels"),
    "no face": (jpeg(np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)), "No face was found"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_picture_that_cannot_be_used_says_why(enrolled: Run, tmp_path: Path, name: str) -> None:
    data, says = BAD[name]
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(data)
    result = search(enrolled, photo)
    assert result.exit_code == 4
    assert says in result.stderr
    assert str(tmp_path) not in result.output
    assert "Traceback" not in result.output
    assert json.loads(result.stdout)["error"]
    assert Entry.objects.filter(action="casework:search:unusable").count() == 1


def test_a_truncated_picture_says_so(enrolled: Run, portraits: Path, tmp_path: Path) -> None:
    photo = tmp_path / "cut.jpg"
    whole = one_portrait(portraits)[1].read_bytes()
    photo.write_bytes(whole[: len(whole) // 2])
    result = search(enrolled, photo)
    assert result.exit_code == 4
    assert "breaks off" in result.stderr


def test_two_faces_are_both_shown_and_left_to_the_examiner(enrolled: Run, portraits: Path, tmp_path: Path) -> None:
    first, second = (sorted(portraits.iterdir())[n] / "1.jpg" for n in (0, 1))
    pair = np.hstack([np.asarray(Image.open(first)), np.asarray(Image.open(second))])
    photo = tmp_path / "two.png"
    Image.fromarray(pair).save(photo)
    result = search(enrolled, photo)
    assert result.exit_code == 4
    assert len(json.loads(result.stdout)["photos"][0]["faces"]) == 2
    chosen = {
        json.loads(search(enrolled, photo, extra=("--face", n)).stdout)["candidates"][0]["person_ref"] for n in "12"
    }
    assert chosen == {first.parent.name, second.parent.name}


def test_landmarks_by_hand_replace_detection(enrolled: Run, portraits: Path, tmp_path: Path) -> None:
    ref, photo = one_portrait(portraits)
    found = json.loads(search(enrolled, photo).stdout)["photos"][0]["faces"][0]["landmarks"]
    placed = tmp_path / "points.json"
    placed.write_text(json.dumps(found))
    answer = json.loads(search(enrolled, photo, extra=("--landmarks", str(placed))).stdout)
    assert answer["candidates"][0]["person_ref"] == ref
    placed.write_text("1 2 3")
    assert search(enrolled, photo, extra=("--landmarks", str(placed))).exit_code == 2


def test_all_adds_the_photographs_that_the_case_has(enrolled: Run, portraits: Path) -> None:
    ref, photo = one_portrait(portraits)
    second = photo.with_name("2.jpg")
    search(enrolled, photo)
    assert len(json.loads(search(enrolled, second).stdout)["photos"]) == 1
    both = json.loads(search(enrolled, second, extra=("--all",)).stdout)
    assert len(both["photos"]) == 2
    assert both["candidates"][0]["person_ref"] == ref


def test_an_empty_gallery_answers_none_of_these(run: Run, models: Path, portraits: Path) -> None:
    assert run("case", "open", "LIMEN-A-001", "--subject", "deceased").exit_code == 0
    result = search(run, one_portrait(portraits)[1])
    assert result.exit_code == 3
    answer = json.loads(result.stdout)
    assert (answer["none_of_these"], answer["candidates"], answer["searched"]) == (True, [], 0)


def test_an_erased_person_is_not_found(enrolled: Run, portraits: Path) -> None:
    ref, photo = one_portrait(portraits)
    erased = enrolled("erase", "person", ref)
    assert erased.exit_code == 0, erased.output
    answer = json.loads(search(enrolled, photo).stdout)
    assert ref not in {each["person_ref"] for each in answer["candidates"]}
    assert answer["searched_persons"] == PERSONS - 1
    assert enrolled("ledger", "verify").exit_code == 0


def test_no_case_no_search_and_no_file_is_opened(run: Run, tmp_path: Path) -> None:
    result = run("search", tmp_path / "not-there.jpg", "--case", "NOWHERE-1")
    assert result.exit_code == 5
    assert "no case" in result.stderr
    assert Entry.objects.filter(action="casework:search:refuse").count() == 1


def test_no_such_file_is_a_bad_argument(enrolled: Run, tmp_path: Path) -> None:
    assert search(enrolled, tmp_path / "not-there.jpg").exit_code == 2


def test_the_living_need_a_clinician(run: Run) -> None:
    living = ("case", "open", "WARD-1", "--subject", "unable-to-state-identity")
    assert run(*living).exit_code == 5
    assert run(*living, "--attested-by", "Dr A", "--attested-at", "2020-01-01T10:00").exit_code == 5
    assert run(*living, "--attested-by", "Dr A").exit_code == 0


def test_an_altered_ledger_is_caught(run: Run, instance: Instance) -> None:
    import sqlite3

    assert run("case", "open", "LIMEN-A-001", "--subject", "deceased").exit_code == 0
    assert run("ledger", "verify").exit_code == 0
    with sqlite3.connect(instance.database) as database:
        database.execute("UPDATE ledger_entry SET actor = 'operator:9' WHERE \"index\" = 3")
    result = run("ledger", "verify")
    assert result.exit_code == 1
    assert "3" in result.stderr

"""Many pictures: in order, refusals among them, bounded in memory, and each as if read alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from antigone.faces import Face, FaceEngine, Reading
from antigone.faces import reading as reading_module
from antigone.imaging import ImageRefused, Reason


def jpeg(pixels: np.ndarray) -> bytes:
    return bytes(cv2.imencode(".jpg", pixels[..., ::-1])[1])


@pytest.fixture(scope="module")
def pictures(drawn: Callable[..., np.ndarray]) -> list[bytes]:
    return [jpeg(drawn(seed)) for seed in range(5)]


def test_results_come_in_order_with_refusals_in_their_place(
    pair: FaceEngine, pictures: list[bytes], tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(pictures[1])
    faceless = jpeg(np.full((100, 100, 3), 90, np.uint8))
    items: list[tuple[str, bytes | Path]] = [
        ("drawn", pictures[0]),
        ("text", b"no picture"),
        ("file", tmp_path / "a.jpg"),
        ("gone", tmp_path / "b.jpg"),
        ("faceless", faceless),
        *((f"more {i}", pictures[i % 5]) for i in range(20)),
    ]
    results = list(pair.read_many(items))
    assert [key for key, _ in results] == [key for key, _ in items]
    read = dict(results)
    assert isinstance(read["text"], ImageRefused)
    assert read["text"].reason is Reason.NOT_AN_IMAGE
    assert isinstance(read["gone"], ImageRefused)
    none = read["faceless"]
    assert isinstance(none, Reading)
    assert (none.faces, none.chosen, none.face, none.crops, none.vector, none.quality) == (
        [],
        None,
        None,
        None,
        None,
        {},
    )
    one = read["drawn"]
    assert isinstance(one, Reading)
    assert one.vector is not None
    assert one.face is one.faces[0]
    assert one.crops is not None
    assert one.crops.shape == (1, 112, 112, 3)
    assert one.quality["SingleFacePresent"] == 100


def test_each_is_as_if_read_alone(pair: FaceEngine, pictures: list[bytes]) -> None:
    for index, reading in pair.read_many(enumerate(pictures)):
        assert isinstance(reading, Reading)
        [face] = pair.detect(reading.picture.pixels)
        alone = pair.encode([pair.align(reading.picture.pixels, face)])[0]
        assert reading.vector is not None
        assert float(alone @ reading.vector) == pytest.approx(1, abs=1e-5), index


def test_the_caller_chooses(pair: FaceEngine, pictures: list[bytes]) -> None:
    seen: list[tuple[int, int, int]] = []

    def choose(faces: list[Face], width: int, height: int) -> int | None:
        seen.append((len(faces), width, height))
        return None

    [(_, reading)] = pair.read_many([("a", pictures[0])], choose)
    assert isinstance(reading, Reading)
    assert reading.chosen is None
    assert len(reading.faces) == 1
    assert seen == [(1, 320, 384)]


def test_an_endless_source_is_read_a_little_ahead(pair: FaceEngine, pictures: list[bytes]) -> None:
    taken = 0

    def endless() -> Iterator[tuple[int, bytes]]:
        nonlocal taken
        for number in count():
            taken += 1
            yield number, pictures[number % 5]

    reader = pair.read_many(endless())
    assert [key for key, _ in islice(reader, 3)] == [0, 1, 2]
    assert taken <= 8 * (2 * pair.threads + 2)
    reader.close()  # type: ignore[attr-defined]


def test_large_pictures_are_read_fewer_at_a_time(
    pair: FaceEngine, pictures: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_module, "IN_FLIGHT", 300_000)  # two of the drawn pictures
    taken = 0

    def endless() -> Iterator[tuple[int, bytes]]:
        nonlocal taken
        for number in count():
            taken += 1
            yield number, pictures[number % 5]

    reader = pair.read_many(endless())
    assert [key for key, _ in islice(reader, 6)] == [0, 1, 2, 3, 4, 5]
    assert taken <= 6 + 4
    reader.close()  # type: ignore[attr-defined]


def test_what_a_caller_raises_reaches_the_caller(pair: FaceEngine, pictures: list[bytes]) -> None:
    def choose(faces: list[Face], width: int, height: int) -> int | None:
        raise LookupError("the caller's own")

    with pytest.raises(LookupError, match="the caller's own"):
        list(pair.read_many([("a", pictures[0])], choose))


def test_nothing_in_nothing_out(pair: FaceEngine) -> None:
    assert list(pair.read_many([])) == []

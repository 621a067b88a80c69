"""Pairs files in LFW's form, and draws with strangers held out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.protocols import draw_identification, photographs, read_pairs


@pytest.fixture
def images(tmp_path: Path) -> Path:
    root = tmp_path / "images"
    for name, count in (("Ana_Kos", 3), ("Bo_Lind", 1), ("Cy_Old", 2)):
        (root / name).mkdir(parents=True)
        for number in range(1, count + 1):
            (root / name / f"{name}_{number:04d}.jpg").touch()
    (root / "README.md").touch()
    (root / "Ana_Kos" / "notes.txt").touch()
    return root


def pairs_of(images: Path, text: str) -> list[tuple[str, str, bool, int]]:
    file = images.parent / "pairs.txt"
    file.write_text(text, encoding="utf-8")
    return [(p.first, p.second, p.same, p.fold) for p in read_pairs(file, photographs(images))]


def test_pictures_are_listed_by_person(images: Path) -> None:
    found = photographs(images)
    assert [photo.key for photo in found][:2] == ["Ana_Kos/Ana_Kos_0001.jpg", "Ana_Kos/Ana_Kos_0002.jpg"]
    assert [photo.person for photo in found] == ["Ana_Kos"] * 3 + ["Bo_Lind"] + ["Cy_Old"] * 2


def test_folds_begin_where_same_follows_different(images: Path) -> None:
    pairs = pairs_of(images, "Ana_Kos\t1\t2\nAna_Kos\t1\tBo_Lind\t1\n\nCy_Old 1 2\nBo_Lind 1 Cy_Old 2\n")
    assert pairs == [
        ("Ana_Kos/Ana_Kos_0001.jpg", "Ana_Kos/Ana_Kos_0002.jpg", True, 0),
        ("Ana_Kos/Ana_Kos_0001.jpg", "Bo_Lind/Bo_Lind_0001.jpg", False, 0),
        ("Cy_Old/Cy_Old_0001.jpg", "Cy_Old/Cy_Old_0002.jpg", True, 1),
        ("Bo_Lind/Bo_Lind_0001.jpg", "Cy_Old/Cy_Old_0002.jpg", False, 1),
    ]


def test_a_header_gives_the_folds(images: Path) -> None:
    pairs = pairs_of(images, "2 1\nAna_Kos 1 2\nAna_Kos 1 Bo_Lind 1\nCy_Old 1 2\nBo_Lind 1 Cy_Old 2\n")
    assert [fold for *_, fold in pairs] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ana_Kos 1\n", "Line 1 of the pairs file is neither"),
        ("Ana_Kos 1 two\n", "Line 1 of the pairs file is neither"),
        ("Ana_Kos 1 2\nAna_Kos 1 Bo_Lind 9\n", "Line 2 of the pairs file names a picture"),
        ("../../etc 1 2\n", "Line 1 of the pairs file names a picture"),
        ("Ana_Kos 1 2\n", "pairs of one person and pairs of two"),
        ("", "pairs of one person and pairs of two"),
    ],
)
def test_bad_pairs_files_get_a_sentence(images: Path, text: str, said: str) -> None:
    with pytest.raises(EvaluationError, match=said) as refused:
        pairs_of(images, text)
    assert str(images) not in str(refused.value)


def test_missing_and_empty_folders_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no such folder"):
        photographs(tmp_path / "absent")
    with pytest.raises(EvaluationError, match="no folder with pictures"):
        photographs(tmp_path)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvaluationError, match="cannot be read as text"):
        read_pairs(tmp_path / "binary", [])


people = hnp.arrays(np.int64, st.integers(8, 60), elements=st.integers(0, 20))


@given(people, st.floats(0.1, 0.6), st.integers(0, 9))
def test_a_draw_keeps_strangers_out_and_one_portrait_a_person(column: np.ndarray, share: float, seed: int) -> None:
    try:
        draw = draw_identification(column, share, seed)
    except EvaluationError:
        return
    enrolled, strangers = set(column[draw.enrolled]), set(column[draw.strangers])
    assert not enrolled & strangers
    assert len(enrolled) == draw.enrolled.size
    assert set(column[draw.mated]) <= enrolled
    together = np.concatenate([draw.enrolled, draw.mated, draw.strangers])
    assert sorted(together) == list(range(column.size))
    assert len(strangers) == round(share * np.unique(column).size)


def test_strangers_come_first_from_people_with_one_picture() -> None:
    column = np.array([0, 0, 1, 1, 2, 3, 4, 5])
    draw = draw_identification(column, 0.5, seed=7)
    assert set(column[draw.strangers]) < {2, 3, 4, 5}
    assert draw.mated.size == 2


def test_a_draw_repeats_with_its_seed_and_changes_with_another() -> None:
    column = np.arange(300) // 2
    first, again, other = (draw_identification(column, 0.3, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.enrolled, again.enrolled)
    assert not np.array_equal(first.strangers, other.strangers)


def test_what_allows_no_protocol_is_refused() -> None:
    with pytest.raises(EvaluationError, match="second picture"):
        draw_identification(np.arange(10), 0.2, 0)
    with pytest.raises(EvaluationError, match="between 0 and 1"):
        draw_identification(np.arange(10) // 2, 1.0, 0)

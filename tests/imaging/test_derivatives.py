"""Derivatives: no metadata, a recipe that can be followed, and the source left alone."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from antigone.imaging import decode, derive

SOURCE = "ab" * 32


def pixels() -> np.ndarray:
    rng = np.random.default_rng(3)
    small = rng.integers(0, 255, (12, 16, 3), np.uint8)
    return np.asarray(Image.fromarray(small).resize((160, 120)))


def test_the_recipe_names_each_step_and_the_source() -> None:
    before = pixels()
    kept = before.copy()
    data, recipe = derive(before, source=SOURCE, box=(-5, 10, 100, 80.4), turn=90, longest=64)
    assert (before == kept).all()
    assert recipe["source"] == SOURCE
    assert recipe["operations"] == [
        {"crop": [0, 10, 95, 80]},
        {"turn": 90},
        {"resize": [54, 64]},
        {"encode": "jpeg", "quality": 90},
    ]
    picture = decode(data)
    assert (picture.width, picture.height) == (recipe["width"], recipe["height"]) == (54, 64)


def test_a_turn_is_clockwise() -> None:
    image = np.zeros((40, 60, 3), np.uint8)
    image[:, :10] = 255  # white on the left: on top after a clockwise turn
    turned = decode(derive(image, source=SOURCE, turn=90)[0]).pixels
    assert turned.shape == (60, 40, 3)
    assert turned[2].mean() > 240
    assert turned[-2].mean() < 15


def test_no_metadata_goes_along() -> None:
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    Image.fromarray(pixels()).save(buffer, "JPEG", exif=exif, comment=b"a family's note")
    data, _ = derive(decode(buffer.getvalue()).pixels, source=SOURCE)
    with Image.open(io.BytesIO(data)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"CameraMaker" not in data
    assert b"note" not in data


def test_the_same_recipe_gives_the_same_bytes() -> None:
    assert derive(pixels(), source=SOURCE, longest=50) == derive(pixels(), source=SOURCE, longest=50)


def test_what_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="outside"):
        derive(pixels(), source=SOURCE, box=(500, 0, 10, 10))
    with pytest.raises(ValueError, match="clockwise"):
        derive(pixels(), source=SOURCE, turn=45)

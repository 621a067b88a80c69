"""Bytes to pixels: every format, every refusal, and nothing but refusals on broken bytes."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from antigone.imaging import ImageRefused, Limits, Reason, claimed_pixels, decode, load


def ramp(width: int = 64, height: int = 48) -> Image.Image:
    """A picture in which every corner differs: red grows to the right, green downwards."""
    x = np.linspace(20, 220, width)[None, :].repeat(height, axis=0)
    y = np.linspace(20, 220, height)[:, None].repeat(width, axis=1)
    return Image.fromarray(np.stack([x, y, np.full_like(x, 90)], axis=2).astype(np.uint8))


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def heic(image: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(image).save(buffer, **options)
    return buffer.getvalue()


def every_kind() -> dict[str, bytes]:
    image = ramp()
    return {
        "JPEG": written(image, "JPEG", quality=95),
        "PNG": written(image, "PNG"),
        "WEBP": written(image, "WEBP", lossless=True),
        "TIFF": written(image, "TIFF"),
        "HEIF": heic(image, quality=95),
    }


KINDS = every_kind()


def refusal(data: bytes, limits: Limits | None = None) -> Reason:
    with pytest.raises(ImageRefused) as caught:
        decode(data, limits)
    assert caught.value.sentence.endswith(".")
    assert "Error" not in caught.value.sentence
    return caught.value.reason


@pytest.mark.parametrize("kind", KINDS)
def test_each_format_gives_the_same_picture(kind: str) -> None:
    picture = decode(KINDS[kind])
    assert (picture.format, picture.width, picture.height) == (kind, 64, 48)
    assert picture.pixels.dtype == np.uint8
    assert picture.sha256 == hashlib.sha256(KINDS[kind]).hexdigest()
    difference = np.abs(picture.pixels.astype(int) - np.asarray(ramp()).astype(int))
    assert difference.mean() < 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_orientation_is_applied(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = written(ramp(), kind, exif=exif)
    pixels = decode(data).pixels
    # Where the EXIF standard says that row 0 and column 0 are, by orientation.
    corner = {1: "lt", 2: "rt", 3: "rb", 4: "lb", 5: "lt", 6: "rt", 7: "rb", 8: "lb"}[orientation]
    assert pixels.shape == ((48, 64, 3) if orientation <= 4 else (64, 48, 3))
    row = 0 if corner[1] == "t" else -1
    column = 0 if corner[0] == "l" else -1
    assert pixels[row, column, 0] < 50
    assert pixels[row, column, 1] < 50


def test_heic_is_turned_once_though_its_exif_repeats_the_turn() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = ramp()
    image.info["exif"] = exif.tobytes()
    pixels = decode(heic(image, quality=95)).pixels
    assert pixels.shape in ((48, 64, 3), (64, 48, 3))
    if pixels.shape == (64, 48, 3):
        assert pixels[0, -1, 0] < 60
        assert pixels[0, -1, 1] < 60


@pytest.mark.parametrize("orientation", [0, 9, 4711])
def test_a_senseless_orientation_counts_as_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert decode(written(ramp(), "JPEG", exif=exif)).pixels.shape == (48, 64, 3)


def test_modes_come_out_as_rgb() -> None:
    image = ramp()
    grey = decode(written(image.convert("L"), "JPEG", quality=95)).pixels
    assert (grey[..., 0] == grey[..., 1]).all()
    palette = decode(written(image.convert("P", palette=Image.Palette.ADAPTIVE), "PNG")).pixels
    assert np.abs(palette.astype(int) - np.asarray(image).astype(int)).mean() < 12
    cmyk = decode(written(image.convert("CMYK"), "JPEG", quality=95)).pixels
    assert np.abs(cmyk.astype(int) - np.asarray(image).astype(int)).mean() < 12
    bit = decode(written(image.convert("1"), "PNG")).pixels
    assert set(np.unique(bit)) <= {0, 255}


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_keep_their_upper_byte(kind: str) -> None:
    tones = (np.arange(64 * 48, dtype=np.uint32).reshape(48, 64) * 21).astype(np.uint16)
    pixels = decode(written(Image.fromarray(tones), kind)).pixels
    assert (pixels[..., 0] == tones >> 8).all()


def test_transparency_is_laid_on_white() -> None:
    image = ramp().convert("RGBA")
    image.putalpha(0)
    assert (decode(written(image, "PNG")).pixels == 255).all()
    half = Image.new("LA", (32, 32), (0, 128))
    assert abs(int(decode(written(half, "PNG")).pixels[0, 0, 0]) - 127) <= 1


def test_floating_point_tones_are_refused_rather_than_guessed() -> None:
    image = Image.fromarray(np.random.default_rng(1).random((48, 64), np.float32))
    assert refusal(written(image, "TIFF")) is Reason.UNREADABLE


def test_what_is_no_picture() -> None:
    assert refusal(b"") is Reason.EMPTY
    assert refusal(b"Dear colleague, the photographs follow by post.\n" * 20) is Reason.NOT_AN_IMAGE
    assert refusal(b"GIF89a" + bytes(200)) is Reason.NOT_AN_IMAGE
    assert refusal(b"%PDF-1.7\n" + bytes(200)) is Reason.NOT_AN_IMAGE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_breaks_off_is_refused(kind: str, share: float) -> None:
    data = KINDS[kind]
    reason = refusal(data[: int(len(data) * share)])
    assert reason in (Reason.TRUNCATED, Reason.UNREADABLE)
    if kind in ("JPEG", "PNG", "WEBP"):
        assert reason is Reason.TRUNCATED


def test_too_small() -> None:
    assert refusal(written(Image.new("RGB", (1, 1)), "PNG")) is Reason.TOO_SMALL
    assert refusal(written(Image.new("RGB", (400, 5)), "JPEG")) is Reason.TOO_SMALL


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing: refused from its header or not at all."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(64))) + chunk(b"IEND", b"")


def test_two_hundred_megapixels_are_refused_from_the_header() -> None:
    assert refusal(png_header(20_000, 10_000)) is Reason.TOO_MANY_PIXELS
    assert refusal(png_header(2_000_000_000, 2)) is Reason.TOO_MANY_PIXELS
    jpeg = bytearray(KINDS["JPEG"])
    at = jpeg.find(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 10_000, 20_000)
    assert refusal(bytes(jpeg)) is Reason.TOO_MANY_PIXELS
    webp = b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4)
    webp += (19_999).to_bytes(3, "little") + (9_999).to_bytes(3, "little") + bytes(8)
    assert refusal(webp) is Reason.TOO_MANY_PIXELS
    tiff = bytearray(written(ramp(), "TIFF"))
    assert refusal(bytes(tiff), Limits(max_pixels=3_000)) is Reason.TOO_MANY_PIXELS
    assert refusal(KINDS["HEIF"], Limits(max_pixels=3_000)) is Reason.TOO_MANY_PIXELS


def test_a_bomb_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    assert refusal(png_header(60_000, 60_000)) is Reason.TOO_MANY_PIXELS


def test_too_many_bytes(tmp_path: Path) -> None:
    assert refusal(KINDS["PNG"], Limits(max_bytes=100)) is Reason.TOO_MANY_BYTES
    (tmp_path / "big.jpg").write_bytes(bytes(4096))
    with pytest.raises(ImageRefused) as caught:
        load(tmp_path / "big.jpg", Limits(max_bytes=1024))
    assert caught.value.reason is Reason.TOO_MANY_BYTES


def test_files_with_several_pictures() -> None:
    pages = [ramp(), ramp(), ramp()]
    tiff = written(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert refusal(tiff) is Reason.TOO_MANY_FRAMES
    assert decode(tiff, Limits(max_frames=3)).width == 64
    other = [ramp(), ramp().transpose(Image.Transpose.ROTATE_180)]
    assert refusal(written(other[0], "WEBP", save_all=True, append_images=other[1:])) is Reason.TOO_MANY_FRAMES
    assert refusal(written(other[0], "PNG", save_all=True, append_images=other[1:])) is Reason.TOO_MANY_FRAMES
    two = pillow_heif.HeifFile()
    for image in other:
        two.add_from_pillow(image)
    buffer = io.BytesIO()
    two.save(buffer)
    assert refusal(buffer.getvalue()) is Reason.TOO_MANY_FRAMES


def test_a_thumbnail_page_does_not_count() -> None:
    from PIL import TiffImagePlugin

    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[254] = 1
    thumbnail = ramp(32, 32)
    thumbnail.encoderinfo = {"tiffinfo": tags}  # type: ignore[attr-defined]
    data = written(ramp(), "TIFF", save_all=True, append_images=[thumbnail])
    assert decode(data).width == 64


def test_a_progressive_jpeg_of_endless_scans_is_refused() -> None:
    data = written(ramp(), "JPEG", progressive=True)
    start = data.rfind(b"\xff\xda")
    assert decode(data).width == 64
    assert refusal(data[:start] + data[start:-2] * 400 + data[-2:]) is Reason.UNREADABLE


@pytest.mark.parametrize("kind", KINDS)
def test_the_pixels_that_a_header_claims(kind: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(KINDS[kind])
    for source in (KINDS[kind], tmp_path / "a"):
        assert claimed_pixels(source) == 64 * 48 or (kind == "HEIF" and claimed_pixels(source) >= 64 * 48)


def test_nothing_is_said_on_the_standard_error(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a description " * 9
    broken = bytearray(written(ramp(), "JPEG", exif=exif))
    at = broken.find(b"Exif\0\0")
    broken[at + 14 : at + 18] = b"\xff\x7f\xff\x7f"
    (tmp_path / "exif.jpg").write_bytes(broken)
    (tmp_path / "large.png").write_bytes(png_header(12_000, 10_000))
    program = """
import sys
from antigone.imaging import ImageRefused, load
for path in sys.argv[1:]:
    try:
        load(path)
    except ImageRefused as refused:
        print(refused.reason)
"""
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run([sys.executable, "-c", program, *files], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("too-many-pixels\n", "")


def test_what_claims_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [claimed_pixels(source) for source in (b"", b"text", tmp_path, tmp_path / "none", tmp_path / "pipe")] == [
        0
    ] * 5
    assert claimed_pixels(png_header(20_000, 10_000)) in (200_000_000, 0)


def test_reading_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(KINDS["JPEG"])
    data, picture = load(tmp_path / "a.jpg")
    assert data == KINDS["JPEG"]
    assert picture.format == "JPEG"
    for missing in (tmp_path / "none.jpg", tmp_path):
        with pytest.raises(ImageRefused) as caught:
            load(missing)
        assert caught.value.reason is Reason.UNREADABLE
        assert str(tmp_path) not in caught.value.sentence
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(ImageRefused):
        load(tmp_path / "pipe.jpg")


def test_the_name_says_nothing_the_bytes_do(tmp_path: Path) -> None:
    (tmp_path / "really-png.jpg").write_bytes(KINDS["PNG"])
    assert load(tmp_path / "really-png.jpg")[1].format == "PNG"


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    edits=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=8),
    keep=st.floats(0.05, 1),
)
def test_broken_bytes_raise_nothing_but_a_refusal(kind: str, edits: list[tuple[float, bytes]], keep: float) -> None:
    data = bytearray(KINDS[kind])
    for where, new in edits:
        # The first four bytes stay, so that the reader of that kind is reached.
        at = 4 + int(where * (len(data) - 5))
        data[at : at + len(new)] = new
    short = bytes(data[: max(1, int(len(data) * keep))])
    with contextlib.suppress(ImageRefused):
        picture = decode(short, Limits(max_pixels=1_000_000))
        assert picture.pixels.shape == (picture.height, picture.width, 3)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ImageRefused):
        decode(data)

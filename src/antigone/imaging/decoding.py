"""Decode a picture within limits: the header is judged first, then the pixels are read and turned upright."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import warnings
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from antigone.imaging import headers
from antigone.imaging.errors import ImageRefused, Reason
from antigone.imaging.limits import Limits
from antigone.imaging.picture import Picture, Pixels
from antigone.imaging.tones import to_rgb

# Pillow warns of broken metadata and of large pictures on the standard error, with paths of the machine; the
# first does not matter to pixels, the second is refused here with a sentence.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

CV2_FLAGS = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION


def load(path: Path | str, limits: Limits | None = None) -> tuple[bytes, Picture]:
    """Read a file within `limits.max_bytes` and decode it; gives the original bytes and the picture.

    Raises ImageRefused, also when the path cannot be read or is no regular file.
    """
    limits = limits or Limits()
    data = read_bounded(Path(path), limits)
    return data, decode(data, limits)


def read_bounded(path: Path, limits: Limits) -> bytes:
    """The bytes of a regular file, never more than `limits.max_bytes` of them; raises ImageRefused."""
    try:
        with _regular(path) as file:
            limits.check_bytes(os.fstat(file.fileno()).st_size)
            data = file.read(limits.max_bytes + 1)
    except OSError:
        raise ImageRefused(Reason.UNREADABLE) from None
    limits.check_bytes(len(data))
    return data


def _regular(path: Path) -> BinaryIO:
    """A file opened for reading; raises OSError when it is no regular file."""
    # O_NONBLOCK: a named pipe under a picture's name must not hold the process for ever.
    file = open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError
    return file


def claimed_pixels(source: bytes | Path) -> int:
    """How many pixels a picture's header claims, for planning memory; 0 when it does not say. Raises nothing."""
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else _regular(source) as file:
            start = file.read(32)
            kind = headers.sniff(start)
            if kind == "WEBP":
                width, height, _ = headers.webp(start)
                return width * height
            file.seek(0)
            if kind in (None, "HEIF"):
                # A HEIC packs a pixel into a tenth of a byte at best.
                return 10 * file.seek(0, os.SEEK_END) if kind else 0
            with Image.open(file, formats=(kind,)) as image:
                return image.width * image.height
    except Exception:
        # Whatever is wrong with the file is told when it is decoded.
        return 0


def decode(data: bytes, limits: Limits | None = None) -> Picture:
    """Decode JPEG, PNG, WebP, TIFF or HEIC bytes to upright RGB pixels.

    Raises ImageRefused and nothing else, whatever the bytes are. Limits are checked on the header, before
    any pixel is decoded. Of a file with several pictures that `limits.max_frames` allows, the first counts.
    """
    limits = limits or Limits()
    limits.check_bytes(len(data))
    kind = headers.sniff(data)
    if kind is None:
        raise ImageRefused(Reason.NOT_AN_IMAGE)
    try:
        pixels = _heif(data, limits) if kind == "HEIF" else _pillow(data, kind, limits)
    except ImageRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ImageRefused(Reason.TOO_MANY_PIXELS, f"{limits.max_pixels / 1e6:g} million") from None
    except Exception as error:
        # The decoders raise whatever their parsers trip over (struct.error, KeyError, zlib.error, ...): bad
        # bytes are a refusal, never a crash.
        early = "truncated" in str(error).lower() or headers.stops_early(data, kind)
        raise ImageRefused(Reason.TRUNCATED if early else Reason.UNREADABLE) from None
    return Picture(pixels=pixels, sha256=hashlib.sha256(data).hexdigest(), format=kind)


def _pillow(data: bytes, kind: str, limits: Limits) -> Pixels:
    if kind == "WEBP":
        # Pillow's WebP reader makes room for the canvas on opening, so the header is read here before.
        width, height, frames = headers.webp(data)
        limits.check_size(width, height)
        headers.check_frames(frames, limits)
    with Image.open(io.BytesIO(data), formats=(kind,)) as image:
        limits.check_size(*image.size)
        if kind == "PNG" and b"IEND" not in data:
            raise ImageRefused(Reason.TRUNCATED)
        if kind == "JPEG":
            headers.check_scans(data, image)
        else:
            headers.check_frames(headers.frames(image, limits.max_frames), limits)
        pixels: Pixels | None = None
        if kind == "JPEG" and image.mode in ("L", "RGB"):
            # Twice as quick as Pillow on large photographs, with the same pixels.
            decoded = cv2.imdecode(np.frombuffer(data, np.uint8), CV2_FLAGS)
            if decoded is not None:
                pixels = np.asarray(decoded, np.uint8)
                if pixels.shape != (image.height, image.width, 3):
                    raise ImageRefused(Reason.UNREADABLE)
        if pixels is None:
            image.load()
            pixels = to_rgb(image)
        # Read after loading: Pillow turns a TIFF by itself and then takes its orientation away.
        return upright(pixels, _orientation(image))


def _heif(data: bytes, limits: Limits) -> Pixels:
    import pillow_heif

    file = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    limits.check_size(*file.size)
    headers.check_frames(len(file), limits)
    # libheif turns the picture itself (irot, imir); the EXIF orientation in a HEIC only repeats it.
    return to_rgb(file.to_pillow())


def _orientation(image: Image.Image) -> int:
    """EXIF orientation 1 to 8; anything else, or EXIF that cannot be read, counts as 1."""
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an EXIF orientation (1 to 8, CIPA DC-008 table 6) to (h, w, 3) pixels."""
    turned: npt.NDArray[np.uint8] = pixels
    if orientation >= 5:
        turned = turned.transpose(1, 0, 2)
    # After the transpose for 5 to 8, what is left is a flip of columns, of rows, or of both.
    if orientation in (2, 3, 6, 7):
        turned = turned[:, ::-1]
    if orientation in (3, 4, 7, 8):
        turned = turned[::-1]
    return np.ascontiguousarray(turned)

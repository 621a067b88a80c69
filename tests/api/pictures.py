"""Pictures for the tests: harmless ones, and those that somebody would send to do harm."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from PIL import Image


def jpeg(seed: int = 1, side: int = 96, *, says: str = "") -> bytes:
    """A small picture of nothing, another for each seed; its file `says` something beside."""
    exif = Image.Exif()
    if says:
        exif[0x010E] = says
    pixels = np.random.default_rng(seed).integers(0, 255, (side, side, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE = {
    "svg": SVG,
    "svg after a JPEG's first bytes": b"\xff\xd8\xff\xe0" + SVG,
    "polyglot of GIF and script": b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)//",
    "text named .jpg": b"This is a text and no picture.\n" * 20,
    "html": b"<!doctype html><script>alert(1)</script>",
    "one pixel": png_claiming(1, 1),
    "two hundred megapixels": png_claiming(20_000, 10_000),
    "nothing": b"",
    "cut off": jpeg()[:400],
}

"""What a file's header says, before anything is decoded: its kind, size, pages and whether it is whole."""

from __future__ import annotations

from PIL import Image

from antigone.imaging.errors import ImageRefused, Reason
from antigone.imaging.limits import Limits

HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx")
MAX_SCANS = 200
"""Scans of a progressive JPEG. Cameras and programs write about ten; each scan of a crafted file costs a
pass over the whole picture for a few bytes, which no limit on pixels catches."""

WALK = 64
"""Pages of a TIFF looked at; a file with more is refused, whatever they are."""

NEW_SUBFILE_TYPE = 254  # TIFF tag; bit 0 says: a reduced copy of another page


def sniff(data: bytes) -> str | None:
    """The kind of picture by its first bytes (JPEG, PNG, WEBP, TIFF, HEIF), or None."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[:4] in (b"II*\0", b"MM\0*"):
        return "TIFF"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "HEIF"
    return None


def webp(data: bytes) -> tuple[int, int, int]:
    """Width, height and number of frames of a WebP (RFC 9649); raises ImageRefused without a header."""
    if len(data) < 30:
        raise ImageRefused(Reason.TRUNCATED)
    chunk = data[12:16]
    if chunk == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
        animated = bool(data[20] & 0x02)
        return width, height, max(data.count(b"ANMF"), 2) if animated else 1
    if chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), 1
    if chunk == b"VP8 ":
        width = int.from_bytes(data[26:28], "little") & 0x3FFF
        height = int.from_bytes(data[28:30], "little") & 0x3FFF
        return width, height, 1
    raise ImageRefused(Reason.UNREADABLE)


def frames(image: Image.Image, enough: int) -> int:
    """Full pictures in an opened file, counted no further than one past `enough`.

    A page marked as the reduced copy of another (a TIFF's thumbnail) does not count.
    """
    if image.format != "TIFF":
        return int(getattr(image, "n_frames", 1))
    count = 0
    for page in range(WALK):
        try:
            image.seek(page)
        except EOFError:
            break
        reduced = page > 0 and int(image.tag_v2.get(NEW_SUBFILE_TYPE, 0)) & 1  # type: ignore[attr-defined]
        count += not reduced
        if count > enough:
            break
    else:
        count = enough + 1
    image.seek(0)
    return count


def check_frames(count: int, limits: Limits) -> None:
    """Raise ImageRefused when a file holds more pictures than `limits.max_frames`."""
    if count > limits.max_frames:
        raise ImageRefused(Reason.TOO_MANY_FRAMES)


def check_scans(data: bytes, image: Image.Image) -> None:
    """Raise ImageRefused for a progressive JPEG of more than MAX_SCANS scans."""
    if not image.info.get("progressive"):
        return
    start = data.find(b"\xff\xc2")
    end = data.find(b"\xff\xd9", start)
    if data.count(b"\xff\xda", start, end if end > 0 else len(data)) > MAX_SCANS:
        raise ImageRefused(Reason.UNREADABLE)


def stops_early(data: bytes, kind: str) -> bool:
    """Whether a file that could not be read lacks its end, as far as its format tells."""
    if kind == "JPEG":
        return b"\xff\xd9" not in data[-64:]
    if kind == "PNG":
        return b"IEND" not in data[-16:]
    if kind == "WEBP":
        return len(data) < 8 + int.from_bytes(data[4:8], "little")
    if kind == "HEIF":
        return not _boxes_whole(data)
    return False


def _boxes_whole(data: bytes) -> bool:
    """Whether the outer boxes of an ISO base media file (ISO/IEC 14496-12) all end within it."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:
            return True
        if size < 8:
            return True  # broken, not short
        at += size
    return at == len(data)

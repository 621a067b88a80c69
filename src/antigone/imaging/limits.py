"""What a file may cost before a byte of it is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from antigone.imaging.errors import ImageRefused, Reason


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that are checked on the file and on its header, before decoding.

    `max_pixels` counts width times height; at three bytes a pixel the default costs 240 MB at most.
    `max_frames` counts full pictures in a file (pages, animation frames), not thumbnails: one by default,
    since a file with several does not say which was meant. `min_side` is in pixels.
    """

    max_bytes: int = 64 * 1024 * 1024
    max_pixels: int = 80_000_000
    max_frames: int = 1
    min_side: int = 24

    def check_bytes(self, size: int) -> None:
        """Raise ImageRefused on an empty file or one of more than `max_bytes`."""
        if size == 0:
            raise ImageRefused(Reason.EMPTY)
        if size > self.max_bytes:
            raise ImageRefused(Reason.TOO_MANY_BYTES, f"{self.max_bytes // (1024 * 1024)} MB")

    def check_size(self, width: int, height: int) -> None:
        """Raise ImageRefused on more than `max_pixels`, or a side under `min_side`."""
        if width * height > self.max_pixels:
            raise ImageRefused(Reason.TOO_MANY_PIXELS, f"{self.max_pixels / 1e6:g} million")
        if min(width, height) < self.min_side:
            raise ImageRefused(Reason.TOO_SMALL, str(self.min_side))

"""Why a file is not used as a picture: a closed list of reasons, each with a sentence for a person."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The closed list; records and lists carry these codes."""

    EMPTY = "empty"
    NOT_AN_IMAGE = "not-an-image"
    TRUNCATED = "truncated"
    TOO_MANY_BYTES = "too-many-bytes"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_MANY_FRAMES = "too-many-frames"
    TOO_SMALL = "too-small"
    UNREADABLE = "unreadable"


SENTENCES = {
    Reason.EMPTY: "The file is empty. Nothing was changed; copy it again from where it came from.",
    Reason.NOT_AN_IMAGE: (
        "The file is not a picture of a kind that is read here (JPEG, PNG, WebP, TIFF or HEIC), whatever its "
        "name says. Nothing was changed; check that the right file was chosen."
    ),
    Reason.TRUNCATED: (
        "The picture breaks off before its end, as after an interrupted copy. "
        "Nothing was changed; copy it again from where it came from."
    ),
    Reason.TOO_MANY_BYTES: (
        "The file is larger than what is accepted ({limit}). It was not opened; "
        "save the picture as JPEG at a high quality and keep the original."
    ),
    Reason.TOO_MANY_PIXELS: (
        "The picture has more pixels than what is accepted ({limit}). It was not decoded; "
        "make a smaller copy and keep the original."
    ),
    Reason.TOO_MANY_FRAMES: (
        "The file holds several pictures or an animation. It was not decoded; "
        "save the picture that is meant as a file of its own."
    ),
    Reason.TOO_SMALL: (
        "The picture is too small to hold a face (a side is under {limit} pixels). "
        "Nothing was changed; look for the original of this copy."
    ),
    Reason.UNREADABLE: (
        "The file looks like a picture but cannot be read. Nothing was changed; "
        "open it in another program, save it as JPEG or PNG, and keep the original."
    ),
}


class ImageRefused(Exception):
    """A file that is not used; `reason` is a code of the closed list, `sentence` is for a person.

    Neither names a path: who asked knows which file was meant, and logs travel further than folders.
    """

    def __init__(self, reason: Reason, limit: str = "") -> None:
        self.reason = reason
        self.sentence = SENTENCES[reason].format(limit=limit)
        super().__init__(self.sentence)

"""What can go wrong in a gallery, each as a sentence a person can act on."""

from __future__ import annotations


class GalleryError(Exception):
    """Base of the gallery's refusals; `sentence` is written for the person at the terminal."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class RowsRefused(GalleryError):
    """Rows whose shapes disagree, whose ids repeat, or whose vectors are not of unit length."""


class SnapshotRefused(GalleryError):
    """A snapshot that is damaged, of another gallery, or sealed under another key.

    The rows are the truth: whoever catches this builds the gallery from them again.
    """


class GalleryBusy(GalleryError):
    """Another process holds the building lock of this gallery's segment."""

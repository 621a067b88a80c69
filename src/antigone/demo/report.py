"""The tour's report: one self-contained page, with the faces behind veils. Only the tour makes such a page."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.template import Context, Engine

from antigone import __version__, imaging
from antigone.cli.leads import lowest
from antigone.demo import tour

LEADS = 3
# Small enough that sixty cases with their leads stay a page that opens at once.
HEIGHT = 230


@dataclass(frozen=True)
class Picture:
    """A face on the page: its JPEG as a data address, what it is, and how it is said aloud."""

    source: str
    caption: str
    alt: str
    quality: str = ""


@dataclass(frozen=True)
class Section:
    """One unidentified person on the page."""

    stop: tour.Stop
    photographs: list[Picture]
    leads: list[tuple[object, Picture]]

    @property
    def verdict(self) -> str:
        """What the answer said beside the truth, in one sentence."""
        said = "none of these" if self.stop.answer.none_of_these else "leads to examine"
        if not self.stop.truth:
            return f"The answer: {said}. The truth: a stranger, of whom no portrait was given."
        if self.stop.mate_rank is None:
            return f"The answer: {said}. The truth: {self.stop.truth}, who is not listed."
        return f"The answer: {said}. The truth: {self.stop.truth}, listed at rank {self.stop.mate_rank}."

    @property
    def outcome(self) -> str:
        """ "right" when the answer is what the truth asks for, "below" for a mate who is first but does not reach the
        operating point, "wrong" otherwise."""
        if not self.stop.truth:
            return "right" if self.stop.answer.none_of_these else "wrong"
        if self.stop.mate_rank != 1:
            return "wrong"
        return "below" if self.stop.answer.none_of_these else "right"


def write(target: Path, stops: Sequence[tour.Stop], counts: tour.Summary, ledger: str) -> Path:
    """Write the page, readable by its owner alone; returns `target`."""
    engine = Engine(dirs=[str(Path(__file__).parent / "pages")], autoescape=True)
    files = tour.portrait_files()
    page = engine.get_template("report.html").render(
        Context(
            {
                "sections": [_section(stop, files) for stop in stops],
                "counts": counts,
                "ledger": ledger,
                "version": __version__,
                "made": datetime.now(UTC),
                "searched": stops[0].answer.searched if stops else 0,
                "persons": stops[0].answer.searched_persons if stops else 0,
                "point": stops[0].answer.operating_point if stops else None,
            }
        )
    )
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(page)
    return target


def _section(stop: tour.Stop, files: dict[str, Path]) -> Section:
    photographs = [
        _picture(
            photo,
            f"{stop.remains.code}, photograph {number}",
            f"Rendered post-mortem photograph {number} of {stop.remains.code}, a person who never lived",
        )
        for number, photo in enumerate(stop.remains.photographs, start=1)
    ]
    leads: list[tuple[object, Picture]] = [
        (
            each,
            _picture(
                files[each.portrait_sha256],
                f"{each.rank}. {each.person_ref}, score {each.score:.3f}",
                f"Rendered portrait of {each.person_ref}, a person who never lived",
                " ".join(lowest(each.quality)),
            ),
        )
        for each in stop.answer.candidates[:LEADS]
        if each.portrait_sha256 in files
    ]
    return Section(stop, photographs, leads)


def _picture(file: Path, caption: str, alt: str, quality: str = "") -> Picture:
    _, picture = imaging.load(file)
    small, _ = imaging.derive(picture.pixels, source=picture.sha256, longest=HEIGHT, quality=82)
    return Picture("data:image/jpeg;base64," + base64.b64encode(small).decode("ascii"), caption, alt, quality)

"""The ladders: which degradations, how strong, how often. Version 1, frozen.

These are STAND-INS. There is no public set of photographs of the dead, and none was used: faces of living
people are painted, warped and turned by rules of thumb. They lack what a flat picture cannot show (depth,
sunken eyes, rigor, clouded corneas, skin slip, the cause of death), and a figure measured on them says
nothing about the dead; it compares one way of working with another.

Frozen: a ladder under a version is never changed, for figures measured on it must stay comparable, and
what is tuned against must not move. Another strength, order or painting is a new version beside this one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType

LADDERS_VERSION = "1"


@dataclass(frozen=True)
class Step:
    """One degradation: its kind, the range from which each strength is drawn evenly, and how often it comes."""

    kind: str
    ranges: tuple[tuple[str, float, float], ...] = ()
    chance: float = 1.0


@dataclass(frozen=True)
class OneOf:
    """Exactly one of several degradations, drawn by their chances, which sum to 1."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Ladder:
    """A named degradation or a chain of them, in the order in which they are applied."""

    name: str
    sentence: str
    steps: tuple[Step | OneOf, ...] = field(default=())


def _lids(low: float, high: float, chance: float = 1.0) -> Step:
    return Step("closed-lids", (("closure", low, high), ("sunken", 0.4, 1.2)), chance)


def _one(kind: str, name: str, low: float, high: float, chance: float = 1.0) -> Step:
    return Step(kind, ((name, low, high),), chance)


def _camera(eyes: tuple[float, float], blur: float, noise: float, quality: tuple[float, float], chance: float) -> Step:
    ranges = (("eyes", *eyes), ("blur", 0.0, blur), ("noise", 0.3 * noise, noise), ("quality", *quality))
    return Step("poor-camera", ranges, chance)


_TURNED = _one("turned", "lean", -25.0, 25.0)

_ALL = (
    Ladder("clean", "The picture as it is."),
    Ladder("closed-lids", "Lids painted shut over both eyes, some with a slit left open.", (_lids(0.8, 1.1),)),
    Ladder("pallor", "Skin and lips without the colour of blood: waxy, ashen or bluish.",
           (_one("pallor", "strength", 0.4, 0.9),)),
    Ladder("lividity", "Violet-red patches where blood settled.", (_one("lividity", "strength", 0.4, 0.9),)),
    Ladder("decay", "Green and violet patches and marbled veins.", (_one("decay", "strength", 0.5, 1.0),)),
    Ladder("supine-sag", "Cheeks and jowls that fell towards the ears.", (_one("supine-sag", "strength", 0.5, 1.2),)),
    Ladder("open-jaw", "A jaw that dropped, the mouth open.", (_one("open-jaw", "gap", 0.1, 0.35),)),
    Ladder("swelling", "Swollen cheeks, lids and lips.", (_one("swelling", "strength", 0.4, 1.0),)),
    Ladder("blood", "Blood in spots, runs and smears.", (_one("blood", "amount", 0.3, 1.0),)),
    Ladder("dirt", "Earth, dust or soot on the face.", (_one("dirt", "cover", 0.15, 0.6),)),
    Ladder("cloth", "A cloth over the lower face, up to between nose and chin.", (_one("cloth", "edge", 0.7, 1.4),)),
    Ladder("wounds", "Bruises, abrasions and gashes.", (_one("wounds", "amount", 0.3, 1.0),)),
    Ladder("harsh-light", "Light from one side, a flash's hot spot, a hard shadow.",
           (_one("harsh-light", "strength", 0.5, 1.0),)),
    Ladder("poor-camera", "Few pixels, shake, noise, a colour cast, strong compression.",
           (_camera((10.0, 20.0), 0.25, 15.0, (20.0, 60.0), 1.0),)),
    Ladder("turned", "The head lying across the picture or upside down, leaning by up to 25 degrees.", (_TURNED,)),
    Ladder("fresh", "Lids shut, skin pale, the head turned: shortly after death, clean and well photographed.",
           (_lids(0.9, 1.15), _one("pallor", "strength", 0.8, 1.0), _TURNED)),
    Ladder("two-days", "The same with lividity, some sag, an open jaw, a little swelling, blood or dirt or a cloth "
           "over part of the face, and sometimes harsh light.", (
        _lids(0.8, 1.1),
        _one("pallor", "strength", 0.4, 0.9),
        _one("lividity", "strength", 0.3, 0.8),
        _one("supine-sag", "strength", 0.2, 0.9, 0.6),
        _one("open-jaw", "gap", 0.08, 0.3, 0.5),
        _one("swelling", "strength", 0.1, 0.45, 0.6),
        OneOf((_one("blood", "amount", 0.3, 0.9, 0.35), _one("dirt", "cover", 0.15, 0.5, 0.30),
               _one("cloth", "edge", 0.8, 1.4, 0.35))),
        _one("harsh-light", "strength", 0.4, 0.9, 0.3),
        _TURNED)),
    Ladder("five-days", "Strong swelling and discoloration, wounds, dirt, and a poor camera, with what came before.", (
        _lids(0.85, 1.1),
        _one("pallor", "strength", 0.4, 0.8),
        _one("lividity", "strength", 0.3, 0.8, 0.6),
        _one("decay", "strength", 0.3, 0.8),
        _one("wounds", "amount", 0.2, 0.8, 0.6),
        _one("supine-sag", "strength", 0.3, 1.0, 0.5),
        _one("open-jaw", "gap", 0.1, 0.35, 0.5),
        _one("swelling", "strength", 0.4, 0.9),
        _one("dirt", "cover", 0.1, 0.4, 0.6),
        _one("blood", "amount", 0.2, 0.7, 0.4),
        _one("harsh-light", "strength", 0.4, 0.8, 0.3),
        _TURNED,
        _camera((15.0, 28.0), 0.15, 10.0, (35.0, 80.0), 0.6))),
)  # fmt: skip

LADDERS: Mapping[str, Ladder] = MappingProxyType({ladder.name: ladder for ladder in _ALL})
"""Every ladder by its name, from the picture as it is to the hardest."""


def digest() -> str:
    """SHA-256 over the version and every ladder's steps, ranges and chances, in their order."""
    content = {"version": LADDERS_VERSION, "ladders": [asdict(ladder) for ladder in LADDERS.values()]}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

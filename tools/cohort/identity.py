"""What there is to know of a person, and of one photograph of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from palette import Colour

PEOPLE = 60

MISSING = 45


@dataclass(frozen=True)
class Mark:
    """Something one could recognise a person by, at a place of the undeformed head (decimetres)."""

    kind: str
    x: float
    y: float
    size: float
    x2: float = 0.0
    y2: float = 0.0
    words: str = ""


@dataclass(frozen=True)
class Brow:
    """`shape` is (arch, half-height, outer end, inner end) in decimetres."""

    shape: tuple[float, float, float, float]
    density: float


@dataclass(frozen=True)
class Hair:
    """How the hair of the head is worn; `style` is known to hair.py."""

    style: str
    length: float
    lift: float = 0.0
    recession: float = 0.0
    peak: float = 0.0
    crown: float = 0.0
    shade: float = 0.8
    curl: float = 0.0
    part: float = 0.3


@dataclass(frozen=True)
class Person:
    """Everything that is fixed about somebody."""

    index: int
    seed: int
    sex: str
    age: int
    origin: str
    macro: dict[str, float]
    weight: float
    muscle: float
    targets: tuple[tuple[str, float], ...]
    tone: Colour
    lip: Colour
    blotch: float
    flush: float
    tired: float
    freckles: float
    shine: float
    eye: tuple[Colour, Colour]
    eye_name: str
    hair_colour: Colour
    hair_name: str
    hair: Hair
    other_hair: Hair
    grey: float
    brow: Brow
    beard: str
    beard_cheek: float
    stature: int
    marks: tuple[Mark, ...] = field(default=())

    @property
    def missing(self) -> bool:
        return self.index < MISSING

    @property
    def ref(self) -> str:
        return f"M-{self.index + 1:04d}" if self.missing else ""


@dataclass(frozen=True)
class Look:
    """One photograph: how the person looked, how they were held, dressed, covered and lit."""

    name: str
    seed: int
    age: float
    wrinkles: float
    hair: Hair
    hair_colour: Colour
    grey: float
    brow_colour: Colour
    beard: str
    beard_length: float
    stubble: float
    yaw: float
    pitch: float
    roll: float
    camera_roll: float
    smile: float
    jaw: float
    dead: bool
    pallor: float = 0.0
    pallor_tint: Colour = (1.0, 1.0, 1.0)
    dirt: float = 0.0
    soil: Colour = (0.1, 0.07, 0.05)
    sheet: str = ""
    garment: str = "crew"
    cloth: Colour = (0.2, 0.2, 0.2)
    second_cloth: Colour = (0.5, 0.5, 0.5)
    light: str = "window"
    ground: str = "grey"

"""What the two records may say, as far as secondary evidence compares it; whatever is left out is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from antigone.evidence.secondary.dates import DateSpan

FEMALE, MALE, OTHER, UNKNOWN = "female", "male", "other", "unknown"


@dataclass(frozen=True)
class SexFound:
    """The sex that was determined, and by which method ("skeleton", "external", "dna", or the agency's own word)."""

    sex: str
    method: str


@dataclass(frozen=True)
class AgeFound:
    """An estimate of age, in completed years, both ends included.

    `coverage` is the share of such intervals that hold the true age, by the method's own validation (0.95 for a
    95 % interval); None when the examiner stated none. Raises ValueError on an impossible interval or coverage.
    """

    low: int
    high: int
    coverage: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 130:
            raise ValueError("An age interval runs from its lower to its upper end, within 0 and 130 years.")
        if self.coverage is not None and not (0 < self.coverage < 1 and self.source.strip()):
            raise ValueError("The coverage of an age interval lies between 0 and 1 and names its source.")


@dataclass(frozen=True)
class StatureFound:
    """Stature in cm: "estimate" of living stature (from bones), or "length" of the body as it lies.

    `standard_error` is in cm, with its `source`. An estimate without one may name a `formula` of
    `stature.PUBLISHED_ERRORS`. Raises ValueError on values that no body has.
    """

    cm: float
    kind: str
    standard_error: float | None = None
    source: str = ""
    formula: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ("estimate", "length"):
            raise ValueError("A stature found is an estimate of living stature or the length of the body.")
        if not 20 <= self.cm <= 260:
            raise ValueError("A stature lies between 20 and 260 cm.")
        if self.standard_error is not None and not (0 < self.standard_error < 50 and self.source.strip()):
            raise ValueError("A standard error is above 0 cm, below 50 cm, and names its source.")


@dataclass(frozen=True)
class StatureTold:
    """Stature in cm as the ante-mortem record has it: "measured", "self", "family", or "unknown" (who said it).

    Raises ValueError outside 20 to 260 cm.
    """

    cm: float
    kind: str = UNKNOWN

    def __post_init__(self) -> None:
        if not 20 <= self.cm <= 260:
            raise ValueError("A stature lies between 20 and 260 cm.")


@dataclass(frozen=True)
class Mark:
    """A lasting mark: its kind ("tattoo", "scar", "amputation" ...), body region, and side.

    `side` is "left", "right", "middle", or "" where it is unknown or has no meaning. `note` is for people.
    """

    kind: str
    region: str
    side: str = ""
    note: str = ""

    def __str__(self) -> str:
        place = " ".join(part for part in (self.side, self.region) if part)
        return f"{self.kind}, {place}" + (f": {self.note}" if self.note else "")


@dataclass(frozen=True)
class Seen:
    """A region that was examined on both sides, or on one; `loss` says what is no longer there to be seen, and why."""

    region: str
    side: str = ""
    loss: str = ""


@dataclass(frozen=True)
class Effect:
    """A thing carried or worn: its kind ("ring", "watch" ...) and an inscription or number, if it has one."""

    kind: str
    inscription: str = ""

    def __str__(self) -> str:
        return f"{self.kind} “{self.inscription}”" if self.inscription else self.kind


@dataclass(frozen=True)
class Mutable:
    """What people change, or days do: hair, beard, weight, clothing size."""

    name: str
    value: str


@dataclass(frozen=True)
class PostMortem:
    """What was found on the subject. `alive` for a living person unable to state their identity, `part` for a part."""

    sex: SexFound | None = None
    age: AgeFound | None = None
    stature: StatureFound | None = None
    died: DateSpan | None = None
    recovered: date | None = None
    marks: tuple[Mark, ...] = ()
    seen: tuple[Seen, ...] = ()
    effects: tuple[Effect, ...] = ()
    mutable: tuple[Mutable, ...] = ()
    alive: bool = False
    part: bool = False


@dataclass(frozen=True)
class AnteMortem:
    """What is told of the missing person. The texts are what was written down without structure."""

    sex: str = UNKNOWN
    born: DateSpan | None = None
    born_text: str = ""
    stature: StatureTold | None = None
    last_seen: DateSpan | None = None
    last_seen_text: str = ""
    marks: tuple[Mark, ...] = ()
    marks_text: str = ""
    effects: tuple[Effect, ...] = ()
    effects_text: str = ""
    mutable: tuple[Mutable, ...] = ()

"""The twelve steps of the procedure, numbered as in docs/method.md; the code names them by these numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step: its number, its title in docs/method.md, and whether this version carries it out."""

    number: int
    title: str
    built: bool


STEPS: tuple[Step, ...] = (
    Step(1, "Mandate", built=True),
    Step(2, "Take in the photograph", built=True),
    Step(3, "Find faces", built=True),
    Step(4, "Assess quality", built=True),
    Step(5, "Encode", built=True),
    Step(6, "Search", built=True),
    Step(7, "Weigh", built=True),
    Step(8, "Candidates", built=True),
    Step(9, "Triage and examination", built=False),
    Step(10, "Board", built=False),
    Step(11, "Identification", built=False),
    Step(12, "Notices", built=False),
)

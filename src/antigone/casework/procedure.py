"""The twelve steps of the procedure, numbered as in docs/method.md; the code names them by these numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Step:
    """One step: its number, its title in docs/method.md, which pages translate, and whether it is built."""

    number: int
    title: str
    built: bool


STEPS: tuple[Step, ...] = (
    Step(1, gettext_noop("Mandate"), built=True),
    Step(2, gettext_noop("Take in the photograph"), built=True),
    Step(3, gettext_noop("Find faces"), built=True),
    Step(4, gettext_noop("Assess quality"), built=True),
    Step(5, gettext_noop("Encode"), built=True),
    Step(6, gettext_noop("Search"), built=True),
    Step(7, gettext_noop("Weigh"), built=True),
    Step(8, gettext_noop("Candidates"), built=True),
    Step(9, gettext_noop("Triage and examination"), built=True),
    Step(10, gettext_noop("Board"), built=True),
    Step(11, gettext_noop("Identification"), built=True),
    Step(12, gettext_noop("Notices"), built=False),
)

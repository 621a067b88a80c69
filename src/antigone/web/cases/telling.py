"""A case in what components take: the stages of the procedure, and the moments of its story."""

from __future__ import annotations

from typing import Literal

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from antigone.casework.procedure import STEPS
from antigone.casework.queries import CaseLine
from antigone.casework.story import Story
from antigone.casework.waiting import Wait
from antigone.web.cases.record import Opened
from antigone.web.showing import Moment, Step

TAKEN_IN, SEARCHED, EXAMINED = 2, 8, 9
"""Numbers of steps: photographs are there; the search and what it does from photograph to candidates; examination."""


def steps(line: CaseLine) -> list[Step]:
    """The procedure as it stands in this case; a closed case is at no step."""
    reached = _reached(line)
    found = []
    for step in STEPS:
        state: Literal["done", "now", "later"] = "done" if step.number < reached else "later"
        if step.number == reached and not line.closed:
            state = "now"
        found.append(Step(_(step.title), state, "" if step.built else _("not in this version")))
    return found


def _reached(line: CaseLine) -> int:
    """The number of the step at which the case is."""
    if not line.photographs:
        return TAKEN_IN
    if not line.searches:
        return TAKEN_IN + 1
    if {Wait.SEARCH_AGAIN, Wait.NEW_PHOTOGRAPHS, Wait.PORTRAITS} & set(line.waits):
        return SEARCHED - 2
    return EXAMINED


def moments(told: Story, opened: Opened) -> list[Moment]:
    """The story, the oldest first, and at its end what is awaited."""
    found = [
        Moment(
            event.sentence,
            event.at,
            event.by,
            event.why,
            url=reverse("web:cases:ranked-ask", args=[event.search])
            if event.search is not None and opened.may_read_output
            else "",
        )
        for event in told.events
    ]
    return found + [Moment(capfirst(str(each.label)), awaited=True) for each in told.waits]

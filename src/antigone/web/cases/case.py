"""The page of one case: its story in order, and what it waits for.

It shows no score, rank, name or candidate: whoever opens it stays able to examine. What a search came to is told only
to whoever may know it (`casework.knowing`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from antigone.access.permissions import Permission
from antigone.access.rules import Purpose
from antigone.casework import queries, story
from antigone.casework.searching import made
from antigone.casework.searching.made import MadeSearch
from antigone.casework.waiting import Wait
from antigone.web import described
from antigone.web.cases import progress, record, telling
from antigone.web.guards import Visit, needs

WAITS_FOR_SUBJECT = frozenset({Wait.ATTESTATION, Wait.PHOTOGRAPHS, Wait.PARTICULARS})
WAITS_FOR_SEARCH = frozenset({Wait.SEARCH, Wait.SEARCH_AGAIN, Wait.NEW_PHOTOGRAPHS})


@dataclass(frozen=True)
class Made:
    """A search in the list of the page."""

    search: MadeSearch
    by: str

    @property
    def with_what(self) -> str:
        number = self.search.photographs
        return ngettext("%(number)d photograph", "%(number)d photographs", number) % {"number": number}


@dataclass(frozen=True)
class Awaited:
    """What the case waits for, and where it is done, if this person can do it."""

    words: str
    where: str = ""


@require_safe
@needs(Permission.CASE_READ)
def case(request: Visit, pk: int) -> HttpResponse:
    who = request.operator
    opened = record.opened(who, pk)
    (line,) = queries.lines_of([opened.case], who)
    told = story.story(opened.case, who)
    searches = made.made_in(opened.case, who, outcome_known=line.outcome_known)
    mandate = opened.case.mandate
    names = described.names_of({opened.case.opened_by, *(each.actor for each in searches)} if opened.ours else ())
    context = {
        "opened": opened,
        "case": opened.case,
        "line": line,
        "subject": opened.case.subject,
        "opened_by": names.get(opened.case.opened_by, _("somebody of another agency")),
        "mandate": mandate,
        "purpose": Purpose(mandate.purpose).words,
        "steps": telling.steps(line),
        "awaits": [Awaited(str(each.label), _where(each, opened)) for each in line.waits],
        "moments": telling.moments(told, opened),
        "cut": told.cut,
        "searches": [Made(each, names.get(each.actor, _("somebody of another agency"))) for each in searches],
        "hidden": bool(searches) and not line.outcome_known,
        "work": progress.searching(who, opened.case),
    }
    return render(request, "web/cases/case.html", context)


def _where(wait: Wait, opened: record.Opened) -> str:
    """Which of the two places does away with it: the record of the subject, or a search."""
    if wait in WAITS_FOR_SUBJECT:
        return "subject" if opened.may_read_subject else ""
    return "search" if wait in WAITS_FOR_SEARCH and opened.may_search else ""

"""Rows of the cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.casework.models import Case
from tests.web import casefile as cases
from tests.web import prepared
from tests.web.table import Route


def _case(agency: Agency) -> Mapping[str, Any]:
    return {"pk": cases.case(agency).pk}


def _closed(agency: Agency) -> Mapping[str, Any]:
    return {"pk": cases.case(agency, closed=True).pk}


def _pictured(agency: Agency) -> Mapping[str, Any]:
    return {"pk": cases.case(agency, photographs=1).pk}


def _search(agency: Agency) -> Mapping[str, Any]:
    return {"pk": cases.search(cases.case(agency, photographs=1)).pk}


def _subject(agency: Agency) -> Mapping[str, Any]:
    return {"subject": cases.subject(agency).pk}


def _mandate(agency: Agency, _made: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"mandate": cases.mandate(agency).pk}


def _prepared(agency: Agency) -> Mapping[str, Any]:
    case, photograph = prepared.case(agency, prepared.face(10), prepared.face(120))
    return {"pk": case.pk, "photograph": photograph.pk}


def _deciding(**said: Any) -> Callable[[Agency, Mapping[str, Any]], Mapping[str, Any]]:
    def data(_agency: Agency, made: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**said, "version": prepared.version(made["photograph"])}

    return data


def _takes(_agency: Agency, made: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"takes": [prepared.takes(each.pk) for each in Case.objects.get(pk=made["pk"]).subject.photographs.all()]}


WHY = {"reason": "a pause"}
SEES = Role.TRACING_OFFICER
UNSEEING = Role.LIAISON_OFFICER
"""Reads cases, and no ranked output."""

ROUTES = [
    Route(name="web:cases:list", needs=Permission.CASE_READ),
    Route(name="web:cases:list", needs=Permission.CASE_READ, query="?q=VELDRA&state=open&waits=search&only=recalled"),
    Route(name="web:cases:case", needs=Permission.CASE_READ, kwargs=_case),
    Route(name="web:cases:new", needs=Permission.CASE_OPEN),
    Route(name="web:cases:new", needs=Permission.CASE_OPEN, method="post", right=422),
    Route(name="web:cases:about", needs=Permission.CASE_OPEN, kwargs=_subject),
    Route(name="web:cases:about", needs=Permission.CASE_OPEN, method="post", kwargs=_subject, data=_mandate, right=302),
    Route(name="web:cases:close", needs=Permission.CASE_OPEN, kwargs=_case),
    Route(name="web:cases:close", needs=Permission.CASE_OPEN, method="post", kwargs=_case, data=WHY, right=302),
    Route(name="web:cases:reopen", needs=Permission.CASE_OPEN, kwargs=_closed),
    Route(name="web:cases:reopen", needs=Permission.CASE_OPEN, method="post", kwargs=_closed, data=WHY, right=302),
    Route(name="web:cases:search", needs=Permission.SEARCH_RUN, kwargs=_pictured),
    Route(name="web:cases:search", needs=Permission.SEARCH_RUN, method="post", kwargs=_pictured, right=422),
    Route(
        name="web:cases:search", needs=Permission.SEARCH_RUN, method="post", kwargs=_pictured, data=_takes, right=302
    ),
    Route(name="web:cases:find-faces", needs=Permission.SEARCH_RUN, method="post", kwargs=_pictured, right=302),
    Route(name="web:cases:photograph", needs=Permission.SEARCH_RUN, kwargs=_prepared),
    *(
        Route(
            name=f"web:cases:{name}", needs=Permission.SEARCH_RUN, method="post", kwargs=_prepared, data=data,
            role=Role.MORTUARY_EXAMINER, without=SEES, right=right,
        )
        # Whoever searches without opening photographs decides nothing about them.
        for name, data, right in (
            ("photograph-lift", {}, 200),
            ("photograph-face", _deciding(face=1), 302),
            ("photograph-points", _deciding(**prepared.points()), 302),
            ("photograph-take-back", _deciding(), 302),
            ("not-suitable", _deciding(hindrance="covered"), 302),
            ("suitable", _deciding(), 302),
        )
    ),
    Route(name="web:cases:ranked-ask", needs=Permission.CASE_READ, kwargs=_search, role=SEES, without=UNSEEING),
    Route(
        name="web:cases:ranked-ask", needs=Permission.CASE_READ, method="post", kwargs=_search, role=SEES,
        without=UNSEEING, right=302,
    ),
    # Without having said that one forgoes examining, back to the question.
    Route(name="web:cases:ranked", needs=Permission.CASE_READ, kwargs=_search, role=SEES, without=UNSEEING, right=302),
]  # fmt: skip

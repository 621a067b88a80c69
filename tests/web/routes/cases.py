"""Rows of the cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from tests.web import casefile as cases
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
    Route(name="web:cases:search", needs=Permission.SEARCH_RUN, method="post", kwargs=_pictured, right=302),
    Route(name="web:cases:ranked-ask", needs=Permission.CASE_READ, kwargs=_search, role=SEES, without=UNSEEING),
    Route(
        name="web:cases:ranked-ask", needs=Permission.CASE_READ, method="post", kwargs=_search, role=SEES,
        without=UNSEEING, right=302,
    ),
    # Without having said that one forgoes examining, back to the question.
    Route(name="web:cases:ranked", needs=Permission.CASE_READ, kwargs=_search, role=SEES, without=UNSEEING, right=302),
]  # fmt: skip

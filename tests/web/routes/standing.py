"""Rows of standing searches and of incidents searched in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from tests.web import casefile, standing_file
from tests.web.table import Route

SEARCH, READ = Permission.SEARCH_RUN, Permission.CASE_READ
SEES, UNSEEING = Role.TRACING_OFFICER, Role.LIAISON_OFFICER


def _case(agency: Agency) -> Mapping[str, Any]:
    return {"pk": casefile.case(agency, photographs=1).pk}


def _kept(agency: Agency) -> Mapping[str, Any]:
    return {"pk": standing_file.kept(agency).case_id}


def _run(agency: Agency) -> Mapping[str, Any]:
    return {"pk": standing_file.ran(standing_file.kept(agency)).pk}


def _site(agency: Agency) -> Mapping[str, Any]:
    return {"pk": standing_file.site(agency, cases=1).pk}


def _bulk(agency: Agency) -> Mapping[str, Any]:
    return {"pk": standing_file.bulk(agency).pk}


WHY = {"reason": "a pause"}

ROUTES: list[Route] = [
    Route(name="web:standing:case", needs=SEARCH, role=SEES, kwargs=_kept),
    Route(name="web:standing:keep", needs=SEARCH, role=SEES, kwargs=_case),
    Route(name="web:standing:keep", method="post", needs=SEARCH, role=SEES, kwargs=_case, right=302),
    Route(name="web:standing:end", needs=SEARCH, role=SEES, kwargs=_kept),
    Route(name="web:standing:end", method="post", needs=SEARCH, role=SEES, kwargs=_kept, right=422),
    Route(name="web:standing:end", method="post", needs=SEARCH, role=SEES, kwargs=_kept, data=WHY, right=302),
    Route(name="web:standing:news-ask", needs=READ, role=SEES, without=UNSEEING, kwargs=_run),
    Route(name="web:standing:news-ask", method="post", needs=READ, role=SEES, without=UNSEEING, kwargs=_run, right=302),
    Route(name="web:standing:news", needs=READ, role=SEES, without=UNSEEING, kwargs=_run, right=302),
    Route(name="web:standing:site", needs=SEARCH, role=SEES, kwargs=_site),
    Route(name="web:standing:search", needs=SEARCH, role=SEES, kwargs=_site),
    Route(name="web:standing:search", method="post", needs=SEARCH, role=SEES, kwargs=_site, right=302),
    Route(name="web:standing:bulk", needs=SEARCH, role=SEES, kwargs=_bulk),
]

"""Rows of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.casework.reporting import blinding, making
from tests.casework.reporting import world
from tests.web import boardfile, found, missed
from tests.web.table import Route


def _persons(agency: Agency) -> Mapping[str, Any]:
    who = world.board(agency)
    return {"pk": making.same_person(missed.person(agency).pk, missed.person(agency).pk, who).pk}


def _body(agency: Agency) -> Mapping[str, Any]:
    """A report of remains and a person, which the one who asks has not read."""
    case, who = world.case_about(found.body(agency)), world.board(agency, f"another member of {agency.name}")
    blinding.forgo([case], who)
    return {"pk": making.body_person(case.pk, missed.person(agency).pk, who).pk}


def _case(agency: Agency) -> Mapping[str, Any]:
    return {"pk": world.case_about(found.body(agency)).pk}


def _decision(agency: Agency) -> Mapping[str, Any]:
    return {"serial": boardfile.decision(agency).serial}


def _one_person(agency: Agency, _made: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"person": missed.person(agency).ref}


BOARD = Role.BOARD_MEMBER
UNREADING = Role.AUDITOR

ROUTES = [
    Route(name="web:reports:list", role=BOARD),
    Route(name="web:reports:persons", needs=Permission.PERSON_READ),
    Route(name="web:reports:persons", needs=Permission.PERSON_READ, method="post", right=422),
    Route(name="web:reports:remains", needs=Permission.SUBJECT_READ),
    Route(name="web:reports:remains", needs=Permission.SUBJECT_READ, method="post", right=422),
    Route(name="web:reports:case", needs=Permission.CASE_READ, role=BOARD, without=UNREADING, kwargs=_case),
    Route(
        name="web:reports:case", needs=Permission.CASE_READ, role=BOARD, without=UNREADING, kwargs=_case, method="post",
        data=_one_person, right=302,
    ),
    Route(name="web:reports:decision", needs=Permission.POSTERIOR_READ, kwargs=_decision),
    Route(
        name="web:reports:decision", needs=Permission.POSTERIOR_READ, method="post", kwargs=_decision, right=302
    ),
    # Whoever could still examine is asked first.
    Route(name="web:reports:report", role=BOARD, without=UNREADING, kwargs=_persons),
    Route(name="web:reports:report", role=BOARD, without=UNREADING, kwargs=_body, right=302),
    Route(name="web:reports:ask", role=BOARD, without=UNREADING, kwargs=_body),
    Route(name="web:reports:ask", role=BOARD, without=UNREADING, kwargs=_body, method="post", right=302),
    Route(name="web:reports:file", role=BOARD, without=UNREADING, kwargs=_persons),
    Route(name="web:reports:file", role=BOARD, without=UNREADING, kwargs=_body, right=422),
    Route(name="web:reports:again", role=BOARD, without=UNREADING, kwargs=_persons),
    Route(name="web:reports:again", role=BOARD, without=UNREADING, kwargs=_persons, method="post", right=302),
    Route(name="web:reports:exhibit", needs=Permission.EXHIBIT_MAKE, kwargs=_body),
    Route(name="web:reports:exhibit", needs=Permission.EXHIBIT_MAKE, kwargs=_body, method="post", right=422),
]  # fmt: skip

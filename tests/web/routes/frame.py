"""Rows of what belongs to no area: desk, about, drafts, pictures, work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.jobs import services as jobs
from tests.web import records
from tests.web.table import Route


def _photograph(agency: Agency) -> Mapping[str, Any]:
    return {"pk": records.photograph(agency).pk}


def _portrait(agency: Agency) -> Mapping[str, Any]:
    return {"pk": records.portrait(agency).pk}


def _draft(agency: Agency) -> Mapping[str, Any]:
    return {"key": "tests:1"}


def _job(agency: Agency) -> Mapping[str, Any]:
    """Work of an agency: for whoever asked for it, and for whoever runs the machine there."""
    return {"number": jobs.ask("upkeep:verify-ledger", "system:tests", agency.pk).pk}


ROUTES = [
    Route(name="web:desk"),
    Route(name="web:about"),
    Route(name="web:design"),
    Route(name="web:design-statements"),
    Route(name="web:appearance", method="post", signed_out=302, right=302),
    Route(name="web:set_language", method="post", data={"language": "uk"}, signed_out=302, right=302),
    Route(name="web:draft-keep", method="post", kwargs=_draft, data={"a": "b"}, other=200, right=200),
    Route(name="web:draft-drop", method="post", kwargs=_draft, other=302, right=302),
    Route(name="web:jobs"),
    Route(name="web:jobs", query="?of=agency&state=x&after=x", role=Role.ADMINISTRATOR),
    Route(name="web:job", kwargs=_job, role=Role.ADMINISTRATOR, without=Role.AUDITOR, missing=404),
    Route(name="web:job-stop", method="post", kwargs=_job, role=Role.ADMINISTRATOR, without=Role.AUDITOR, missing=404,
          right=302),
    Route(name="web:photograph-lift", method="post", needs=Permission.PHOTOGRAPH_LOOK, kwargs=_photograph),
    # Without the token of a veil that was lifted, nobody finds a photograph there.
    Route(name="web:photograph", needs=Permission.PHOTOGRAPH_LOOK, kwargs=_photograph, right=404),
    Route(name="web:portrait", needs=Permission.PORTRAIT_LOOK, kwargs=_portrait),
]  # fmt: skip

"""Rows of the enquiries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.intake.filing import Likeness
from tests.web import missed, records
from tests.web.table import Route

FILE, TRACER = Permission.ENQUIRY_FILE, Role.TRACING_OFFICER


def _enquiry(agency: Agency) -> Mapping[str, Any]:
    return {"pk": missed.enquiry(agency).pk}


def _picture(agency: Agency) -> Mapping[str, Any]:
    return {"pk": missed.enquiry(agency, portraits=[Likeness(records.jpeg())]).portraits.get().pk}


def _into(agency: Agency, made: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"holding": missed.holding(agency).pk}


ANSWERED = {"stage": "answered"}

ROUTES = [
    Route(name="web:enquiries:list", needs=Permission.ENQUIRY_READ),
    Route(name="web:enquiries:list", needs=Permission.ENQUIRY_READ, query="?stage=received&days=7&after=x"),
    Route(name="web:enquiries:new", needs=FILE),
    Route(name="web:enquiries:new", method="post", needs=FILE, right=422),
    Route(name="web:enquiries:enquiry", needs=Permission.ENQUIRY_READ, kwargs=_enquiry),
    Route(name="web:enquiries:slip", needs=FILE, kwargs=_enquiry),
    Route(name="web:enquiries:slip", method="post", needs=FILE, kwargs=_enquiry, right=302),
    Route(name="web:enquiries:take-up", needs=Permission.PERSON_RECORD, kwargs=_enquiry, role=TRACER),
    Route(
        name="web:enquiries:take-up",
        method="post",
        needs=Permission.PERSON_RECORD,
        kwargs=_enquiry,
        role=TRACER,
        data=_into,
        right=302,
    ),
    Route(name="web:enquiries:stage", needs=FILE, kwargs=_enquiry),
    Route(
        name="web:enquiries:stage", method="post", needs=FILE, kwargs=_enquiry, data={"stage": "answered"}, right=302
    ),
    Route(name="web:enquiries:withdraw", needs=FILE, kwargs=_enquiry),
    Route(name="web:enquiries:withdraw", method="post", needs=FILE, kwargs=_enquiry, right=302),
    Route(name="web:enquiries:picture", needs=Permission.PORTRAIT_LOOK, kwargs=_picture),
]

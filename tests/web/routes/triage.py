"""Rows of triage, orders of sampling, and incidents."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.casework.judging import incidents, sampling
from tests.web import casefile, people, sorting
from tests.web.table import Route

P = Permission
WHY = {"why": "Before it is buried."}
EXAMINER = Role.MORTUARY_EXAMINER


def _search(agency: Agency) -> Mapping[str, Any]:
    return {"search": sorting.search(agency).pk}


def _triage(agency: Agency) -> Mapping[str, Any]:
    return {"pk": sorting.item(agency).triage_id}


def _judged(agency: Agency) -> Mapping[str, Any]:
    return {"pk": sorting.item(agency, judged=True).triage_id}


def _finished(agency: Agency) -> Mapping[str, Any]:
    return {"pk": sorting.item(agency, judged=True, finished=True).triage_id}


def _item(agency: Agency) -> Mapping[str, Any]:
    made = sorting.item(agency)
    return {"pk": made.triage_id, "item": made.pk}


def _picture(agency: Agency) -> Mapping[str, Any]:
    return {"pk": sorting.item(agency).triage_id, "picture": uuid.uuid4()}


def _subject(agency: Agency) -> Mapping[str, Any]:
    return {"subject": casefile.subject(agency).pk}


def _order(agency: Agency) -> Mapping[str, Any]:
    who = people.somebody(agency, Role.BOARD_MEMBER)
    return {"pk": sampling.order(casefile.subject(agency), ["dna"], "Bone is all that is left.", who)[0].pk}


def _declared(agency: Agency, _made: Mapping[str, Any]) -> Mapping[str, Any]:
    if incidents.under_way(agency.pk) is None:
        incidents.declare("A ship sank.", people.somebody(agency, Role.BOARD_MEMBER))
    return WHY


ROUTES = [
    Route(name="web:triage:list", needs=P.TRIAGE_DO),
    Route(name="web:triage:begin", needs=P.TRIAGE_DO, method="post", kwargs=_search, right=302),
    Route(name="web:triage:keys", needs=P.TRIAGE_DO, method="post", data={"keys": "off"}, right=302),
    Route(name="web:triage:block", needs=P.TRIAGE_DO, kwargs=_triage),
    Route(name="web:triage:block", needs=P.TRIAGE_DO, kwargs=_judged),
    Route(name="web:triage:block", needs=P.TRIAGE_DO, kwargs=_triage, query=f"?pair={uuid.UUID(int=1)}", right=404),
    Route(name="web:triage:lift", needs=P.TRIAGE_DO, method="post", kwargs=_triage),
    Route(name="web:triage:judge", needs=P.TRIAGE_DO, method="post", kwargs=_item, data={"judgement": "keep"}),
    Route(name="web:triage:judge", needs=P.TRIAGE_DO, method="post", kwargs=_item, right=422),
    Route(name="web:triage:undo", needs=P.TRIAGE_DO, method="post", kwargs=_judged),
    Route(name="web:triage:undo", needs=P.TRIAGE_DO, method="post", kwargs=_triage, right=422),
    Route(name="web:triage:finish", needs=P.TRIAGE_DO, kwargs=_judged),
    # Not everything is judged: back to the pairs.
    Route(name="web:triage:finish", needs=P.TRIAGE_DO, kwargs=_triage, right=302),
    Route(name="web:triage:finish", needs=P.TRIAGE_DO, method="post", kwargs=_judged, right=302),
    Route(name="web:triage:finished", needs=P.TRIAGE_DO, kwargs=_finished),
    # A triage that is not finished has no such page.
    Route(name="web:triage:finished", needs=P.TRIAGE_DO, kwargs=_triage, right=404),
    # Without a veil that was lifted there is no picture, for nobody.
    Route(name="web:triage:portrait", needs=P.TRIAGE_DO, kwargs=_item, right=404),
    Route(name="web:triage:photograph", needs=P.TRIAGE_DO, kwargs=_picture, right=404),
    Route(name="web:triage:order", needs=P.SAMPLING_ORDER, kwargs=_subject),
    Route(name="web:triage:order", needs=P.SAMPLING_ORDER, method="post", kwargs=_subject, right=422),
    Route(
        name="web:triage:order", needs=P.SAMPLING_ORDER, method="post", kwargs=_subject,
        data=WHY | {"identifiers": ["dna", "prints"]}, right=302,
    ),
    Route(name="web:triage:order-cancel", needs=P.SAMPLING_ORDER, kwargs=_order),
    Route(name="web:triage:order-cancel", needs=P.SAMPLING_ORDER, method="post", kwargs=_order, data=WHY, right=302),
    # Who may still judge blind cancels nobody's order but their own.
    Route(name="web:triage:order-cancel", needs=P.SAMPLING_ORDER, kwargs=_order, role=EXAMINER, right=404),
    Route(name="web:triage:incident", needs=P.INCIDENT_DECLARE),
    Route(name="web:triage:incident", needs=P.INCIDENT_DECLARE, method="post", data=WHY, right=302),
    Route(name="web:triage:incident-end", needs=P.INCIDENT_DECLARE, right=302),
    Route(name="web:triage:incident-end", needs=P.INCIDENT_DECLARE, method="post", data=_declared, right=302),
]  # fmt: skip

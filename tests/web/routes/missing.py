"""Rows of the missing persons: their list, their record, and everything that is done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from tests.web import missed, records
from tests.web.table import Route

RECORD, READ = Permission.PERSON_RECORD, Permission.PERSON_READ
TRACER, REVIEWER = Role.TRACING_OFFICER, Role.DATA_PROTECTION_REVIEWER
Kwargs = Callable[[Agency], Mapping[str, Any]]


def _person(agency: Agency) -> Mapping[str, Any]:
    return {"pk": missed.person(agency, sex="male").pk}


def _block(agency: Agency) -> Mapping[str, Any]:
    return {**_person(agency), "key": "birth"}


def _history(agency: Agency) -> Mapping[str, Any]:
    return {**_person(agency), "key": "sex"}


def _statement(agency: Agency) -> Mapping[str, Any]:
    return {"pk": missed.person(agency, sex="male").statements.get(key="sex").pk}


def _relative(agency: Agency) -> Mapping[str, Any]:
    return {"pk": missed.relative(agency).pk}


def _portrait(agency: Agency) -> Mapping[str, Any]:
    return {"pk": records.portrait(agency).pk}


def _kin(agency: Agency) -> Mapping[str, Any]:
    from antigone.missing.kinship import record_kinship

    one, other = missed.person(agency), missed.person(agency, "Kovalenko", "Oleh")
    return {"pk": record_kinship(one, other, "sibling", missed.tracer(agency)).pk}


def _register(agency: Agency) -> Mapping[str, Any]:
    from antigone.missing.registers import Entered, record_fact

    fact = record_fact(missed.person(agency), Entered("police-report", "Police, Kharkiv"), missed.tracer(agency))
    return {"pk": fact.pk}


def _two(agency: Agency) -> Mapping[str, Any]:
    return {"pk": missed.person(agency).pk, "other": missed.person(agency).pk}


def _merge(agency: Agency) -> Mapping[str, Any]:
    from antigone.missing.merging import merge

    one, other = missed.person(agency), missed.person(agency)
    return {"pk": merge(one, other, missed.tracer(agency), reason="the same passport").pk}


def _identity(agency: Agency) -> Mapping[str, Any]:
    from antigone.missing.speaking import person_speaks

    person = missed.person(agency)
    person_speaks(person, missed.tracer(agency))
    return {"pk": person.pk}


def _choice(agency: Agency, made: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"other": "0", "kind": "sibling"}


def rows(
    name: str, needs: Permission, kwargs: Kwargs, role: Role, data: Mapping[str, Any], right: int = 302
) -> list[Route]:
    """The page that asks, and what it sends."""
    return [
        Route(name=f"web:missing:{name}", needs=needs, kwargs=kwargs, role=role),
        Route(name=f"web:missing:{name}", method="post", needs=needs, kwargs=kwargs, role=role, data=data, right=right),
    ]


REASON = {"reason": "as the tests say"}

ROUTES = [
    Route(name="web:missing:list", needs=READ),
    Route(name="web:missing:list", needs=READ, query="?q=kov&state=open&age_from=x&only=minor&sex=male"),
    Route(name="web:missing:new", needs=RECORD),
    Route(name="web:missing:new", method="post", needs=RECORD, right=422),
    Route(name="web:missing:person", needs=READ, kwargs=_person),
    Route(name="web:missing:history", needs=READ, kwargs=_history),
    Route(name="web:missing:block", needs=RECORD, kwargs=_block, role=TRACER),
    # Nothing was changed, so nothing was saved.
    Route(name="web:missing:block", method="post", needs=RECORD, kwargs=_block, role=TRACER, right=422),
    *rows("take-back", RECORD, _statement, TRACER, REASON),
    *rows("relative-new", RECORD, _person, TRACER, {"name": "Olha", "relation": "mother"}),
    *rows("relative", RECORD, _relative, TRACER, {"name": "Olha", "relation": "mother"}),
    *rows("consent", RECORD, _relative, TRACER, {"wording": "2", "given_on": "2026-01-01", "given_how": "signed"}),
    *rows("consent-withdraw", RECORD, _relative, TRACER, REASON),
    *rows("shares", RECORD, _relative, TRACER, {"audiences": "tracing-agency"}),
    Route(name="web:missing:kin", needs=RECORD, kwargs=_person, role=TRACER, query="?q=kovalenko"),
    Route(name="web:missing:kin", method="post", needs=RECORD, kwargs=_person, role=TRACER, data=_choice, right=422),
    *rows("kin-end", RECORD, _kin, TRACER, REASON),
    *rows("register-new", RECORD, _person, TRACER, {"kind": "police-report", "authority": "Police"}),
    *rows("register-end", RECORD, _register, TRACER, REASON),
    *rows("portraits-add", Permission.PORTRAIT_ADD, _person, TRACER, {"basis": "family-consent"}, 422),
    *rows("portrait", RECORD, _portrait, TRACER, {"shows": "smiling"}),
    *rows("portrait-erase", Permission.PORTRAIT_ERASE, _portrait, REVIEWER, REASON),
    *rows("portrait-keep", Permission.RETENTION_REVIEW, _portrait, REVIEWER, REASON, 422),
    *rows("keep", Permission.RETENTION_REVIEW, _person, REVIEWER, REASON, 422),
    *rows("close", Permission.REPORT_CLOSE, _person, TRACER, {"state": "found"}),
    *rows("reopen", Permission.REPORT_CLOSE, _person, TRACER, {}),
    *rows("speaks", Permission.REPORT_CLOSE, _person, TRACER, {}),
    *rows("identity", Permission.REPORT_CLOSE, _identity, TRACER, {"confirmed": "no"}),
    *rows("erase", Permission.PERSON_ERASE, _person, REVIEWER, REASON),
    Route(name="web:missing:merge", needs=Permission.PERSON_MERGE, kwargs=_person),
    *rows("merge-with", Permission.PERSON_MERGE, _two, TRACER, REASON),
    *rows("merge-undo", Permission.PERSON_MERGE, _merge, TRACER, REASON),
    Route(name="web:missing:reviews", needs=Permission.RETENTION_REVIEW),
    Route(name="web:missing:reviews", needs=Permission.RETENTION_REVIEW, query="?of=persons&after=x"),
]

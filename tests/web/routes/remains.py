"""Rows of remains units and the living: their list, their record, and everything that is done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from antigone.access.models import Agency
from antigone.access.permissions import Permission
from antigone.access.rules import Role
from antigone.remains.models import Subject
from tests.web import found
from tests.web.table import Route

P = Permission
REVIEWER, CLERK = Role.DATA_PROTECTION_REVIEWER, Role.BUREAU_CLERK
Kwargs = Callable[[Agency], Mapping[str, Any]]


def _of(make: Callable[[Subject], Any]) -> Kwargs:
    """The number of something that hangs on a body."""
    return lambda agency: {"pk": make(found.body(agency)).pk}


def _subject(agency: Agency) -> Mapping[str, Any]:
    return {"pk": found.body(agency).pk}


def _living(agency: Agency) -> Mapping[str, Any]:
    return {"pk": found.living(agency).pk}


def _block(agency: Agency) -> Mapping[str, Any]:
    return {**_subject(agency), "key": "condition"}


def _history(agency: Agency) -> Mapping[str, Any]:
    return {"pk": found.statement(found.body(agency)).subject_id, "key": "condition.stage"}


def _individual(agency: Agency) -> Mapping[str, Any]:
    return {"pk": found.individual(agency).pk}


def _decision(agency: Agency) -> Mapping[str, Any]:
    return {"pk": found.decision(agency).pk}


def _route(name: str, needs: Permission, kwargs: Kwargs | None = None, **more: Any) -> Route:
    return Route(name=f"web:remains:{name}", needs=needs, kwargs=kwargs, **more)


def _posted(name: str, needs: Permission, kwargs: Kwargs | None = None, **more: Any) -> Route:
    """The same form sent empty: the services are asked nothing, and what is missing is told."""
    return _route(name, needs, kwargs, method="post", **{"right": 422, **more})


# Each form, shown and sent empty.
_FORMS: list[tuple[str, Permission, Kwargs | None]] = [
    ("new", P.SUBJECT_RECORD, None),
    ("complete", P.SUBJECT_RECORD, _subject),
    ("alias-new", P.SUBJECT_RECORD, _subject),
    ("alias-end", P.SUBJECT_RECORD, _of(found.alias)),
    ("block", P.SUBJECT_RECORD, _block),
    ("take-back", P.SUBJECT_RECORD, _of(found.statement)),
    ("photographs-add", P.PHOTOGRAPH_ADD, _subject),
    ("photograph-erase", P.PHOTOGRAPH_ERASE, _of(found.photograph)),
    ("photograph-keep", P.RETENTION_REVIEW, _of(found.photograph)),
    ("keep", P.RETENTION_REVIEW, _subject),
    ("sample-new", P.SUBJECT_RECORD, _subject),
    ("sample-answer", P.SUBJECT_RECORD, _of(found.sample)),
    ("hand-over", P.CUSTODY_RECORD, _subject),
    ("store", P.CUSTODY_RECORD, _subject),
    ("bury", P.CUSTODY_RECORD, _subject),
    ("exhume", P.CUSTODY_RECORD, _of(found.burial)),
    ("disc", P.SUBJECT_RECORD, _subject),
    ("kin", P.SUBJECT_RECORD, _subject),
    ("release", P.RELEASE_SIGN, _subject),
    ("sign", P.RELEASE_SIGN, _of(found.release)),
    ("release-cancel", P.RELEASE_SIGN, _of(found.release)),
    ("document-new", P.SUBJECT_RECORD, _subject),
    ("document-withdraw", P.SUBJECT_RECORD, _of(found.document)),
    ("claim-new", P.CLAIM_RECORD, _subject),
    ("item-propose", P.OPEN_SOURCE_PROPOSE, _subject),
    ("item-end", P.OPEN_SOURCE_PROPOSE, _of(found.item)),
    ("item-offer", P.OPEN_SOURCE_PROPOSE, _of(found.item)),
    ("attest", P.ATTESTATION_RECORD, _living),
    ("individual-add", P.ASSOCIATION_DECIDE, _individual),
    ("split", P.ASSOCIATION_DECIDE, _individual),
    ("merge", P.ASSOCIATION_DECIDE, _individual),
    ("undo", P.ASSOCIATION_DECIDE, _decision),
    ("associate", P.ASSOCIATION_DECIDE, _subject),
]

ROUTES: list[Route] = [
    _route("list", P.SUBJECT_READ),
    _route("list", P.SUBJECT_READ, query="?q=limen&kind=deceased&state=draft&only=photographs&after=nonsense"),
    _route("list", P.SUBJECT_READ, query="?after=nonsense", right=422),
    _route("reviews", P.RETENTION_REVIEW),
    _route("subject", P.SUBJECT_READ, _subject, role=Role.MORTUARY_EXAMINER),
    # Board members see the dead; the living exist for care and tracing alone.
    _route("subject", P.SUBJECT_READ, _living, role=Role.BOARD_MEMBER, right=404),
    _route("history", P.SUBJECT_READ, _history),
    _route("custody", P.SUBJECT_READ, _subject),
    _route("form", P.SUBJECT_READ, _subject),
    _route("labels", P.SUBJECT_READ, _subject),
    _route("place", P.SUBJECT_RECORD, _subject),
    _posted("place", P.SUBJECT_RECORD, _subject, right=302),
    _route("new-living", P.ATTESTATION_RECORD),
    _posted("new-living", P.ATTESTATION_RECORD),
    _route("photograph", P.PHOTOGRAPH_ADD, _of(found.photograph)),
    _posted("photograph", P.PHOTOGRAPH_ADD, _of(found.photograph)),
    _route("claims", P.CLAIM_READ, _subject),
    _route("claim-withdraw", P.CLAIM_RECORD, _of(found.claim)),
    _posted("claim-withdraw", P.CLAIM_RECORD, _of(found.claim)),
    _route("document-lift", P.PHOTOGRAPH_LOOK, _of(found.document), method="post"),
    # Without the token of a veil that was lifted, nobody finds a picture there.
    _route("document-picture", P.PHOTOGRAPH_LOOK, _of(found.document), right=404),
    _route("items", P.OPEN_SOURCE_PROPOSE, _subject),
    _route("item", P.OPEN_SOURCE_PROPOSE, _of(found.item)),
    _posted("item", P.OPEN_SOURCE_PROPOSE, _of(found.item)),
    _route("item-lift", P.OPEN_SOURCE_PROPOSE, _of(found.item), method="post"),
    _route("item-picture", P.OPEN_SOURCE_PROPOSE, _of(found.item), right=404),
    _route("speaks", P.ATTESTATION_RECORD, _living),
    _posted("speaks", P.ATTESTATION_RECORD, _living, right=302),
    _route("individuals", P.SUBJECT_READ),
    _route("individual", P.SUBJECT_READ, _individual),
    *(_route(*form) for form in _FORMS),
    *(_posted(*form) for form in _FORMS),
]

"""What was found on a subject: stated under the keys of the vocabulary, never overwritten."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from antigone.access.permissions import Permission
from antigone.api.bearer import Call
from antigone.api.operation import expected, operation, with_etag
from antigone.api.paging import Walk
from antigone.api.problems import not_here
from antigone.api.stating import (
    StatementGiven,
    Statements,
    StatementShown,
    WithdrawalGiven,
    ever_stated,
    stated,
    what_stands,
)
from antigone.api.strict import Key, RecordId
from antigone.remains import describing, queries
from antigone.remains.disclosing import sensitive_shown

router = Router()


@operation(router, "GET", "/subjects/{number}/statements", needs=Permission.SUBJECT_READ, shows=Statements)
def subject_statements(request: Call, number: RecordId, walk: Query[Walk]) -> Any:
    """What stands of a subject.

    What is sensitive is shown to who records it or decides on it; to others its key stands, with `withheld`.
    """
    of = queries.subject_numbered(request.auth, number)
    found = describing.current(of, request.auth)
    return what_stands(request, walk, found, sensitive=sensitive_shown(of, request.auth))


@operation(router, "GET", "/subjects/{number}/statements/{key}", needs=Permission.SUBJECT_READ, shows=Statements)
def subject_history(request: Call, number: RecordId, key: Key, walk: Query[Walk]) -> Any:
    """Everything ever stated of a subject under a key, the newest first."""
    of = queries.subject_numbered(request.auth, number)
    found = describing.history(of, key, request.auth)
    return ever_stated(request, walk, key, found, sensitive=sensitive_shown(of, request.auth))


@operation(
    router,
    "PUT",
    "/subjects/{number}/statements/{key}",
    needs=Permission.SUBJECT_RECORD,
    shows=StatementShown,
    precondition=True,
)
def state_of_subject(
    request: Call, number: RecordId, key: Key, given: StatementGiven, response: HttpResponse
) -> StatementShown:
    """State something of a subject; the statement that it follows is ended, and stays."""
    found = queries.subject_numbered(request.auth, number)
    written = describing.state(found, key, given.given(), request.auth, item=given.item, expects=expected(request))
    with_etag(response, written.pk)
    return stated(written)


@operation(router, "POST", "/subjects/{number}/statements/{key}/withdraw", needs=Permission.SUBJECT_RECORD)
def withdraw_of_subject(request: Call, number: RecordId, key: Key, given: WithdrawalGiven) -> None:
    """Withdraw a statement for a reason, with nothing in its place; once withdrawn it is told as stale."""
    found = queries.subject_numbered(request.auth, number)
    for each in describing.history(found, key, request.auth):
        if each.pk == given.statement:
            describing.withdraw_statement(each, request.auth, reason=given.reason)
            return
    raise not_here()

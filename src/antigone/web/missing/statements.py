"""What is stated of a person: a block at a time, the history of a datum, and taking a statement back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.description.catalogue import blocks
from antigone.description.fields import Side
from antigone.missing import describing, disclosing, looking, own, queries
from antigone.missing.models import Statement
from antigone.missing.sharing import sources_shown
from antigone.web import statements
from antigone.web.forms.described import StatementsForm
from antigone.web.guards import Visit, needs
from antigone.web.missing import record


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def block(request: Visit, pk: int, key: str) -> HttpResponse:
    """State what is told in one block; what nobody touched is not stated anew."""
    who = request.operator
    asked = statements.block_of(key, blocks(Side.ANTE_MORTEM))
    person = own.person_for(pk, who, Permission.PERSON_RECORD)

    def make(data: Any) -> StatementsForm:
        return StatementsForm(data, model=Statement, record=person, fields=asked.fields)

    return statements.fill_in(
        request,
        "missing",
        record.of(person, who),
        asked,
        make,
        lambda said: describing.state_many(person, said, who),
        look=lambda: looking.looked(person, who),
        draft_key=f"missing:person:{person.pk}:{key}",
    )


@require_safe
@needs(Permission.PERSON_READ)
def history(request: Visit, pk: int, key: str) -> HttpResponse:
    """Everything ever stated under a key (of one item): a fragment for htmx, a page without it."""
    who = request.operator
    opened = record.opened(who, pk)
    return statements.history(
        request,
        "missing",
        opened,
        key,
        lambda item: describing.history(opened.person, key, who, item),
        sensitive=disclosing.sensitive_shown(opened.person, who),
        sources=sources_shown(opened.person, who),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def take_back(request: Visit, pk: int) -> HttpResponse:
    """End a statement with nothing in its place, and say why."""
    who = request.operator
    statement = queries.statement(who, pk)
    opened = record.of(own.person_for(statement.person, who, Permission.PERSON_RECORD), who)
    return statements.take_back(
        request, opened, statement, lambda reason: describing.withdraw_statement(statement, who, reason=reason)
    )

"""What is stated of a subject: a block at a time, the history of a datum, and taking a statement back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.description.bases import LegalBasis
from antigone.description.catalogue import blocks
from antigone.description.fields import Block, Side
from antigone.description.given import How
from antigone.remains import describing, disclosing, looking, reading
from antigone.remains.models import Statement
from antigone.web import statements
from antigone.web.forms.described import StatementsForm
from antigone.web.guards import Visit, needs
from antigone.web.remains import record

# As one works: the state of the body first, then what is seen on it, what was with it, what is inside.
ORDER = ("condition", "desc", "marks", "belongings", "person", "dental", "med", "service", "death", "identifiers")


# Of the living no state of a body is asked: their injuries alone, and what is seen on them.
NOT_OF_THE_LIVING = ("death",)
OF_THE_LIVING = (
    "wound",
    "condition.injury",
    "condition.oedema",
    "condition.obscuring",
    "condition.words",
)


def blocks_in_order(*, living: bool = False) -> list[Block]:
    """The blocks of this side, condition first; one that ORDER does not name comes last."""
    place = {key: number for number, key in enumerate(ORDER)}
    found = sorted(blocks(Side.POST_MORTEM), key=lambda each: place.get(each.key, len(ORDER)))
    if not living:
        return found
    return [_of_the_living(each) for each in found if each.key not in NOT_OF_THE_LIVING]


def _of_the_living(block: Block) -> Block:
    if block.key != "condition":
        return block
    fields = tuple(field for key in OF_THE_LIVING for field in block.fields if field.key == key)
    return replace(block, title=gettext_lazy("Injuries and what is seen"), fields=fields)


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def block(request: Visit, pk: int, key: str) -> HttpResponse:
    """State what is seen or measured in one block; what nobody touched is not stated anew."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    asked = statements.block_of(key, blocks_in_order(living=opened.living))
    subject = opened.subject

    def make(data: Any) -> StatementsForm:
        return StatementsForm(
            data,
            model=Statement,
            record=subject,
            fields=asked.fields,
            how=How.OBSERVED.value,
            basis=LegalBasis.CONVENTION_DUTY.value,
        )

    return statements.fill_in(
        request,
        "remains",
        opened,
        asked,
        make,
        lambda said: describing.state_many(subject, said, who),
        look=lambda: looking.looked(subject, who),
        draft_key=f"remains:subject:{subject.pk}:{key}",
    )


@require_safe
@needs(Permission.SUBJECT_READ)
def history(request: Visit, pk: int, key: str) -> HttpResponse:
    """Everything ever stated under a key (of one item): a fragment for htmx, a page without it."""
    who = request.operator
    opened = record.opened(who, pk)
    return statements.history(
        request,
        "remains",
        opened,
        key,
        lambda item: describing.history(opened.subject, key, who, item),
        sensitive=disclosing.sensitive_shown(opened.subject, who),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def take_back(request: Visit, pk: int) -> HttpResponse:
    """End a statement with nothing in its place, and say why."""
    who = request.operator
    statement = reading.statement(who, pk)
    opened = record.mine(who, statement.subject_id, Permission.SUBJECT_RECORD)
    return statements.take_back(
        request, opened, statement, lambda reason: describing.withdraw_statement(statement, who, reason=reason)
    )

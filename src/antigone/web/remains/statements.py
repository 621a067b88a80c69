"""What is stated of a subject: a block at a time, the history of a datum, and taking a statement back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.description.bases import LegalBasis
from antigone.description.catalogue import FIELDS, blocks
from antigone.description.fields import Block, Side
from antigone.description.given import How
from antigone.description.spoken import spoken
from antigone.description.statement import StatementBase
from antigone.remains import describing, disclosing, looking, reading
from antigone.remains.models import Statement
from antigone.web import described
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.drafts import keeping
from antigone.web.forms import stating
from antigone.web.forms.described import Change, StatementsForm
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


def block_of(key: str, *, living: bool = False) -> Block:
    """The block of this key, as it is asked of the dead or the living; 404 where there is none."""
    for each in blocks_in_order(living=living):
        if each.key == key:
            return each
    raise Http404


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def block(request: Visit, pk: int, key: str) -> HttpResponse:
    """State what is seen or measured in one block; what nobody touched is not stated anew."""
    who = request.operator
    opened = record.mine(who, pk, Permission.SUBJECT_RECORD)
    asked = block_of(key, living=opened.living)
    subject = opened.subject
    draft_key = f"remains:subject:{subject.pk}:{key}"

    def make(data: Any) -> StatementsForm:
        return StatementsForm(
            data,
            model=Statement,
            record=subject,
            fields=asked.fields,
            how=How.OBSERVED.value,
            basis=LegalBasis.CONVENTION_DUTY.value,
        )

    def state(changes: Sequence[Change]) -> str:
        said = [describing.Said(each.key, each.given, each.item, each.expects) for each in changes]
        describing.state_many(subject, said, who)
        keeping.drop(who, draft_key)
        messages.success(
            request, _("Saved: %(block)s. What stood there before is in the history.") % {"block": asked.title}
        )
        return f"{opened.url}#block-{key}"

    draft = None
    if request.method == "POST":
        form = make(request.POST)
        if form.is_valid():
            done = stating.save(request, form, state, back=opened.url)
            if done is not None:
                return done
    else:
        looking.looked(subject, who)
        form, draft = keeping.begun(request, draft_key, make)
    context = {"record": opened, "asked": asked, "form": form, "draft": draft, "draft_key": draft_key}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "web/remains/block.html", context, status=status)


@require_safe
@needs(Permission.SUBJECT_READ)
def history(request: Visit, pk: int, key: str) -> HttpResponse:
    """Everything ever stated under a key (of one item): a fragment for htmx, a page without it."""
    who = request.operator
    field = FIELDS.get(key)
    if field is None:
        raise Http404
    opened = record.opened(who, pk)
    if field.sensitive and not disclosing.sensitive_shown(opened.subject, who):
        raise Http404
    found = describing.history(opened.subject, key, who, _item(request.GET.get("item", "")))

    def take_back(statement: StatementBase) -> str:
        return reverse("web:remains:take-back", args=[statement.pk])

    told = described.told(found, take_back=take_back if opened.may_record else None)
    context = {"history": told, "record": opened, "field": field}
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "web/components/history.html" if fragment else "web/remains/history.html", context)


def _item(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


@require_http_methods(["GET", "POST"])
@needs(Permission.SUBJECT_RECORD)
def take_back(request: Visit, pk: int) -> HttpResponse:
    """End a statement with nothing in its place, and say why."""
    who = request.operator
    statement = reading.statement(who, pk)
    opened = record.mine(who, statement.subject_id, Permission.SUBJECT_RECORD)
    label = str(FIELDS[statement.key].label) if statement.key in FIELDS else statement.key
    confirm = Confirmation(
        title=_("Take back: %(label)s") % {"label": label},
        verb=_("Take it back"),
        consequences=[
            _("“%(said)s” no longer stands, and nothing takes its place.") % {"said": spoken(statement)},
            _("It stays in the history of this datum, with your name and your reason."),
            _("To correct it instead, go back and state what is right: that ends it by itself."),
        ],
        back=opened.url,
        back_label=opened.title,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        describing.withdraw_statement(statement, who, reason=reason)
        messages.success(request, _("Taken back: %(label)s. It stays in the history.") % {"label": label})
        return opened.url

    return confirmed(request, confirm, act)

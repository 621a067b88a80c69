"""The pages of statements, alike for whoever is missing and whoever was found: made, their history, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from antigone.description.catalogue import FIELDS
from antigone.description.fields import Block
from antigone.description.given import Said
from antigone.description.spoken import spoken
from antigone.description.statement import StatementBase
from antigone.web import addresses, described
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.drafts import keeping
from antigone.web.forms import stating
from antigone.web.forms.described import StatementsForm
from antigone.web.guards import Visit


class Opened(Protocol):
    """A record whose page was opened."""

    @property
    def title(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def may_record(self) -> bool: ...


def block_of(key: str, blocks: Iterable[Block]) -> Block:
    """The block of this key among these; 404 where there is none."""
    for each in blocks:
        if each.key == key:
            return each
    raise Http404


def fill_in(
    request: Visit,
    area: str,
    opened: Opened,
    asked: Block,
    make: Callable[[Any], StatementsForm],
    state: Callable[[Sequence[Said]], object],
    *,
    look: Callable[[], None],
    draft_key: str,
) -> HttpResponse:
    """The view of one block: its form, made by `make`; on POST what was changed is handed to `state`, once.

    `look` enters in the ledger that the record was opened, before its form is shown.
    """

    def act(changes: Sequence[Said]) -> str:
        state(changes)
        keeping.drop(request.operator, draft_key)
        messages.success(
            request, _("Saved: %(block)s. What stood there before is in the history.") % {"block": asked.title}
        )
        return f"{opened.url}#block-{asked.key}"

    draft = None
    if request.method == "POST":
        form = make(request.POST)
        if form.is_valid():
            done = stating.save(request, form, act, back=opened.url)
            if done is not None:
                return done
    else:
        look()
        form, draft = keeping.begun(request, draft_key, make)
    context = {"record": opened, "asked": asked, "form": form, "draft": draft, "draft_key": draft_key}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, f"web/{area}/block.html", context, status=status)


def history(
    request: Visit,
    area: str,
    opened: Opened,
    key: str,
    read: Callable[[UUID | None], Sequence[StatementBase]],
    *,
    sensitive: bool,
    sources: bool = True,
) -> HttpResponse:
    """The view of everything ever stated under a key (of one item): a fragment for htmx, a page without it.

    404 for a key that there is not, and for a sensitive one where `sensitive` says that it is not for this person.
    Without `sources` nobody is named who said it.
    """
    field = FIELDS.get(key)
    if field is None or (field.sensitive and not sensitive):
        raise Http404
    found = read(addresses.item(request.GET.get("item", "")))

    def address(statement: StatementBase) -> str:
        return reverse(f"web:{area}:take-back", args=[statement.pk])

    told = described.told(found, take_back=address if opened.may_record else None, sources=sources)
    context = {"history": told, "record": opened, "field": field}
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "web/components/history.html" if fragment else f"web/{area}/history.html", context)


def take_back(
    request: Visit, opened: Opened, statement: StatementBase, withdraw: Callable[[str], None]
) -> HttpResponse:
    """The view that ends a statement with nothing in its place, and asks why; `withdraw` is given the reason."""
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
        withdraw(reason)
        messages.success(request, _("Taken back: %(label)s. It stays in the history.") % {"label": label})
        return opened.url

    return confirmed(request, confirm, act)

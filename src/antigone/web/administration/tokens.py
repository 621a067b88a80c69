"""Tokens: what programs of the agency may do, who answers for each, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import queries, tokens, wording
from antigone.access import services as access
from antigone.access.models import Operator, Token
from antigone.access.permissions import Permission
from antigone.access.rules import FOR_PEOPLE_ALONE
from antigone.web.addresses import number
from antigone.web.administration.asking import Question
from antigone.web.administration.forms.tokens import TokenForm, longest
from antigone.web.administration.parts import page
from antigone.web.administration.slips import shown_once
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs, signed_in
from antigone.web.paging import Pager, after_row

SECRET = "web/administration/secret.html"  # noqa: S105 (a template)


@dataclass(frozen=True)
class Line:
    """A token in the list: what it may do in words, and why it opens nothing, where it does not."""

    token: Token
    may: list[str]
    fault: str | None
    mine: bool

    @property
    def to_collect(self) -> bool:
        return self.mine and self.token.digest is None and self.token.revoked_at is None


def line(who: Operator, token: Token) -> Line:
    known = {each.value: str(words) for each, words in wording.PERMISSIONS.items()}
    may = [known.get(each, each) for each in token.permissions]
    return Line(token, may, tokens.fault_of(token, timezone.now()), token.holder_id == who.pk)


@require_safe
@needs(Permission.TOKEN_MANAGE)
def tokens_of(request: Visit) -> HttpResponse:
    who = request.operator
    found = queries.tokens_of(who, after=after_row(request) or 0)
    context = {"lines": [line(who, each) for each in found.rows], "pager": Pager(next=found.after)}
    return page(request, "web/administration/tokens.html", "tokens", context)


def _holder(request: Visit) -> tuple[Operator, list[Operator]]:
    """Who answers for the token, as the address says; whoever is here, where it says nothing that can be."""
    people = queries.holders(request.operator)
    wanted = number(request.GET.get("holder", ""))
    return next((each for each in people if each.pk == wanted), request.operator), people


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TOKEN_MANAGE)
def issue(request: Visit) -> HttpResponse:
    """Issue a token; its secret is shown once, to whoever answers for it."""
    who = request.operator
    holder, people = _holder(request)
    held = access.permissions_held(holder)
    form = TokenForm(request.POST or None, held=held, initial={"until": timezone.localdate() + timedelta(days=90)})
    form.fields["until"].widget.attrs["max"] = longest().isoformat()

    def do() -> tuple[str, dict[str, Any]]:
        given = form.cleaned_data
        token, secret = tokens.issue(who, given["name"], given["permissions"], _end_of(given["until"]), holder=holder)
        return reverse("web:administration:tokens"), {"line": line(who, token), "secret": secret}

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return shown_once(request, SECRET, do)
    context = {
        "form": form,
        "holder": holder,
        "people": [(str(each.pk), each.name) for each in people],
        "nothing": not held - FOR_PEOPLE_ALONE,
    }
    status = 422 if form.errors else 200
    return page(request, "web/administration/token.html", "tokens", context, status=status)


def _end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time(23, 59, 59), timezone.get_current_timezone())


def _token(request: Visit, pk: int) -> Token:
    found = queries.token(request.operator, pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def collect(request: Visit, pk: int) -> HttpResponse:
    """The secret of a token, for the one who answers for it and nobody else."""
    token = _token(request, pk)
    if token.holder_id != request.operator.pk:
        raise Http404
    form = forms.Form(request.POST or None)

    def do() -> tuple[str, dict[str, Any]]:
        secret = tokens.collect(request.operator, token)
        return reverse("web:desk"), {"line": line(request.operator, token), "secret": secret}

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return shown_once(request, SECRET, do)
    question = Question(
        title=_("Collect the secret of “%(name)s”") % {"name": token.name},
        verb=_("Show it now"),
        consequences=[
            _("It is shown once. Have the place ready where the program keeps it."),
            _("Until %(day)s the program may, in your name:") % {"day": token.valid_until.date().isoformat()}
            + " "
            + "; ".join(line(request.operator, token).may)
            + ".",
            _("Whoever holds the secret can do all this, and you answer for it. You can revoke it at any time."),
        ],
        back=reverse("web:desk"),
        back_label=_("Desk"),
        grave=False,
        form=form,
    )
    status = 422 if form.errors else 200
    return page(request, "web/administration/ask.html", "tokens", {"ask": question}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def revoke(request: Visit, pk: int) -> HttpResponse:
    """End a token: its holder may, and whoever manages tokens."""
    token, who = _token(request, pk), request.operator
    manages = access.allows(who, Permission.TOKEN_MANAGE)
    if token.holder_id != who.pk:
        access.require(who, Permission.TOKEN_MANAGE, object=token.operator.actor)
    back = reverse("web:administration:tokens") if manages else reverse("web:desk")

    def do(reason: str) -> str:
        tokens.revoke(who, token, reason)
        messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
        return back

    confirm = Confirmation(
        title=_("Revoke the token “%(name)s”") % {"name": token.name},
        verb=_("Revoke it now"),
        consequences=[
            _("The program that uses it is refused from this moment."),
            _("What it did stays in the ledger under the token’s number, %(number)s.") % {"number": token.pk},
        ],
        back=back,
        back_label=_("Tokens") if manages else _("Desk"),
    )
    return confirmed(request, confirm, do)

"""How somebody comes in, or no more: a new code, a second factor that was lost, sessions, the end of an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from antigone.access import administer
from antigone.access.permissions import Permission
from antigone.web.administration.asking import Question
from antigone.web.administration.parts import page
from antigone.web.administration.people import colleague, of, slip
from antigone.web.administration.slips import shown_once
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once

SLIP = "web/administration/slip.html"


def _asked(request: Visit, question: Question) -> HttpResponse:
    status = 422 if question.form.errors else 200
    return page(request, "web/administration/ask.html", "people", {"ask": question}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATOR_MANAGE)
def invite(request: Visit, pk: int) -> HttpResponse:
    """A new code for somebody who has none, or whose code was lost or ran out."""
    found = colleague(request, pk)
    target, form = found.operator, forms.Form(request.POST or None)

    def do() -> tuple[str, dict[str, Any]]:
        return of(target), slip(request, target, administer.invite(request.operator, target))

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return shown_once(request, SLIP, do)
    consequences = [
        _("The code is shown once. It is good for 72 hours, and for one use."),
        _("With it they choose a passphrase that nobody else ever knows, and set up a second factor."),
    ]
    if found.invited_until:
        consequences.append(_("The code that they have now opens nothing any more."))
    if found.has_account:
        consequences.append(_("Once they use it, their present passphrase is replaced and their sessions end."))
    return _asked(
        request,
        Question(
            title=_("Give %(name)s a code") % {"name": target.name},
            verb=_("Make a code"),
            consequences=consequences,
            back=of(target),
            back_label=target.name,
            grave=False,
            form=form,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATOR_MANAGE)
def reset(request: Visit, pk: int) -> HttpResponse:
    """Take away the second factors of somebody who lost theirs."""
    target, form = colleague(request, pk).operator, forms.Form(request.POST or None)

    def do() -> tuple[str, dict[str, Any]]:
        return of(target), slip(request, target, administer.reset_second_factor(request.operator, target))

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return shown_once(request, SLIP, do)
    return _asked(
        request,
        Question(
            title=_("Reset the second factor of %(name)s") % {"name": target.name},
            verb=_("Reset it"),
            warning=_("See that it is them, face to face or by a call that you make"),
            consequences=[
                _("Every second factor of theirs is removed, recovery codes too."),
                _("Their passphrase opens nothing any more, and all their sessions end."),
                _("They are given a new code, shown to you once, with which they begin again."),
            ],
            back=of(target),
            back_label=target.name,
            form=form,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATOR_MANAGE)
def end_sessions(request: Visit, pk: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    found, form = colleague(request, pk), forms.Form(request.POST or None)
    target = found.operator

    def do() -> str:
        ended = administer.end_sessions(request.operator, target)
        words = ngettext("%(number)d session was ended.", "%(number)d sessions were ended.", ended)
        messages.success(request, words % {"number": ended})
        return of(target)

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    return _asked(
        request,
        Question(
            title=_("End the sessions of %(name)s") % {"name": target.name},
            verb=_("End them now"),
            consequences=[
                _("They are signed out everywhere at once. What they were typing waits for them as a draft."),
                _("They can sign in again as before. If somebody else may know their passphrase, give a new code too."),
            ],
            back=of(target),
            back_label=target.name,
            grave=False,
            form=form,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATOR_MANAGE)
def close(request: Visit, pk: int) -> HttpResponse:
    """Close the account of somebody who leaves."""
    target, form = colleague(request, pk).operator, forms.Form(request.POST or None)

    def do() -> str:
        administer.close_operator(request.operator, target)
        messages.success(request, _("The account of %(name)s is closed.") % {"name": target.name})
        return of(target)

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    return _asked(
        request,
        Question(
            title=_("Close the account of %(name)s") % {"name": target.name},
            verb=_("Close it for good"),
            warning=_("An account that is closed is not opened again"),
            consequences=[
                _("Every role is taken, every session ends, and an open code opens nothing."),
                _("Tokens for which they answer are revoked: the programs that use them stop."),
                _("What they did stays theirs in the ledger. Somebody who comes back is added anew."),
            ],
            back=of(target),
            back_label=target.name,
            form=form,
        ),
    )

"""The people of the agency: who they are, what they may do, and how they come in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import administer, queries, wording
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.practice import is_practice
from antigone.access.queries import Colleague
from antigone.access.rules import Role
from antigone.web.administration.forms.people import AddForm, RolesForm
from antigone.web.administration.parts import page
from antigone.web.administration.slips import shown_once
from antigone.web.described import names_of
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once
from antigone.web.paging import Pager, after_row

LINES = 10


@require_safe
@needs(Permission.OPERATOR_MANAGE)
def people(request: Visit) -> HttpResponse:
    """Everybody who works or worked for the agency."""
    found = queries.colleagues(request.operator, after=after_row(request) or 0)
    founding = administer.founds_agencies(request.operator)
    context = {
        "people": found.rows,
        "pager": Pager(next=found.after),
        "founding": founding,
        "asked_for": not is_practice(),
    }
    return page(request, "web/administration/people.html", "people", context)


def colleague(request: Visit, pk: int) -> Colleague:
    """Somebody of the agency at hand; 404 for everybody else."""
    found = queries.colleague(request.operator, pk)
    if found is None:
        raise Http404
    return found


def of(person: Operator) -> str:
    return reverse("web:administration:person", args=[person.pk])


@require_safe
@needs(Permission.OPERATOR_MANAGE)
def person(request: Visit, pk: int) -> HttpResponse:
    """One person: roles, second factor, sessions, and what can be done for them."""
    who, found = request.operator, colleague(request, pk)
    grants = queries.grants_of(who, found.operator, size=LINES)
    sessions = queries.sign_ins_of(who, found.operator, size=LINES)
    names = names_of([actor for each in grants.rows for actor in (each.granted_by, each.revoked_by)])
    context = {
        "person": found,
        "roles": [(role.label, wording.ROLES[role]) for role in found.roles],
        "history": [
            (Role(each.role).label, each, names.get(each.granted_by, ""), names.get(each.revoked_by, ""))
            for each in grants.rows
        ],
        "sessions": sessions.rows,
        "unprotected": not is_practice() and found.has_account and not found.has_second_factor,
        "oneself": found.operator.pk == who.pk,
        "may_give": administer.may_give(who, found.operator),
    }
    return page(request, "web/administration/person.html", "people", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATOR_MANAGE)
def add(request: Visit) -> HttpResponse:
    """Add somebody with their roles, and give them the code to sign in with."""
    form = AddForm(request.POST or None)

    def do() -> tuple[str, dict[str, Any]]:
        who = request.operator
        new = administer.add_operator(who, form.cleaned_data["name"])
        for role in form.cleaned_data["roles"]:
            administer.grant_role(who, new, role)
        return of(new), slip(request, new, administer.invite(who, new))

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return shown_once(request, "web/administration/slip.html", do)
    return page(request, "web/administration/add.html", "people", {"form": form}, status=422 if form.errors else 200)


def slip(request: Visit, target: Operator, code: str) -> dict[str, Any]:
    """What the paper says that somebody is given."""
    welcome = request.build_absolute_uri(reverse("sign_in_welcome"))
    return {"person": target, "code": code, "welcome": welcome, "agency": target.agency}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATOR_MANAGE)
def roles(request: Visit, pk: int) -> HttpResponse:
    """Give and take roles: what somebody else changed meanwhile stays as they left it."""
    who, found = request.operator, colleague(request, pk)
    target, held = found.operator, [role.value for role in found.roles]
    if not target.active:
        raise Http404
    may_give = administer.may_give(who, target)
    form = RolesForm(request.POST or None, initial={"roles": held, "shown": ",".join(held)})

    def do() -> str:
        chosen, shown = set(form.cleaned_data["roles"]), set(form.cleaned_data["shown"])
        given, taken = sorted(chosen - shown), sorted(shown - chosen)
        for role in given:
            administer.grant_role(who, target, role)
        for role in taken:
            administer.revoke_role(who, target, role)
        if given or taken:
            messages.success(request, _("The roles of %(name)s were changed.") % {"name": target.name})
        else:
            messages.info(request, _("Nothing was changed."))
        return of(target)

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {
        "person": found,
        "form": form,
        "may_give": may_give,
        "last": Role.ADMINISTRATOR in found.roles and administer.last_administrator(target),
    }
    return page(request, "web/administration/roles.html", "people", context, status=422 if form.errors else 200)

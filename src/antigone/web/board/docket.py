"""What awaits the board of an agency, and how many votes make it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.casework.deciding import queries, quorum
from antigone.casework.deciding.queries import Awaiting
from antigone.casework.models import DecisionKind
from antigone.web.board.forms import QuorumForm, kind_words
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before, done_once


@require_safe
@needs(Permission.DECISION_VOTE)
def docket(request: Visit) -> HttpResponse:
    """Questions that await my vote first; then the others, cases ready for one, decisions to look at again."""
    found, allowed = queries.docket(request.operator), access.permissions_held(request.operator)
    context = {
        "docket": found,
        "mine": _worded(found.mine),
        "others": _worded(found.others),
        "reviews": [(each, DecisionKind(each.kind).noun) for each in found.reviews],
        "may_set": Permission.QUORUM_SET in allowed,
        "may_declare": Permission.INCIDENT_DECLARE in allowed,
    }
    return render(request, "web/board/docket.html", context)


def _worded(rows: tuple[Awaiting, ...]) -> list[tuple[Awaiting, str]]:
    return [(each, kind_words(each.kind)) for each in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.QUORUM_SET)
def set_quorum(request: Visit) -> HttpResponse:
    """How many votes make a board of one's agency from now on."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    who = request.operator
    now = quorum.quorum_of(who.agency_id)
    votes = access.allows(who, Permission.DECISION_VOTE)
    back = reverse("web:board:docket" if votes else "web:administration:people")
    form = QuorumForm(request.POST if request.method == "POST" else None, initial={"number": now})
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, lambda: _set(request, form))
    context = {
        "form": form,
        "now": now,
        "members": len(quorum.members(who.agency_id)),
        "back": back,
    }
    return render(request, "web/board/quorum.html", context, status=422 if form.errors else 200)


def _set(request: Visit, form: QuorumForm) -> str:
    given = form.cleaned_data
    quorum.set_quorum(given["number"], given["reason"], request.operator)
    messages.success(request, _("From now on %(number)d votes make a board.") % {"number": given["number"]})
    return reverse("web:board:quorum")

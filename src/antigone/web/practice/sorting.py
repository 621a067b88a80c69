"""The block of an exercise, one pair after the other behind one veil, as triage is done.

A pair is shown by the answer to a post: somebody lifted the veil, or judged while it was lifted; so the time of a
judgement counts from when its pictures were looked at.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from antigone.access.once import once
from antigone.access.permissions import Permission
from antigone.casework.practice import exercises, sorting
from antigone.casework.practice.sorting import Block
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before
from antigone.web.pictures import making
from antigone.web.practice import jpegs
from antigone.web.triage import blocks, keeping


@require_safe
@needs(Permission.PRACTICE_DO)
def block(request: Visit, key: UUID) -> HttpResponse:
    """The pair that is next, covered; `pair` is one that was judged, to be judged anew."""
    if exercises.standing(key, request.operator).sorted:
        return HttpResponseRedirect(reverse("web:practice:exercise", args=[key]))
    here = sorting.block(key, request.operator)
    return _page(request, here, blocks.asked(request.GET.get("pair", ""), here.items, here.next), lifted=False)


@require_POST
@needs(Permission.PRACTICE_DO)
def show(request: Visit, key: UUID) -> HttpResponse:
    """Lift the veil of a pair."""
    here = sorting.block(key, request.operator)
    return _page(request, here, blocks.asked(request.POST.get("pair", ""), here.items, here.next), lifted=True)


@require_POST
@needs(Permission.PRACTICE_DO)
def judge(request: Visit, pair: UUID) -> HttpResponse:
    """Judge a pair, once for one form, and show the next while the veil is lifted."""
    who, judgement = request.operator, request.POST.get("judgement", "")
    key = sorting.pair(pair, who).block.exercise
    deed = f"web:practice:judge:{pair}"
    once(who, blocks.sending(request), deed, lambda: sorting.judge(pair, judgement, who), given=judgement)
    here = sorting.block(key, who)
    return _page(request, here, here.next, lifted=blocks.lifted(request, key))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PRACTICE_DO)
def finish(request: Visit, key: UUID) -> HttpResponse:
    """Seal the block; then the truth is told, or what was kept is examined."""
    if request.method == "POST" and (before := done_before(request)):
        return before
    sorting.block(key, request.operator)
    confirm = Confirmation(
        title=_("Seal this block"),
        verb=_("Seal it"),
        consequences=[
            _("What you judged stays as it is, and counts in your own record."),
            _("Nobody but you is told of it."),
        ],
        back=reverse("web:practice:sort", args=[key]),
        back_label=_("The block"),
    )
    return confirmed(request, confirm, lambda _reason: _sealed(request, key), ask_why=False)


@require_safe
@needs(Permission.PRACTICE_DO)
def photograph(request: Visit, pair: UUID, picture: UUID) -> HttpResponse:
    jpegs.check(request, picture)
    return making.jpeg(sorting.photograph(pair, picture, request.operator))


@require_safe
@needs(Permission.PRACTICE_DO)
def portrait(request: Visit, pair: UUID) -> HttpResponse:
    """The portrait of the pair that is shown; from this moment the time of its judgement counts."""
    jpegs.check(request, pair)
    return making.jpeg(sorting.portrait(pair, request.operator))


def _sealed(request: Visit, key: UUID) -> str:
    sorting.finish(key, request.operator)
    messages.success(request, _("Your block is sealed."))
    return reverse("web:practice:exercise", args=[key])


def _page(request: Visit, here: Block, at: UUID | None, *, lifted: bool) -> HttpResponse:
    who = request.operator
    address = reverse("web:practice:sort", args=[here.exercise])
    context: dict[str, Any] = {
        "exercise": here.exercise,
        "judged": sum(1 for each in here.items if each.judgement),
        **blocks.context(request, here.items, at, address),
    }
    if lifted and at is not None:
        pair = sorting.pair(at, who)
        context |= {
            "lifted": keeping.lifted_now(who, here.exercise),
            "portrait": f"{reverse('web:practice:sort-portrait', args=[at])}?token={jpegs.token(who, at)}",
            "photographs": [
                f"{reverse('web:practice:sort-photograph', args=[at, each])}?token={jpegs.token(who, each)}"
                for each in pair.photographs
            ],
        }
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "web/practice/changed.html" if fragment else "web/practice/sort.html", context)

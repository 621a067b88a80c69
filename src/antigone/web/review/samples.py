"""The random sample: drawn so that nobody can choose, looked at one by one behind the veil, each marked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from antigone.access.permissions import Permission
from antigone.remains import reading, review
from antigone.remains.models import SampleItem, SubjectKind, Verdict
from antigone.vault import store
from antigone.web.described import names_of
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once
from antigone.web.paging import Pager, after_row
from antigone.web.pictures import making, tokens
from antigone.web.pictures.views import lifted
from antigone.web.review.forms import DrawForm, MarkForm

LINES = 20
USUAL = 20
PICTURE = "sample"


@require_safe
@needs(Permission.SAMPLE_REVIEW)
def samples(request: Visit) -> HttpResponse:
    """The draws of the agency, the latest first."""
    found = reading.draws(request.operator, before=after_row(request), limit=LINES + 1)
    shown = found[:LINES]
    marks, names = review.marks(shown), names_of(each.drawn_by for each in shown)
    context = {
        "lines": [(each, marks.get(each.pk, review.Marks()), names[each.drawn_by]) for each in shown],
        "pager": Pager(next=shown[-1].pk if len(found) > LINES else None),
    }
    return render(request, "web/review/samples.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SAMPLE_REVIEW)
def draw(request: Visit) -> HttpResponse:
    """Draw a sample; the seed is drawn too, and stands in the ledger."""
    today = timezone.now().date()
    initial = {"since": today - timedelta(days=30), "until": today, "number": USUAL}
    form = DrawForm(request.POST or None, initial=initial)

    def do() -> str:
        given = form.cleaned_data
        made = review.draw(given["since"], given["until"], given["number"], request.operator)
        messages.success(request, _("Drawn. Look at each behind its veil, and mark it."))
        return reverse("web:review:sample", args=[made.pk])

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    return render(request, "web/review/draw.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@needs(Permission.SAMPLE_REVIEW)
def sample(request: Visit, pk: int) -> HttpResponse:
    """One draw: its photographs with what allowed them, no picture among them."""
    found = reading.sample_draw(request.operator, pk)
    cases = review.cases(found, request.operator)
    context = {
        "draw": found,
        "cases": [_line(each) for each in cases],
        "drawn_by": names_of([found.drawn_by])[found.drawn_by],
        "next": next((each.item for each in cases if each.item.verdict == Verdict.UNMARKED), None),
        "marks": review.marks([found]).get(found.pk),
    }
    return render(request, "web/review/sample.html", context)


def _line(drawn: review.Drawn) -> dict[str, Any]:
    photograph = drawn.photograph
    return {
        "item": drawn.item,
        "photograph": photograph,
        "kind": str(SubjectKind(photograph.subject.kind).label) if photograph else "",
        "allowed": bool(drawn.mandates),
        "purposes": [str(each.words) for each in drawn.purposes],
        "attestation": drawn.attestation,
        "mandates": drawn.mandates,
        "living": photograph is not None and photograph.subject.kind == SubjectKind.UNABLE,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SAMPLE_REVIEW)
def item(request: Visit, pk: int) -> HttpResponse:
    """One photograph of a draw, veiled, with what allowed it, and the reviewer's word."""
    who = request.operator
    found = reading.sample_item(who, pk)
    said = {} if found.verdict == Verdict.UNMARKED else {"verdict": found.verdict, "words": found.words}
    form = MarkForm(request.POST or None, initial=said)

    def do() -> str:
        review.mark(found, form.cleaned_data["verdict"], form.cleaned_data["words"], who)
        further = review.next_unmarked(found.draw, found.position)
        if further is not None:
            return reverse("web:review:item", args=[further.pk])
        messages.success(request, _("Every photograph of this sample is marked."))
        return reverse("web:review:sample", args=[found.draw_id])

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    line = _line(review.case(found, who))
    photograph = line["photograph"]
    names = names_of([found.marked_by, photograph.added_by if photograph else ""])
    context = line | {
        "line_of": line,
        "form": form,
        "draw": found.draw,
        "lift": reverse("web:review:lift", args=[found.pk]),
        "marked_by": names.get(found.marked_by, ""),
        "added_by": names.get(photograph.added_by, "") if photograph else "",
    }
    return render(request, "web/review/item.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.SAMPLE_REVIEW)
def lift(request: Visit, pk: int) -> HttpResponse:
    """Lift the veil of one photograph of a sample: the look is in the ledger before a pixel leaves."""
    found = reading.sample_item(request.operator, pk)
    review.lifted(found, request.operator)
    title = _title(found)
    return lifted(
        request,
        PICTURE,
        found.photograph,
        reverse("web:review:picture", args=[pk]),
        title=title,
        alt=title,
        back=reverse("web:review:item", args=[pk]),
    )


def _title(found: SampleItem) -> str:
    return _("Photograph %(position)s of sample %(draw)s") % {"position": found.position, "draw": found.draw_id}


@require_safe
@needs(Permission.SAMPLE_REVIEW)
def picture(request: Visit, pk: int) -> HttpResponse:
    """The photograph behind a veil that this reviewer lifted a moment ago; for everybody else there is none."""
    found = reading.sample_item(request.operator, pk)
    if not tokens.holds(request.GET.get("token", ""), request.operator, PICTURE, found.photograph):
        raise Http404
    photograph = review.case(found, request.operator).photograph
    if photograph is None:
        raise Http404
    return making.answer(store.open(str(photograph.pk)), photograph.sha256)

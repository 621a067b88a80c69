"""Custody: the chain of the body, of each thing found with it and of each sample, with its gaps; and hand-overs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.description import statements
from antigone.description.spoken import spoken
from antigone.remains import custody, looking, reading
from antigone.remains.custody import Chain
from antigone.remains.models import Sample, Statement, Subject
from antigone.web import addresses
from antigone.web.guards import Visit, needs
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.custody import HandOverForm
from antigone.web.showing import Words

NONE_YET = Chain((), "", ())


@dataclass(frozen=True)
class Held:
    """Something that is held: the body, a thing found with it or a sample, with its chain."""

    of: Words
    chain: Chain
    url: str
    key: str
    rows: Sequence[tuple[Any, Sequence[str]]] = ()

    @property
    def id(self) -> str:
        return self.key.replace(":", "-")


@require_safe
@needs(Permission.SUBJECT_READ)
def chains(request: Visit, pk: int) -> HttpResponse:
    """Every chain of a subject, the body's first."""
    who = request.operator
    opened = record.opened(who, pk)
    found = opened.subject
    known = custody.chains_of(found, who)
    held = [] if opened.living else [_held(_("the body"), f"subject:{found.pk}", known, _url(found))]
    held += [_held(label, f"effect:{item}", known, _url(found, item=item)) for item, label in things(found).items()]
    held += [
        _held(
            _("Sample %(reference)s") % {"reference": each.reference},
            f"sample:{each.pk}",
            known,
            _url(found, sample=each),
        )
        for each in reading.samples(found, who)
    ]
    return render(request, "web/remains/custody.html", {"record": opened, "held": held})


def things(subject: Subject) -> dict[UUID, str]:
    """What was found with a subject and can be handed over, in words, by the item of its statement."""
    current = statements.current(Statement, subject)
    return {each.item: spoken(each) for key in custody.THINGS for each in current.get(key, ()) if each.item is not None}


def _held(of: Words, key: str, known: dict[str, Chain], url: str) -> Held:
    chain = known.get(key, NONE_YET)
    broken: dict[int, list[str]] = {}
    for each in chain.breaks:
        broken.setdefault(each.number, []).append(each.words)
    return Held(of, chain, url, key, [(step, broken.get(step.number, ())) for step in chain.steps])


def _url(subject: Subject, *, item: UUID | None = None, sample: Sample | None = None) -> str:
    url = reverse("web:remains:hand-over", args=[subject.pk])
    if item is not None:
        return f"{url}?item={item}"
    return f"{url}?sample={sample.pk}" if sample is not None else url


@require_http_methods(["GET", "POST"])
@needs(Permission.CUSTODY_RECORD)
def hand_over(request: Visit, pk: int) -> HttpResponse:
    """Record the next hand-over of the body, or of one of its effects or samples."""
    who = request.operator
    opened = record.mine(who, pk, Permission.CUSTODY_RECORD)
    found = opened.subject
    if request.method == "GET":
        looking.looked(found, who)
    item = addresses.item(request.GET.get("item", ""))
    sample = _sample(request, found)
    known = things(found)
    if item is not None and item not in known:
        raise Http404
    of = _("the body") if item is None else known[item]
    if sample is not None:
        of = _("Sample %(reference)s") % {"reference": sample.reference}
    chain = custody.chain(found, who, effect=item, sample=sample)
    last = chain.steps[-1] if chain.steps else None
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        initial={"from_holder": chain.holder, "handed_by": last.received_by if last else ""},
    )
    back = reverse("web:remains:custody", args=[found.pk])
    sheet = Sheet(
        _("Hand over: %(what)s") % {"what": of},
        _("Record the hand-over"),
        back,
        note=opened.title,
        why_title=_("Held now by %(holder)s") % {"holder": chain.holder} if last else _("The chain begins here"),
        why=(
            _("A seal was put on at the last hand-over: read it now, and write what you read.")
            if last and last.seal
            else _("No seal was put on at the last hand-over.")
            if last
            else _("Write from whom it came first: who found or recovered it.")
        ),
    )
    return answered(
        request,
        form,
        sheet,
        lambda _data: custody.hand_over(found, form.given(), who, effect=item, sample=sample),
        _("The hand-over is on record."),
        template="web/remains/hand_over.html",
        record=opened,
    )


def _sample(request: Visit, subject: Subject) -> Sample | None:
    text = request.GET.get("sample", "")
    if not text:
        return None
    pk = addresses.number(text)
    if pk is None:
        raise Http404
    found = reading.sample(request.operator, pk)
    if found.subject_id != subject.pk:
        raise Http404
    return found

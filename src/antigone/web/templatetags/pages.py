"""The components of a page; docs/pages.md shows each of them in use."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from antigone.access import services
from antigone.access.permissions import Permission
from antigone.web import paging
from antigone.web.showing import Datum, Moment, Step

register = template.Library()

BOXES = ("notice", "warning", "refusal", "done")
BADGES = ("plain", "sensitive", "warning", "done", "refusal", "note", "practice")


def _component(name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
    return mark_safe(render_to_string(f"web/components/{name}.html", context, request=request))  # noqa: S308


def _trimmed(rendered: str) -> SafeString:
    """The block of a tag, which the engine has rendered and escaped, without the space around it."""
    return mark_safe(rendered.strip())  # noqa: S308


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the few drawings, inline and hidden from screen readers: the words beside it say the same."""
    return _component(f"icons/{name}", {})


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """One step of the breadcrumbs; without an address it is where one stands."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li aria-current="page">{}</li>', label)


@register.simple_block_tag
def page_head(content: str, title: str, note: str = "") -> SafeString:
    """The head of a page: its h1, a sentence under it, and in the block the buttons that lead on."""
    return _component("page_head", {"title": title, "note": note, "deeds": _trimmed(content)})


@register.simple_block_tag
def box(content: str, kind: str = "notice", title: str = "") -> SafeString:
    """A notice, warning, refusal or done box; the kind is said in words to who cannot see the colour."""
    if kind not in BOXES:
        raise template.TemplateSyntaxError(f"a box is one of {', '.join(BOXES)}")
    return _component("box", {"kind": kind, "title": title, "content": content})


@register.simple_block_tag
def nothing(content: str, title: str) -> SafeString:
    """Where a list is empty: says so, and in the block what can be done."""
    return _component("empty", {"title": title, "content": content})


@register.simple_tag
def badge(label: str, kind: str = "plain") -> SafeString:
    """A word in a frame."""
    if kind not in BADGES:
        raise template.TemplateSyntaxError(f"a badge is one of {', '.join(BADGES)}")
    return format_html('<span class="badge badge--{}">{}</span>', kind, label)


@register.simple_tag
def sensitive() -> SafeString:
    """The badge of what is shown only to who needs it."""
    return badge(_("sensitive"), "sensitive")


@register.simple_tag
def datum(datum: Datum) -> SafeString:
    """One line of `<dl class="facts">`: value or one of the three answers without one, provenance, history."""
    return _component("datum", {"datum": datum})


@register.simple_tag
def facts(data: Sequence[Datum]) -> SafeString:
    """A whole definition list of data."""
    return _component("facts", {"data": data})


@register.simple_tag
def stepper(steps: Sequence[Step]) -> SafeString:
    """The stages of a procedure."""
    return _component("stepper", {"steps": steps})


@register.simple_tag
def timeline(moments: Sequence[Moment]) -> SafeString:
    """A story in order, and what is waited for at its end."""
    return _component("timeline", {"moments": moments})


@register.simple_tag(takes_context=True)
def pager(context: Context, pager: paging.Pager) -> SafeString:
    """Under a list: previous and next, with the filters of the address kept."""
    request = context["request"]
    clear: dict[str, str | int | None] = {paging.AFTER: None, paging.BEFORE: None}
    return _component(
        "pager",
        {
            "next": pager.next and paging.address(request.GET, **{**clear, paging.AFTER: pager.next}),
            "previous": pager.previous and paging.address(request.GET, **{**clear, paging.BEFORE: pager.previous}),
            "first": any(request.GET.get(side) for side in clear) and paging.address(request.GET, **clear),
        },
    )


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, label: str = "", results: str = "#results") -> SafeString:
    """The filter bar: a GET form whose state is the address; with htmx the results are changed as one types.

    `results` is the element that is replaced; the page must give it when asked for by htmx too (see docs).
    """
    return _component(
        "filters",
        {
            "content": content,
            "label": label or _("Find and filter"),
            "results": results,
            "path": context["request"].path,
            "used": bool(context["request"].GET),
        },
    )


@register.simple_tag(takes_context=True)
def search_box(context: Context, label: str, name: str = "q", hint: str = "") -> SafeString:
    """The box to search as one types, inside `filters`."""
    return _component(
        "search_box",
        {"label": label, "name": name, "hint": hint, "value": context["request"].GET.get(name, "")},
    )


@register.simple_tag(takes_context=True)
def pick(context: Context, label: str, name: str, choices: Sequence[tuple[str, str]], every: str = "") -> SafeString:
    """A choice inside `filters`; `every` is the label of no choice."""
    return _component(
        "pick",
        {
            "label": label,
            "name": name,
            "choices": choices,
            "every": every or _("all"),
            "value": context["request"].GET.get(name, ""),
        },
    )


@register.simple_tag(takes_context=True)
def job_progress(context: Context, job: Any) -> SafeString:
    """How far a job is, asked again every two seconds until it ends."""
    return _component("job", {"job": job, "url": reverse("web:job", args=[job.pk])}, context.get("request"))


@register.simple_tag
def once_field() -> SafeString:
    """The hidden token by which a form that arrives twice is known."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.simple_block_tag(takes_context=True)
def sheet(
    context: Context,
    content: str,
    form: BaseForm | None = None,
    save: str = "",
    cancel: str = "",
    action: str = "",
    draft: str = "",
    grave: bool = False,
) -> SafeString:
    """A whole form: CSRF and once tokens, summary of errors, fields, buttons; with `draft` what is typed is kept.

    The block holds fields laid out by hand; where it is empty the form renders itself. `grave` marks an act that
    cannot be taken back.
    """
    return _component(
        "sheet",
        {
            "form": form,
            "content": _trimmed(content),
            "save": save or _("Save"),
            "cancel": cancel,
            "action": action,
            "draft": draft,
            "grave": grave,
            "multipart": form.is_multipart() if form is not None else False,
        },
        context["request"],
    )


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """The errors of a form with links to their fields; it takes the focus when the page comes."""
    return _component("error_summary", {"form": form})


@register.simple_tag
def signatures(*roles: str) -> SafeString:
    """Lines to sign on, for paper."""
    return _component("signatures", {"roles": roles})


@register.simple_tag(takes_context=True)
def veil(context: Context, photograph: Any) -> SafeString:
    """A photograph of the dead behind its veil: no pixel of it is in the page until somebody lifts it.

    The query of the page fetches `photograph.subject` with it.
    """
    living = photograph.subject.kind == "unable-to-state-identity"
    return _veil(
        context,
        photograph.pk,
        reverse("web:photograph-lift", args=[photograph.pk]),
        title=photograph.subject.code,
        detail=photograph.shot,
        taken_at=photograph.taken_at,
        verb=_("Show this photograph"),
        note=(
            _("It shows a person who cannot agree to it. Each look is recorded.")
            if living
            else _("It shows a dead person. Each look is recorded.")
        ),
    )


@register.simple_tag(takes_context=True)
def veiled(context: Context, pk: Any, lift: str, title: str, detail: str = "", *, may_lift: bool = True) -> SafeString:
    """Another picture of a case behind a veil: a paper that was carried, a public item; `lift` lifts it."""
    said = {"title": title, "detail": detail, "verb": _("Show this picture"), "note": _("Each look is recorded.")}
    return _component("veil", {"id": pk, "lift": lift, "may_lift": may_lift, **said}, context["request"])


def _veil(context: Context, pk: Any, lift: str, **said: Any) -> SafeString:
    request = context["request"]
    # Asked once for a page, however many pictures stand on it.
    if not hasattr(request, "may_lift"):
        request.may_lift = services.allows(request.operator, Permission.PHOTOGRAPH_LOOK)
    return _component("veil", {"id": pk, "lift": lift, "may_lift": request.may_lift, **said}, request)


@register.simple_tag
def portrait(portrait: Any, alt: str, caption: str = "") -> SafeString:
    """A portrait of a missing person, without a veil; that it was shown is a look in the ledger."""
    url = reverse("web:portrait", args=[portrait.pk])
    return _component("portrait", {"url": url, "alt": alt, "caption": caption})

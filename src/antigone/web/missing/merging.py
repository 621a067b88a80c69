"""Two records that are one person: found, compared, made one, and taken apart again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.description.catalogue import FIELDS
from antigone.description.spoken import spoken
from antigone.description.statement import StatementBase
from antigone.missing import disclosing, finding, looking, merging, own, queries
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.missing import record
from antigone.web.missing.kinship import others
from antigone.web.once import done_once


class MergeForm(forms.Form):
    """Why they are one."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are one person"),
        help_text=gettext_lazy("What tells you so: the same passport number, the same mother, …"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
@needs(Permission.PERSON_MERGE)
def choose(request: Visit, pk: int) -> HttpResponse:
    """Find the other record; those that may be the same stand there before one types."""
    who = request.operator
    person = own.person_for(pk, who, Permission.PERSON_MERGE)
    looking.looked(person, who)
    opened = record.of(person, who)
    text = request.GET.get("q", "")
    hits = others(request, text, opened) if text.strip() else finding.duplicates(person)
    return render(request, "web/missing/merge_choose.html", {"record": opened, "hits": hits, "text": text})


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_MERGE)
def merge(request: Visit, pk: int, other: int) -> HttpResponse:
    """What would move and what would stay; then both are one."""
    who = request.operator
    kept = own.person_for(pk, who, Permission.PERSON_MERGE)
    absorbed = own.person_for(other, who, Permission.PERSON_MERGE)
    if request.method == "GET":
        looking.looked(absorbed, who)
    opened, theirs = record.of(kept, who), record.of(absorbed, who)
    form = MergeForm(request.POST or None)

    def do() -> str:
        merging.merge(kept, absorbed, who, reason=form.cleaned_data["reason"])
        messages.success(request, _("They are one record now. It can be undone from “What happened”, below."))
        return opened.url

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    shown = merging.preview(kept, absorbed, who)
    sensitive = disclosing.sensitive_shown(absorbed, who)
    context = {
        "record": opened,
        "theirs": theirs,
        "form": form,
        "preview": shown,
        "moving": [_line(each) for each in shown.moving if _open(each, sensitive)],
        "staying": [_line(each) for each in shown.staying if _open(each, sensitive)],
    }
    return render(request, "web/missing/merge.html", context, status=422 if form.errors else 200)


def _open(statement: StatementBase, sensitive: bool) -> bool:
    return sensitive or statement.key not in FIELDS or not FIELDS[statement.key].sensitive


def _line(statement: StatementBase) -> tuple[str, str]:
    field = FIELDS.get(statement.key)
    return (str(field.label) if field else statement.key, spoken(statement) if field else "")


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_MERGE)
def undo(request: Visit, pk: int) -> HttpResponse:
    """Take two records apart again."""
    who = request.operator
    done = queries.merge(who, pk)
    opened = record.of(own.person_for(done.kept_id, who, Permission.PERSON_MERGE), who)
    confirm = Confirmation(
        title=_("Take apart %(ref)s and %(kept)s") % {"ref": done.absorbed.ref, "kept": done.kept.ref},
        verb=_("Take them apart"),
        consequences=[
            _("Everything that came from %(ref)s goes back to it: portraits, statements, relatives.")
            % {"ref": done.absorbed.ref},
            _("What was added to this record since the merge stays here."),
            _("Both are searched for again as their reports say."),
        ],
        back=opened.url,
        back_label=opened.title,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        merging.undo_merge(done, who, reason=reason)
        messages.success(request, _("They are two records again."))
        return opened.url

    return confirmed(request, confirm, act)

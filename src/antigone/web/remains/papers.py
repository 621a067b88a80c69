"""Papers of a subject: the body form with its codes and signatures, and a sheet of labels; no photograph on either."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antigone.access.permissions import Permission
from antigone.description import statements
from antigone.description.spoken import summary
from antigone.remains import custody, disclosing, photographing, reading, resting, rules
from antigone.remains.models import Statement, SubjectKind
from antigone.web.guards import Visit, needs
from antigone.web.remains import record, whereabouts
from antigone.web.remains.statements import blocks_in_order

# On body, bag, photographs, effects and form: two of each, and some to spare.
LABELS = 16


@require_safe
@needs(Permission.SUBJECT_READ)
def form(request: Visit, pk: int) -> HttpResponse:
    """The body form on one sheet: what is on record, room for what is not, and lines to sign."""
    who = request.operator
    opened = record.opened(who, pk)
    found = opened.subject
    current = statements.current(Statement, found)
    sensitive = disclosing.sensitive_shown(found, who)
    told = [
        (block.title, lines)
        for block in blocks_in_order(living=opened.living)
        if (lines := summary(current, [field.key for field in block.fields], sensitive=sensitive))
    ]
    body = custody.chain(found, who)
    storages, graves, releases = reading.storages(found, who), resting.graves(found, who), reading.releases(found, who)
    context = {
        "record": opened,
        "subject": found,
        "kind": SubjectKind(found.kind).label,
        "told": told,
        "aliases": [each for each in reading.aliases(found, who) if each.ended_at is None],
        "samples": reading.samples(found, who),
        "inscriptions": disclosing.inscriptions_shown(who),
        "papers": [each for each in reading.documents(found, who) if each.withdrawn_at is None],
        "photographs": sorted({each.shot for each in reading.photographs(found, who) if each.shot}),
        "wanted": photographing.advice(found, who).wanted,
        "lacking": rules.missing_particulars(found.kind, found.place, found.recovered_on, found.attested_by),
        "where": whereabouts.now(storages, graves, releases),
        "body": body,
        "discs": [each for each in reading.discs(found, who) if each.ended_at is None],
        "roles": [_("Recovered by"), _("Examined by"), _("Received by")],
    }
    return render(request, "web/remains/form.html", context)


@require_safe
@needs(Permission.SUBJECT_READ)
def labels(request: Visit, pk: int) -> HttpResponse:
    """A sheet of labels with the code, to be cut or stuck."""
    who = request.operator
    opened = record.opened(who, pk)
    of = [_("body"), _("bag"), _("form"), _("photographs"), _("effects"), _("sample")]
    context = {"record": opened, "labels": [of[place % len(of)] for place in range(LABELS)]}
    return render(request, "web/remains/labels.html", context)

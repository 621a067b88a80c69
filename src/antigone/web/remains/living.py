"""The living who cannot state their identity: a clinician's word for 72 hours, and the end of it when they speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.remains import looking, opening, rules
from antigone.remains.models import Attestation, SubjectKind
from antigone.vault.tasks import complete_shreds
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.subjects import AttestForm


@dataclass(frozen=True)
class Standing:
    """How long an attestation still holds, in words, and how urgent that is."""

    words: str
    kind: Literal["done", "warning", "refusal"]

    @property
    def holds(self) -> bool:
        return self.kind != "refusal"


SOON = timedelta(hours=12)


def standing(attested: Attestation | None) -> Standing:
    """How an attestation stands now."""
    if attested is None:
        return Standing(_("no attestation"), "refusal")
    left = attested.attested_at + rules.ATTESTATION_HOLDS - timezone.now()
    if left <= timedelta(0):
        return Standing(_("the attestation has run out; the search stands still"), "refusal")
    hours = int(left.total_seconds() // 3600)
    if hours == 0:
        return Standing(_("less than an hour left"), "warning")
    words = ngettext("%(hours)d hour left", "%(hours)d hours left", hours) % {"hours": hours}
    return Standing(words, "warning" if left < SOON else "done")


@require_http_methods(["GET", "POST"])
@needs(Permission.ATTESTATION_RECORD)
def attest(request: Visit, pk: int) -> HttpResponse:
    """A clinician's word for another 72 hours."""
    who = request.operator
    opened = record.mine(who, pk, Permission.ATTESTATION_RECORD)
    if request.method == "GET":
        looking.looked(opened.subject, who)
    form = AttestForm(request.POST if request.method == "POST" else None)
    sheet = Sheet(
        _("A clinician’s attestation"),
        _("Record it"),
        opened.url,
        note=opened.title,
        why_title=_("What is attested"),
        why=_(
            "That this person cannot state their identity: unconscious, or unable for another medical reason. Someone "
            "who can speak and will not is not unable: refusing to speak never qualifies. The word is a clinician’s "
            "own, and not that of whoever holds the person."
        ),
    )
    return answered(
        request,
        form,
        sheet,
        lambda data: opening.attest(opened.subject, data["clinician"], data["attested_at"], who),
        _("Recorded. It holds for 72 hours from when it was given."),
        record=opened,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.ATTESTATION_RECORD)
def speaks(request: Visit, pk: int) -> HttpResponse:
    """“The person can speak now”: the search ends, and what was taken without their word goes."""
    if (before := done_before(request)) is not None:
        return before
    who = request.operator
    opened = record.mine(who, pk, Permission.ATTESTATION_RECORD)
    photographs = opened.subject.photographs.count() if opened.subject.kind == SubjectKind.UNABLE else 0
    confirm = Confirmation(
        title=_("%(code)s can speak now") % {"code": opened.title},
        verb=_("They can speak: end the search"),
        consequences=[
            _("Every search about them ends now, and its answers are emptied. Open cases are closed."),
            ngettext(
                "%(number)d photograph is destroyed, with its key; no backup brings it back.",
                "%(number)d photographs are destroyed, with their keys; no backup brings them back.",
                photographs,
            )
            % {"number": photographs},
            _("Pictures of papers and public items go with them, and nobody finds the record by words any more."),
            _("From now on their wishes decide: what is kept, who is told, and whether anybody is."),
        ],
        back=opened.url,
        back_label=opened.title,
    )

    def act(_reason: str) -> str:
        opening.spoke(opened.subject, who)
        complete_shreds()
        messages.success(request, _("The search has ended, and what was taken is destroyed. Ask them what they wish."))
        return opened.url

    return confirmed(request, confirm, act, apart=True, ask_why=False)

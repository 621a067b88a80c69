"""Whether a portrait can be found by a search today, and if not, why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from antigone.enrolment.models import Template
from antigone.missing import rules
from antigone.missing.models import Person, Portrait


class Searched(StrEnum):
    """One of these holds for a portrait; the first reason that applies is told."""

    YES = "yes"
    WITHHELD = "withheld"
    ENDED = "ended"
    REPORT_CLOSED = "report-closed"
    NOT_APPROVED = "not-approved"
    NO_TEMPLATE = "no-template"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    Searched.YES: _("searched"),
    Searched.WITHHELD: _("not searched: withdrawn by whoever gave it"),
    Searched.ENDED: _("not searched: its last day has passed"),
    Searched.REPORT_CLOSED: _("not searched: the person is not reported missing"),
    Searched.NOT_APPROVED: _("not searched: the holding awaits its approval"),
    Searched.NO_TEMPLATE: _("not searched yet: no template was made of it"),
}


def searched(person: Person, portraits: Sequence[Portrait], today: date) -> dict[UUID, Searched]:
    """For each of a person's portraits; `person` comes with holding and report. One query."""
    encoded = set(
        Template.objects.filter(portrait__in=[each.pk for each in portraits]).values_list("portrait", flat=True)
    )
    return {each.pk: _of(person, each, each.pk in encoded, today) for each in portraits}


def _of(person: Person, portrait: Portrait, encoded: bool, today: date) -> Searched:
    if portrait.withheld_at is not None:
        return Searched.WITHHELD
    if portrait.until is not None and portrait.until < today:
        return Searched.ENDED
    if not rules.searchable(person.report.state, portrait.basis, portrait.citation):
        return Searched.REPORT_CLOSED
    if person.holding.approved_at is None:
        return Searched.NOT_APPROVED
    return Searched.YES if encoded else Searched.NO_TEMPLATE

"""One thing found in public, saved by hand for one subject, for thirty days, with a second person's approval."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.remains.models.subjects import Subject


class OpenSourceState(models.TextChoices):
    PROPOSED = "proposed", _("proposed, to be approved by a second person")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    OFFERED = "offered", _("offered by its holder as a portrait")
    ENDED = "ended", _("ended and erased")


class OpenSourceItem(models.Model):
    """One public item, compared with this subject's remains only and never part of a gallery.

    `address` is a text: nothing fetches it. The copy lies sealed in the vault under this id as the kind
    "open-source", which no template can be made of. When the item ends, its words go and its key is destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="open_source_items")
    address = models.TextField(blank=True)
    seen_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    how_found = models.TextField(blank=True)
    necessity = models.TextField(blank=True)
    bystanders_cropped = models.BooleanField()
    state = models.CharField(max_length=12, choices=OpenSourceState.choices, default=OpenSourceState.PROPOSED)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=400, blank=True)
    offered_by = models.CharField(max_length=200, blank=True)
    offered_relation = models.CharField(max_length=120, blank=True)
    offered_basis = models.CharField(max_length=20, blank=True)
    offered_at = models.DateTimeField(null=True)
    ends_on = models.DateField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["ends_on"], name="open_source_by_end"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | (~models.Q(decided_by="") & ~models.Q(decided_by=models.F("proposed_by"))),
                name="an_open_source_item_has_two_persons",
            ),
        )

    def __str__(self) -> str:
        return f"open-source item {self.id}"

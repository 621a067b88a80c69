"""Whom a search puts before people, without ranks, and what each of them judged, blind to the others."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.casework.models.cases import Search


class Judgement(models.TextChoices):
    """What triage can say of a pair of pictures; none of it is a finding."""

    KEEP = "keep", _("keep for examination")
    SET_ASIDE = "set-aside", _("set aside")
    CANNOT_TELL = "cannot-tell", _("cannot tell")


class Lineup(models.Model):
    """The candidates of one search that go to triage, chosen once, and on what ground so many.

    `ready_at` is when two people had finished their triage, `settled_at` when the last of its comparisons came to an
    end; until then nobody is told anything of them. `nonce` is secret: with it the ledger's digest of the members can
    be checked afterwards, and without it nothing can be read out of that digest.
    """

    search = models.OneToOneField(Search, on_delete=models.PROTECT, related_name="lineup")
    made_at = models.DateTimeField()
    basis = models.CharField(max_length=24)
    nonce = models.CharField(max_length=64)
    ready_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"lineup of search {self.search_id}"


class Comparison(models.Model):
    """One portrait of a lineup, to be compared with the photographs of the search.

    The key is random, so that no order of it tells a rank. `person` and `portrait` are null once they were erased.
    `outcome` is what its sealed examinations came to together (`scale.together`), empty until then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lineup = models.ForeignKey(Lineup, on_delete=models.PROTECT, related_name="comparisons")
    person = models.BigIntegerField(null=True, db_index=True)
    portrait = models.UUIDField(null=True, db_index=True)
    third_called_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    outcome_level = models.CharField(max_length=16, blank=True)
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"comparison {self.id}"


class Filler(models.Model):
    """That a comparison is of somebody who is known not to be the subject, and how that is known; kept apart."""

    comparison = models.OneToOneField(Comparison, on_delete=models.CASCADE, related_name="filler")
    known_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"filler {self.pk}"


class Triage(models.Model):
    """One person's blind triage of a lineup; its order follows from `seed`, which the ledger has too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lineup = models.ForeignKey(Lineup, on_delete=models.PROTECT, related_name="triages")
    actor = models.CharField(max_length=64)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="triages")
    seed = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["lineup", "actor"], name="a_lineup_triaged_once_by_one"),)

    def __str__(self) -> str:
        return f"triage {self.id}"


class TriageItem(models.Model):
    """One comparison at its place in somebody's order, with their judgement and how long it took."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    triage = models.ForeignKey(Triage, on_delete=models.CASCADE, related_name="items")
    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    judgement = models.CharField(max_length=12, choices=Judgement.choices, blank=True)
    shown_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["triage", "place"], name="one_item_at_a_place"),
            models.UniqueConstraint(fields=["triage", "comparison"], name="a_comparison_once_in_a_triage"),
        )

    def __str__(self) -> str:
        return f"item {self.place} of triage {self.triage_id}"

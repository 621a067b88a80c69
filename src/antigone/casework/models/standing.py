"""Searches that a case keeps standing: who answers for them, what each rested on, and each time they ran again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.casework.models.cases import Case, Search


class Ending(models.TextChoices):
    """Why a standing search ended; whoever set it standing is told, and may set it again."""

    ASKED = "asked", _("it was ended by hand")
    CLOSED = "case-closed", _("the case was closed")
    MANDATE = "no-mandate", _("no mandate for such a search is in force any more")
    LEFT = "person-left", _("whoever answered for it may not search any more")


class StandingSearch(models.Model):
    """That a case is searched again whenever either side changes, until `ended_at`; `set_by` answers for it.

    `sides` is what the last search of the case rested on, as numbers (`casework.searching.sides`). `held_up` is the
    sentence that says why it cannot run for the time being, such as an attestation that has lapsed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="standing_searches")
    set_by = models.CharField(max_length=64)
    set_at = models.DateTimeField()
    top = models.PositiveIntegerField(default=50)
    sides = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True)
    held_up = models.CharField(max_length=400, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    ended_why = models.CharField(max_length=16, choices=Ending.choices, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at__isnull=True), name="one_standing_search_a_case"
            ),
        )

    def __str__(self) -> str:
        return f"standing search {self.pk} of case {self.case_id}"


class StandingRun(models.Model):
    """One time that a standing search ran again: what had changed, and what came of it.

    `changes` names what had changed, and `change_set` is a digest of it: one change set is searched once. `before` is
    the search whose answer was the former one, null where there was none. `found_new` counts the candidates who were
    not in it: ranked output, for whoever may know. `unusable` is the sentence where no photograph could be read.
    """

    standing = models.ForeignKey(StandingSearch, on_delete=models.PROTECT, related_name="runs")
    at = models.DateTimeField()
    changes = models.JSONField(default=list)
    change_set = models.CharField(max_length=64)
    before = models.ForeignKey(Search, on_delete=models.PROTECT, null=True, related_name="+")
    search = models.OneToOneField(Search, on_delete=models.PROTECT, null=True, related_name="standing_run")
    found_new = models.PositiveIntegerField(null=True)
    unusable = models.CharField(max_length=400, blank=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["standing", "change_set"], name="a_change_set_searched_once"),)

    def __str__(self) -> str:
        return f"run {self.pk} of standing search {self.standing_id}"

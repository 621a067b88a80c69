"""The photographs of an incident searched in one go: which cases were asked for, and what came of each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.casework.models.cases import Case, Search
from antigone.remains.models import RecoveryEvent, Site


class Outcome(models.TextChoices):
    """What came of one case of a search in bulk; none of it says what the search found."""

    WAITING = "waiting", _("waiting")
    SEARCHED = "searched", _("searched")
    ANSWERED = "answered", _("has an answer that stands; left as it is")
    REFUSED = "refused", _("refused")
    UNUSABLE = "unusable", _("no photograph could be read")


class BulkSearch(models.Model):
    """One order to search every case of a site, or of one recovery there; `asked_by` answers for it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="bulk_searches")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="bulk_searches")
    recovery = models.ForeignKey(RecoveryEvent, on_delete=models.PROTECT, null=True, related_name="bulk_searches")
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    top = models.PositiveIntegerField(default=50)
    job = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"bulk search {self.pk} of site {self.site_id}"


class BulkItem(models.Model):
    """One case of a search in bulk; `sentence` says why it was refused or could not be searched."""

    bulk = models.ForeignKey(BulkSearch, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bulk_items")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.WAITING)
    sentence = models.CharField(max_length=400, blank=True)
    search = models.OneToOneField(Search, on_delete=models.PROTECT, null=True, related_name="bulk_item")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["bulk", "case"], name="a_case_once_in_a_bulk_search"),)

    def __str__(self) -> str:
        return f"case {self.case_id} in bulk search {self.bulk_id}"

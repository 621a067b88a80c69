"""Cases, the searches made in them, who has seen ranked output, and calibrations in force."""

from __future__ import annotations

from django.db import models

from antigone.access.models import Agency, Mandate
from antigone.remains.models import Photograph, Subject


class Case(models.Model):
    """One question put about one unidentified subject, under one mandate."""

    code = models.CharField(max_length=120, unique=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="cases")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="cases")
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["agency", "-opened_at", "-id"], name="cases_newest_first"),
            models.Index(
                fields=["agency", "-opened_at", "-id"],
                condition=models.Q(closed_at__isnull=True),
                name="open_cases_newest_first",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Search(models.Model):
    """One search and the whole of its answer, kept as it was given.

    `recalled_at` says that what it rested on was decided anew since, `recalled_why` what: it is to be made again.
    `job` is the number of the work that made it, so that work that goes on after a kill makes no second one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="searches")
    actor = models.CharField(max_length=64)
    at = models.DateTimeField()
    contract = models.CharField(max_length=64)
    generation = models.BigIntegerField()
    photographs = models.ManyToManyField(Photograph, related_name="searches")
    none_of_these = models.BooleanField()
    answer = models.JSONField()
    answer_sha256 = models.CharField(max_length=64)
    recalled_at = models.DateTimeField(null=True)
    recalled_why = models.CharField(max_length=400, blank=True)
    job = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["recalled_at"], condition=models.Q(recalled_at__isnull=False), name="searches_recalled"
            ),
        )

    def __str__(self) -> str:
        return f"search {self.pk} in {self.case_id}"


class NamedCandidate(models.Model):
    """Whom a kept answer names at which rank, so that an erasure finds the answer again."""

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="named")
    rank = models.PositiveIntegerField()
    person = models.BigIntegerField(db_index=True)
    portrait = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return f"rank {self.rank} of search {self.search_id}"


class RankedView(models.Model):
    """That someone saw ranked output of a case; who did cannot examine it (step 9 of the procedure)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ranked_views")
    actor = models.CharField(max_length=64)
    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="ranked_views", null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.actor} saw search {self.search_id}"


class CalibrationInForce(models.Model):
    """A calibration that an agency put in force: the whole file, who did it, and who took it out of force again.

    A row whose `put_by` is SHIPPED says that the agency withdrew a calibration that came with the package.
    """

    SHIPPED = "system:shipped"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="calibrations")
    digest = models.CharField(max_length=64)
    contract = models.CharField(max_length=64, db_index=True)
    content = models.JSONField()
    put_by = models.CharField(max_length=64)
    put_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "digest"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="a_calibration_in_force_once",
            ),
        )

    def __str__(self) -> str:
        return f"calibration {self.digest[:12]}"

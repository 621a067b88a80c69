"""Reports that were made, kept as they were made, and the sealed exhibits that were given out with them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.casework.models.cases import Case
from antigone.casework.models.deciding import Decision


class ReportKind(models.TextChoices):
    """What a report is of: three comparisons of records, and two decisions of a board."""

    SAME_PERSON = "same-person", _("comparison of two records of missing persons")
    SAME_BODY = "same-body", _("comparison of two remains")
    BODY_PERSON = "body-person", _("comparison of remains with a missing person")
    EXCLUSION = "exclusion", _("exclusion report")
    IDENTIFICATION = "identification", _("identification report")


class Report(models.Model):
    """A report, made once and never changed.

    `content` is all that it says, as plain values, and `digest` its SHA-256, which the ledger's entry of the making
    has too; content is null once it was emptied by an erasure. `discloses` says what of the records is in it that not
    every reader of these records may read. `person`, `other_person`, `subject` and `other_subject` are whom it is
    about.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=16, choices=ReportKind.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    serial = models.CharField(max_length=40, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="reports")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="reports")
    person = models.BigIntegerField(null=True, db_index=True)
    other_person = models.BigIntegerField(null=True, db_index=True)
    subject = models.BigIntegerField(null=True, db_index=True)
    other_subject = models.BigIntegerField(null=True, db_index=True)
    language = models.CharField(max_length=12)
    discloses = models.JSONField(default=list)
    content = models.JSONField(null=True)
    digest = models.CharField(max_length=64)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agency", "year", "number"], name="a_report_number_once_in_a_year"),
        )
        indexes = (models.Index(fields=["agency", "-id"], name="reports_newest_first"),)

    def __str__(self) -> str:
        return self.serial


class RecipientRole(models.TextChoices):
    """To whom pictures of the dead may go with a report: professionals alone, in a closed list."""

    COURT = "court", _("court")
    PROSECUTOR = "prosecutor", _("prosecutor or investigating judge")
    LABORATORY = "laboratory", _("forensic laboratory")
    PATHOLOGIST = "pathologist", _("forensic pathologist, odontologist or anthropologist")
    EXAMINER = "examiner", _("examiner of another agency under an agreement")


class Exhibit(models.Model):
    """That pictures of the dead were given out with a report: to whom, for what, which, and the file's digest.

    The file itself is not kept: it is made from the sealed photographs, once, for this recipient. `pictures` holds the
    key, the digest and the number of the look of each.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="exhibits")
    number = models.PositiveSmallIntegerField()
    serial = models.CharField(max_length=48, unique=True)
    role = models.CharField(max_length=16, choices=RecipientRole.choices)
    recipient = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200)
    partner = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=400)
    pictures = models.JSONField()
    file_sha256 = models.CharField(max_length=64)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "number"], name="an_exhibit_number_once"),)

    def __str__(self) -> str:
        return self.serial

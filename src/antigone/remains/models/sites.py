"""Places where the dead are found or kept, and the recoveries made there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency


class SiteKind(models.TextChoices):
    """What a place is to the dead who are there."""

    PLACE_OF_DEATH = "place-of-death", _("place of death")
    SURFACE = "surface", _("surface find")
    FIELD_GRAVE = "field-grave", _("field grave")
    MASS_GRAVE = "mass-grave", _("mass grave")
    CEMETERY = "cemetery", _("cemetery")
    MORTUARY = "mortuary", _("mortuary")
    HOSPITAL = "hospital", _("hospital")
    VESSEL = "vessel", _("vessel or wreck")
    SHORE = "shore", _("shore or water")
    RUIN = "ruin", _("collapsed building")
    TRANSPORT = "transport", _("vehicle or cold transport")
    OTHER = "other", _("another place")


class Precision(models.TextChoices):
    """How near the stated coordinates are to the place."""

    EXACT = "exact", _("to a few metres")
    HUNDRED_METRES = "100-m", _("to a hundred metres")
    KILOMETRE = "1-km", _("to a kilometre")
    SETTLEMENT = "settlement", _("the settlement only")


class Site(models.Model):
    """A place, in words, with coordinates where they are known and how exact these are."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SiteKind.choices)
    place = models.CharField(max_length=400, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    precision = models.CharField(max_length=12, choices=Precision.choices, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "name"], name="a_site_once_in_an_agency"),)

    def __str__(self) -> str:
        return self.name


class RecoveryEvent(models.Model):
    """One recovery at a site: who went, when, who had told of the dead, and what was found to be so."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="recoveries")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    team = models.CharField(max_length=80)
    leader = models.CharField(max_length=200)
    circumstances = models.TextField(blank=True)
    reported_by = models.CharField(max_length=200, blank=True)
    reported_on = models.DateField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"recovery {self.pk} at {self.site_id}"

"""The data-protection reviewer's samples: photographs drawn at random, and what the reviewer says of each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency


class SampleDraw(models.Model):
    """One draw: which period, how many of how many, and the seed, so that anyone can draw the same again."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sample_draws")
    since = models.DateField()
    until = models.DateField()
    population = models.PositiveIntegerField()
    seed = models.CharField(max_length=64)
    drawn_by = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draw {self.pk}"


class Verdict(models.TextChoices):
    UNMARKED = "unmarked", _("not looked at yet")
    IN_ORDER = "in-order", _("in order")
    QUESTIONED = "questioned", _("questioned")


class SampleItem(models.Model):
    """One photograph of a draw, by its id alone: it may be erased later, and the reviewer's word stays."""

    draw = models.ForeignKey(SampleDraw, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    photograph = models.UUIDField()
    verdict = models.CharField(max_length=12, choices=Verdict.choices, default=Verdict.UNMARKED)
    words = models.TextField(blank=True)
    marked_by = models.CharField(max_length=64, blank=True)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["draw", "photograph"], name="a_photograph_once_in_a_draw"),
            models.UniqueConstraint(fields=["draw", "position"], name="a_place_once_in_a_draw"),
        )

    def __str__(self) -> str:
        return f"{self.position} of draw {self.draw_id}"

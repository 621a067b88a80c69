"""What was made ready for a search: the faces found in a photograph, and that one is not suitable for comparison."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.remains.models import Photograph


class FacesSought(models.Model):
    """The faces that were found in a photograph, each with its quality; kept so that they are sought once.

    Boxes and landmarks are in pixels of the upright picture, `width` by `height`. `fault` is the sentence where the
    picture could not be opened. Which of the faces is the subject's stands on the photograph.
    """

    photograph = models.OneToOneField(Photograph, on_delete=models.CASCADE, related_name="sought")
    faces = models.JSONField(default=list)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=400, blank=True)
    sought_by = models.CharField(max_length=64)
    sought_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"faces of {self.photograph_id}"


class Hindrance(models.TextChoices):
    """Why a photograph is not suitable for comparison (step 4 of the procedure)."""

    NO_FACE = "no-face", _("it shows no face")
    TURNED = "turned-away", _("the face is turned too far away")
    SMALL = "too-small", _("the face is too small or too blurred")
    COVERED = "covered", _("the face is covered")
    INJURED = "injured", _("injury has changed the face too much")
    CHANGED = "changed", _("changes after death have gone too far")
    LIGHT = "light", _("too dark, or too bright, to see the face")
    ANOTHER = "another-person", _("it shows another person")
    OTHER = "other", _("something else")


class NotSuitable(models.Model):
    """That somebody judged a photograph not suitable for comparison; it takes no part in searches while this stands."""

    photograph = models.OneToOneField(Photograph, on_delete=models.CASCADE, related_name="not_suitable")
    hindrance = models.CharField(max_length=16, choices=Hindrance.choices)
    note = models.CharField(max_length=400, blank=True)
    said_by = models.CharField(max_length=64)
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.photograph_id}: {self.hindrance}"

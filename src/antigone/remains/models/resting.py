"""Where the dead are: the identity disc with them, storage, graves and exhumations, and release."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.remains.models.individuals import Individual
from antigone.remains.models.sites import Site
from antigone.remains.models.subjects import Subject


class DiscState(models.TextChoices):
    """What of the identity disc is with the dead (GC I art. 16 and 17: one half stays with the body)."""

    WHOLE = "whole", _("whole, with the body")
    HALF_LEFT = "half-left", _("one half left with the body, the other sent")
    HALF_FOUND = "half-found", _("only one half was found with the body")
    APART = "apart", _("found apart from a body")
    ABSENT = "absent", _("looked for, and not there")


class IdentityDisc(models.Model):
    """What was found of an identity disc, what stands on it, and where the half that is sent went.

    An inscription is what a disc says, not who the body is. A later word ends the one before it.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="discs")
    state = models.CharField(max_length=12, choices=DiscState.choices)
    inscription = models.TextField(blank=True)
    where_found = models.CharField(max_length=200, blank=True)
    half_sent_to = models.CharField(max_length=200, blank=True)
    half_sent_on = models.DateField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(ended_at__isnull=True), name="one_word_on_the_disc_stands"
            ),
        )

    def __str__(self) -> str:
        return f"disc of {self.subject_id}"


class Storage(models.Model):
    """Where a subject lies: the place, the position in it, since when and until when."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="storages")
    place = models.CharField(max_length=200)
    position = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(until__isnull=True), name="a_subject_lies_in_one_place"
            ),
        )

    def __str__(self) -> str:
        return f"storage of {self.subject_id}"


class BurialKind(models.TextChoices):
    INDIVIDUAL = "individual", _("individual grave")
    TEMPORARY = "temporary", _("temporary grave")
    COLLECTIVE = "collective", _("collective grave")
    VAULT = "vault", _("vault or niche")
    SEA = "sea", _("burial at sea")
    CREMATION = "cremation", _("cremation, the ashes kept")


class Burial(models.Model):
    """One burial of a subject: which grave, how it is marked, when, by whom and with which rites."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="burials")
    kind = models.CharField(max_length=12, choices=BurialKind.choices)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="burials")
    place = models.CharField(max_length=200)
    grave = models.CharField(max_length=120, blank=True)
    marker = models.CharField(max_length=400, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=200)
    rites = models.CharField(max_length=400, blank=True)
    why = models.CharField(max_length=400, blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"burial {self.pk} of {self.subject_id}"


class Exhumation(models.Model):
    """That a burial was opened: when, by whom, on whose authority, why, and what was found to be so."""

    burial = models.OneToOneField(Burial, on_delete=models.PROTECT, related_name="exhumation")
    on = models.DateField()
    by = models.CharField(max_length=200)
    authority = models.CharField(max_length=400)
    reason = models.CharField(max_length=400)
    condition = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"exhumation of burial {self.burial_id}"


class ReleaseState(models.TextChoices):
    PREPARED = "prepared", _("prepared, to be signed by a second person")
    SIGNED = "signed", _("signed by two persons")
    CANCELLED = "cancelled", _("cancelled")


class Release(models.Model):
    """A body handed to its own: on which identification, the code read again on body and bag, and two signatures."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="releases")
    identification = models.CharField(max_length=200)
    to_whom = models.CharField(max_length=200)
    capacity = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    code_on_body = models.CharField(max_length=120)
    code_on_bag = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=ReleaseState.choices, default=ReleaseState.PREPARED)
    first_by = models.CharField(max_length=64)
    first_at = models.DateTimeField()
    second_by = models.CharField(max_length=64, blank=True)
    second_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject"],
                condition=models.Q(state__in=["prepared", "signed"]),
                name="a_subject_is_released_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed")
                | (~models.Q(second_by="") & ~models.Q(second_by=models.F("first_by"))),
                name="a_release_has_two_signatures",
            ),
        )

    def __str__(self) -> str:
        return f"release of {self.subject_id}"


class LaterFragments(models.TextChoices):
    """What kin want to be told when more of their dead is found."""

    EACH_TIME = "each-time", _("be told each time")
    ONCE_AT_THE_END = "once-at-the-end", _("be told once, at the end")
    NOT_AT_ALL = "not-at-all", _("not be told")
    NOT_ASKED = "not-asked", _("not asked yet")


class KinChoice(models.Model):
    """What kin chose about fragments that are found later: who chose, when, and until what they chose next."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="kin_choices")
    individual = models.ForeignKey(Individual, on_delete=models.PROTECT, null=True, related_name="kin_choices")
    choice = models.CharField(max_length=16, choices=LaterFragments.choices)
    chosen_by = models.CharField(max_length=200, blank=True)
    relation = models.CharField(max_length=120, blank=True)
    chosen_on = models.DateField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(ended_at__isnull=True), name="one_choice_of_kin_stands"
            ),
        )

    def __str__(self) -> str:
        return f"kin choice about {self.subject_id}"

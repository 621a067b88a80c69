"""Missing persons, what is stated of them, their names, and the words by which they are found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.catalogue import Side
from antigone.description.statements import StatementBase, one_current
from antigone.description.tokens import TokenBase
from antigone.missing.models.holdings import Holding


class Sex(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", pgettext_lazy("sex", "other")
    UNKNOWN = "unknown", pgettext_lazy("sex", "unknown")


class Person(models.Model):
    """A person who is missed, known inside a holding by the reference its giver uses.

    What is known of them stands in statements. The columns from `sex` to `last_seen_place` repeat the statements in
    force, so that lists and comparisons read one row; `born_from` and `born_to` are the bounds of the birth date.
    A person who was merged into another is `merged_into` it, and lends it portraits, statements and relatives.
    """

    ref = models.CharField(max_length=200)
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="persons")
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.CharField(max_length=32, blank=True)
    stature_cm = models.PositiveSmallIntegerField(null=True)
    marks = models.TextField(blank=True)
    effects = models.TextField(blank=True)
    last_seen_on = models.CharField(max_length=32, blank=True)
    last_seen_place = models.CharField(max_length=200, blank=True)

    born_from = models.DateField(null=True)
    born_to = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    warned_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="absorbed")
    # Someone said "I am this person": who they are is checked before anything is told.
    identity_check_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["holding", "ref"], name="one_ref_in_a_holding"),)
        indexes = (
            models.Index(fields=["review_on"], name="person_by_review"),
            models.Index(fields=["born_from"], name="person_by_birth"),
        )

    def __str__(self) -> str:
        return self.ref


class Statement(StatementBase):
    """One thing that is said of a missing person; never changed, only ended and replaced."""

    RECORD = "person"
    SIDE = Side.ANTE_MORTEM

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="statements")

    class Meta(StatementBase.Meta):
        abstract = False
        constraints = one_current("person")


class PersonName(models.Model):
    """One name of a person as written in one script; those of `item` repeat the statement of that item.

    `kind` is one of the catalogue's kinds of names, `borne` says from when until when; a `spelling` is how the name
    stands in other letters on some paper.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    script = models.CharField(max_length=16)
    kind = models.CharField(max_length=24, blank=True)
    borne = models.CharField(max_length=80, blank=True)
    spelling = models.BooleanField(default=False)
    item = models.UUIDField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "text"], name="a_name_once"),)

    def __str__(self) -> str:
        return self.text


class PersonToken(TokenBase):
    """One word by which a missing person is found."""

    RECORD = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")

    class Meta(TokenBase.Meta):
        abstract = False

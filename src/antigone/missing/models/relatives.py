"""Who tells of a missing person and who waits for them: how to reach them, and what each chose to share with whom."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.intake.choices import Audience, Channel, ConsentGiven, Relation
from antigone.missing.models.persons import Person


class Relative(models.Model):
    """Someone who reported a person missing, or is kin of them, in the role that they have for this one person.

    `contacts` are `{"channel": ..., "value": ...}`; `hours` says when they wish to be reached, in their own words.
    `contact_by` are the audiences that may contact them, none where they may not be contacted. `adverse` says that
    they are under an adverse party's power: contact goes by the routing of notices alone, never straight to them.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relatives")
    names = models.JSONField(default=list)
    relation = models.CharField(max_length=12, choices=Relation.choices, default=Relation.OTHER)
    reporter = models.BooleanField(default=False)
    contacts = models.JSONField(default=list)
    language = models.CharField(max_length=35, blank=True)
    preferred = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    contact_by = models.JSONField(default=list)
    adverse = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"relative {self.pk} of person {self.person_id}"

    @property
    def may_be_contacted(self) -> bool:
        return bool(self.contact_by)


class RelativeChange(models.Model):
    """What the record of a relative said before it was changed."""

    relative = models.ForeignKey(Relative, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField()
    changed_by = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"change of relative {self.relative_id}"


class Share(models.Model):
    """An audience, beside this agency, with whom a relative lets be shared what they gave; `partner` names which."""

    relative = models.ForeignKey(Relative, on_delete=models.CASCADE, related_name="shares")
    audience = models.CharField(max_length=16, choices=Audience.choices)
    partner = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+")
    chosen_by = models.CharField(max_length=64)
    chosen_at = models.DateTimeField()
    ended_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(
                    models.Q(audience=Audience.PARTNERS, partner__isnull=False)
                    | (~models.Q(audience=Audience.PARTNERS) & models.Q(partner__isnull=True))
                ),
                name="a_partner_is_named",
            ),
        )

    def __str__(self) -> str:
        return f"{self.audience} of relative {self.relative_id}"


class Consent(models.Model):
    """That a relative agreed to a wording of a version, when and how; and since when they do so no more."""

    relative = models.ForeignKey(Relative, on_delete=models.CASCADE, related_name="consents")
    wording = models.CharField(max_length=64)
    given_on = models.DateField()
    given_how = models.CharField(max_length=12, choices=ConsentGiven.choices)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"consent of relative {self.relative_id}"


class KinshipKind(models.TextChoices):
    """What `person` is to `other`."""

    TWIN = "twin", _("twin of")
    SIBLING = "sibling", _("brother or sister of")
    PARENT = "parent", _("parent of")
    GRANDPARENT = "grandparent", _("grandparent of")
    SPOUSE = "spouse", _("husband, wife or partner of")
    KIN = "kin", _("other kin of")


class Kinship(models.Model):
    """That two of the missing are kin, as somebody said; their leads are listed together."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin_of")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin_by")
    kind = models.CharField(max_length=12, choices=KinshipKind.choices)
    said_by = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    ended_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(person=models.F("other")), name="nobody_is_kin_of_themselves"),
        )

    def __str__(self) -> str:
        return f"person {self.person_id} {self.kind} person {self.other_id}"

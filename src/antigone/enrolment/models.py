"""Template rows and the contracts they are bound to; a search index is only a projection of these."""

from __future__ import annotations

import uuid

from django.db import models

NO_END = 2**31 - 1


class Contract(models.Model):
    """An embedding contract in use, and the generation its rows have reached.

    `generation` counts committed changes to the rows of this contract. `epoch` is drawn anew when the rows may have
    gone back in time (a restored backup), so that no index of the time before is taken for current. `own_tail` is the
    tail of non-mated scores among its rows (antigone.evidence.own_tail), once there are enough of them.
    """

    digest = models.CharField(max_length=64, unique=True)
    model_id = models.CharField(max_length=64)
    model_sha256 = models.CharField(max_length=64)
    dimension = models.PositiveIntegerField()
    alignment = models.CharField(max_length=64)
    preprocessing = models.CharField(max_length=64)
    generation = models.BigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4)
    own_tail = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.model_id} {self.digest[:12]}"


class Template(models.Model):
    """One encoded view of one portrait, sealed under that portrait's key.

    `person` and `holding` are the numbers that the records above give; this room only filters by them. `until` is the
    last day (days since 1970-01-01) on which the row may be searched. `generation` is that of its last change.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="templates")
    portrait = models.UUIDField(db_index=True)
    person = models.BigIntegerField(db_index=True)
    holding = models.IntegerField()
    until = models.IntegerField(default=NO_END)
    view = models.CharField(max_length=16, default="as given")
    sealed = models.BinaryField()
    searchable = models.BooleanField(default=True)
    generation = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["contract", "portrait", "view"], name="one_template_a_view"),)
        indexes = (models.Index(fields=["contract", "generation", "id"], name="template_by_generation"),)

    def __str__(self) -> str:
        return f"template {self.pk} of portrait {self.portrait}"


class Unencoded(models.Model):
    """That a portrait was tried and gave no template under a contract, so that it is not tried for ever.

    `reason` is one of those of the job that tried (antigone.missing.reencoding).
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="unencoded")
    portrait = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["contract", "portrait"], name="unencoded_once"),)

    def __str__(self) -> str:
        return f"portrait {self.portrait}: {self.reason}"


class Removal(models.Model):
    """The trace of a template row that is gone, so that every index drops it; it holds numbers alone."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="removals")
    template = models.BigIntegerField()
    generation = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["contract", "generation", "id"], name="removal_by_generation"),)

    def __str__(self) -> str:
        return f"removal of template {self.template}"

"""Enquiries that became records of missing persons."""

from __future__ import annotations

from django.db import models

from antigone.intake.models import Enquiry
from antigone.missing.models.persons import Person
from antigone.missing.models.relatives import Relative


class TakenUp(models.Model):
    """That an enquiry was taken up as a person, once, with the record of whoever enquired."""

    enquiry = models.OneToOneField(Enquiry, on_delete=models.CASCADE, related_name="taken_up")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enquiries")
    relative = models.ForeignKey(Relative, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_by = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"enquiry {self.enquiry_id} taken up as person {self.person_id}"

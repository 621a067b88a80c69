"""On which ground in law a datum is held: a closed list, one ground for each statement."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalBasis(models.TextChoices):
    """The family chose to tell it, a statute orders it, or one of the Geneva Conventions makes it a duty."""

    FAMILY_CHOICE = "family-choice", _("the family's choice")
    STATUTE = "statute", _("a statute")
    CONVENTION_DUTY = "convention-duty", _("a duty under the Geneva Conventions")

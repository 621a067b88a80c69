"""The form of a token."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from antigone.access import tokens, wording
from antigone.access.permissions import Permission
from antigone.access.rules import FOR_PEOPLE_ALONE
from antigone.web.administration.forms.mandates import DAY


def longest() -> date:
    """The last day that a token can have: a day less than its longest, since the whole day counts."""
    return timezone.localdate() + tokens.LONGEST - timedelta(days=1)


class TokenForm(forms.Form):
    """What a program may do, and until when; the choices are what its holder may do, less what people decide."""

    name = forms.CharField(label=_("Name"), help_text=_("Which program it is for, and where it runs."), max_length=80)
    permissions = forms.MultipleChoiceField(
        label=_("The program may"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as it needs. What its holder may do no more, it can do no more either."),
    )
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Within a year."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, held: Collection[Permission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carried = [each for each in Permission if each in held and each not in FOR_PEOPLE_ALONE]
        choices = [(each.value, wording.PERMISSIONS[each]) for each in carried]
        self.fields["permissions"].choices = choices  # type: ignore[attr-defined]

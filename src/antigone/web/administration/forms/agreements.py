"""The form of an agreement between two agencies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.access.scope import Scope
from antigone.web.administration.forms.mandates import DAY


class AgreementForm(forms.Form):
    """Which agency discloses what to which, on which written text, and until when."""

    other = forms.TypedChoiceField(label=_("With"), coerce=int)
    direction = forms.ChoiceField(
        label=_("Who discloses"),
        choices=[("give", _("your agency discloses to them")), ("receive", _("they disclose to your agency"))],
        widget=forms.RadioSelect,
        help_text=_("One agreement goes one way. Where both disclose, propose two."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What is disclosed"),
        choices=[(scope.value, scope.label) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
    )
    citation = forms.CharField(
        label=_("The written text that it rests on"),
        help_text=_("The treaty, protocol or memorandum, with its date and article."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_from = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    valid_until = forms.DateField(
        label=_("Last day"), help_text=_("It counts still."), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, others: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(each.pk, each.name) for each in others]  # type: ignore[attr-defined]


class AgencyForm(forms.Form):
    """Another agency of this instance, and who begins in it."""

    name = forms.CharField(label=_("Name of the agency"), max_length=200)
    administrator = forms.CharField(
        label=_("Name of its first administrator"),
        help_text=_("They look after its people from then on; your agency has no say in it."),
        max_length=120,
    )

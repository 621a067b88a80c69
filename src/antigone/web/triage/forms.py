"""Forms of sampling orders and incidents."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.casework.judging import sampling


class OrderForm(forms.Form):
    """For which identifiers samples are to be taken, and why."""

    identifiers = forms.MultipleChoiceField(
        label=_("For which identifiers"),
        choices=[(each.value, each.label) for each in sampling.ORDERED],
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_(
            "About the body and the sample: “bone is all that is left”, “before it is buried”. Write no name, no "
            "reference of a missing person, and nothing of any picture."
        ),
        max_length=sampling.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CancelForm(forms.Form):
    """Why an order does not stand any more."""

    why = forms.CharField(
        label=_("Why"),
        help_text=_("In words that name nobody."),
        max_length=sampling.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class IncidentForm(forms.Form):
    """What happened, or why it is over."""

    why = forms.CharField(
        label=_("Why"),
        help_text=_("One or two sentences, which stay in the ledger. Write no name of the dead or the missing."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

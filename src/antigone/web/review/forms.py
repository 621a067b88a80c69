"""Forms of the reviewer: what to draw from, and the word on one photograph."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.remains.models import Verdict
from antigone.remains.review import MOST

DAY = {"type": "date"}


class DrawForm(forms.Form):
    """A period, and how many."""

    since = forms.DateField(label=_("Taken in from"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    number = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=MOST, help_text=_("All that there are, where there are fewer.")
    )


class MarkForm(forms.Form):
    """In order, or questioned with words."""

    verdict = forms.ChoiceField(
        label=_("Your word"),
        choices=[
            (Verdict.IN_ORDER.value, _("in order: what allowed it is there, and it shows whom it may show")),
            (Verdict.QUESTIONED.value, _("questioned: say below what is not as it should be")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=1000,
        help_text=_("Write no name. Whoever answers for the case reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

"""The form of a mandate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.access.rules import Purpose
from antigone.remains.models import SubjectKind

DAY = {"type": "date"}


class MandateForm(forms.Form):
    """For what the agency may search, on which basis in law, and until when."""

    purpose = forms.ChoiceField(
        label=_("The agency may search to"),
        choices=[(purpose.value, purpose.words) for purpose in Purpose],
        widget=forms.RadioSelect,
    )
    subject_kinds = forms.MultipleChoiceField(
        label=_("Only for"),
        choices=SubjectKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick nothing where it covers all that its purpose does."),
    )
    legal_basis = forms.CharField(
        label=_("Basis in law"),
        help_text=_("The law, its article, and the order or agreement that empowers this agency."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    valid_from = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    valid_until = forms.DateField(
        label=_("Last day"), help_text=_("It counts still."), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )

"""What is asked when a case is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from antigone.access.models import Mandate
from antigone.access.rules import Purpose
from antigone.remains.models import SubjectKind
from antigone.remains.services import Particulars


def mandate_choices(mandates: Sequence[Mandate]) -> list[tuple[str, str]]:
    """Each mandate in force, by what it is for, its basis in law and its last day."""
    return [
        (
            str(each.pk),
            _("to %(purpose)s: %(basis)s, until %(day)s")
            % {
                "purpose": Purpose(each.purpose).words,
                "basis": each.legal_basis if len(each.legal_basis) <= 90 else f"{each.legal_basis[:89]}…",
                "day": each.valid_until.isoformat(),
            },
        )
        for each in mandates
    ]


class MandateForm(forms.Form):
    """Under which mandate a case is opened."""

    mandate = forms.ChoiceField(
        label=gettext_lazy("Mandate"),
        help_text=gettext_lazy("Of those in force today. Every search in the case is made under it or its successor."),
    )

    def __init__(self, data: Any = None, *, mandates: Sequence[Mandate], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = mandate_choices(mandates)
        mandate = self.fields["mandate"]
        assert isinstance(mandate, forms.ChoiceField)
        mandate.choices = choices
        if len(choices) == 1:
            mandate.initial = choices[0][0]

    @property
    def chosen(self) -> int:
        return int(self.cleaned_data["mandate"])


class OpenForm(MandateForm):
    """A case about a subject that is not on record yet."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=120,
        help_text=gettext_lazy("Place, team and count, as on the tag: VELDRA-A-012. A code is never used twice."),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("subject", "Who"), choices=SubjectKind.choices)
    place = forms.CharField(label=gettext_lazy("Place of recovery"), max_length=200, required=False)
    recovered_on = forms.DateField(
        label=gettext_lazy("Date of recovery"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    attested_by = forms.CharField(
        label=gettext_lazy("Attested by"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Of the dead, who attests the recovery; of a living person, the clinician."),
    )
    attested_at = forms.DateTimeField(
        label=gettext_lazy("When the clinician attested"),
        required=False,
        help_text=gettext_lazy("For a living person only, in UTC. It holds for 72 hours."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    field_order = ("code", "kind", "place", "recovered_on", "attested_by", "attested_at", "mandate")

    def particulars(self) -> Particulars:
        given = self.cleaned_data
        return Particulars(given["place"], given["recovered_on"], given["attested_by"], given["attested_at"])

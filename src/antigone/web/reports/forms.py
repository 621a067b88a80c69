"""What is asked for a report, and for a sealed exhibit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.access.models import Agency
from antigone.casework.models import RecipientRole
from antigone.remains.models import Photograph


class PersonsForm(forms.Form):
    """Two records of missing persons."""

    one = forms.CharField(label=_("First record"), help_text=_("Its reference, as “M-12”."), max_length=400)
    other = forms.CharField(label=_("Second record"), max_length=400)


class RemainsForm(forms.Form):
    """Two remains."""

    one = forms.CharField(label=_("First remains"), help_text=_("Their code, as on the tag."), max_length=120)
    other = forms.CharField(label=_("Second remains"), max_length=120)


class CaseForm(forms.Form):
    """With whom the subject of a case is compared."""

    person = forms.CharField(
        label=_("Missing person"), help_text=_("The reference of their record, as “M-12”."), max_length=400
    )


class ExhibitForm(forms.Form):
    """To whom pictures of the dead go, and for what."""

    role = forms.ChoiceField(
        label=_("Role of the recipient"),
        choices=[("", _("choose one")), *RecipientRole.choices],
        help_text=_("There is no other. Families, media and the public are given no picture of the dead."),
    )
    partner = forms.ChoiceField(
        label=_("Agency of the examiner"), required=False,
        help_text=_("For an examiner alone: those to whom your agency discloses photographs under an agreement in "
                    "force."),
    )  # fmt: skip
    recipient = forms.CharField(label=_("Name of the recipient"), max_length=200)
    organisation = forms.CharField(label=_("Organisation of the recipient"), max_length=200)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=400, help_text=_("As the request says it, with its number.")
    )
    photographs = forms.MultipleChoiceField(
        label=_("Photographs"), widget=forms.CheckboxSelectMultiple,
        help_text=_("As few as the purpose needs. They are not shown here; each is opened once, and that "
                    "is on record."),
    )  # fmt: skip
    understood = forms.BooleanField(
        label=_(
            "The recipient was told: nobody else sees these pictures, and they are destroyed when the purpose is served"
        )
    )

    def __init__(
        self, data: Any = None, *, photographs: Sequence[Photograph] = (), partners: Sequence[Agency] = ()
    ) -> None:
        super().__init__(data)
        pictures, agencies = self.fields["photographs"], self.fields["partner"]
        assert isinstance(pictures, forms.MultipleChoiceField)
        assert isinstance(agencies, forms.ChoiceField)
        pictures.choices = [(str(each.pk), _picture(each)) for each in photographs]
        agencies.choices = [("", "—"), *((str(each.pk), each.name) for each in partners)]


def _picture(each: Photograph) -> str:
    taken = f"{each.taken_at or each.added_at:%Y-%m-%d}"
    return " · ".join(filter(None, (each.subject.code, each.shot, taken, each.sha256[:12])))

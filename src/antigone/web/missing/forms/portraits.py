"""Forms of portraits: pictures that are given, on which terms, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.description.errors import BadStatement
from antigone.imaging import Limits
from antigone.intake.filing import About, past_date
from antigone.missing.models import Basis, Portrait, Relative
from antigone.missing.services import Giving

# Each is read for a face while one waits.
MOST_FILES = 20


def bytes_of(file: UploadedFile[bytes], limits: Limits) -> bytes:
    """The bytes of a file, none of which is read where there are too many; raises ImageRefused."""
    limits.check_bytes(file.size or 0)
    data: bytes = file.read()
    return data


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; each is checked by the room that takes it."""

    widget = ManyFiles(attrs={"accept": "image/jpeg,image/png,image/heic,image/webp,image/tiff,.heic"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            raise forms.ValidationError(_("Choose at least one picture."))
        if len(given) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %(most)d pictures at a time; send the others after these.") % {"most": MOST_FILES}
            )
        return list(given)


class AboutForm(forms.Form):
    """What is said of a picture."""

    taken_on = forms.CharField(
        label=gettext_lazy("Taken on"),
        help_text=gettext_lazy("As far as it is known: 2014, 2014-05, about 2014 as 2014~."),
        max_length=32,
        required=False,
    )
    taken_at = forms.CharField(label=gettext_lazy("Where it was taken"), max_length=200, required=False)
    taken_by = forms.CharField(label=gettext_lazy("Who took it"), max_length=200, required=False)
    shows = forms.CharField(
        label=gettext_lazy("What it shows"),
        help_text=gettext_lazy("For example: smiling, teeth are seen; with a beard; in uniform."),
        max_length=400,
        required=False,
    )
    rights = forms.CharField(label=gettext_lazy("Whose the rights are"), max_length=200, required=False)

    def clean_taken_on(self) -> str:
        text = str(self.cleaned_data["taken_on"]).strip()
        if not text:
            return ""
        try:
            return past_date(text)
        except BadStatement as fault:
            raise forms.ValidationError(fault.sentence) from None

    def about(self) -> About:
        return About(**{name: self.cleaned_data[name] for name in About.__dataclass_fields__})

    @staticmethod
    def initial_of(portrait: Portrait) -> dict[str, Any]:
        return {name: getattr(portrait, name) for name in About.__dataclass_fields__}


class PortraitsForm(AboutForm):
    """Pictures, and the terms on which they are held."""

    pictures = FilesField(
        label=gettext_lazy("Pictures"),
        help_text=gettext_lazy(
            "One or several. Each must show one clear face; what cannot be used is told, and the others are kept."
        ),
    )
    basis = forms.ChoiceField(label=gettext_lazy("On which basis they are held"), choices=Basis.choices)
    giver = forms.ChoiceField(
        label=gettext_lazy("Given by"),
        help_text=gettext_lazy("A relative on record: their consent decides how long it is searched."),
        required=False,
    )
    given_by = forms.CharField(label=gettext_lazy("Or by somebody else"), max_length=200, required=False)
    citation = forms.CharField(
        label=gettext_lazy("Paper or agreement"),
        help_text=gettext_lazy("Needed for service records, a partner or a register."),
        max_length=400,
        required=False,
    )
    until = forms.DateField(
        label=gettext_lazy("May be searched until"),
        help_text=gettext_lazy("Without a last day it is reviewed after a year."),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    again = forms.BooleanField(
        label=gettext_lazy("It was withdrawn before, and its giver gives it again"), required=False
    )
    field_order = ("pictures", "basis", "giver", "given_by", "citation", "until")

    def __init__(self, *args: Any, relatives: Sequence[Relative] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relatives = {str(each.pk): each for each in relatives}
        self.fields["giver"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody on record")),
            *(
                (pk, f"{', '.join(each.names[:1])} ({each.get_relation_display()})")
                for pk, each in self.relatives.items()
            ),
        ]

    @property
    def terms(self) -> list[Any]:
        return [self[name] for name in ("basis", "giver", "given_by", "citation", "until", "again")]

    @property
    def picture(self) -> list[Any]:
        return [self[name] for name in About.__dataclass_fields__]

    def giving(self) -> Giving:
        data = self.cleaned_data
        return Giving(
            data["basis"],
            citation=data["citation"].strip(),
            given_by=data["given_by"].strip(),
            until=data["until"],
            again=data["again"],
        )

    def giver_chosen(self) -> Relative | None:
        return self.relatives.get(self.cleaned_data["giver"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("giver") and not data.get("given_by", "").strip():
            self.add_error("giver", _("Say who gave the pictures: a relative on record, or somebody else by name."))
        return data

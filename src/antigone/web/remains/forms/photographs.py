"""Forms of photographs: which files, which shot of the list, and how they were taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.remains import coach
from antigone.remains.models import Photograph
from antigone.remains.photographing import Taking
from antigone.web.remains import shots
from antigone.web.remains.forms.asking import PICTURES, SeenForm, YesNo, line, moment, pick

_L = gettext_lazy
MOST_FILES = 40
AS_NAMED = "as-named"


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; each is checked by the room that takes it."""

    widget = ManyFiles(attrs={"accept": PICTURES})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError(_("Choose at least one photograph."))
        if len(given) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %(most)d photographs at a time; send the others after these.") % {"most": MOST_FILES}
            )
        return list(given)


class TakingForm(SeenForm):
    """How a photograph was taken."""

    shot = pick(_L("Shot"), (), _L("Which of the list it is."), required=False, empty=_L("not of the list"))
    number = line(_L("Number"), _L("Of a mark, garment or effect: 2 makes D2."), required=False, length=3)
    taken_at = moment(_L("Taken at"), required=False)
    taken_by = line(_L("Taken by"), required=False)
    card_visible = YesNo(_L("Is the card with the code to be seen?"))
    cleaned = YesNo(_L("Was it taken after cleaning?"), _L("S0 and F1 come before anything is cleaned."))
    note = line(_L("Note"), required=False, length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shot"].choices = [("", _("not of the list")), *shots.choices()]  # type: ignore[attr-defined]
        self.fields["number"].widget.attrs["inputmode"] = "numeric"

    @property
    def how(self) -> list[forms.BoundField]:
        return [self[name] for name in ("shot", "number", "taken_at", "taken_by", "card_visible", "cleaned", "note")]

    def clean_number(self) -> str:
        text = str(self.cleaned_data["number"]).strip()
        if text and not (text.isascii() and text.isdecimal() and int(text) > 0):
            raise forms.ValidationError(_("A whole number from 1, or nothing."))
        return str(int(text)) if text else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        shot, number = data.get("shot", ""), data.get("number", "")
        if number and shot != AS_NAMED and (not shot or not coach.SHOTS[shot].several):
            self.add_error("number", _("Only marks (D), garments (C) and effects (E) are numbered."))
        return data

    def taking(self, *, shot: str | None = None) -> Taking:
        """What was said of the taking; `shot` instead of the one that was chosen."""
        data = self.cleaned_data
        chosen = f"{data['shot']}{data['number']}" if data["shot"] else ""
        return Taking(
            shot=chosen if shot is None else shot,
            taken_at=data["taken_at"],
            taken_by=data["taken_by"].strip(),
            card_visible=data["card_visible"],
            cleaned=data["cleaned"],
            note=data["note"].strip(),
        )

    @staticmethod
    def current_of(photograph: Photograph) -> dict[str, Any]:
        kind = coach.kind_of(photograph.shot) or ""
        said = {name: getattr(photograph, name) for name in ("taken_at", "taken_by", "card_visible", "cleaned", "note")}
        return {**said, "shot": kind, "number": photograph.shot.removeprefix(kind)}


class PhotographsForm(TakingForm):
    """Photographs to take in, and how all of them were taken."""

    photographs = FilesField(
        label=_L("Photographs"),
        help_text=_L(
            "As they came from the camera: never cropped, never brightened. What cannot be used is told, and the "
            "others are kept."
        ),
    )
    field_order = ("photographs", "shot", "number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shot"].choices = [  # type: ignore[attr-defined]
            ("", _("not of the list")),
            (AS_NAMED, _("as each file is named: F1.jpg, D2.jpg")),
            *shots.choices(),
        ]

    def taking_of(self, file_name: str) -> Taking:
        """How this file was taken; its name tells the shot where that was chosen."""
        if self.cleaned_data["shot"] != AS_NAMED:
            return self.taking()
        return self.taking(shot=coach.named_in(file_name))

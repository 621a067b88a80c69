"""How forms of this area ask: a line, words, a day, a moment, a yes or no that may be unsaid."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from antigone.description.fields import Label

MOMENT = "%Y-%m-%dT%H:%M"
PICTURES = "image/jpeg,image/png,image/heic,image/webp,image/tiff,.heic"


def line(label: Label, hint: Label = "", *, required: bool = True, length: int = 200) -> forms.CharField:
    """One line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=length, widget=widget)


def words(label: Label, hint: Label = "", *, required: bool = False, length: int = 20_000) -> forms.CharField:
    """Some sentences."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=length, widget=widget)


def day(label: Label, hint: Label = "", *, required: bool = True) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget)


def moment(label: Label, hint: Label = "", *, required: bool = True) -> forms.DateTimeField:
    """A day and a time of day, in UTC as everywhere in the records."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    said = hint or _("Day and time in UTC.")
    return forms.DateTimeField(label=label, help_text=said, required=required, widget=widget)


def pick(
    label: Label, choices: Iterable[tuple[str, Any]], hint: Label = "", *, required: bool = True, empty: Label = ""
) -> forms.ChoiceField:
    """One of a closed list; `empty` is the line of no choice."""
    known = [("", empty or _("choose")), *choices]
    return forms.ChoiceField(label=label, help_text=hint, required=required, choices=known)


def one_of(label: Label, choices: Iterable[tuple[str, Any]], hint: Label = "") -> forms.ChoiceField:
    """One of a few, all of them to be seen."""
    return forms.ChoiceField(label=label, help_text=hint, choices=list(choices), widget=forms.RadioSelect)


def tick(label: Label, hint: Label = "", *, required: bool = False) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, help_text=hint, required=required)


class SeenForm(forms.Form):
    """A form that corrects a record: it knows what its writer saw, and tells when somebody else was there meanwhile.

    `current` are the values on record, by the names of fields. Nothing is lost: what stands now is told, what was
    written stays, and sending it again puts it in place knowingly.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, data: Any = None, files: Any = None, *, current: Mapping[str, Any] | None = None, **more: Any
    ) -> None:
        self.current = current
        if current is not None:
            more["initial"] = {**current, "seen": _digest(current)}
        super().__init__(data, files, **more)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        seen = data.pop("seen", "")
        if self.current is not None and seen != _digest(self.current):
            self.add_error(None, _changed_meanwhile(self, self.current))
            self.data = {**self.data.dict(), "seen": _digest(self.current)}  # type: ignore[attr-defined]
        return data


def _digest(current: Mapping[str, Any]) -> str:
    return hashlib.sha256(repr(sorted((key, str(value)) for key, value in current.items())).encode()).hexdigest()


def _changed_meanwhile(form: forms.Form, current: Mapping[str, Any]) -> str:
    said = [(form.fields[key], value) for key, value in current.items() if value not in (None, "")]
    now = "; ".join(f"{field.label}: {_in_words(field, value)}" for field, value in said)
    return gettext(
        "Somebody else changed this while you wrote. On record is now: %(now)s. What you wrote is still here, and "
        "nothing was saved: send it again to put it in the place of theirs."
    ) % {"now": now}


def _in_words(field: forms.Field, value: Any) -> Any:
    if isinstance(value, datetime):
        return date_format(value, "DATETIME_FORMAT")
    if isinstance(value, bool):
        value = "yes" if value else "no"
    choices: dict[Any, Any] = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type]
    return choices.get(value, value)


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, label: Label, hint: Label = "") -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            choices=[("", _("not said")), ("yes", _("yes")), ("no", _("no"))],
            coerce=lambda text: text == "yes",
            empty_value=None,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

"""How forms of this area ask: a line, words, a day, a moment, a yes or no that may be unsaid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.description.fields import Label

MOMENT = "%Y-%m-%dT%H:%M"


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

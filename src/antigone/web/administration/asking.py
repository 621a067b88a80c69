"""Acts that follow a question: what will happen is said first, and no reason is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms

from antigone.web.showing import Words


@dataclass(frozen=True)
class Question:
    """What the page says before the button is pressed; `kind` is the box that it stands in."""

    title: Words
    verb: Words
    consequences: Sequence[Words]
    back: str
    back_label: Words
    warning: Words = ""
    grave: bool = True
    form: forms.Form = field(default_factory=forms.Form)

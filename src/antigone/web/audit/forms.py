"""Forms of the ledger: what is held against it, and the signatures of other agencies."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.ledger.note import MOST_BYTES


def _text(**kwargs: object) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 7, "class": "code", "spellcheck": "false", "autocomplete": "off"})
    return forms.CharField(widget=area, strip=False, max_length=MOST_BYTES, **kwargs)  # type: ignore[arg-type]


class VerifyForm(forms.Form):
    """A verification; a checkpoint that somebody else kept makes it a stronger one."""

    checkpoint = _text(
        label=_("A checkpoint that somebody else kept"),
        required=False,
        help_text=_("Paste the whole text. It shows whether the log still begins as it did when they were given it."),
    )
    verifier = forms.CharField(
        label=_("Verifier key"),
        required=False,
        max_length=400,
        help_text=_("Only where it is signed by another key than that of this log."),
        widget=forms.TextInput(attrs={"class": "code", "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_checkpoint(self) -> str:
        return unix(self.cleaned_data["checkpoint"])


class CountersignForm(forms.Form):
    """One of our checkpoints as another agency gave it back, with its signature."""

    checkpoint = _text(
        label=_("The checkpoint with their signature"),
        help_text=_("The whole text that they gave back, signature lines and all."),
    )
    verifier = forms.CharField(
        label=_("Their verifier key"),
        max_length=400,
        help_text=_("As they gave it to you by another way than this text."),
        widget=forms.TextInput(attrs={"class": "code", "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_checkpoint(self) -> str:
        return unix(self.cleaned_data["checkpoint"])


def unix(text: str) -> str:
    """What was pasted, with the ends of lines that were signed; a browser sends others, and often drops the last."""
    plain = text.replace("\r\n", "\n").strip("\n")
    return f"{plain}\n" if plain.strip() else ""

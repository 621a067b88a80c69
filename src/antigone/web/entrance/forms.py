"""The form with which somebody who was invited chooses a passphrase."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.access import accounts, invitations
from antigone.access.errors import AccessError
from antigone.access.forms import PASSPHRASE_HINT
from antigone.access.models import Operator


class Welcome(forms.Form):
    """The code that was handed over, and a passphrase twice."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("As it was given to you, with or without its dashes; capitals do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        strip=False,
        max_length=1024,
        help_text=PASSPHRASE_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The passphrase again"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    invited: Operator | None = None

    def __init__(self, *args: Any, locked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locked = locked

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.locked:
            raise forms.ValidationError(
                _("Too many attempts failed: nothing can be tried for a quarter of an hour. Nothing was changed.")
            )
        try:
            self.invited = invitations.invited(code)
        except AccessError as refused:
            raise forms.ValidationError(refused.sentence) from refused
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        passphrase, again = given.get("passphrase"), given.get("again")
        if passphrase and again and passphrase != again:
            self.add_error("again", _("This is not the same passphrase."))
        elif passphrase and self.invited is not None:
            try:
                accounts.check_passphrase(passphrase, self.invited)
            except forms.ValidationError as weak:
                self.add_error("passphrase", weak)
        return given

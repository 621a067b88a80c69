"""Forms about people: a new one, and the roles that somebody holds."""

from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from antigone.access import services, wording
from antigone.access.rules import Role


def _said(role: Role) -> SafeString:
    label = str(role.label)
    return format_html(
        "<span><strong>{}</strong><br><small>{}</small></span>", label[:1].upper() + label[1:], wording.ROLES[role]
    )


def role_choices() -> list[tuple[str, Promise | str]]:
    """Every role with what it is for; asked for at each form, in the language in use."""
    return [(role.value, _said(role)) for role in Role]


class RolesField(forms.MultipleChoiceField):
    """Any number of roles."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            choices=role_choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.pop("label", _("Roles")),  # type: ignore[arg-type]
            **kwargs,  # type: ignore[arg-type]
        )


class AddForm(forms.Form):
    """A new colleague."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As colleagues know them; they sign in with it."),
        max_length=services.NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    roles = RolesField(help_text=_("What they will do here. Roles can be given and taken later."))


class RolesForm(forms.Form):
    """The roles of somebody; `shown` are those that the form was opened with."""

    roles = RolesField(label=_("Roles in your agency"))
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_shown(self) -> list[str]:
        known = {role.value for role in Role}
        return [each for each in self.cleaned_data["shown"].split(",") if each in known]

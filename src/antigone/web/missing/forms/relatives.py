"""Forms of relatives and reporters: how to reach them, what they agree to, with whom it is shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Agency
from antigone.intake.choices import Audience, Channel, ConsentGiven, Relation
from antigone.intake.tellers import Contact, Teller
from antigone.missing.models import Relative

CONTACTS = 3
CHANNELS = [("", gettext_lazy("not said")), *Channel.choices]


class RelativeForm(forms.Form):
    """Who they are, what they are to the person, how and by whom they may be reached."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    other_name = forms.CharField(label=gettext_lazy("The name in other letters"), max_length=200, required=False)
    relation = forms.ChoiceField(label=gettext_lazy("What they are to the person"), choices=Relation.choices)
    reporter = forms.BooleanField(label=gettext_lazy("They reported the person missing"), required=False)
    channel_0 = forms.ChoiceField(label=gettext_lazy("How to reach them"), choices=CHANNELS, required=False)
    value_0 = forms.CharField(label=gettext_lazy("Number or address"), max_length=300, required=False)
    channel_1 = forms.ChoiceField(label=gettext_lazy("Or"), choices=CHANNELS, required=False)
    value_1 = forms.CharField(label=gettext_lazy("Number or address"), max_length=300, required=False)
    channel_2 = forms.ChoiceField(label=gettext_lazy("Or"), choices=CHANNELS, required=False)
    value_2 = forms.CharField(label=gettext_lazy("Number or address"), max_length=300, required=False)
    language = forms.CharField(label=gettext_lazy("Language they speak best"), max_length=35, required=False)
    preferred = forms.ChoiceField(label=gettext_lazy("Preferred way"), choices=CHANNELS, required=False)
    hours = forms.CharField(label=gettext_lazy("When they wish to be reached"), max_length=200, required=False)
    contact_by = forms.MultipleChoiceField(
        label=gettext_lazy("Who may contact them"),
        help_text=gettext_lazy("With nobody ticked they are not contacted."),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    adverse = forms.BooleanField(
        label=gettext_lazy("They are under the power of an adverse party"),
        help_text=gettext_lazy("No agency here contacts them by itself then: it goes by the routing of notices alone."),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for place in range(CONTACTS):
            if data.get(f"value_{place}") and not data.get(f"channel_{place}"):
                self.add_error(f"channel_{place}", _("Say which way that is: by telephone, by letter, …"))
        return data

    @property
    def contacts(self) -> list[tuple[Any, Any]]:
        return [(self[f"channel_{place}"], self[f"value_{place}"]) for place in range(CONTACTS)]

    def teller(self) -> Teller:
        data = self.cleaned_data
        return Teller(
            names=tuple(name for name in (data["name"], data["other_name"]) if name),
            relation=data["relation"],
            contacts=tuple(
                Contact(data[f"channel_{place}"], data[f"value_{place}"])
                for place in range(CONTACTS)
                if data[f"value_{place}"]
            ),
            language=data["language"],
            preferred=data["preferred"],
            hours=data["hours"],
            contact_by=tuple(data["contact_by"]),
            adverse=data["adverse"],
            note=data["note"],
        )

    @staticmethod
    def initial_of(relative: Relative) -> dict[str, Any]:
        """The form filled from a record."""
        names = [*relative.names, "", ""]
        contacts = {}
        for place, each in enumerate(relative.contacts[:CONTACTS]):
            contacts[f"channel_{place}"] = each.get("channel", "")
            contacts[f"value_{place}"] = each.get("value", "")
        columns = ("relation", "reporter", "language", "preferred", "hours", "contact_by", "adverse", "note", "version")
        return {
            "name": names[0],
            "other_name": names[1],
            **contacts,
            **{key: getattr(relative, key) for key in columns},
        }

    @staticmethod
    def rows_of(relative: Relative) -> list[tuple[str, str]]:
        """What a record says, line by line, for who must compare it."""
        channels = dict(Channel.choices)
        ways = [f"{channels.get(each.get('channel', ''), '')}: {each.get('value', '')}" for each in relative.contacts]
        rows = [
            (_("Name"), ", ".join(relative.names)),
            (_("What they are to the person"), str(Relation(relative.relation).label)),
            (_("How to reach them"), "; ".join(ways)),
            (_("Language they speak best"), relative.language),
            (_("When they wish to be reached"), relative.hours),
            (_("Note"), relative.note),
        ]
        return [row for row in rows if row[1]]


class ConsentForm(forms.Form):
    """To which wording, when and how they agreed."""

    wording = forms.CharField(
        label=gettext_lazy("Version of the wording"),
        help_text=gettext_lazy("As printed at the foot of the form that was read with them."),
        max_length=64,
    )
    given_on = forms.DateField(label=gettext_lazy("Given on"), widget=forms.DateInput(attrs={"type": "date"}))
    given_how = forms.ChoiceField(
        label=gettext_lazy("How it was given"),
        choices=[each for each in ConsentGiven.choices if each[0] != ConsentGiven.ON_PAGES],
    )


class SharesForm(forms.Form):
    """With whom beside this agency; nothing ticked means: with nobody."""

    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("May be shared with"),
        choices=[
            each for each in Audience.choices if each[0] not in (Audience.OWN_AGENCY.value, Audience.PARTNERS.value)
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Partner agencies, each by name"),
        help_text=gettext_lazy("An agency sees it only while an agreement between the two is in force as well."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, partners: Sequence[Agency] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["partners"].choices = [(str(each.pk), each.name) for each in partners]  # type: ignore[attr-defined]
        if not partners:
            del self.fields["partners"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data.setdefault("partners", [])
        return data

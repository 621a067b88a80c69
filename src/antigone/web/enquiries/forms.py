"""The form of an enquiry that somebody files for a family, at the counter, by telephone, or from a letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.description.bases import LegalBasis
from antigone.description.errors import BadStatement
from antigone.description.given import Given
from antigone.intake.choices import Audience, Channel, ConsentGiven, FiledBy, Relation, Stage
from antigone.intake.filing import FAMILY_LIMITS, MOST_PORTRAITS, About, Agreed, Filing, Likeness, past_date
from antigone.intake.tellers import Contact, Teller
from antigone.missing.queries import HoldingName
from antigone.web.missing.forms.persons import SoughtForm
from antigone.web.missing.forms.portraits import FilesField, bytes_of

CHANNELS = [("", gettext_lazy("not said")), *Channel.choices]


class FilingForm(SoughtForm):
    """Who is sought, who asks, what they agree to, and what they bring."""

    words = forms.CharField(
        label=gettext_lazy("What they tell"),
        help_text=gettext_lazy("How they went missing, what they wore, marks and scars: in the family’s own words."),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    enquirer = forms.CharField(label=gettext_lazy("Who asks"), max_length=200)
    relation = forms.ChoiceField(label=gettext_lazy("What they are to the person"), choices=Relation.choices)
    channel_0 = forms.ChoiceField(label=gettext_lazy("How to reach them"), choices=CHANNELS, required=False)
    value_0 = forms.CharField(label=gettext_lazy("Number or address"), max_length=300, required=False)
    channel_1 = forms.ChoiceField(label=gettext_lazy("Or"), choices=CHANNELS, required=False)
    value_1 = forms.CharField(label=gettext_lazy("Number or address"), max_length=300, required=False)
    language = forms.CharField(label=gettext_lazy("Language they speak best"), max_length=35, required=False)
    hours = forms.CharField(label=gettext_lazy("When they wish to be reached"), max_length=200, required=False)
    adverse = forms.BooleanField(
        label=gettext_lazy("They are under the power of an adverse party"),
        help_text=gettext_lazy("No agency here contacts them by itself then."),
        required=False,
    )
    came = forms.ChoiceField(
        label=gettext_lazy("How the enquiry came"),
        choices=[each for each in FiledBy.choices if each[0] != FiledBy.PORTAL],
    )
    wording = forms.CharField(
        label=gettext_lazy("Version of the wording"),
        help_text=gettext_lazy("As printed at the foot of the form that was read with them."),
        max_length=64,
    )
    given_on = forms.DateField(label=gettext_lazy("Consent given on"), widget=forms.DateInput(attrs={"type": "date"}))
    given_how = forms.ChoiceField(
        label=gettext_lazy("How it was given"),
        choices=[each for each in ConsentGiven.choices if each[0] != ConsentGiven.ON_PAGES],
    )
    contact_by = forms.MultipleChoiceField(
        label=gettext_lazy("Who may contact them"),
        help_text=gettext_lazy("With nobody ticked they are not contacted."),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    shares = forms.MultipleChoiceField(
        label=gettext_lazy("With whom it may be shared"),
        help_text=gettext_lazy("Beside this agency. Partners are named one by one when the enquiry is taken up."),
        choices=[each for each in Audience.choices if each[0] != Audience.OWN_AGENCY],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pictures = FilesField(
        label=gettext_lazy("Pictures they bring"),
        help_text=gettext_lazy("At most %(most)d. They lie sealed with the enquiry until it is taken up."),
        required=False,
    )
    taken_on = forms.CharField(
        label=gettext_lazy("When the pictures were taken"),
        help_text=gettext_lazy("As far as it is known: 2014, 2014-05, about 2014 as 2014~."),
        max_length=32,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = timezone.now().date().isoformat()
        self.fields["pictures"].help_text = str(self.fields["pictures"].help_text) % {"most": MOST_PORTRAITS}

    @property
    def contacts(self) -> list[tuple[Any, Any]]:
        return [(self[f"channel_{place}"], self[f"value_{place}"]) for place in range(2)]

    @property
    def about_consent(self) -> list[Any]:
        return [self[name] for name in ("wording", "given_on", "given_how")]

    def terms(self) -> tuple[str, str, str]:
        data = self.cleaned_data
        relation = dict(Relation.choices).get(data.get("relation", ""), "")
        source = ", ".join(str(each) for each in (data.get("enquirer"), relation) if each)[:200]
        return LegalBasis.FAMILY_CHOICE.value, source, ""

    def clean_taken_on(self) -> str:
        text = str(self.cleaned_data["taken_on"]).strip()
        if not text:
            return ""
        try:
            return past_date(text)
        except BadStatement as fault:
            raise forms.ValidationError(fault.sentence) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for place in range(2):
            if data.get(f"value_{place}") and not data.get(f"channel_{place}"):
                self.add_error(f"channel_{place}", _("Say which way that is: by telephone, by letter, …"))
        return data

    def filing(self) -> Filing:
        """What the form says, for the service; reads the pictures."""
        data = self.cleaned_data
        teller = Teller(
            names=(data["enquirer"],),
            relation=data["relation"],
            contacts=tuple(
                Contact(data[f"channel_{place}"], data[f"value_{place}"])
                for place in range(2)
                if data[f"value_{place}"]
            ),
            language=data["language"],
            hours=data["hours"],
            contact_by=tuple(data["contact_by"]),
            adverse=data["adverse"],
        )
        basis, source, _citation = self.terms()
        sought = [(key, given) for _name, key, given in self.stated()]
        if data["words"]:
            sought.append(("event.words", Given(data["words"], basis=basis, source=source)))
        about = About(taken_on=data["taken_on"])
        return Filing(
            teller,
            sought,
            Agreed(data["wording"], data["given_on"], data["given_how"]),
            channel=data["came"],
            language=data["language"],
            portraits=[Likeness(bytes_of(each, FAMILY_LIMITS), about) for each in data["pictures"]],
            shares=data["shares"],
        )


class TakeUpForm(forms.Form):
    """Into which holding."""

    holding = forms.ChoiceField(label=gettext_lazy("Into which holding"))

    def __init__(self, data: Any = None, *, holdings: Sequence[HoldingName] = ()) -> None:
        super().__init__(data)
        self.fields["holding"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name if each.approved else _("%(name)s (not approved yet)") % {"name": each.name})
            for each in holdings
        ]


class StageForm(forms.Form):
    """How far it is; the family reads it, and it never tells what a person should."""

    stage = forms.ChoiceField(
        label=gettext_lazy("How far it is"),
        choices=[each for each in Stage.choices if each[0] != Stage.REGISTERED],
        widget=forms.RadioSelect,
    )

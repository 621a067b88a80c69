"""Forms of samples, papers that were carried, claims of recognition, and public items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.description.bases import LegalBasis
from antigone.remains.claims import NewClaim
from antigone.remains.documents import NewDocument
from antigone.remains.models import DocumentKind, Identifier, SampleKind, ShownAs
from antigone.remains.open_source import NewItem
from antigone.remains.sampling import Answer, NewSample
from antigone.web.remains.forms.asking import PICTURES, day, line, moment, one_of, pick, tick, words

_L = gettext_lazy


class SampleForm(forms.Form):
    """A sample, as it stands on the tube."""

    reference = line(_L("Reference"), _L("As it stands on the tube or bag."), length=120)
    kind = pick(_L("What it is"), SampleKind.choices)
    identifier = pick(_L("For which identifier"), Identifier.choices)
    taken_from = line(_L("Taken from"), _L("For example: left femur, mid-shaft."), required=False)
    taken_on = day(_L("Taken on"), required=False)
    taken_by = line(_L("Taken by"))
    kept_at = line(_L("Kept at"))
    laboratory = line(_L("Laboratory"), _L("If it is sent to one."), required=False)
    laboratory_reference = line(_L("The laboratory’s reference"), required=False, length=120)

    def new(self) -> NewSample:
        return NewSample(**self.cleaned_data)


class AnswerForm(forms.Form):
    """What the laboratory answers, in words."""

    result = words(
        _L("What the laboratory answers"),
        _L("In its own words. No profile and no raw data is kept here."),
        required=True,
    )
    result_on = day(_L("Dated"), required=False)
    laboratory = line(_L("Laboratory"), required=False)
    laboratory_reference = line(_L("Its reference"), required=False, length=120)

    def answer(self) -> Answer:
        return Answer(**self.cleaned_data)


class DocumentForm(forms.Form):
    """A paper, card or photograph that was carried."""

    kind = pick(_L("What it is"), DocumentKind.choices)
    where_on_body = line(_L("Where it was"), _L("Which pocket, which bag, in whose hand."))
    names_on_it = line(_L("Names on it"), _L("As they stand there, in their own letters."), required=False, length=400)
    dates_on_it = line(_L("Dates on it"), required=False)
    number_on_it = line(_L("Number on it"), required=False, length=120)
    words = words(_L("What else stands on it"))
    found_by = line(_L("Found by"))
    found_on = day(_L("Found on"), required=False)
    picture = forms.FileField(
        label=_L("A picture of it"),
        help_text=_L("Sealed, and shown behind a click that the ledger keeps."),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES}),
    )

    def new(self) -> NewDocument:
        return NewDocument(**{name: value for name, value in self.cleaned_data.items() if name != "picture"})


class ClaimForm(forms.Form):
    """Who says whom they recognised, and under which conditions."""

    claimant = line(_L("Who says so"))
    relation = line(_L("What they are to the person they name"), required=False, length=120)
    named = line(_L("Whom they name"))
    shown = one_of(_L("What they were shown"), ShownAs.choices)
    light = line(_L("In which light"), required=False)
    condition = line(_L("In which state the body was"), required=False, length=400)
    state_of_claimant = line(_L("In which state they were"), required=False, length=400)
    after_death = line(_L("How long after the death"), required=False, length=120)
    said_on = day(_L("Said on"))
    place = line(_L("Where"), required=False)
    heard_by = line(_L("Heard by"))
    given_over = tick(_L("The body was handed over on the ground of this"))
    buried_on_it = tick(_L("The body was buried under this name"))

    def __init__(self, data: Any = None, *, living: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        if living:
            for name in ("condition", "after_death", "given_over", "buried_on_it"):
                del self.fields[name]
            self.fields["shown"].choices = [  # type: ignore[attr-defined]
                (ShownAs.BODY.value, _("the person themselves")),
                (ShownAs.PHOTOGRAPH.value, _("a photograph of them")),
                *[each for each in ShownAs.choices if each[0] not in (ShownAs.BODY, ShownAs.PHOTOGRAPH)],
            ]

    def new(self) -> NewClaim:
        return NewClaim(**self.cleaned_data)


class ItemForm(forms.Form):
    """One thing found in public: the copy saved by hand, where, how, and why it is necessary."""

    address = line(_L("Address"), _L("As text. Nothing opens it."), length=2000)
    seen_at = moment(_L("Seen and saved at"))
    how_found = words(_L("How it was found"), _L("Who told you, or what you looked for."), required=True)
    necessity = words(
        _L("Why it is necessary"),
        _L("What it can decide for this case that nothing else on record can."),
        required=True,
    )
    copy = forms.FileField(
        label=_L("The copy"),
        help_text=_L("A picture, cropped so that nobody else is to be seen on it."),
        widget=forms.FileInput(attrs={"accept": PICTURES}),
    )
    bystanders_cropped = tick(_L("I cropped everybody else from the copy, and looked again."), required=False)

    def new(self) -> NewItem:
        data = self.cleaned_data
        return NewItem(
            address=data["address"].strip(),
            seen_at=data["seen_at"],
            how_found=data["how_found"],
            necessity=data["necessity"],
            bystanders_cropped=data["bystanders_cropped"],
        )


class DecideForm(forms.Form):
    """A second person's decision about a public item."""

    decision = one_of(
        _L("Your decision"),
        [
            ("approve", _L("approve: it may be compared with this subject, and with nothing else")),
            ("refuse", _L("refuse: the copy is erased at once")),
        ],
    )
    reason = words(_L("Why"), required=True, length=400)


class OfferForm(forms.Form):
    """That the family or a lawful holder gives this picture as a portrait."""

    given_by = line(_L("Who gives it"), _L("By name: family, or who holds it lawfully."))
    relation = line(_L("What they are to the person shown"), required=False, length=120)
    basis = pick(_L("On which ground"), LegalBasis.choices)


class UnitsForm(forms.Form):
    """Codes of remains units, and why they are thought to be of one person."""

    codes = words(_L("Codes of the units"), _L("One a line, or with commas between them."), required=True, length=4000)
    reason = words(_L("Why"), _L("What it rests on: DNA, fit of the bones, one bag."), required=True, length=400)

    def clean_codes(self) -> list[str]:
        parts = self.cleaned_data["codes"].replace(",", "\n").replace(";", "\n").split()
        found = list(dict.fromkeys(parts))
        if not found:
            raise forms.ValidationError(_("Write at least one code."))
        if len(found) > 60:
            raise forms.ValidationError(_("At most 60 codes at a time."))
        return found


class SplitForm(forms.Form):
    """Which units leave an individual, and why."""

    units = forms.MultipleChoiceField(label=_L("Units that are of another person"), widget=forms.CheckboxSelectMultiple)
    reason = words(_L("Why"), required=True, length=400)

    def __init__(self, data: Any = None, *, units: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["units"].choices = units  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Which other individual is the same person, and why."""

    other = line(_L("The other individual"), _L("Its number, or the code of one of its units."), length=120)
    reason = words(_L("Why"), required=True, length=400)

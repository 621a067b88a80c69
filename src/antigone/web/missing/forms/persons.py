"""The form of a new missing person: as little as makes a record, the rest is stated later block by block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.description import dates, statements
from antigone.description.bases import LegalBasis
from antigone.description.catalogue import FIELDS
from antigone.description.errors import BadStatement
from antigone.description.given import Certainty, Given, How
from antigone.intake.choices import Audience, Channel, Relation
from antigone.intake.tellers import Contact, Teller
from antigone.missing.queries import HoldingName
from antigone.missing.recording import NewPerson
from antigone.missing.rules import script_of

SEXES = (
    ("", gettext_lazy("not asked yet")),
    ("female", gettext_lazy("female")),
    ("male", gettext_lazy("male")),
    ("other", gettext_lazy("neither of these")),
    ("unknown", gettext_lazy("asked, and not known")),
)
DATE_HELP = gettext_lazy("As far as it is known: 2014, 2014-05, 2014-05-03, about 2014 as 2014~, or 2013/2015.")


class SoughtForm(forms.Form):
    """What is told first of whoever is missed. A form that extends it says on which terms: `terms()`."""

    surname = forms.CharField(label=gettext_lazy("Surname"), max_length=200, required=False)
    given = forms.CharField(label=gettext_lazy("Given names"), max_length=200, required=False)
    patronymic = forms.CharField(label=gettext_lazy("Patronymic"), max_length=200, required=False)
    whole = forms.CharField(
        label=gettext_lazy("Whole name"),
        help_text=gettext_lazy("Only where its parts are not known."),
        max_length=200,
        required=False,
    )
    spelling = forms.CharField(
        label=gettext_lazy("The name in other letters"),
        help_text=gettext_lazy("As in a passport, or as the family writes it at home."),
        max_length=200,
        required=False,
    )
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=SEXES, required=False)
    birth_date = forms.CharField(
        label=gettext_lazy("Date of birth"), help_text=DATE_HELP, max_length=32, required=False
    )
    last_seen_on = forms.CharField(
        label=gettext_lazy("Last seen on"), help_text=DATE_HELP, max_length=32, required=False
    )
    last_seen_place = forms.CharField(label=gettext_lazy("Last seen at"), max_length=200, required=False)

    @property
    def about_name(self) -> list[Any]:
        return [self[name] for name in ("surname", "given", "patronymic", "whole", "spelling")]

    @property
    def about_person(self) -> list[Any]:
        return [self[name] for name in ("sex", "birth_date", "last_seen_on", "last_seen_place")]

    def terms(self) -> tuple[str, str, str]:
        """Ground in law, source, citation."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("surname", "given", "patronymic", "whole")):
            self.add_error("surname", _("Give a name, or at least a part of one."))
        for name, key, given in self.stated():
            try:
                statements.checked(FIELDS[key], given)
            except BadStatement as fault:
                self.add_error(name, fault.sentence)
        return data

    def names(self) -> list[str]:
        """The names as they will be found."""
        data = self.cleaned_data
        parts = " ".join(data[part] for part in ("surname", "given", "patronymic") if data[part])
        return [name for name in (data["whole"] or parts, data["spelling"]) if name]

    def birth(self) -> str:
        """The birth date in its one form."""
        text = self.cleaned_data["birth_date"]
        return dates.read(text).text if text else ""

    def stated(self) -> list[tuple[str, str, Given]]:
        """Field of the form, key of the catalogue, and what is stated."""
        data = self.cleaned_data
        basis, source, citation = self.terms()

        def given(value: Any, certainty: str = Certainty.KNOWN.value) -> Given:
            return Given(
                value, basis=basis, how=How.REPORTED.value, source=source, citation=citation, certainty=certainty
            )

        said: list[tuple[str, str, Given]] = []
        parts = {part: data[part] for part in ("surname", "given", "patronymic") if data.get(part)}
        if data.get("whole"):
            parts = {"full": data["whole"]}
        if parts:
            script = script_of(" ".join(parts.values()))
            said.append(("surname", "name", given({"kind": "current", **parts, "script": script})))
        if data.get("spelling"):
            value = {"kind": "current", "full": data["spelling"], "script": script_of(data["spelling"])}
            said.append(("spelling", "name", given(value)))
        if data.get("sex") == "unknown":
            said.append(("sex", "sex", given(None, Certainty.UNKNOWN.value)))
        elif data.get("sex"):
            said.append(("sex", "sex", given(data["sex"])))
        told = {"birth_date": "birth.date", "last_seen_on": "event.date", "last_seen_place": "event.place"}
        return [*said, *((name, key, given(data[name])) for name, key in told.items() if data.get(name))]


class NewPersonForm(SoughtForm):
    """What is told first, by whom, and where it is held."""

    reporter = forms.CharField(
        label=gettext_lazy("Who reports them missing"),
        help_text=gettext_lazy("The name of the person before you, or on the telephone."),
        max_length=200,
    )
    relation = forms.ChoiceField(label=gettext_lazy("What they are to the person"), choices=Relation.choices)
    channel = forms.ChoiceField(
        label=gettext_lazy("How to reach them"),
        choices=[("", gettext_lazy("not said")), *Channel.choices],
        required=False,
    )
    contact = forms.CharField(label=gettext_lazy("Number or address"), max_length=300, required=False)
    may_contact = forms.BooleanField(label=gettext_lazy("They agree that this agency contacts them"), required=False)

    holding = forms.ChoiceField(label=gettext_lazy("Holding"))
    basis = forms.ChoiceField(
        label=gettext_lazy("Ground in law"),
        help_text=gettext_lazy("It holds for everything on this page; each datum can be given another later."),
        choices=LegalBasis.choices,
    )
    citation = forms.CharField(
        label=gettext_lazy("Article or paper, where a statute says so"), max_length=400, required=False
    )
    ref = forms.CharField(
        label=gettext_lazy("Your own reference"),
        help_text=gettext_lazy("Leave it empty, and one is given."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, holdings: Sequence[HoldingName] = ()) -> None:
        super().__init__(data)
        choices = [(str(each.pk), each.name) for each in holdings]
        self.fields["holding"].choices = choices  # type: ignore[attr-defined]

    @property
    def about_reporter(self) -> list[Any]:
        return [self[name] for name in ("reporter", "relation", "channel", "contact", "may_contact")]

    @property
    def about_record(self) -> list[Any]:
        return [self[name] for name in ("holding", "basis", "citation", "ref")]

    def terms(self) -> tuple[str, str, str]:
        data = self.cleaned_data
        relation = dict(Relation.choices).get(data.get("relation", ""), "")
        source = ", ".join(str(each) for each in (data.get("reporter"), relation) if each)[:200]
        return data.get("basis") or LegalBasis.FAMILY_CHOICE.value, source, data.get("citation", "")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("contact") and not data.get("channel"):
            self.add_error("channel", _("Say how to reach them there: by telephone, by letter, …"))
        return data

    def new(self) -> NewPerson:
        """What the form says, for the service."""
        data = self.cleaned_data
        contacts = (Contact(data["channel"], data["contact"]),) if data["contact"] else ()
        teller = Teller(
            names=(data["reporter"],),
            relation=data["relation"],
            contacts=contacts,
            contact_by=(Audience.OWN_AGENCY.value,) if data["may_contact"] else (),
        )
        return NewPerson([(key, given) for _name, key, given in self.stated()], data["ref"], teller)

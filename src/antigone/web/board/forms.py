"""What is asked of the board and of whoever records evidence for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.casework.deciding.evidence import NewLine
from antigone.casework.deciding.quorum import MOST as MOST_VOTES
from antigone.casework.deciding.rules import LEAST_QUORUM
from antigone.casework.models import Choice, DecisionKind, EvidenceLine, LineFinding, LineKind
from antigone.remains.models import RecognitionClaim
from antigone.web.board.speaking import RivalShown

WORDS = 4000
SHORT = 60

PUT = (DecisionKind.IDENTIFY, DecisionKind.EXCLUDE, DecisionKind.SET_ASIDE)


class LineForm(forms.Form):
    """One line of evidence about one person, by itself."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Of what it is"),
        choices=[("", "—"), *LineKind.choices],
        help_text=gettext_lazy(
            "Friction ridges, teeth, DNA and implants are primary: whoever records one has no vote on it."
        ),
    )
    finding = forms.ChoiceField(
        label=gettext_lazy("Which way it points"),
        choices=LineFinding.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("With the proposition that the subject is this person."),
    )
    words = forms.CharField(
        label=gettext_lazy("What was found"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
    origin = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        max_length=200,
        help_text=gettext_lazy(
            "The document, the informant, the sample. Lines of one origin count as one: write the same words for them."
        ),
    )
    depends_on = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Rests on"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A line that rests on another one does not count beside it."),
    )
    claim = forms.TypedChoiceField(
        label=gettext_lazy("The recorded claim"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Of a recognition alone."),
    )
    laboratory = forms.CharField(
        label=gettext_lazy("Laboratory"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Of a primary identifier: friction ridges, teeth, DNA, an implant."),
    )
    reference = forms.CharField(label=gettext_lazy("Its reference"), max_length=120, required=False)
    dated = forms.DateField(
        label=gettext_lazy("Dated"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    log10_lr = forms.FloatField(
        label=gettext_lazy("log10 of its likelihood ratio"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        help_text=gettext_lazy("Where the laboratory gave one: 6 for a million, negative where it contradicts."),
    )

    def __init__(
        self, data: Any = None, *, lines: Sequence[EvidenceLine] = (), claims: Sequence[RecognitionClaim] = (),
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **kwargs)
        named = [(each.pk, line_label(each)) for each in lines if each.withdrawn_at is None]
        said = [(each.pk, f"{each.claimant}: {each.named}") for each in claims if each.withdrawn_at is None]
        for name, choices in (("depends_on", named), ("claim", [("", "—"), *said])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if not named:
            del self.fields["depends_on"]
        if not said:
            del self.fields["claim"]

    def new(self) -> NewLine:
        given = self.cleaned_data
        return NewLine(
            kind=given["kind"],
            finding=given["finding"],
            words=given["words"],
            origin=given["origin"],
            depends_on=tuple(given.get("depends_on") or ()),
            laboratory=given["laboratory"],
            reference=given["reference"],
            dated=given["dated"],
            log10_lr=given["log10_lr"],
            claim=given.get("claim"),
        )


def line_label(line: EvidenceLine) -> str:
    """A line in a few words, to be chosen."""
    words = line.words if len(line.words) <= SHORT else f"{line.words[: SHORT - 1]}…"
    return f"{line.pk} · {LineKind(line.kind).label}: {words}"


class PersonForm(forms.Form):
    """About whom, by the reference of their record."""

    ref = forms.CharField(
        label=gettext_lazy("Reference of the missing person"),
        max_length=200,
        help_text=gettext_lazy("As it stands on their record. A name is no reference."),
    )


class ReadForm(forms.Form):
    """What speaks against a question, ticked as read."""

    read = forms.MultipleChoiceField(
        label=gettext_lazy("I have read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody votes before each of these is read. That you read it is on record."),
    )

    def __init__(self, data: Any = None, *, rivals: Sequence[RivalShown] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [
            (each.key, f"{each.kind}: {each.text}" if each.text else str(each.kind)) for each in rivals if not each.read
        ]
        field = self.fields["read"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields["read"]

    @property
    def keys(self) -> list[str]:
        return list(self.cleaned_data.get("read") or ())


class ProposeForm(ReadForm):
    """A question for the board, with its reasons."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What the board is asked"),
        choices=[(each.value, each.label) for each in PUT],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What it rests on, and what speaks against it and why that does not carry."),
    )

    field_order = ("kind", "reasons", "read")


class AsideForm(forms.Form):
    """Whether a case as a whole is set aside unresolved."""

    reasons = forms.CharField(label=gettext_lazy("Reasons"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 6}))


class VoteForm(forms.Form):
    """A vote with its reasons, on the evidence that was shown."""

    choice = forms.ChoiceField(label=gettext_lazy("My vote"), choices=Choice.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=gettext_lazy("My reasons"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Signed with the decision under your name, also where you dissent."),
    )
    basis = forms.CharField(widget=forms.HiddenInput, max_length=64)


class QuorumForm(forms.Form):
    """How many votes make a board."""

    number = forms.IntegerField(
        label=gettext_lazy("Votes that make a board"), min_value=LEAST_QUORUM, max_value=MOST_VOTES
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


def choice_of(kind: str) -> str:
    """A kind of question in the address, or none of them."""
    return kind if kind in {each.value for each in PUT} else ""


def kind_words(kind: str) -> str:
    return str(DecisionKind(kind).label) if kind in DecisionKind.values else _("nothing")

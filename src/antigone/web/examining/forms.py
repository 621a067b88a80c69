"""What is filled in at the desk: assessment, a component before and after the portrait, a mark, a conclusion."""

from __future__ import annotations

import json
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.casework.judging import drawing, scale
from antigone.casework.judging.components import Explanation, Finding, Weight
from antigone.casework.judging.drawing import Drawing, Shape
from antigone.casework.judging.examination import NOTE_LENGTH, REASONS_LENGTH, Observed

YES_NO = (("yes", _("visible")), ("no", _("not visible")))


class AssessForm(forms.Form):
    """Whether the photograph of the subject can be compared with a portrait at all."""

    suitable = forms.ChoiceField(
        label=_("Can this photograph be compared with a portrait?"),
        choices=(
            ("yes", _("Yes: enough of the face can be seen to go on")),
            ("no", _("No: it is not suitable for comparison, for the reasons below")),
        ),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("Needed where it is not suitable: what cannot be seen, and why."),
        max_length=REASONS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SubjectForm(forms.Form):
    """Analysis: one component of the photograph of the subject."""

    seen = forms.ChoiceField(label=_("In the photograph"), choices=YES_NO, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What is seen"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )


class PairForm(forms.Form):
    """Comparison: one component in both pictures. What does not fit together the service says."""

    seen_b = forms.ChoiceField(label=_("In the portrait"), choices=YES_NO, widget=forms.RadioSelect)
    verdict = forms.ChoiceField(
        label=_("The two compared"),
        choices=(
            ("none", _("cannot be compared")),
            ("open", _("can be compared, neither alike nor different")),
            (Finding.ALIKE.value, Finding.ALIKE.label),
            (Finding.DIFFERENT.value, Finding.DIFFERENT.label),
        ),
    )
    explanation = forms.ChoiceField(
        label=_("What may explain a difference"),
        choices=(("", _("no difference")), *((each.value, each.label) for each in Explanation)),
        required=False,
    )
    structural = forms.BooleanField(label=_("the difference is one of structure"), required=False)
    weight = forms.ChoiceField(
        label=_("How much it counts"),
        choices=(("", _("not said")), *((each.value, each.label) for each in Weight)),
        required=False,
    )
    note = forms.CharField(
        label=_("Note"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def observed(self) -> Observed:
        """What was filled in, as the service takes it."""
        said = self.cleaned_data
        compared = said["verdict"]
        return Observed(
            seen_b=said["seen_b"] == "yes",
            comparable=compared != "none",
            finding=compared if compared in set(Finding) else "",
            explanation=said["explanation"],
            structural=said["structural"],
            weight=said["weight"],
            note=said["note"],
        )


def noted_before(note: dict[str, Any] | None) -> dict[str, Any]:
    """What stands of a component, as `SubjectForm` shows it."""
    if note is None or note["seen_a"] is None:
        return {}
    return {"seen": "yes" if note["seen_a"] else "no", "note": note["note_a"]}


def noted_of_both(note: dict[str, Any] | None) -> dict[str, Any]:
    """The same, as `PairForm` shows it."""
    if note is None or note["seen_b"] is None:
        return {}
    compared = note["finding"] or ("open" if note["comparable"] else "none")
    kept = {name: note[name] for name in ("explanation", "structural", "weight", "note")}
    return {"seen_b": "yes" if note["seen_b"] else "no", "verdict": compared, **kept}


class MarkForm(forms.Form):
    """A mark that was drawn: its points come from the script as JSON, in shares of the picture."""

    side = forms.ChoiceField(choices=(("a", "a"), ("b", "b")), widget=forms.HiddenInput)
    picture = forms.UUIDField(required=False, widget=forms.HiddenInput)
    shape = forms.ChoiceField(choices=[(each.value, each.label) for each in Shape], widget=forms.HiddenInput)
    points = forms.CharField(max_length=40_000, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What the mark points at"), max_length=drawing.NOTE_LENGTH, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean_points(self) -> tuple[tuple[float, float], ...]:
        try:
            points = json.loads(self.cleaned_data["points"])
            made = tuple((float(x), float(y)) for x, y in points[: drawing.MOST_POINTS + 1])
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            raise forms.ValidationError(_("This mark could not be read. Draw it once more.")) from None
        return made

    def drawing(self) -> Drawing:
        """The mark, as the service takes it."""
        said = self.cleaned_data
        picture = said["picture"] if said["side"] == "a" else None
        return Drawing(said["side"], said["shape"], said["points"], picture, said["note"])


class ConclusionForm(forms.Form):
    """A level of the printed scale, and why."""

    level = forms.ChoiceField(
        label=_("Conclusion"),
        choices=[(code, code) for code in scale.CONCLUSIONS],
        error_messages={
            "required": _("Choose a conclusion of the printed scale."),
            "invalid_choice": _("Choose a conclusion of the printed scale."),
        },
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_(
            "What you saw that carries this conclusion, and what speaks against it. Observations, not who somebody is."
        ),
        max_length=REASONS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class SealForm(forms.Form):
    """The last question before the seal."""

    read = forms.BooleanField(
        label=_("I have read the summary, and it is what I saw and conclude."),
        error_messages={"required": _("Read the summary, and say that it is what you saw.")},
    )


def shape_label(shape: str) -> str:
    return str(cast(Any, Shape(shape).label))

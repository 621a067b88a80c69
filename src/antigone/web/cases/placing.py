"""Forms of a photograph before a search: five points by their numbers, and why it is not suitable for comparison."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from antigone.casework.models import Hindrance
from antigone.casework.searching.choosing import LARGEST, NOTE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

POINTS: tuple[tuple[str, _StrPromise], ...] = (
    ("right-eye", _("Right eye")),
    ("left-eye", _("Left eye")),
    ("nose", _("Tip of the nose")),
    ("mouth-right", _("Right corner of the mouth")),
    ("mouth-left", _("Left corner of the mouth")),
)
"""In the order of `faces.face.Landmarks`; right and left are the subject's own."""


_AXES = {"x": _("%(point)s, from the left"), "y": _("%(point)s, from the top")}


@dataclass(frozen=True)
class Placed:
    """A point as it is drawn: its number, counted from 1, its name, and its place where it has one."""

    number: int
    name: _StrPromise
    x: float | None
    y: float | None

    @classmethod
    def of(cls, face: Mapping[str, Any] | None) -> list[Placed]:
        """The five points of a face, or of none."""
        given = (face or {}).get("landmarks") or [(None, None)] * len(POINTS)
        return [cls(at + 1, POINTS[at][1], x, y) for at, (x, y) in enumerate(given)]


class PointsForm(forms.Form):
    """Where each point lies, in pixels of the upright picture, from its left and from its top."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="point", **kwargs)
        for at, (key, _label) in enumerate(POINTS):
            for axis in "xy":
                self.fields[f"{key}-{axis}"] = forms.FloatField(
                    label=_AXES[axis] % {"point": POINTS[at][1]},
                    required=False,
                    min_value=0,
                    max_value=LARGEST,
                    widget=forms.NumberInput(
                        attrs={"step": "any", "data-point": at, "data-axis": axis, "inputmode": "decimal"}
                    ),
                )

    @staticmethod
    def initial_of(face: Mapping[str, Any] | None) -> dict[str, float]:
        """The points of a face that was found or placed, to begin from."""
        points = (face or {}).get("landmarks") or ()
        return {
            f"{key}-{axis}": place
            for (key, _label), point in zip(POINTS, points, strict=False)
            for axis, place in zip("xy", point, strict=True)
        }

    def points(self) -> list[list[float]]:
        """The five points of a form that is valid."""
        return [[self.cleaned_data[f"{key}-{axis}"] for axis in "xy"] for key, _label in POINTS]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name, value in said.items():
            if isinstance(value, float) and not math.isfinite(value):
                self.add_error(name, _("This is no number of pixels."))
        self._all_placed(said)
        return said

    def _all_placed(self, said: Mapping[str, Any]) -> None:
        """One sentence for all points that are not placed, at the first of them."""
        lacking = [
            (f"{key}-{axis}", label)
            for key, label in POINTS
            for axis in "xy"
            if f"{key}-{axis}" not in self.errors and said.get(f"{key}-{axis}") is None
        ]
        if lacking:
            names = ", ".join(dict.fromkeys(str(label) for _name, label in lacking))
            self.add_error(
                lacking[0][0], _("All five points are needed. Not placed yet: %(names)s.") % {"names": names}
            )

    @property
    def rows(self) -> list[tuple[int, _StrPromise, forms.BoundField, forms.BoundField]]:
        """Each point with its two fields."""
        return [(at + 1, label, self[f"{key}-x"], self[f"{key}-y"]) for at, (key, label) in enumerate(POINTS)]


class NotSuitableForm(forms.Form):
    """Why a photograph is not suitable for comparison."""

    hindrance = forms.ChoiceField(label=_("Why it is not suitable"), choices=[("", _("Choose")), *Hindrance.choices])
    note = forms.CharField(
        label=_("In a few words"),
        help_text=_("Needed where it is something else. Write what is seen, and no name."),
        max_length=NOTE,
        required=False,
    )

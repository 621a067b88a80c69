"""The quality of a face in plain words, under the names of ISO/IEC 29794-5, and what is not computed and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.faces.strength import NAME as STRENGTH

LOW = 30
"""A value below is told in words. The mark is for the eye: no threshold of suitability was measured."""

_MEASURES: dict[str, tuple[Promise, Promise]] = {
    STRENGTH: (
        _("How much of a face the recogniser sees"),
        _("little of it is seen as a face; look whether the points are right, and expect little of a comparison"),
    ),
    "InterEyeDistance": (
        _("Size of the face, by the distance between the eyes"),
        _("the face is small in the picture; a closer original, if there is one, serves better"),
    ),
    "HeadPoseRoll": (
        _("Upright head"),
        _("the face lies on its side; that does no harm, it is turned before it is compared"),
    ),
    "IlluminationUniformity": (_("Even light"), _("one side of the face is lit otherwise than the other")),
    "LuminanceMean": (_("Brightness"), _("the face is too dark or too bright as a whole")),
    "LuminanceVariance": (_("Contrast"), _("the face has too little contrast, or too much")),
    "UnderExposurePrevention": (_("Without lost shadows"), _("parts of the face are lost in shadow")),
    "OverExposurePrevention": (_("Without lost lights"), _("parts of the face are lost in light or a flash")),
    "DynamicRange": (_("Range of tones"), _("few tones are left; the picture is faded, or was copied often")),
    "NaturalColour": (
        _("Natural colour"),
        _("the skin has not the colour of the living; after death that is to be expected"),
    ),
    "SingleFacePresent": (_("One face alone"), _("another face is nearly as large; choose the subject’s")),
    "LeftwardCropOfTheFaceImage": (_("Room at the left of the face"), _("the face is cut, or nearly, at the left")),
    "RightwardCropOfTheFaceImage": (_("Room at the right of the face"), _("the face is cut, or nearly, at the right")),
}

_NETWORK = _("needs a network trained for it, which is not shipped")
_POINTS = _("needs 98 points of the face; five are found here")
_CHIN = _("needs the place of the chin, which five points do not give")

_LACKING: dict[str, Promise] = {
    "UnifiedQualityScore": _NETWORK,
    "BackgroundUniformity": _NETWORK,
    "Sharpness": _NETWORK,
    "CompressionArtifacts": _NETWORK,
    "FaceOcclusionPrevention": _NETWORK,
    "HeadPoseYaw": _NETWORK,
    "HeadPosePitch": _NETWORK,
    "ExpressionNeutrality": _NETWORK,
    "NoHeadCoverings": _NETWORK,
    "EyesOpen": _POINTS,
    "MouthClosed": _POINTS,
    "EyesVisible": _POINTS,
    "MouthOcclusionPrevention": _POINTS,
    "HeadSize": _CHIN,
    "MarginAboveOfTheFaceImage": _CHIN,
    "MarginBelowOfTheFaceImage": _CHIN,
}

_LATER: dict[str, Promise] = {
    "SingleFacePresent": _("asks how many faces there are; points placed by hand say nothing of that"),
    STRENGTH: _("is measured as the search reads the picture"),
}


@dataclass(frozen=True)
class Measure:
    """One figure of the report: `name` as the standard has it, `words` in plain words, what it says where it is low."""

    name: str
    words: Promise | str
    value: int
    says: Promise | str

    @property
    def low(self) -> bool:
        return self.value < LOW

    @property
    def of_the_standard(self) -> bool:
        return self.name != STRENGTH


@dataclass(frozen=True)
class Lacking:
    """Figures that are not computed, for one reason."""

    why: Promise
    names: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """The report on one face, what is low first told in words."""

    measures: tuple[Measure, ...]
    lacking: tuple[Lacking, ...]

    @property
    def low(self) -> tuple[Measure, ...]:
        return tuple(each for each in self.measures if each.low)

    @property
    def hindering(self) -> tuple[Measure, ...]:
        """Those of what is low that hinder: a face that lies on its side is turned before it is compared."""
        return tuple(each for each in self.low if each.name != "HeadPoseRoll")


def report(face: Mapping[str, Any] | None) -> Report | None:
    """The report on a face as it is kept; None where there is no face, or nothing was measured on it."""
    given = (face or {}).get("quality") or {}
    if not given:
        return None
    measures = tuple(
        Measure(name, words, int(given[name]), says)
        for name, (words, says) in _MEASURES.items()
        if given.get(name) is not None
    )
    reasons: dict[Promise, list[str]] = {}
    for name in (*_LACKING, *_LATER):
        if given.get(name) is None:
            reasons.setdefault(_LACKING.get(name) or _LATER[name], []).append(name)
    return Report(measures, tuple(Lacking(why, tuple(names)) for why, names in reasons.items()))

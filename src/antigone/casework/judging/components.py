"""The facial components that an examination goes through, and how well each withstands death.

Components and characteristics are those of the Facial Image Comparison Feature List (FISWG; ASTM E3149). Proportions
are looked at and never measured: distances taken from photographs tell the camera's place as much as the face. How far
a component can be relied on early after death is the field's experience and no measured rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Reliability(StrEnum):
    """How far a component of the early dead can be compared with a portrait of the living."""

    HIGH = "high"
    MEDIUM_TO_HIGH = "medium-to-high"
    MEDIUM = "medium"
    LOW_TO_MEDIUM = "low-to-medium"
    LOW = "low"
    BY_STATE = "by-state"
    AS_SEEN = "as-seen"

    @property
    def label(self) -> Promise:
        return _RELIABILITY[self]


_RELIABILITY: dict[Reliability, Promise] = {
    Reliability.HIGH: _("high"),
    Reliability.MEDIUM_TO_HIGH: _("medium to high"),
    Reliability.MEDIUM: _("medium"),
    Reliability.LOW_TO_MEDIUM: _("low to medium"),
    Reliability.LOW: pgettext_lazy("reliability", "low"),
    Reliability.BY_STATE: _("depends on the state that it was in"),
    Reliability.AS_SEEN: _("as seen"),
}


@dataclass(frozen=True)
class Component:
    """One component: its number in the list, what is looked at, and what death does to it."""

    number: int
    key: str
    label: Promise
    characteristics: tuple[Promise, ...]
    reliability: Reliability
    after_death: Promise | str = ""


COMPONENTS: tuple[Component, ...] = (
    Component(
        1, "skin", _("Skin"), (_("texture"), _("tone")), Reliability.LOW, _("pallor, lividity, slip of the skin")
    ),
    Component(
        2, "outline", _("Face and head outline"), (_("shape of the cranial vault"), _("shape of the face")),
        Reliability.MEDIUM, _("lost with bloating"),
    ),
    Component(
        3, "composition", _("Face and head composition"),
        (_("relative positions of the features"), _("proportions, looked at and not measured")), Reliability.MEDIUM,
    ),
    Component(
        4, "hair", _("Hair"),
        (_("forehead hairline"), _("right hairline"), _("left hairline"), _("baldness")), Reliability.HIGH,
    ),
    Component(5, "forehead", _("Forehead"), (_("shape"), _("brow ridges")), Reliability.HIGH),
    Component(
        6, "eyebrows", _("Eyebrows"),
        (pgettext_lazy("eyebrow", "right"), pgettext_lazy("eyebrow", "left"), _("asymmetry")), Reliability.HIGH,
    ),
    Component(
        7, "eyes", _("Eyes"),
        (
            pgettext_lazy("eye", "fissure"), _("upper and lower lids"), _("sclera"), _("iris"),
            _("inner and outer corners"), _("distance between the eyes, looked at and not measured"),
        ),
        Reliability.LOW, _("lids half open, clouding, sinking"),
    ),
    Component(
        8, "cheeks", _("Cheeks"), (_("cheekbones"), _("soft tissue")), Reliability.LOW_TO_MEDIUM,
        _("soft tissue shifts in a body that lies"),
    ),
    Component(
        9, "nose", _("Nose"),
        (
            pgettext_lazy("nose", "outline"), pgettext_lazy("nose", "root"), pgettext_lazy("nose", "body"),
            pgettext_lazy("nose", "tip"), pgettext_lazy("nose", "base"), pgettext_lazy("nose", "wings"),
            _("nostrils"), _("columella"),
        ),
        Reliability.MEDIUM_TO_HIGH,
    ),
    Component(
        10, "ears", _("Ears"),
        (
            _("helix"), _("antihelix"), _("concha"), _("tragus"), _("antitragus"), _("lobe"), _("protrusion"),
        ),
        Reliability.HIGH,
    ),
    Component(
        11, "mouth", _("Mouth"),
        (_("philtrum"), _("upper and lower lip"), pgettext_lazy("mouth", "fissure"), _("bite"), _("teeth")),
        Reliability.MEDIUM, _("lips low, teeth high"),
    ),
    Component(
        12, "chin", _("Chin and jawline"), (_("chin"), _("jaw"), _("angle of the jaw")), Reliability.MEDIUM,
    ),
    Component(13, "neck", _("Neck"), (_("the whole"), _("prominence of the larynx")), Reliability.LOW),
    Component(
        14, "facial-hair", _("Facial hair"),
        (_("upper lip"), _("chin and lower lip"), _("sides"), _("neck")), Reliability.BY_STATE,
    ),
    Component(
        15, "lines", _("Facial lines"),
        (
            _("forehead"), _("between the eyebrows"), _("around the eyes"), _("from nose to mouth"),
            _("around the mouth"), _("neck"),
        ),
        Reliability.LOW, _("they flatten"),
    ),
    Component(16, "scars", _("Scars"), (_("place"), _("shape"), _("size")), Reliability.HIGH),
    Component(
        17, "marks", _("Facial marks"), (_("moles"), _("freckles"), _("birthmarks")), Reliability.HIGH,
    ),
    Component(
        18, "alterations", _("Alterations"), (_("piercings"), _("tattoos"), _("make-up")), Reliability.HIGH,
    ),
    Component(19, "other", _("Other"), (_("irregular features"),), Reliability.AS_SEEN),
)  # fmt: skip

BY_NUMBER: dict[int, Component] = {each.number: each for each in COMPONENTS}


class Finding(StrEnum):
    """What two pictures show of a component that can be compared."""

    ALIKE = "alike"
    DIFFERENT = "different"

    @property
    def label(self) -> Promise:
        return {Finding.ALIKE: _("alike"), Finding.DIFFERENT: _("different")}[self]


class Explanation(StrEnum):
    """What may explain a difference between two pictures of one person; the last says that nothing does."""

    AGE = "age"
    POSE = "pose"
    DEATH = "death"
    INJURY = "injury"
    UNEXPLAINED = "unexplained"

    @property
    def label(self) -> Promise:
        return _EXPLANATIONS[self]


_EXPLANATIONS: dict[Explanation, Promise] = {
    Explanation.AGE: _("the years between them"),
    Explanation.POSE: _("pose, light, lens"),
    Explanation.DEATH: _("changes after death"),
    Explanation.INJURY: _("injury"),
    Explanation.UNEXPLAINED: _("unexplained"),
}


class Weight(StrEnum):
    """How much an observation counts for this examiner."""

    SLIGHT = "slight"
    SOME = "some"
    GREAT = "great"

    @property
    def label(self) -> Promise:
        return {Weight.SLIGHT: _("slight"), Weight.SOME: _("some"), Weight.GREAT: _("great")}[self]


def observation_fault(
    *,
    seen_a: bool | None,
    seen_b: bool | None,
    comparable: bool | None,
    finding: str,
    explanation: str,
    structural: bool,
    weight: str,
) -> Promise | None:
    """What does not fit together in an observation, or None: no finding without two views that can be compared.

    A difference says what explains it, or that nothing does; a likeness needs no explanation.
    """
    if comparable and not (seen_a and seen_b):
        return _("What is not visible in both pictures cannot be compared.")
    if finding and not comparable:
        return _("Only a component that can be compared is alike or different.")
    if finding and finding not in set(Finding):
        return _("A component is alike or different.")
    if (finding == Finding.DIFFERENT) != bool(explanation):
        return _("A difference says what may explain it, or that nothing does; a likeness says nothing of it.")
    if explanation and explanation not in set(Explanation):
        return _("What may explain a difference: choose one of the list.")
    if structural and finding != Finding.DIFFERENT:
        return _("Only a difference is one of structure.")
    if weight and weight not in set(Weight):
        return _("How much it counts: choose one of the list.")
    return None

"""The dental chart: teeth in the two-digit notation of the FDI (ISO 3950), and what is stated of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from antigone.description.errors import BadStatement
from antigone.description.fields import Choices, Part
from antigone.description.texts import line, shown

# The order of the chart: upper jaw from the person's right to left, then the lower jaw.
PERMANENT = tuple(
    f"{q}{n}" for q, ns in ((1, range(8, 0, -1)), (2, range(1, 9)), (4, range(8, 0, -1)), (3, range(1, 9))) for n in ns
)
DECIDUOUS = tuple(
    f"{q}{n}" for q, ns in ((5, range(5, 0, -1)), (6, range(1, 6)), (8, range(5, 0, -1)), (7, range(1, 6))) for n in ns
)
TEETH = PERMANENT + DECIDUOUS

STATES: Choices = (
    ("sound", pgettext_lazy("tooth", "sound")),
    ("missing-ante-mortem", pgettext_lazy("tooth", "missing, lost in life")),
    ("missing-post-mortem", pgettext_lazy("tooth", "missing, lost after death")),
    ("missing", pgettext_lazy("tooth", "missing, not known since when")),
    ("unerupted", pgettext_lazy("tooth", "not erupted")),
    ("pontic", pgettext_lazy("tooth", "replaced by a bridge")),
    ("denture", pgettext_lazy("tooth", "replaced by a denture")),
    ("implant", pgettext_lazy("tooth", "implant")),
    ("filling", pgettext_lazy("tooth", "filling")),
    ("inlay", pgettext_lazy("tooth", "inlay or veneer")),
    ("crown", pgettext_lazy("tooth", "crown")),
    ("abutment", pgettext_lazy("tooth", "carries a bridge")),
    ("root-filling", pgettext_lazy("tooth", "root filling")),
    ("root", pgettext_lazy("tooth", "root only")),
    ("caries", pgettext_lazy("tooth", "caries")),
    ("fracture-ante-mortem", pgettext_lazy("tooth", "fractured in life")),
    ("fracture-post-mortem", pgettext_lazy("tooth", "fractured about or after death")),
    ("fracture", pgettext_lazy("tooth", "fractured, not known when")),
    ("position", pgettext_lazy("tooth", "rotated, tilted or out of line")),
)
# A tooth of which this is said has nothing else to say.
ALONE = frozenset({"sound", "missing-ante-mortem", "missing-post-mortem", "missing", "unerupted", "pontic", "denture"})

SURFACES: Choices = (
    ("m", pgettext_lazy("surface of a tooth", "mesial")),
    ("o", pgettext_lazy("surface of a tooth", "occlusal or incisal")),
    ("d", pgettext_lazy("surface of a tooth", "distal")),
    ("v", pgettext_lazy("surface of a tooth", "vestibular")),
    ("l", pgettext_lazy("surface of a tooth", "lingual or palatal")),
)
ON_SURFACES = frozenset({"filling", "inlay", "caries"})

MATERIALS: Choices = (
    ("amalgam", pgettext_lazy("filling", "amalgam")),
    ("composite", pgettext_lazy("filling", "tooth-coloured")),
    ("gold", pgettext_lazy("filling", "gold or yellow metal")),
    ("metal", pgettext_lazy("filling", "white metal")),
    ("ceramic", pgettext_lazy("filling", "ceramic")),
    ("temporary", pgettext_lazy("filling", "temporary")),
    ("other", pgettext_lazy("filling", "another")),
)
WORDS = 200

_STATE = {value for value, _label in STATES}
_ORDER = [value for value, _label in STATES]
_LETTERS = "".join(value for value, _label in SURFACES)
_MATERIAL = {value for value, _label in MATERIALS}


def checked(field: Part, value: Any) -> dict[str, dict[str, Any]]:
    """A chart as it is kept: teeth in chart order, of which something is said; raises BadStatement, tooth by tooth."""
    if not isinstance(value, Mapping) or not value:
        raise BadStatement(_("%(label)s: say something of at least one tooth.") % {"label": field.label})
    faults: dict[str, str] = {}
    kept: dict[str, dict[str, Any]] = {}
    for number in [*TEETH, *(key for key in value if key not in TEETH)]:
        if number not in value:
            continue
        try:
            if number not in TEETH:
                raise BadStatement(_("There is no tooth of this number in the notation of the FDI."))
            kept[number] = _tooth(value[number])
        except BadStatement as fault:
            named = shown(number)
            faults[named] = _("Tooth %(number)s: %(why)s") % {"number": named, "why": fault.sentence}
    if faults:
        raise BadStatement(" ".join(faults.values()), faults)
    return kept


def _tooth(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not set(value) <= {"states", "surfaces", "material", "words"}:
        raise BadStatement(_("states, surfaces, material and words are what can be said."))
    states = value.get("states")
    if (
        not isinstance(states, list | tuple)
        or not states
        or not all(isinstance(s, str) and s in _STATE for s in states)
    ):
        raise BadStatement(_("choose its state from the list."))
    if len(set(states)) > 1 and ALONE & set(states):
        raise BadStatement(_("a tooth that is sound, missing or replaced has no other state."))
    tooth: dict[str, Any] = {"states": [known for known in _ORDER if known in states]}
    surfaces = value.get("surfaces") or ""
    if not isinstance(surfaces, str) or not set(surfaces.lower()) <= set(_LETTERS):
        raise BadStatement(_("surfaces are written with the letters m, o, d, v and l."))
    if surfaces:
        if not ON_SURFACES & set(states):
            raise BadStatement(_("surfaces belong to a filling, an inlay or caries."))
        tooth["surfaces"] = "".join(letter for letter in _LETTERS if letter in surfaces.lower())
    material = value.get("material") or ""
    if material:
        if material not in _MATERIAL:
            raise BadStatement(_("choose the material from the list."))
        tooth["material"] = material
    words = value.get("words") or ""
    if not isinstance(words, str):
        raise BadStatement(_("one line of text that can be read is needed."))
    if words := line(words, WORDS, _("words")):
        tooth["words"] = words
    return tooth

"""Health as far as a body can show it, and who holds the records. Sensitive throughout: ask what can help, no more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.catalogue.places_on_the_body import BONES, REGIONS, SIDES
from antigone.description.fields import TOLD, Choices, Field, Kind, Part, block

BLOOD_GROUPS: Choices = (
    *((f"{group}{sign}", f"{group} Rh{sign}") for group in ("0", "A", "B", "AB") for sign in "+-"),
    ("0", _("0, Rh not known")),
    ("A", _("A, Rh not known")),
    ("B", _("B, Rh not known")),
    ("AB", _("AB, Rh not known")),
)
IMPLANTS: Choices = (
    ("plate", pgettext_lazy("implant", "plate, screws or nail")),
    ("joint", pgettext_lazy("implant", "artificial joint")),
    ("spine", pgettext_lazy("implant", "implant of the spine")),
    ("pacemaker", pgettext_lazy("implant", "pacemaker or defibrillator")),
    ("stent", pgettext_lazy("implant", "stent")),
    ("valve", pgettext_lazy("implant", "heart valve")),
    ("lens", pgettext_lazy("implant", "lens of the eye")),
    ("cochlear", pgettext_lazy("implant", "cochlear implant")),
    ("breast", pgettext_lazy("implant", "breast implant")),
    ("pump", pgettext_lazy("implant", "pump or stimulator")),
    ("contraceptive", pgettext_lazy("implant", "contraceptive device")),
    ("mesh", pgettext_lazy("implant", "mesh")),
    ("fragment", pgettext_lazy("implant", "bullet or fragment left in")),
    ("other", pgettext_lazy("implant", "another")),
)
HEALED: Choices = (
    ("healed", pgettext_lazy("broken bone", "healed")),
    ("healing", pgettext_lazy("broken bone", "healing")),
    ("fresh", pgettext_lazy("broken bone", "fresh")),
)

MEDICAL = block(
    "med",
    _("Medical"),
    Field(
        key="med.condition",
        label=_("illness or condition"),
        kind=Kind.GROUP,
        many=True,
        sensitive=True,
        absence=True,
        parts=(
            Part(key="what", label=_("what"), kind=Kind.TEXT, bare=True, required=True),
            Part(key="since", label=_("since"), kind=Kind.DATE),
            Part(key="words", label=_("how it would show"), kind=Kind.TEXT, length=400),
        ),
    ),
    Field(
        key="med.surgery",
        label=_("operation"),
        kind=Kind.GROUP,
        many=True,
        sensitive=True,
        absence=True,
        parts=(
            Part(key="what", label=_("what was done"), kind=Kind.TEXT, bare=True, required=True),
            Part(key="region", label=_("where on the body"), kind=Kind.CHOICE, choices=REGIONS),
            Part(key="side", label=_("side"), kind=Kind.CHOICE, choices=SIDES),
            Part(key="on", label=_("when"), kind=Kind.DATE),
            Part(key="held_by", label=_("hospital that holds the records"), kind=Kind.TEXT),
        ),
    ),
    Field(
        key="med.fracture",
        label=_("broken bone"),
        kind=Kind.GROUP,
        many=True,
        sensitive=True,
        absence=True,
        parts=(
            Part(key="bone", label=_("bone"), kind=Kind.CHOICE, choices=BONES, required=True),
            Part(key="side", label=_("side"), kind=Kind.CHOICE, choices=SIDES),
            Part(key="on", label=_("when"), kind=Kind.DATE),
            Part(key="healed", label=_("state"), kind=Kind.CHOICE, choices=HEALED),
            Part(key="words", label=_("what else"), kind=Kind.TEXT, length=400),
        ),
    ),
    Field(
        key="med.implant",
        label=_("implant"),
        kind=Kind.GROUP,
        many=True,
        sensitive=True,
        absence=True,
        help=_("With its serial number it can be a primary identifier: copy the number letter by letter."),
        parts=(
            Part(key="what", label=_("kind"), kind=Kind.CHOICE, choices=IMPLANTS, required=True),
            Part(key="region", label=_("where on the body"), kind=Kind.CHOICE, choices=REGIONS),
            Part(key="side", label=_("side"), kind=Kind.CHOICE, choices=SIDES),
            Part(key="maker", label=_("maker and model"), kind=Kind.TEXT),
            Part(key="serial", label=_("serial number"), kind=Kind.TEXT),
            Part(key="on", label=_("put in"), kind=Kind.DATE),
            Part(key="held_by", label=_("hospital that holds the records"), kind=Kind.TEXT),
        ),
    ),
    Field(
        key="med.medication",
        label=_("medication"),
        kind=Kind.TEXT,
        many=True,
        sensitive=True,
        absence=True,
    ),
    Field(key="med.blood_group", label=_("blood group"), kind=Kind.CHOICE, choices=BLOOD_GROUPS, sensitive=True),
    Field(
        key="med.eyesight",
        label=_("eyesight and lenses"),
        kind=Kind.TEXT,
        sensitive=True,
        help=_("Strength of the spectacles or lenses, where it is known."),
    ),
    Field(
        key="med.pregnant",
        label=_("pregnant"),
        kind=Kind.GROUP,
        sensitive=True,
        absence=True,
        parts=(
            Part(key="weeks", label=_("weeks"), kind=Kind.RANGE, low=1, high=44),
            Part(key="words", label=_("what is known"), kind=Kind.TEXT),
        ),
    ),
    Field(key="med.organs", label=_("organs taken out in life"), kind=Kind.TEXT, sensitive=True, absence=True),
    Field(key="med.words", label=_("what else is known of their health"), kind=Kind.WORDS, length=2000, sensitive=True),
    Field(
        key="med.doctor",
        label=_("doctor or hospital"),
        kind=Kind.TEXT,
        length=400,
        sides=TOLD,
        many=True,
        sensitive=True,
        absence=True,
    ),
)

"""Teeth, charted in the notation of the FDI on both sides, and who holds the records.

Block 600 of INTERPOL's forms is the dental one; the numbers of its fields were not found, so that each says 600.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.fields import TOLD, Choices, Field, Kind, Part, block

INTERPOL = "600"

JAWS: Choices = (
    ("upper", pgettext_lazy("jaw", "upper")),
    ("lower", pgettext_lazy("jaw", "lower")),
    ("both", pgettext_lazy("jaw", "both")),
)
PROSTHESES: Choices = (
    ("full-denture", pgettext_lazy("denture", "full denture")),
    ("partial-denture", pgettext_lazy("denture", "partial denture")),
    ("bridge", pgettext_lazy("denture", "bridge")),
    ("brace", pgettext_lazy("denture", "fixed brace")),
    ("retainer", pgettext_lazy("denture", "retainer or splint")),
    ("other", pgettext_lazy("denture", "another")),
)
BITES: Choices = (
    ("normal", pgettext_lazy("bite", "regular")),
    ("overbite", pgettext_lazy("bite", "upper teeth far in front")),
    ("underbite", pgettext_lazy("bite", "lower teeth in front")),
    ("open", pgettext_lazy("bite", "open")),
    ("cross", pgettext_lazy("bite", "crossed")),
    ("crowded", pgettext_lazy("bite", "crowded")),
    ("gaps", pgettext_lazy("bite", "gaps between the front teeth")),
)
WEAR: Choices = (
    ("none", pgettext_lazy("wear of the teeth", "none")),
    ("slight", pgettext_lazy("wear of the teeth", "slight")),
    ("marked", pgettext_lazy("wear of the teeth", "marked")),
)

DENTAL = block(
    "dental",
    _("Teeth"),
    Field(
        key="dental.chart",
        label=_("dental chart"),
        kind=Kind.CHART,
        sensitive=True,
        interpol_ref=INTERPOL,
        help=_("Teeth are numbered as the FDI does: 11 to 48, milk teeth 51 to 85. A tooth left out was not charted."),
    ),
    Field(
        key="dental.charted_on",
        label=_("state of the teeth as of"),
        kind=Kind.DATE,
        interpol_ref=INTERPOL,
        help=_("The last treatment or chart; teeth are lost and filled afterwards."),
    ),
    Field(
        key="dental.prosthesis",
        label=_("denture, bridge or brace"),
        kind=Kind.GROUP,
        many=True,
        sensitive=True,
        absence=True,
        interpol_ref=INTERPOL,
        parts=(
            Part(key="what", label=_("kind"), kind=Kind.CHOICE, choices=PROSTHESES, required=True),
            Part(key="jaw", label=_("jaw"), kind=Kind.CHOICE, choices=JAWS),
            Part(key="material", label=_("material"), kind=Kind.TEXT, bare=True),
            Part(key="marking", label=_("marking or number in it"), kind=Kind.TEXT),
            Part(key="words", label=_("what else"), kind=Kind.TEXT, bare=True, length=400),
        ),
    ),
    Field(key="dental.bite", label=_("bite and row of teeth"), kind=Kind.CHOICES, choices=BITES, interpol_ref=INTERPOL),
    Field(key="dental.wear", label=_("wear"), kind=Kind.CHOICE, choices=WEAR, interpol_ref=INTERPOL),
    Field(
        key="dental.jaws",
        label=_("jaws and gums in words"),
        kind=Kind.WORDS,
        length=2000,
        sensitive=True,
        interpol_ref=INTERPOL,
    ),
    Field(
        key="dental.dentist",
        label=_("dentist or clinic"),
        kind=Kind.TEXT,
        length=400,
        sides=TOLD,
        many=True,
        absence=True,
        interpol_ref=INTERPOL,
    ),
)

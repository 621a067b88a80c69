"""Service particulars: what Article 16 of the First Geneva Convention asks of the wounded, sick and dead.

The power, the number, and "other particulars on the identity card or disc" are Article 16 (a), (b) and (f). The disc
is on both sides: the family or the unit knows what stood on it, the mortuary what stands on the one that was found.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.fields import BOTH, FOUND, TOLD, Choices, Field, Kind, Part, block

STANDING: Choices = (
    ("serving", _("serving")),
    ("volunteer", _("volunteer or territorial force")),
    ("reserve", _("reserve")),
    ("accompanying", _("accompanying the forces")),
    ("medical", _("medical personnel")),
    ("religious", _("religious personnel")),
    ("civilian", _("civilian")),
)
DISC_STATES: Choices = (
    ("whole", pgettext_lazy("disc", "whole")),
    ("half", pgettext_lazy("disc", "one half")),
    ("both-halves", pgettext_lazy("disc", "both halves, apart")),
    ("fragment", pgettext_lazy("disc", "fragment")),
)

SERVICE = block(
    "service",
    _("Service"),
    Field(
        key="service.power",
        label=_("power on which they depend"),
        kind=Kind.TEXT,
        help=_("The state in whose forces they served. On a body: by uniform, disc or papers, and only a presumption."),
    ),
    Field(key="service.standing", label=_("standing"), kind=Kind.CHOICE, choices=STANDING),
    Field(key="service.force", label=_("army or service"), kind=Kind.TEXT),
    Field(
        key="service.number",
        label=_("army, regimental, personal or serial number"),
        kind=Kind.TEXT,
        many=True,
        absence=True,
    ),
    Field(key="service.rank", label=_("rank"), kind=Kind.TEXT),
    Field(key="service.unit", label=_("unit"), kind=Kind.TEXT, many=True),
    Field(key="service.role", label=_("what they did there"), kind=Kind.TEXT, sides=TOLD),
    Field(
        key="service.insignia",
        label=_("insignia and patches"),
        kind=Kind.WORDS,
        length=2000,
        sides=BOTH,
        absence=True,
        mutable=True,
    ),
    Field(
        key="disc",
        label=_("identity disc"),
        kind=Kind.GROUP,
        many=True,
        absence=True,
        help=_("As it reads, line by line. A disc can be another's."),
        parts=(
            Part(key="inscription", label=_("inscription"), kind=Kind.TEXT, bare=True, length=400),
            Part(key="number", label=_("number"), kind=Kind.TEXT),
            Part(key="blood_group", label=_("blood group on it"), kind=Kind.TEXT, length=20),
            Part(key="material", label=_("material"), kind=Kind.TEXT),
            Part(key="state", label=_("state"), kind=Kind.CHOICE, choices=DISC_STATES),
            Part(key="where", label=_("where it was worn or found"), kind=Kind.TEXT),
        ),
    ),
    Field(
        key="service.card",
        label=_("other particulars on the identity card"),
        kind=Kind.WORDS,
        length=2000,
        sides=FOUND,
        absence=True,
    ),
)

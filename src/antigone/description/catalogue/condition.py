"""The state of a body and of its face: what a comparison has to allow for.

Stages, lids, oedema, discoloration, obscuring matter, wounds, hours since death, position and cleaning are the
post-mortem block that goes with the quality of a photograph (step 4 of the method), and follow ASTM E3148.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.catalogue.places_on_the_body import REGIONS, SIDES
from antigone.description.fields import FOUND, Choices, Field, Kind, Label, Part, block

STAGES: Choices = (
    ("fresh", _("fresh")),
    ("early", _("early: pallor, lividity, first green")),
    ("bloat", _("bloated")),
    ("active", _("active decay")),
    ("advanced", _("advanced decay")),
    ("mummified", _("mummified")),
    ("adipocere", _("turned to adipocere")),
    ("skeletonised", _("skeletonised")),
)
COMPLETENESS: Choices = (
    ("complete", _("complete")),
    ("incomplete", _("incomplete")),
    ("head-missing", _("without the head")),
    ("part", _("a part only")),
    ("commingled", _("mingled with other remains")),
)
LIDS: Choices = (
    ("closed", pgettext_lazy("eyelids", "closed")),
    ("half", pgettext_lazy("eyelids", "half open")),
    ("open", pgettext_lazy("eyelids", "open")),
    ("uneven", pgettext_lazy("eyelids", "one open, one closed")),
    ("lost", pgettext_lazy("eyelids", "lost")),
)
MOUTHS: Choices = (
    ("closed", pgettext_lazy("mouth", "closed")),
    ("open", pgettext_lazy("mouth", "open")),
    ("tongue", pgettext_lazy("mouth", "tongue protruding")),
    ("distorted", pgettext_lazy("mouth", "distorted")),
)
DEGREES: Choices = (
    ("none", pgettext_lazy("degree", "none")),
    ("slight", pgettext_lazy("degree", "slight")),
    ("marked", pgettext_lazy("degree", "marked")),
    ("severe", pgettext_lazy("degree", "severe: features lost")),
)
DISCOLORATIONS: Choices = (
    ("pallor", pgettext_lazy("discoloration", "pallor")),
    ("lividity-left", pgettext_lazy("discoloration", "lividity on the left")),
    ("lividity-right", pgettext_lazy("discoloration", "lividity on the right")),
    ("lividity-front", pgettext_lazy("discoloration", "lividity in front")),
    ("green", pgettext_lazy("discoloration", "green")),
    ("marbling", pgettext_lazy("discoloration", "marbling")),
    ("dark", pgettext_lazy("discoloration", "dark or black")),
    ("cherry", pgettext_lazy("discoloration", "cherry red")),
    ("yellow", pgettext_lazy("discoloration", "yellow")),
    ("burnt", pgettext_lazy("discoloration", "charred")),
)
MATTER: Choices = (
    ("blood", _("blood")),
    ("fluid", _("fluid")),
    ("dirt", _("dirt or mud")),
    ("soot", _("soot")),
    ("debris", _("debris")),
    ("hair", _("hair")),
    ("clothing", _("clothing or bandage")),
    ("ice", _("ice or snow")),
    ("insects", _("insects")),
    ("vegetation", _("vegetation")),
)
CHANGES: Choices = (
    ("skin-slip", _("skin slipping")),
    ("maceration", _("softened by water")),
    ("burns", _("burns")),
    ("drying", _("drying of lips and eyes")),
    ("clouded-eyes", _("clouded corneas")),
    ("sunken-eyes", _("sunken eyes")),
    ("scavengers", _("gnawed by animals")),
    ("crushed", _("crushed")),
    ("embalmed", _("embalmed")),
    ("frozen", _("frozen")),
)
POSITIONS: Choices = (
    ("supine", _("on the back")),
    ("prone", _("on the front")),
    ("left", _("on the left side")),
    ("right", _("on the right side")),
    ("sitting", _("sitting")),
    ("moved", _("moved before it was seen")),
)
WOUNDS: Choices = (
    ("gunshot", pgettext_lazy("wound", "gunshot")),
    ("blast", pgettext_lazy("wound", "blast or fragments")),
    ("sharp", pgettext_lazy("wound", "cut or stab")),
    ("blunt", pgettext_lazy("wound", "blunt force")),
    ("burn", pgettext_lazy("wound", "burn")),
    ("fracture", pgettext_lazy("wound", "fracture")),
    ("loss", pgettext_lazy("wound", "part lost")),
    ("medical", pgettext_lazy("wound", "medical treatment")),
    ("animal", pgettext_lazy("wound", "animals, after death")),
    ("other", pgettext_lazy("wound", "another")),
)
OCCURRED: Choices = (
    ("before", pgettext_lazy("wound", "before death, with signs of healing")),
    ("about", pgettext_lazy("wound", "about death")),
    ("after", pgettext_lazy("wound", "after death")),
)


def _degree(key: str, label: Label) -> Field:
    return Field(key=key, label=label, kind=Kind.CHOICE, choices=DEGREES, sides=FOUND)


CONDITION = block(
    "condition",
    _("Condition of the body"),
    Field(key="condition.stage", label=_("stage of decay"), kind=Kind.CHOICE, choices=STAGES, sides=FOUND),
    Field(
        key="condition.face_stage",
        label=_("stage of decay of the face"),
        kind=Kind.CHOICE,
        choices=STAGES,
        sides=FOUND,
        help=_("Where it differs from that of the body."),
    ),
    Field(
        key="condition.complete",
        label=_("completeness"),
        kind=Kind.CHOICE,
        choices=COMPLETENESS,
        sides=FOUND,
    ),
    Field(key="condition.lids", label=_("eyelids"), kind=Kind.CHOICE, choices=LIDS, sides=FOUND),
    Field(key="condition.mouth", label=_("mouth"), kind=Kind.CHOICE, choices=MOUTHS, sides=FOUND),
    _degree("condition.oedema", _("swelling of the face")),
    _degree("condition.injury", _("injury of the face")),
    Field(
        key="condition.discoloration",
        label=_("discoloration of the face"),
        kind=Kind.CHOICES,
        choices=DISCOLORATIONS,
        sides=FOUND,
        absence=True,
    ),
    Field(
        key="condition.obscuring",
        label=_("matter that hides the face"),
        kind=Kind.CHOICES,
        choices=MATTER,
        sides=FOUND,
        absence=True,
    ),
    Field(
        key="condition.changes",
        label=_("other changes"),
        kind=Kind.CHOICES,
        choices=CHANGES,
        sides=FOUND,
        absence=True,
    ),
    Field(
        key="condition.hours",
        label=_("hours since death when first seen"),
        kind=Kind.RANGE,
        unit=_("h"),
        low=0,
        high=1000000,
        sides=FOUND,
    ),
    Field(
        key="condition.degree_days",
        label=_("accumulated degree-days"),
        kind=Kind.RANGE,
        unit="°C·d",
        low=0,
        high=100000,
        sides=FOUND,
    ),
    Field(key="condition.position", label=_("position as found"), kind=Kind.CHOICE, choices=POSITIONS, sides=FOUND),
    Field(
        key="condition.cleaned",
        label=_("cleaned before the photographs"),
        kind=Kind.YES_NO,
        sides=FOUND,
        help=_("Photographs before and after cleaning are both wanted."),
    ),
    Field(
        key="wound",
        label=_("wound"),
        kind=Kind.GROUP,
        sides=FOUND,
        many=True,
        absence=True,
        sensitive=True,
        help=_("One entry for each region: a wound does not vote in a comparison of faces."),
        parts=(
            Part(key="kind", label=_("kind"), kind=Kind.CHOICE, choices=WOUNDS, required=True),
            Part(key="region", label=_("region"), kind=Kind.CHOICE, choices=REGIONS, required=True),
            Part(key="side", label=_("side"), kind=Kind.CHOICE, choices=SIDES),
            Part(key="size", label=_("greatest length"), kind=Kind.NUMBER, unit=_("mm"), low=1, high=2000),
            Part(key="when", label=_("when"), kind=Kind.CHOICE, choices=OCCURRED),
            Part(key="words", label=_("what it looks like"), kind=Kind.TEXT, bare=True, length=400),
        ),
    ),
    Field(key="condition.words", label=_("condition in words"), kind=Kind.WORDS, length=2000, sides=FOUND),
)

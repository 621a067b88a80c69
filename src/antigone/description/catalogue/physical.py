"""What somebody looks like: the same fields for a person who is described and for a body that is measured.

`mutable` fields are what people change by hand and days do to a body: hair, beard, weight. They are listed and weigh
nothing. Of colours after death, only those are compared by people; none is compared by the software.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.fields import TOLD, Choices, Field, Kind, Part, block

STATURE_TAKEN: Choices = (
    ("measured", _("measured in life")),
    ("document", _("from a document")),
    ("self", _("as they gave it themselves")),
    ("family", _("as the family or friends say")),
    ("length", _("length of the body as it lies")),
    ("bones", _("estimated from bones")),
    ("eye", _("estimated by eye")),
)
# Names of published formulae whose standard errors evidence.secondary ships.
STATURE_FORMULAE: Choices = (
    ("trotter-gleser-1952 femur male", _("Trotter and Gleser 1952, femur, men")),
    ("trotter-gleser-1952 femur female", _("Trotter and Gleser 1952, femur, women")),
    ("trotter-gleser-1952 tibia male", _("Trotter and Gleser 1952, tibia, men")),
    ("trotter-gleser-1952 tibia female", _("Trotter and Gleser 1952, tibia, women")),
)
BUILDS: Choices = (
    ("slight", pgettext_lazy("build", "slight")),
    ("medium", pgettext_lazy("build", "medium")),
    ("muscular", pgettext_lazy("build", "muscular")),
    ("stout", pgettext_lazy("build", "stout")),
    ("obese", pgettext_lazy("build", "obese")),
)
HAIR_COLOURS: Choices = (
    ("black", pgettext_lazy("hair", "black")),
    ("dark-brown", pgettext_lazy("hair", "dark brown")),
    ("brown", pgettext_lazy("hair", "brown")),
    ("light-brown", pgettext_lazy("hair", "light brown")),
    ("fair", pgettext_lazy("hair", "fair")),
    ("red", pgettext_lazy("hair", "red")),
    ("greying", pgettext_lazy("hair", "greying")),
    ("grey", pgettext_lazy("hair", "grey")),
    ("white", pgettext_lazy("hair", "white")),
    ("dyed", pgettext_lazy("hair", "dyed")),
)
HAIR_LENGTHS: Choices = (
    ("shaved", pgettext_lazy("hair", "shaved")),
    ("cropped", pgettext_lazy("hair", "cropped")),
    ("short", pgettext_lazy("hair", "short")),
    ("medium", pgettext_lazy("hair", "to the shoulders")),
    ("long", pgettext_lazy("hair", "long")),
)
HAIR_STYLES: Choices = (
    ("straight", pgettext_lazy("hair", "straight")),
    ("wavy", pgettext_lazy("hair", "wavy")),
    ("curly", pgettext_lazy("hair", "curly")),
    ("coiled", pgettext_lazy("hair", "tightly coiled")),
    ("braided", pgettext_lazy("hair", "braided")),
    ("tied", pgettext_lazy("hair", "tied back")),
    ("parted-left", pgettext_lazy("hair", "parted on the left")),
    ("parted-right", pgettext_lazy("hair", "parted on the right")),
    ("parted-middle", pgettext_lazy("hair", "parted in the middle")),
    ("extensions", pgettext_lazy("hair", "wig or extensions")),
)
BALDNESS: Choices = (
    ("none", pgettext_lazy("baldness", "none")),
    ("receding", pgettext_lazy("baldness", "receding")),
    ("crown", pgettext_lazy("baldness", "at the crown")),
    ("top", pgettext_lazy("baldness", "over the top")),
    ("total", pgettext_lazy("baldness", "total")),
)
FACIAL_HAIR: Choices = (
    ("clean", _("clean-shaven")),
    ("stubble", _("stubble")),
    ("moustache", _("moustache")),
    ("goatee", _("chin beard")),
    ("short-beard", _("short beard")),
    ("full-beard", _("full beard")),
    ("sideburns", _("side whiskers")),
)
EYEBROWS: Choices = (
    ("straight", pgettext_lazy("eyebrows", "straight")),
    ("arched", pgettext_lazy("eyebrows", "arched")),
    ("thick", pgettext_lazy("eyebrows", "thick")),
    ("thin", pgettext_lazy("eyebrows", "thin")),
    ("joined", pgettext_lazy("eyebrows", "joined")),
    ("plucked", pgettext_lazy("eyebrows", "plucked or painted")),
)
EYE_COLOURS: Choices = (
    ("brown", pgettext_lazy("eyes", "brown")),
    ("hazel", pgettext_lazy("eyes", "hazel")),
    ("green", pgettext_lazy("eyes", "green")),
    ("grey", pgettext_lazy("eyes", "grey")),
    ("blue", pgettext_lazy("eyes", "blue")),
    ("different", pgettext_lazy("eyes", "each its own")),
    ("clouded", pgettext_lazy("eyes", "not to be told, clouded")),
)
EAR_FEATURES: Choices = (
    ("lobe-attached", pgettext_lazy("ears", "lobes attached")),
    ("lobe-free", pgettext_lazy("ears", "lobes free")),
    ("protruding", pgettext_lazy("ears", "protruding")),
    ("close", pgettext_lazy("ears", "close to the head")),
    ("large", pgettext_lazy("ears", "large")),
    ("small", pgettext_lazy("ears", "small")),
    ("torn", pgettext_lazy("ears", "torn or notched")),
)
COMPLEXIONS: Choices = (
    ("very-fair", pgettext_lazy("skin", "very fair")),
    ("fair", pgettext_lazy("skin", "fair")),
    ("medium", pgettext_lazy("skin", "medium")),
    ("olive", pgettext_lazy("skin", "olive")),
    ("brown", pgettext_lazy("skin", "brown")),
    ("dark", pgettext_lazy("skin", "dark")),
    ("not-to-be-told", pgettext_lazy("skin", "not to be told")),
)
HANDS: Choices = (
    ("right", _("right-handed")),
    ("left", _("left-handed")),
    ("both", _("both hands alike")),
)

PHYSICAL = block(
    "desc",
    _("Physical description"),
    Field(
        key="desc.stature",
        label=_("stature"),
        kind=Kind.GROUP,
        help=_(
            "What a family says, what was measured in life and what was measured on a body are not the same: say which."
        ),
        parts=(
            Part(
                key="cm",
                label=_("stature"),
                kind=Kind.NUMBER,
                bare=True,
                unit=_("cm"),
                low=20,
                high=260,
                places=1,
                required=True,
                help=_("The best single figure."),
            ),
            Part(key="taken", label=_("how it is known"), kind=Kind.CHOICE, choices=STATURE_TAKEN),
            Part(key="range", label=_("range"), kind=Kind.RANGE, unit=_("cm"), low=20, high=260, places=1),
            Part(
                key="error",
                label=_("standard error"),
                kind=Kind.NUMBER,
                unit=_("cm"),
                low=0.1,
                high=49,
                places=2,
                help=_("With its source; without one it is not used."),
            ),
            Part(key="formula", label=_("formula"), kind=Kind.CHOICE, choices=STATURE_FORMULAE),
            Part(key="source", label=_("source of the error, or method"), kind=Kind.TEXT),
        ),
    ),
    Field(
        key="desc.age",
        label=_("age"),
        kind=Kind.GROUP,
        help=_("Estimated on a body, or when last seen where no date of birth is known."),
        parts=(
            Part(
                key="years",
                label=_("years"),
                kind=Kind.RANGE,
                bare=True,
                unit=_("years"),
                low=0,
                high=130,
                required=True,
            ),
            Part(
                key="coverage",
                label=_("share of such ranges that hold the true age"),
                kind=Kind.NUMBER,
                unit="%",
                low=1,
                high=99.9,
                places=1,
                help=_("As the method's own validation states it, with its source; without one it is not used."),
            ),
            Part(key="source", label=_("method and its source"), kind=Kind.TEXT),
        ),
    ),
    Field(
        key="desc.weight",
        label=_("weight"),
        kind=Kind.RANGE,
        unit=_("kg"),
        low=0,
        high=400,
        places=1,
        mutable=True,
    ),
    Field(key="desc.build", label=_("build"), kind=Kind.CHOICE, choices=BUILDS, mutable=True),
    Field(key="desc.hair_colour", label=_("hair colour"), kind=Kind.CHOICES, choices=HAIR_COLOURS, mutable=True),
    Field(key="desc.hair_length", label=_("hair length"), kind=Kind.CHOICE, choices=HAIR_LENGTHS, mutable=True),
    Field(key="desc.hair_style", label=_("hair form and style"), kind=Kind.CHOICES, choices=HAIR_STYLES, mutable=True),
    Field(key="desc.baldness", label=_("baldness"), kind=Kind.CHOICES, choices=BALDNESS, mutable=True),
    Field(
        key="desc.facial_hair",
        label=_("facial hair"),
        kind=Kind.CHOICES,
        choices=FACIAL_HAIR,
        mutable=True,
        absence=True,
    ),
    Field(
        key="desc.facial_hair_colour",
        label=_("colour of the beard"),
        kind=Kind.CHOICE,
        choices=HAIR_COLOURS,
        mutable=True,
    ),
    Field(key="desc.eyebrows", label=_("eyebrows"), kind=Kind.CHOICES, choices=EYEBROWS, mutable=True),
    Field(
        key="desc.eye_colour",
        label=_("eye colour"),
        kind=Kind.CHOICE,
        choices=EYE_COLOURS,
        help=_("On a body it clouds and darkens within days."),
    ),
    Field(key="desc.ears", label=_("ears"), kind=Kind.CHOICES, choices=EAR_FEATURES),
    Field(
        key="desc.complexion",
        label=_("skin"),
        kind=Kind.CHOICE,
        choices=COMPLEXIONS,
        mutable=True,
        help=_("The colour in life. After death it changes within hours, and darkens with decay."),
    ),
    Field(key="desc.face", label=_("face in words"), kind=Kind.WORDS, length=2000),
    Field(key="desc.nails", label=_("nails"), kind=Kind.TEXT, mutable=True),
    Field(key="desc.handedness", label=_("handedness"), kind=Kind.CHOICE, choices=HANDS, sides=TOLD),
    Field(key="desc.circumcised", label=_("circumcised"), kind=Kind.YES_NO, sensitive=True),
    Field(key="desc.gait", label=_("gait and bearing"), kind=Kind.TEXT, sides=TOLD),
    Field(
        key="desc.shoe_size", label=_("shoe size"), kind=Kind.RANGE, unit="EU", low=10, high=60, places=1, mutable=True
    ),
    Field(key="desc.words", label=_("what else is noticed"), kind=Kind.WORDS, length=2000),
)

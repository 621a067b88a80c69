"""Clothing, effects and papers: what somebody had, what was found with a body.

Things are borrowed, swapped, taken and put with the wrong body. They are compared line by line and have no ratio.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.fields import Choices, Field, Kind, Part, block

GARMENTS: Choices = (
    ("headwear", pgettext_lazy("garment", "headwear")),
    ("helmet", pgettext_lazy("garment", "helmet")),
    ("coat", pgettext_lazy("garment", "coat")),
    ("jacket", pgettext_lazy("garment", "jacket")),
    ("body-armour", pgettext_lazy("garment", "body armour")),
    ("sweater", pgettext_lazy("garment", "sweater")),
    ("shirt", pgettext_lazy("garment", "shirt")),
    ("t-shirt", pgettext_lazy("garment", "T-shirt")),
    ("dress", pgettext_lazy("garment", "dress")),
    ("skirt", pgettext_lazy("garment", "skirt")),
    ("trousers", pgettext_lazy("garment", "trousers")),
    ("shorts", pgettext_lazy("garment", "shorts")),
    ("overall", pgettext_lazy("garment", "overall")),
    ("thermal", pgettext_lazy("garment", "thermal underwear")),
    ("underpants", pgettext_lazy("garment", "underpants")),
    ("brassiere", pgettext_lazy("garment", "brassiere")),
    ("vest", pgettext_lazy("garment", "undervest")),
    ("tights", pgettext_lazy("garment", "tights or stockings")),
    ("socks", pgettext_lazy("garment", "socks")),
    ("shoes", pgettext_lazy("garment", "shoes")),
    ("boots", pgettext_lazy("garment", "boots")),
    ("gloves", pgettext_lazy("garment", "gloves")),
    ("scarf", pgettext_lazy("garment", "scarf")),
    ("belt", pgettext_lazy("garment", "belt")),
    ("other", pgettext_lazy("garment", "another")),
)
THINGS: Choices = (
    ("ring", pgettext_lazy("thing", "ring")),
    ("wedding-ring", pgettext_lazy("thing", "wedding ring")),
    ("necklace", pgettext_lazy("thing", "necklace or chain")),
    ("pendant", pgettext_lazy("thing", "pendant")),
    ("cross", pgettext_lazy("thing", "cross or religious object")),
    ("bracelet", pgettext_lazy("thing", "bracelet")),
    ("earring", pgettext_lazy("thing", "earring")),
    ("body-jewellery", pgettext_lazy("thing", "body jewellery")),
    ("watch", pgettext_lazy("thing", "watch")),
    ("spectacles", pgettext_lazy("thing", "spectacles")),
    ("hearing-aid", pgettext_lazy("thing", "hearing aid")),
    ("telephone", pgettext_lazy("thing", "telephone")),
    ("sim-card", pgettext_lazy("thing", "SIM card")),
    ("wallet", pgettext_lazy("thing", "wallet")),
    ("money", pgettext_lazy("thing", "money")),
    ("bank-card", pgettext_lazy("thing", "bank card")),
    ("keys", pgettext_lazy("thing", "keys")),
    ("knife", pgettext_lazy("thing", "knife")),
    ("lighter", pgettext_lazy("thing", "lighter")),
    ("smoking", pgettext_lazy("thing", "smoking things")),
    ("bag", pgettext_lazy("thing", "bag")),
    ("photograph", pgettext_lazy("thing", "photograph")),
    ("letter", pgettext_lazy("thing", "letter or note")),
    ("book", pgettext_lazy("thing", "book")),
    ("medal", pgettext_lazy("thing", "medal")),
    ("patch", pgettext_lazy("thing", "patch or badge")),
    ("tourniquet", pgettext_lazy("thing", "tourniquet or first-aid kit")),
    ("medicine", pgettext_lazy("thing", "medicine")),
    ("toy", pgettext_lazy("thing", "toy")),
    ("other", pgettext_lazy("thing", "another")),
)
PAPERS: Choices = (
    ("passport", pgettext_lazy("paper", "passport")),
    ("identity-card", pgettext_lazy("paper", "identity card")),
    ("military-card", pgettext_lazy("paper", "military card or book")),
    ("driving-licence", pgettext_lazy("paper", "driving licence")),
    ("birth-certificate", pgettext_lazy("paper", "birth certificate")),
    ("service-card", pgettext_lazy("paper", "card of an employer or a school")),
    ("insurance", pgettext_lazy("paper", "insurance or health card")),
    ("ticket", pgettext_lazy("paper", "ticket")),
    ("other", pgettext_lazy("paper", "another")),
)


def _of_a_thing() -> tuple[Part, ...]:
    return (
        Part(key="words", label=_("what it looks like"), kind=Kind.TEXT, bare=True, length=400),
        Part(key="material", label=_("material"), kind=Kind.TEXT, bare=True),
        Part(key="colour", label=_("colour"), kind=Kind.TEXT, bare=True),
        Part(key="size", label=_("size"), kind=Kind.TEXT, length=40),
        Part(key="brand", label=_("brand"), kind=Kind.TEXT, bare=True),
        Part(key="inscription", label=_("inscription, number or label"), kind=Kind.TEXT, length=400),
        Part(key="where", label=_("where it was worn or carried"), kind=Kind.TEXT),
        Part(key="count", label=_("how many"), kind=Kind.NUMBER, low=1, high=1000),
    )


BELONGINGS = block(
    "belongings",
    _("Clothing and effects"),
    Field(
        key="clothing",
        label=_("clothing or footwear"),
        kind=Kind.GROUP,
        many=True,
        absence=True,
        mutable=True,
        help=_("One entry for each garment, from the outside in."),
        parts=(
            Part(key="item", label=_("garment"), kind=Kind.CHOICE, choices=GARMENTS, required=True),
            *_of_a_thing(),
        ),
    ),
    Field(
        key="effect",
        label=_("personal effect or jewellery"),
        kind=Kind.GROUP,
        many=True,
        absence=True,
        help=_("One entry for each. An inscription is copied letter by letter."),
        parts=(
            Part(key="item", label=_("thing"), kind=Kind.CHOICE, choices=THINGS, required=True),
            *_of_a_thing(),
        ),
    ),
    Field(
        key="effect.words",
        label=_("effects and clothing in words"),
        kind=Kind.WORDS,
        length=2000,
        absence=True,
        help=_("Where nobody has cut it into entries yet. It is read by people and compared by nothing."),
    ),
    Field(
        key="paper",
        label=_("paper or card"),
        kind=Kind.GROUP,
        many=True,
        absence=True,
        help=_("Carried by somebody is not the same as belonging to them: the name on it names nobody yet."),
        parts=(
            Part(key="kind", label=_("kind"), kind=Kind.CHOICE, choices=PAPERS, required=True),
            Part(key="issuer", label=_("issued by"), kind=Kind.TEXT, bare=True),
            Part(key="number", label=_("number"), kind=Kind.TEXT),
            Part(key="in_name", label=_("name on it"), kind=Kind.TEXT),
            Part(key="words", label=_("what else it says"), kind=Kind.TEXT, bare=True, length=400),
            Part(key="where", label=_("where it was kept or found"), kind=Kind.TEXT),
        ),
    ),
)

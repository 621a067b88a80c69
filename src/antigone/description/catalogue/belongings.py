"""Clothing, effects and papers: what somebody had, what was found with a body.

Things are borrowed, swapped, taken and put with the wrong body. They are compared line by line and have no ratio.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from antigone.description.fields import Choices, Field, Kind, Part, block

GARMENTS: Choices = (
    ("headwear", _("headwear")),
    ("helmet", _("helmet")),
    ("coat", _("coat")),
    ("jacket", _("jacket")),
    ("body-armour", _("body armour")),
    ("sweater", _("sweater")),
    ("shirt", _("shirt")),
    ("t-shirt", _("T-shirt")),
    ("dress", _("dress")),
    ("skirt", _("skirt")),
    ("trousers", _("trousers")),
    ("shorts", _("shorts")),
    ("overall", _("overall")),
    ("thermal", _("thermal underwear")),
    ("underpants", _("underpants")),
    ("brassiere", _("brassiere")),
    ("vest", _("undervest")),
    ("tights", _("tights or stockings")),
    ("socks", _("socks")),
    ("shoes", _("shoes")),
    ("boots", _("boots")),
    ("gloves", _("gloves")),
    ("scarf", _("scarf")),
    ("belt", _("belt")),
    ("other", _("another")),
)
THINGS: Choices = (
    ("ring", _("ring")),
    ("wedding-ring", _("wedding ring")),
    ("necklace", _("necklace or chain")),
    ("pendant", _("pendant")),
    ("cross", _("cross or religious object")),
    ("bracelet", _("bracelet")),
    ("earring", _("earring")),
    ("body-jewellery", _("body jewellery")),
    ("watch", _("watch")),
    ("spectacles", _("spectacles")),
    ("hearing-aid", _("hearing aid")),
    ("telephone", _("telephone")),
    ("sim-card", _("SIM card")),
    ("wallet", _("wallet")),
    ("money", _("money")),
    ("bank-card", _("bank card")),
    ("keys", _("keys")),
    ("knife", _("knife")),
    ("lighter", _("lighter")),
    ("smoking", _("smoking things")),
    ("bag", _("bag")),
    ("photograph", _("photograph")),
    ("letter", _("letter or note")),
    ("book", _("book")),
    ("medal", _("medal")),
    ("patch", _("patch or badge")),
    ("tourniquet", _("tourniquet or first-aid kit")),
    ("medicine", _("medicine")),
    ("toy", _("toy")),
    ("other", _("another")),
)
PAPERS: Choices = (
    ("passport", _("passport")),
    ("identity-card", _("identity card")),
    ("military-card", _("military card or book")),
    ("driving-licence", _("driving licence")),
    ("birth-certificate", _("birth certificate")),
    ("service-card", _("card of an employer or a school")),
    ("insurance", _("insurance or health card")),
    ("ticket", _("ticket")),
    ("other", _("another")),
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

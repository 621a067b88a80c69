"""The photographs of a person: two portraits from life, two from after death."""

from __future__ import annotations

import dataclasses
import random

from identity import Hair, Look, Person
from palette import GREY, between, linear

_CLOTHS = [linear(*c) for c in ((46, 58, 84), (96, 104, 112), (120, 60, 52), (58, 82, 66), (190, 186, 176),
                                (36, 36, 40),
                                (128, 112, 88), (150, 160, 172), (92, 74, 96), (204, 196, 180), (70, 98,
                                122))]  # fmt: skip
_SHIRTS = [linear(*c) for c in ((226, 226, 222), (170, 188, 208), (206, 198, 176), (120, 132, 118))]
_GARMENTS = {
    "male": ("crew", "crew", "shirt", "shirt", "roll", "jacket"),
    "female": ("crew", "crew", "shirt", "roll", "jacket"),
}
_SOIL = [linear(*c) for c in ((98, 90, 76), (84, 78, 68), (126, 116, 98))]
_WALLS = ("grey", "sand", "blue", "green", "dark", "garden")
_SLABS = ("steel", "tarpaulin", "sheet", "boards", "earth", "bag")


def _beard(who: Person, second: bool, r: random.Random) -> tuple[str, float, float]:
    """Kind, length and stubble of the beard; a beard may be worn in one portrait and not in the other."""
    if who.sex != "male":
        return "none", 0.0, 0.0
    kind = who.beard
    if second and kind in ("full", "short", "goatee", "moustache") and r.random() < 0.35:
        kind = "stubble"
    shadow = r.uniform(0.10, 0.28)
    return {
        "none": ("none", 0.0, shadow), "stubble": ("none", 0.0, r.uniform(0.42, 0.6)), "short": ("full", 0.10, 0.75),
        "full": ("full", r.uniform(0.18, 0.32), 0.85), "moustache": ("moustache", 0.13, shadow),
        "goatee": ("goatee", 0.12, shadow),
    }[kind]  # fmt: skip


def _look(who: Person, number: int, r: random.Random, age: float, hair: Hair, second: bool) -> Look:
    years_back = who.age - age
    grey = max(0.0, who.grey - years_back / 22)
    beard, length, stubble = _beard(who, second, r)
    brow = between(who.hair_colour, GREY, 0.45 * grey)
    if who.hair_name in ("blond", "dark blond", "red"):
        brow = between(brow, linear(92, 66, 46), 0.6)
    return Look(
        name=str(number), seed=who.seed * 10 + number, age=age, wrinkles=min(1.5, max(0.06, (age - 22) / 38)),
        hair=hair,
        hair_colour=between(who.hair_colour, GREY, 0.55 * grey), grey=grey, brow_colour=brow, beard=beard,
        beard_length=length,
        stubble=stubble, yaw=r.uniform(-13, 13), pitch=r.uniform(-6, 5), roll=r.uniform(-4, 4),
        camera_roll=r.uniform(-1.5, 1.5),
        smile=r.uniform(0.0, 0.38), jaw=0.0, dead=False, garment=r.choice(_GARMENTS[who.sex]), cloth=r.choice(_CLOTHS),
        second_cloth=r.choice(_SHIRTS), light=r.choice(("window", "studio", "overcast")), ground=r.choice(_WALLS),
    )  # fmt: skip


def portraits(who: Person) -> list[Look]:
    """Two portraits from life: the later one first, the other years younger or with other light, hair and clothes."""
    r = random.Random(who.seed + 3)
    first = _look(who, 1, r, who.age - r.uniform(0, 1.5), who.hair, second=False)
    younger = r.uniform(2, 9) if who.age > 30 else r.uniform(0.5, 2)
    second = _look(who, 2, r, who.age - younger, who.other_hair if r.random() < 0.6 else who.hair, second=True)
    lights = [light for light in ("window", "studio", "overcast", "evening") if light != first.light]
    return [first, dataclasses.replace(second, light=r.choice(lights))]


def photographs(who: Person) -> list[Look]:
    """Two photographs after death: lids closed, pale, the head rolled, in hard cold light; the first has no sheet."""
    r = random.Random(who.seed + 4)
    pallor = r.uniform(0.42, 0.66)
    tint = r.choice(((1.10, 1.0, 0.80), (1.04, 1.0, 0.88), (1.0, 1.0, 0.96)))
    garment, cloth, slab = (
        r.choice(("crew", "crew", "shirt", "jacket", "crew")),
        r.choice(_CLOTHS),
        r.choice(_SLABS),
    )
    soil = r.choice(_SOIL)
    sheet = r.choice(("", "chest", "chin", "chin", "side", "side-left"))
    quarter = r.choice((0, 0, 0, 90, 270))
    found = []
    for number in (1, 2):
        look = _look(who, number + 2, r, who.age, who.hair, second=False)
        tilt = r.choice((-1, 1)) * r.uniform(12, 28)
        share = r.uniform(0.3, 0.6)
        cover = "chest" if sheet == "chin" and look.beard_length > 0.15 else sheet  # a sheet would lie on the beard
        found.append(dataclasses.replace(
            look, name=str(number), dead=True, smile=0.0, jaw=r.uniform(0.02, 0.08), yaw=r.uniform(-18, 18),
            pitch=r.uniform(-12, 4), roll=tilt * share,
            camera_roll=tilt * (1 - share) + (quarter if number == 2 else 0),
            pallor=pallor, pallor_tint=tint, dirt=max(0.0, r.gauss(0.10, 0.28)) if r.random() < 0.6 else 0.0, soil=soil,
            sheet=cover if number == 2 else "", garment=garment, cloth=cloth, light=r.choice(("flash", "lamp", "tube")),
            ground=slab, stubble=min(0.85, look.stubble + (0.12 if who.sex == "male" else 0)),
        ))  # fmt: skip
    return found

"""Who the people are: everything that is fixed about a person, drawn from one seed."""

from __future__ import annotations

import random

from identity import Brow, Hair, Mark, Person
from palette import EYES, HAIR, TONES, between

# group, directory of the target, name, the two signs' endings, whether it has a left and a right, deviation
_SLIDERS = (
    ("cheek", ("cheek-bones", "cheek-inner", "cheek-volume"), ("decr", "incr"), True, 0.45),
    ("cheek", ("cheek-trans",), ("down", "up"), True, 0.5),
    ("chin", ("chin-bones", "chin-height", "chin-prominent", "chin-width"), ("decr", "incr"), False, 0.5),
    ("chin", ("chin-prognathism", "chin-cleft"), ("decr", "incr"), False, 0.35),
    ("nose", ("nose-flaring", "nose-greek", "nose-hump", "nose-septumangle"), ("decr", "incr"), False, 0.42),
    ("nose", ("nose-nostrils-width", "nose-point-width", "nose-volume"), ("decr", "incr"), False, 0.45),
    ("nose", ("nose-scale-depth", "nose-scale-horiz", "nose-scale-vert"), ("decr", "incr"), False, 0.48),
    ("nose", ("nose-width1", "nose-width2", "nose-width3"), ("decr", "incr"), False, 0.45),
    ("nose", ("nose-base", "nose-point", "nose-nostrils-angle", "nose-trans"), ("down", "up"), False, 0.42),
    ("nose", ("nose-curve",), ("concave", "convex"), False, 0.5),
    (
        "mouth",
        ("mouth-lowerlip-height", "mouth-lowerlip-volume", "mouth-lowerlip-width"),
        ("decr", "incr"),
        False,
        0.45,
    ),
    (
        "mouth",
        ("mouth-upperlip-height", "mouth-upperlip-volume", "mouth-upperlip-width"),
        ("decr", "incr"),
        False,
        0.45,
    ),
    ("mouth", ("mouth-scale-horiz", "mouth-scale-vert", "mouth-philtrum-volume"), ("decr", "incr"), False, 0.5),
    ("mouth", ("mouth-cupidsbow", "mouth-cupidsbow-width"), ("decr", "incr"), False, 0.4),
    ("mouth", ("mouth-angles", "mouth-trans"), ("down", "up"), False, 0.42),
    ("mouth", ("mouth-trans",), ("backward", "forward"), False, 0.3),
    ("eyes", ("eye-bag", "eye-height1", "eye-height2", "eye-height3"), ("decr", "incr"), True, 0.30),
    ("eyes", ("eye-scale",), ("decr", "incr"), True, 0.30),
    ("eyes", ("eye-corner1", "eye-corner2", "eye-trans", "eye-eyefold"), ("down", "up"), True, 0.45),
    ("eyes", ("eye-trans",), ("in", "out"), True, 0.55),
    ("eyes", ("eye-push1", "eye-push2"), ("in", "out"), True, 0.3),
    ("eyes", ("eye-epicanthus",), ("in", "out"), True, 0.35),
    ("eyebrows", ("eyebrows-angle", "eyebrows-trans"), ("down", "up"), False, 0.42),
    ("eyebrows", ("eyebrows-trans",), ("backward", "forward"), False, 0.42),
    ("forehead", ("forehead-nubian", "forehead-scale-vert", "forehead-temple"), ("decr", "incr"), False, 0.5),
    ("forehead", ("forehead-trans",), ("backward", "forward"), False, 0.45),
    ("head", ("head-scale-horiz", "head-scale-vert", "head-scale-depth"), ("decr", "incr"), False, 0.5),
    ("ears", ("ear-scale", "ear-wing", "ear-lobe", "ear-flap"), ("decr", "incr"), True, 0.45),
    ("neck", ("neck-scale-horiz", "neck-double"), ("decr", "incr"), False, 0.4),
)

_SHAPES = ("diamond", "invertedtriangular", "oval", "rectangular", "round", "square", "triangular")

_ASYMMETRIES = ("brown-1", "brown-2", "cheek-1", "cheek-2", "eye-3", "eye-4", "eye-5", "eye-7", "jaw-1",
                "jaw-2", "jaw-3",
                "mouth-1", "mouth-2", "nose-1", "nose-2", "nose-3", "temple-1")  # fmt: skip

_STYLES = {
    "male": ("cropped", "cropped", "short", "short", "side", "back", "curly", "rim"),
    "female": ("long", "long", "bob", "tied", "tied", "tied", "short", "wavy", "wavy"),
}


def _hair(r: random.Random, sex: str, origin: str, age: int) -> Hair:
    style = r.choice(_STYLES[sex])
    african = origin == "african"
    if african:
        style = r.choice(("coily", "coily", "cropped", "cropped", "rim" if age > 40 else "cropped") if sex == "male"
                         else ("coily", "afro", "tied", "tied", "cropped"))  # fmt: skip
    if style == "rim" and age < 38:
        style = "cropped"
    lengths = {"cropped": (0.03, 0.12), "short": (0.20, 0.36), "side": (0.45, 0.7), "back": (0.5, 0.85),
               "curly": (0.5, 0.8),
               "rim": (0.06, 0.2), "coily": (0.12, 0.3), "afro": (0.6, 1.0), "long": (2.2, 3.2), "wavy": (1.6, 2.6),
               "bob": (1.2, 1.6), "tied": (1.6, 2.0)}  # fmt: skip
    ageing = max(0.0, (age - 28) / 50)
    if sex == "male":
        lift = r.uniform(-0.06, 0.14) + 0.10 * ageing * r.random()
        recession = max(0.0, r.gauss(0.10 + 0.22 * ageing, 0.10))
        crown = r.uniform(0.3, 0.9) if r.random() < 0.5 * ageing else 0.0
    else:
        lift, recession, crown = r.uniform(-0.14, 0.06), max(0.0, r.gauss(0.02, 0.04)), 0.0
    if style == "rim":
        lift, crown, recession = 0.35, r.uniform(0.95, 1.15), 0.2
    low, high = lengths[style]
    curl = {"curly": 0.8, "wavy": 0.55, "coily": 1.0, "afro": 1.0}.get(style, r.uniform(0, 0.2))
    return Hair(style, r.uniform(low, high), lift, min(recession, 0.38), r.choice((0, 0, 0, 0.06, 0.1)), crown,
                0.9, curl, r.choice((-1, 1)) * (r.uniform(0.3, 0.42) if style == "side" else r.uniform(0.0,
                0.3)))  # fmt: skip


def _marks(r: random.Random) -> tuple[Mark, ...]:
    side = {1: "left", -1: "right"}
    marks = []
    spots = (
        (0.42, 6.90, "cheek"), (0.50, 6.72, "jaw"), (0.30, 6.80, "upper lip"), (0.18, 6.36, "chin"), (0.30,
        7.82, "forehead"),
        (0.58, 7.22, "temple"), (0.17, 7.0, "nose"), (0.36, 7.08, "cheekbone"),
    )  # fmt: skip
    for _ in range(r.choice((0, 0, 0, 1, 1, 2))):
        x, y, where = r.choice(spots)
        s = r.choice((-1, 1))
        mark = Mark("mole", s * (x + r.uniform(-0.04, 0.04)), y + r.uniform(-0.04, 0.04), r.uniform(0.014, 0.027),
                    words=f"Mole, {side[s]} {where}" if where not in ("upper lip", "chin", "forehead", "nose")
                    else f"Mole, {where}, {side[s]} side")  # fmt: skip
        if all(abs(mark.x - other.x) + abs(mark.y - other.y) > 0.15 for other in marks):
            marks.append(mark)
    chance = r.random()
    s = r.choice((-1, 1))
    if chance < 0.12:
        marks.append(Mark("scar", s * 0.40, 7.60, 0.016, s * 0.44, 7.42, f"Old scar through the {side[s]} eyebrow"))
    elif chance < 0.22:
        marks.append(Mark("scar", s * 0.44, 7.02, 0.014, s * 0.56, 6.80, f"Old scar, {side[s]} cheek"))
    elif chance < 0.29:
        marks.append(Mark("scar", s * 0.08, 6.40, 0.015, s * 0.16, 6.28, f"Old scar, chin, {side[s]} side"))
    elif chance < 0.36:
        marks.append(Mark("birthmark", s * 0.56, 6.98, 0.16, words=f"Birthmark, {side[s]} cheek"))
    elif chance < 0.42:
        marks.append(Mark("birthmark", s * 0.40, 7.88, 0.13, words=f"Birthmark, forehead, {side[s]} side"))
    return tuple(marks)


def _targets(r: random.Random, age: int) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    for folder, names, ends, sided, deviation in _SLIDERS:
        for name in names:
            value = max(-1.0, min(1.0, r.gauss(0, 0.74 * deviation)))
            end = ends[1] if value > 0 else ends[0]
            for side in ("l-", "r-") if sided else ("",):
                found.append((f"{folder}/{side}{name}-{end}", abs(value) * r.uniform(0.88, 1.06)))
    fat = r.gauss(0.0, 0.4)
    found.append((f"head/head-fat-{'incr' if fat > 0 else 'decr'}", min(0.7, abs(fat))))
    aged = (age - 42) / 45
    found.append((f"head/head-age-{'incr' if aged > 0 else 'decr'}", min(1.0, abs(aged))))
    first, second = r.sample(_SHAPES, 2)
    found.append((f"head/head-{first}", r.uniform(0.25, 0.6)))
    found.append((f"head/head-{second}", r.uniform(0.0, 0.3)))
    for name in r.sample(_ASYMMETRIES, 4):
        found.append((f"asym/asym-{name}-{r.choice('lr')}", r.uniform(0.1, 0.5)))
    if r.random() < 0.5:
        found.append((f"mouth/mouth-laugh-lines-{'in' if age > 40 else 'out'}", r.uniform(0.2, 0.8)))
    return tuple(found)


_ORIGINS = ["caucasian"] * 5 + ["asian"] * 3 + ["african"] * 3 + ["mixed"]


def person(index: int) -> Person:
    """Person `index` (0..59); the first 45 are the missing, the others the strangers."""
    r = random.Random(52_000 + 17 * index)
    sex = "female" if (index * 7) % 12 in (1, 4, 6, 9, 11) else "male"
    origin = _ORIGINS[(index * 5) % 12]
    races = ["caucasian", "asian", "african"]
    if origin == "mixed":
        main, other = r.sample(races, 2)
        share = r.uniform(0.45, 0.6)
    else:
        main = origin
        other = r.choice([race for race in races if race != main])
        share = r.choice((1.0, 1.0, r.uniform(0.72, 0.95)))
    macro = dict.fromkeys(races, 0.0)
    macro[main] += share
    macro[other] += 1 - share
    age = round(min(82, max(19, 19 + 63 * ((index * 23 % 60 + r.random()) / 60) ** 1.25)))
    dark = min(0.999, max(0.0, r.random()))
    tones = [TONES[race][min(len(TONES[race]) - 1, int(dark * len(TONES[race])))] for race in (main, other)]
    tone = between(tones[0], tones[1], (1 - share) * 0.9)
    tone = tuple((0.93 * v + 0.07 * sum(tone) / 3) * (0.98 - 0.34 * sum(tone) / 3) for v in tone)
    tone = tuple(v * r.uniform(0.94, 1.06) for v in tone)
    brightness = sum(tone) / 3
    tone = tuple(v * max(1.0, 0.045 / brightness) for v in tone)
    lip = tuple(v * k for v, k in zip(tone, (0.82, 0.48, 0.48) if brightness > 0.2 else (0.9, 0.64, 0.66), strict=True))
    if sex == "female" and r.random() < 0.35:
        red = tuple(v * min(1.0, brightness / 0.2) for v in (0.36, 0.07, 0.08))
        lip = between(lip, red, r.uniform(0.15, 0.4))
    if main == "caucasian" and origin != "mixed" and dark < 0.7:
        hair_name = r.choice(
            ["dark brown", "brown", "brown", "light brown", "dark blond", "blond", "black", "red", "auburn"]
        )
        eye_name = r.choice(["blue", "blue", "grey", "green", "hazel", "brown"])
    else:
        hair_name = r.choice(["black", "black", "black", "dark brown"])
        eye_name = r.choice(["dark brown", "dark brown", "brown"])
    grey = min(1.0, max(0.0, (age - r.gauss(46, 7)) / 22)) if age > 36 else 0.0
    hair = _hair(r, sex, main, age)
    other_hair = _hair(r, sex, main, age)
    full = hair.crown < 0.4  # who is bald on the crown wears what is left short
    other_hair = Hair(other_hair.style if full else "cropped", other_hair.length if full else 0.08, hair.lift - 0.02,
                      hair.recession * 0.75, hair.peak, hair.crown * 0.8, 0.9, other_hair.curl, hair.part)  # fmt: skip
    heavy = r.random()
    brow = Brow(
        (r.uniform(0.01, 0.065), (0.016 + 0.022 * heavy) * (1.15 if sex == "male" else 0.72), r.uniform(0.50, 0.58),
         r.uniform(0.09, 0.16)),
        r.uniform(0.45, 1.0) if sex == "male" else r.uniform(0.4, 0.85),
    )  # fmt: skip
    beard = "none"
    if sex == "male":
        beard = r.choice(("none", "none", "none", "stubble", "stubble", "short", "full", "moustache", "goatee"))
    stature = round(r.gauss(176, 6.5) if sex == "male" else r.gauss(163, 6))
    return Person(
        index=index, seed=52_000 + 17 * index, sex=sex, age=age, origin=origin, macro=macro,
        weight=max(-0.8, min(0.8, r.gauss(0.0, 0.45))), muscle=r.uniform(-0.4, 0.6), targets=_targets(r, age),
        tone=tone,
        lip=lip, blotch=r.uniform(0.7, 1.7), flush=r.uniform(0.3, 0.95), tired=r.uniform(0.15, 0.65) + max(0,
        age - 45) / 120,
        freckles=r.uniform(0.5, 1.0) if brightness > 0.35 and r.random() < 0.28 else 0.0, shine=r.random(),
        eye=EYES[eye_name], eye_name=eye_name, hair_colour=HAIR[hair_name], hair_name=hair_name, hair=hair,
        other_hair=other_hair, grey=grey, brow=brow, beard=beard, beard_cheek=r.uniform(-0.12, 0.08), stature=stature,
        marks=_marks(r),
    )  # fmt: skip


def shape_targets(who: Person, age: float) -> list[tuple[str, float]]:
    """The weighted targets of the person's body at an age in years."""
    old = min(1.0, max(0.0, (age - 24) / 58)) ** 1.15
    found = []
    for race, share in who.macro.items():
        found.append((f"macrodetails/{race}-{who.sex}-young", share * (1 - old)))
        found.append((f"macrodetails/{race}-{who.sex}-old", share * old))
    weight = "maxweight" if who.weight > 0 else "minweight"
    muscle = "maxmuscle" if who.muscle > 0 else "minmuscle"
    for years, part in (("young", 1 - old), ("old", old)):
        stem = f"macrodetails/universal-{who.sex}-{years}"
        w, m = abs(who.weight), abs(who.muscle)
        found.append((f"{stem}-averagemuscle-averageweight", part * (1 - w) * (1 - m)))
        found.append((f"{stem}-averagemuscle-{weight}", part * w * (1 - m)))
        found.append((f"{stem}-{muscle}-averageweight", part * (1 - w) * m))
        found.append((f"{stem}-{muscle}-{weight}", part * w * m))
    return found + list(who.targets)

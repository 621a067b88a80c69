"""The cohort's invented texts, cut into entries of the vocabulary; pure."""

from __future__ import annotations

from typing import Any

REGIONS = {
    "temple": "forehead", "forehead": "forehead", "eyebrow": "eyebrow", "cheekbone": "cheek", "cheek": "cheek",
    "chin": "chin", "jaw": "chin", "nose": "nose", "upper lip": "mouth", "wrist": "wrist", "forearm": "forearm",
    "knee": "knee", "ring finger": "ring-finger",
}  # fmt: skip
KINDS = {
    "mole": "mole", "birthmark": "birthmark", "tattoo": "tattoo", "old scar": "scar", "scar": "scar",
    "appendix scar": "surgical-scar", "missing tip": "amputation", "healed fracture": "deformity",
}  # fmt: skip
THINGS = {
    "ring": "ring", "pendant": "pendant", "bracelet": "bracelet", "wristwatch": "watch", "glasses": "spectacles",
    "key": "keys", "lighter": "lighter", "medal": "medal", "notebook": "book", "drawing": "letter",
}  # fmt: skip
RELATIONS = {
    "mother": "mother", "father": "father", "wife": "spouse", "husband": "spouse", "brother": "sibling",
    "sister": "sibling", "daughter": "child", "son": "child", "cousin": "kin", "aunt": "kin", "uncle": "kin",
    "friend": "friend", "neighbour": "friend", "grandmother": "grandparent", "grandfather": "grandparent",
}  # fmt: skip
GARMENTS = {"scarf": "scarf", "belt": "belt"}


def marks(text: str) -> list[dict[str, Any]]:
    """The marks of a text such as "Mole, right temple; Appendix scar", each as the value of a `mark` entry."""
    return [_mark(each.strip()) for each in text.split(";") if each.strip()]


def _mark(words: str) -> dict[str, Any]:
    low = words.lower()
    kind = next((kind for begun, kind in KINDS.items() if low.startswith(begun)), "other")
    region = next((region for word, region in REGIONS.items() if word in low), "")
    if kind == "surgical-scar":
        region = "abdomen"
    side = "left" if "left" in low else "right" if "right" in low else ""
    return {"kind": kind, "region": region or "whole", "words": words} | ({"side": side} if side else {})


def things(text: str) -> list[tuple[str, dict[str, Any]]]:
    """The effects and garments of a text, each as its key (`effect` or `clothing`) and the entry's value."""
    return [_thing(each.strip()) for each in text.split(";") if each.strip()]


def _thing(words: str) -> tuple[str, dict[str, Any]]:
    low = words.lower()
    garment = next((item for word, item in GARMENTS.items() if word in low), None)
    if garment:
        return "clothing", {"item": garment, "words": words}
    return "effect", {"item": next((item for word, item in THINGS.items() if word in low), "other"), "words": words}


def relation(given_by: str) -> str:
    """What the manifest's giver is to the person, as relatives are recorded."""
    return RELATIONS.get(given_by.strip().lower(), "other")

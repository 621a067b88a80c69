"""Colours of skin, hair and eyes, in linear light."""

from __future__ import annotations

Colour = tuple[float, float, float]


def linear(*srgb: float) -> Colour:
    """Linear light from sRGB values of 0..255."""
    return tuple(((v / 255 + 0.055) / 1.055) ** 2.4 if v > 10 else v / 255 / 12.92 for v in srgb)  # type: ignore[return-value]


def between(a: Colour, b: Colour, t: float) -> Colour:
    return tuple(x + (y - x) * t for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


_SKIN = {
    "caucasian": ((240, 205, 188), (233, 194, 172), (226, 184, 156), (214, 170, 138), (196, 150, 116), (174, 128, 94)),
    "asian": ((238, 206, 176), (228, 192, 158), (214, 174, 136), (194, 150, 112), (166, 122, 88)),
    "african": ((168, 120, 88), (142, 98, 72), (114, 76, 56), (88, 58, 44), (64, 42, 34)),
}
TONES = {race: [linear(*tone) for tone in tones] for race, tones in _SKIN.items()}
HAIR = {
    "black": linear(22, 19, 18), "dark brown": linear(44, 32, 25), "brown": linear(74, 52, 37),
    "light brown": linear(112, 84, 58), "dark blond": linear(146, 116, 80), "blond": linear(186, 156, 112),
    "red": linear(128, 62, 34), "auburn": linear(84, 42, 28),
}  # fmt: skip

GREY = linear(168, 162, 152)

EYES = {
    "brown": (linear(84, 52, 30), linear(44, 26, 16)), "dark brown": (linear(52, 32, 22), linear(28, 17, 12)),
    "hazel": (linear(122, 96, 52), linear(78, 66, 40)), "green": (linear(102, 108, 84), linear(62, 70, 58)),
    "blue": (linear(112, 144, 172), linear(66, 92, 122)), "grey": (linear(136, 148, 154), linear(84, 96, 106)),
}  # fmt: skip

"""The colours of the design against each other, in light and dark: WCAG 2.2, levels AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from antigone import web

STYLES = Path(web.__file__).parent / "static" / "web" / "css"

TEXT, LARGE = 4.5, 3.0
# What is written on what. Lines between things are decoration and in no row; edges of inputs are not.
PAIRS = [
    *[("ink", ground, TEXT) for ground in ("paper", "surface", "sunken", "accent-soft", "veil", "note-soft",
                                           "warn-soft", "refuse-soft", "done-soft")],
    *[("quiet", ground, TEXT) for ground in ("paper", "surface", "sunken", "accent-soft", "veil", "note-soft",
                                             "warn-soft")],
    *[("accent", ground, TEXT) for ground in ("paper", "surface", "sunken", "accent-soft", "note-soft", "warn-soft",
                                              "refuse-soft", "done-soft")],
    *[("accent-strong", ground, TEXT) for ground in ("paper", "surface")],
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    *[("refuse", ground, TEXT) for ground in ("paper", "surface", "refuse-soft")],
    *[(tone, f"{tone}-soft", TEXT) for tone in ("note", "warn", "done", "practice")],
    *[("warn", ground, TEXT) for ground in ("paper", "surface")],
    *[("note", ground, TEXT) for ground in ("paper", "surface")],
    *[("edge", ground, LARGE) for ground in ("paper", "surface", "sunken")],
    *[("focus", ground, LARGE) for ground in ("paper", "surface", "sunken", "accent-soft", "veil")],
]  # fmt: skip


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", block))


def themes() -> dict[str, dict[str, str]]:
    """Each theme's colours; on paper only what tokens.css says there differs from light."""
    screen, paper = (STYLES / "tokens.css").read_text(encoding="utf-8").split("@media print")
    light = colours(screen)
    return {
        "light": light,
        "dark": colours((STYLES / "dark.css").read_text(encoding="utf-8")),
        "print": {**light, **colours(paper)},
    }


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_is_said_in_the_dark_too() -> None:
    found = themes()
    assert set(found["light"]) == set(found["dark"]) == set(found["print"])
    assert {found["print"][ground] for ground in ("paper", "surface", "sunken")} == {"#ffffff"}


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_what_is_written_can_be_read(theme: str) -> None:
    tones = themes()[theme]
    poor = {
        f"{front} on {back}": round(contrast(tones[front], tones[back]), 2)
        for front, back, least in PAIRS
        if contrast(tones[front], tones[back]) < least
    }
    assert not poor

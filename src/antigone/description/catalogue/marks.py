"""Lasting marks and where they are, what of the body was looked at, and what was taken from it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from antigone.description.catalogue.places_on_the_body import REGIONS, SIDES
from antigone.description.fields import FOUND, Choices, Field, Kind, Part, block

MARK_KINDS: Choices = (
    ("tattoo", pgettext_lazy("mark", "tattoo")),
    ("scar", pgettext_lazy("mark", "scar")),
    ("surgical-scar", pgettext_lazy("mark", "scar of an operation")),
    ("burn", pgettext_lazy("mark", "scar of a burn")),
    ("mole", pgettext_lazy("mark", "mole")),
    ("birthmark", pgettext_lazy("mark", "birthmark")),
    ("skin", pgettext_lazy("mark", "change of the skin")),
    ("piercing", pgettext_lazy("mark", "piercing")),
    ("amputation", pgettext_lazy("mark", "amputation")),
    ("malformation", pgettext_lazy("mark", "malformation")),
    ("deformity", pgettext_lazy("mark", "deformity from injury or illness")),
    ("prosthesis", pgettext_lazy("mark", "prosthesis worn")),
    ("other", pgettext_lazy("mark", "another")),
)

MARKS = block(
    "marks",
    _("Marks"),
    Field(
        key="mark",
        label=_("mark, scar, tattoo, piercing or amputation"),
        kind=Kind.GROUP,
        many=True,
        absence=True,
        help=_("One entry for each. Left and right are the person's own."),
        parts=(
            Part(key="kind", label=_("kind"), kind=Kind.CHOICE, choices=MARK_KINDS, required=True),
            Part(key="region", label=_("where on the body"), kind=Kind.CHOICE, choices=REGIONS, required=True),
            Part(key="side", label=_("side"), kind=Kind.CHOICE, choices=SIDES),
            Part(key="words", label=_("what it looks like"), kind=Kind.TEXT, bare=True, length=400),
            Part(key="text", label=_("letters or numbers in it"), kind=Kind.TEXT),
            Part(key="colour", label=_("colour"), kind=Kind.TEXT),
            Part(key="size", label=_("greatest length"), kind=Kind.NUMBER, unit=_("mm"), low=1, high=2000),
            Part(key="since", label=_("since"), kind=Kind.DATE),
        ),
    ),
    Field(
        key="mark.words",
        label=_("marks in words"),
        kind=Kind.WORDS,
        length=2000,
        absence=True,
        help=_("Where nobody has cut it into entries yet. It is read by people and compared by nothing."),
    ),
    Field(
        key="examined",
        label=_("region that was looked at"),
        kind=Kind.GROUP,
        sides=FOUND,
        many=True,
        help=_("A mark that is on record contradicts only where its place was looked at and could have shown it."),
        parts=(
            Part(key="region", label=_("region"), kind=Kind.CHOICE, choices=REGIONS, required=True),
            Part(key="side", label=_("side"), kind=Kind.CHOICE, choices=SIDES),
            Part(
                key="loss",
                label=_("why it can no longer show a mark"),
                kind=Kind.TEXT,
                bare=True,
                help=_("Skin lost, burnt, wounded, or the part is not there."),
            ),
        ),
    ),
)

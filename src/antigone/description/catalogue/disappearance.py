"""How somebody came to be missed, and when somebody can have died."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from antigone.description.fields import FOUND, TOLD, Choices, Field, Kind, Part, block

MEANS: Choices = (
    ("in-person", _("in person")),
    ("telephone", _("by telephone")),
    ("message", _("by message")),
    ("letter", _("by letter")),
    ("through-others", _("through others")),
)
EVENTS: Choices = (
    ("combat", _("in combat")),
    ("shelling", _("in a bombardment")),
    ("capture", _("after capture or arrest")),
    ("flight", _("while fleeing or being evacuated")),
    ("migration", _("on a journey of migration")),
    ("disaster", _("in a disaster")),
    ("accident", _("in an accident")),
    ("home", _("from home or hospital")),
    ("other", _("otherwise")),
)

DISAPPEARANCE = block(
    "event",
    _("Disappearance"),
    Field(key="event.date", label=_("last seen on"), kind=Kind.DATE, sides=TOLD),
    Field(key="event.place", label=_("last seen at"), kind=Kind.TEXT, sides=TOLD),
    Field(key="event.kind", label=_("how they went missing"), kind=Kind.CHOICE, choices=EVENTS, sides=TOLD),
    Field(key="event.words", label=_("circumstances"), kind=Kind.WORDS, length=20000, sides=TOLD),
    Field(
        key="event.contact",
        label=_("last contact"),
        kind=Kind.GROUP,
        sides=TOLD,
        many=True,
        absence=True,
        parts=(
            Part(key="on", label=_("on which date"), kind=Kind.DATE, bare=True),
            Part(key="means", label=_("by which means"), kind=Kind.CHOICE, choices=MEANS),
            Part(key="with", label=_("with whom"), kind=Kind.TEXT),
            Part(key="words", label=_("what was said"), kind=Kind.TEXT, bare=True, length=2000),
        ),
    ),
    Field(
        key="event.company",
        label=_("who was with them"),
        kind=Kind.WORDS,
        length=2000,
        sides=TOLD,
        absence=True,
        sensitive=True,
        help=_("Names of others who may be missing or at risk: shown only to who needs them."),
    ),
    Field(
        key="event.heard",
        label=_("what was heard of them since"),
        kind=Kind.WORDS,
        length=20000,
        sides=TOLD,
        absence=True,
        help=_("Also a claim that they were seen dead, captured or in hospital, and from whom it comes."),
    ),
)

DEATH = block(
    "death",
    _("Death"),
    Field(
        key="death.date",
        label=_("when death can have come"),
        kind=Kind.DATE,
        sides=FOUND,
        help=_("A span if the day is not known: 2023-03/2023-05. “Found dead on” is not “died on”."),
    ),
    Field(
        key="death.method",
        label=_("how that was estimated"),
        kind=Kind.TEXT,
        sides=FOUND,
    ),
    Field(
        key="death.cause",
        label=_("wounds, illness or cause of death"),
        kind=Kind.WORDS,
        length=2000,
        sides=FOUND,
        sensitive=True,
    ),
)

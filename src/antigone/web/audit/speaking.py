"""Entries of the ledger as sentences: colleagues by name, objects as links, what is personal kept back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from antigone.access import queries, wording
from antigone.access.models import Operator
from antigone.access.rules import Purpose, Role
from antigone.ledger import reading
from antigone.ledger.models import Entry

KINDS: dict[str, Promise] = {
    "account": gettext_lazy("account of the machine"),
    "agency": gettext_lazy("agency"),
    "agreement": gettext_lazy("agreement"),
    "association": gettext_lazy("association"),
    "calibration": gettext_lazy("calibration"),
    "case": gettext_lazy("case"),
    "checkpoint": gettext_lazy("checkpoint over entries"),
    "claim": gettext_lazy("claim"),
    "code": gettext_lazy("code"),
    "contract": gettext_lazy("embedding contract"),
    "draw": pgettext_lazy("random", "sample"),
    "enquiry": gettext_lazy("enquiry"),
    "enquiry-portrait": gettext_lazy("portrait of an enquiry"),
    "found-document": gettext_lazy("found document"),
    "holding": gettext_lazy("holding"),
    "instance": gettext_lazy("the instance"),
    "job": gettext_lazy("job"),
    "ledger": gettext_lazy("the ledger"),
    "mandate": gettext_lazy("mandate"),
    "open-source": gettext_lazy("public item"),
    "operator": gettext_lazy("person at work"),
    "permission": gettext_lazy("a page that needs"),
    "person": gettext_lazy("missing person"),
    "photograph": gettext_lazy("photograph"),
    "portrait": gettext_lazy("portrait"),
    "recovery": gettext_lazy("recovery"),
    "relative": gettext_lazy("relative"),
    "sign-in": gettext_lazy("session"),
    "site": gettext_lazy("site"),
    "subject": gettext_lazy("subject"),
    "token": gettext_lazy("program"),
    "vault": gettext_lazy("the vault"),
    "visitor": gettext_lazy("somebody who was not signed in"),
}
# Of these there is one: what follows the colon says nothing more.
ONE = ("instance", "ledger", "vault", "visitor")
SHORT = 12
PERMISSIONS = {each.value: words for each, words in wording.PERMISSIONS.items()}
# Values of closed lists that have words of their own.
WORDS = {each.value: each.label for each in Role} | {each.value: each.words for each in Purpose}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d[0-9:.]*(Z|[+-]\d\d:\d\d))?")


@dataclass(frozen=True)
class Part:
    """A part of a sentence; `kind` "kept" and "erased" are values that are not shown."""

    text: str
    url: str = ""
    kind: Literal["words", "value", "kept", "erased"] = "words"


@dataclass(frozen=True)
class Spoken:
    """An entry as it is read."""

    place: int | None
    at: datetime
    parts: Sequence[Part]
    refusal: bool


@dataclass(frozen=True)
class Detail:
    """One line of a payload."""

    key: str
    text: str
    kept: bool


def names_for(who: Operator, entries: Iterable[Entry]) -> dict[str, str]:
    """The names behind the actors and objects of these entries; one query."""
    return queries.names_within(who, (each for entry in entries for each in (entry.actor, entry.object)))


def foreign(names: Mapping[str, str], actor: str) -> bool:
    """Whether somebody of another agency did it: then who, and what the entry says further, is theirs to know."""
    return names.get(actor) == ""


def spoken(entry: Entry, names: Mapping[str, str]) -> Spoken:
    apart = foreign(names, entry.actor)
    parts: list[Part] = []
    for piece in reading.pieces(entry, _(reading.sentence_of(entry.action))):
        if not piece.field:
            parts.append(Part(piece.text))
        elif piece.field in ("actor", "object"):
            parts.append(Part(named(piece.text, names), about(piece.text), "value"))
        elif piece.state == "erased":
            parts.append(Part(_("[erased]"), kind="erased"))
        elif piece.state == "kept" or apart:
            parts.append(Part(_("[kept, not shown]"), kind="kept"))
        else:
            parts.append(_value(piece.text, names))
    return Spoken(entry.index, entry.at, parts, entry.action.endswith(reading.REFUSAL))


def _value(text: str, names: Mapping[str, str]) -> Part:
    """A value of the payload; the id of a thing, a permission, a day or a moment as people say them."""
    if text in PERMISSIONS:
        return Part(f"{text} ({PERMISSIONS[text]})", kind="value")
    if text in WORDS:
        return Part(str(WORDS[text]), kind="value")
    if MOMENT.fullmatch(text):
        return Part(_moment(text), kind="value")
    kind, colon, number = text.partition(":")
    if colon and kind in KINDS and number and " " not in number and ":" not in number:
        return Part(named(text, names), about(text), "value")
    return Part(text, kind="value")


def _moment(text: str) -> str:
    """A day or a moment in the language in use; the text itself where it only looks like one."""
    try:
        if len(text) == len("2026-01-01"):
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")
    except ValueError:
        return text


def details(entry: Entry, names: Mapping[str, str]) -> list[Detail] | None:
    """The payload, line by line; None where it was erased."""
    lines = reading.disclosed(entry)
    if lines is None:
        return None
    apart = foreign(names, entry.actor)
    return [Detail(line.key, "" if line.kept or apart else _text(line.value), line.kept or apart) for line in lines]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None:
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def named(opaque: str, names: Mapping[str, str]) -> str:
    """What an opaque id is called: a colleague's name, or the kind of thing and its number."""
    if names.get(opaque):
        return names[opaque]
    kind, _colon, number = opaque.partition(":")
    if opaque in names:
        word = _("a program of another agency") if kind == "token" else _("somebody of another agency")
        return f"{word} ({number})"
    if kind == "system":
        return f"{_('the software itself')} ({number})"
    if kind not in KINDS:
        return opaque
    if kind in ONE:
        return str(KINDS[kind])
    # A long id is told apart by its beginning; the whole of it stands on the entry's page.
    return f"{KINDS[kind]} {number if len(number) <= SHORT or kind in ('permission', 'code') else number[:8] + '…'}"


def about(opaque: str) -> str:
    """Where all entries about an object are read."""
    return f"{reverse('web:audit:about')}?{urlencode({'object': opaque})}"

"""Text as it is kept: composed, readable, no longer than its place; pure."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from antigone.description.errors import BadStatement
from antigone.description.fields import Label

# Marks that only turn the direction of writing come along when text is copied, and can make it read as another.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"[\t\n\r]")


def line(text: str, length: int, label: Label) -> str:
    """One line of text, which may be empty; raises BadStatement."""
    plain = _composed(text)
    if _BREAK.search(plain) or _CONTROL.search(plain):
        raise BadStatement(_("%(label)s: one line of text that can be read is needed.") % {"label": label})
    return _no_longer(plain, length, label)


def lines(text: str, length: int, label: Label) -> str:
    """Text of several lines, which may be empty; raises BadStatement."""
    plain = _composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    if _CONTROL.search(plain):
        raise BadStatement(_("%(label)s: the text holds characters that cannot be read.") % {"label": label})
    return _no_longer(plain, length, label)


def shown(name: object) -> str:
    """A name that somebody sent, fit to be said back in a sentence."""
    plain = str(name)[:64]
    return plain if plain.isprintable() else "?"


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_TURNS)).strip()


def _no_longer(text: str, length: int, label: Label) -> str:
    if len(text) > length:
        raise BadStatement(
            _("%(label)s: at most %(length)d characters; this has %(have)d. Shorten it.")
            % {"label": label, "length": length, "have": len(text)}
        )
    return text

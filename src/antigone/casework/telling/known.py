"""English sentences that are kept as they were said, known again when shown, and told in the language of the reader.

An answer is kept word for word, and its digest with it; so what stands in it is translated where it is read. A sentence
is known by the form in which it is said, with named places (`%(number)s`); a text of several is taken apart into the
known ones, and what is not known stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext

Teller = Callable[[str], str]

_PLACE = re.compile(r"%\((\w+)\)s")
_END = re.compile(r"(?<=[.;:])(?: |$)")

LONGEST = 4_000
"""A text of more characters is told as it is: no answer says so much at once."""


@dataclass(frozen=True)
class Form:
    """A sentence with named places; `many` is its plural, which the number in the place `number` chooses.

    A singular without that place, as “One photograph was left out.”, stands for 1.
    """

    one: str
    many: str = ""
    patterns: tuple[tuple[str, re.Pattern[str]], ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        forms = [each for each in (self.one, self.many) if each]
        object.__setattr__(self, "patterns", tuple((each.partition("%")[0], _pattern(each)) for each in forms))

    def read(self, text: str) -> dict[str, str] | None:
        """What stands in the places of `text`, where it is this sentence."""
        for begin, pattern in self.patterns:
            if text.startswith(begin) and (match := pattern.fullmatch(text)):
                return match.groupdict()
        return None

    def say(self, given: Mapping[str, str]) -> str:
        """The sentence in the language that is active."""
        if not self.many:
            return gettext(self.one) % given
        number = given.get("number", "1").replace(",", "")
        return ngettext(self.one, self.many, int(number) if number.isdigit() else 2) % {"number": number, **given}


def _pattern(text: str) -> re.Pattern[str]:
    """The form as an expression; a place that stands twice holds the same text twice."""
    parts, seen = [], set[str]()
    for index, part in enumerate(_PLACE.split(text)):
        if index % 2 == 0:
            parts.append(re.escape(part.replace("%%", "%")))
        else:
            # A place in the ledger is said with a count of its own, and goes as far as it can.
            parts.append(f"(?P={part})" if part in seen else f"(?P<{part}>{'.+' if part == 'where' else '.+?'})")
            seen.add(part)
    return re.compile("".join(parts), re.DOTALL)


class Known:
    """The sentences of one subject, and how what stands in their places is told."""

    def __init__(self, forms: Iterable[Form], places: Mapping[str, Teller] | None = None) -> None:
        self._forms = tuple(forms)
        self._places = dict(places or {})
        self._taken_apart = lru_cache(maxsize=4096)(self._apart)

    def tell(self, text: str) -> str:
        """`text` in the language that is active; in English, and where nothing is known of it, as it is."""
        if not text or (get_language() or "en").partition("-")[0] == "en":
            return text
        return " ".join(
            piece if form is None else form.say({name: self._place(name, given) for name, given in places})
            for piece, form, places in self._taken_apart(text)
        )

    def knows(self, text: str) -> bool:
        """Whether every sentence of `text` is known."""
        return all(form is not None for _piece, form, _places in self._taken_apart(text))

    def _place(self, name: str, given: str) -> str:
        teller = self._places.get(name)
        return teller(given) if teller else given

    def _apart(self, text: str) -> tuple[tuple[str, Form | None, tuple[tuple[str, str], ...]], ...]:
        """`text` in pieces, so that as little as can be is not known: in many, since no place holds a sentence."""
        if len(text) > LONGEST:
            return ((text, None, ()),)
        ends = [each.start() for each in _END.finditer(text)]
        if not ends or ends[-1] != len(text):
            ends.append(len(text))
        starts = [0, *(end + 1 for end in ends[:-1])]
        best: dict[int, tuple[int, int, tuple[tuple[str, Form | None, tuple[tuple[str, str], ...]], ...]]] = {
            len(starts): (0, 0, ())
        }
        for place in reversed(range(len(starts))):
            choices = []
            for last in range(place, len(ends)):
                piece = text[starts[place] : ends[last]]
                lost, pieces, rest = best[last + 1]
                found = self._read(piece)
                if found is not None:
                    choices.append((lost, pieces - 1, ((piece, *found), *rest)))
                elif last == place:
                    choices.append((lost + len(piece), pieces - 1, ((piece, None, ()), *rest)))
            best[place] = min(choices, key=lambda each: each[:2])
        return best[0][2]

    def _read(self, piece: str) -> tuple[Form, tuple[tuple[str, str], ...]] | None:
        for form in self._forms:
            given = form.read(piece)
            if given is not None:
                return form, tuple(given.items())
        return None


def several(one: str, many: str) -> Form:
    """A form with a plural; under this name the two are collected for translation."""
    return Form(one, many)

"""What stands in the places of known sentences: spans, counts, propositions, names of lines and of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from antigone.casework.telling.lines import line_name, sex_of

_SPANS = (
    (re.compile(r"up to (?P<high>\S+)"), gettext_lazy("up to %(high)s")),
    (re.compile(r"(?P<low>\S+) or more"), gettext_lazy("%(low)s or more")),
    (re.compile(r"(?P<low>\S+) to (?P<high>\S+)"), gettext_lazy("%(low)s to %(high)s")),
)
_PHRASES: dict[str, Promise] = {
    "any": pgettext_lazy("years", "any"),
    "the photographs are of one person": gettext_lazy("the photographs are of one person"),
    "they are of two unrelated people of the same population": gettext_lazy(
        "they are of two unrelated people of the same population"
    ),
    "the dead person": gettext_lazy("the dead person"),
    "the missing person": gettext_lazy("the missing person"),
    "the person on a portrait": gettext_lazy("the person on a portrait"),
    "faces of the living": pgettext_lazy("made on", "faces of the living"),
    "stand-ins: faces of the living, altered": pgettext_lazy("made on", "stand-ins: faces of the living, altered"),
    "sex is not known": gettext_lazy("sex is not known"),
    "among the missing who are female": gettext_lazy("among the missing who are female"),
    "among the missing who are male": gettext_lazy("among the missing who are male"),
    "no support either way": pgettext_lazy("level", "no support either way"),
    "weak support": pgettext_lazy("level", "weak support"),
    "moderate support": pgettext_lazy("level", "moderate support"),
    "moderately strong support": pgettext_lazy("level", "moderately strong support"),
    "strong support": pgettext_lazy("level", "strong support"),
    "very strong support": pgettext_lazy("level", "very strong support"),
    "extremely strong support": pgettext_lazy("level", "extremely strong support"),
}
_AND: Promise = gettext_lazy("%(one)s and %(other)s")


def phrase(text: str) -> str:
    """A set phrase: a proposition, whose age it is, what a calibration was made on."""
    return str(_PHRASES.get(text, text))


def span(text: str) -> str:
    """A span of years, as “18 to 70” or “30 or more”."""
    for pattern, said in _SPANS:
        match = pattern.fullmatch(text)
        if match:
            return str(said) % match.groupdict()
    return phrase(text)


def whom(text: str) -> str:
    """Whose age it is, of one or of several."""
    told = [phrase(each) for each in text.split(" and ")]
    said = told[0]
    for each in told[1:]:
        said = str(_AND) % {"one": said, "other": each}
    return said


def names(text: str) -> str:
    """Names of lines, with commas between."""
    return ", ".join(line_name(each) for each in text.split(", "))


def kin(text: str) -> str:
    """References of relatives, and how many of them are not on the list."""
    return ", ".join(_kin(each) for each in text.split(", "))


def _kin(text: str) -> str:
    number = text.removesuffix(" not on this list")
    if number == text or not number.isdigit():
        return text
    return ngettext("%(number)d not on this list", "%(number)d not on this list", int(number)) % {"number": int(number)}


def photographs(text: str) -> str:
    number = _number(text)
    if number is None:
        return text
    return ngettext("%(number)d photograph", "%(number)d photographs", number) % {"number": number}


def portraits(text: str) -> str:
    number = _number(text)
    if number is None:
        return text
    return ngettext("%(number)d portrait", "%(number)d portraits", number) % {"number": number}


def years(text: str) -> str:
    number = _number(text)
    return text if number is None else ngettext("%(number)d year", "%(number)d years", number) % {"number": number}


def aside(text: str) -> str:
    """How many photographs took no part, and why."""
    return ", ".join(_aside(each) for each in text.split(", "))


def _aside(text: str) -> str:
    number, _space, why = text.partition(" ")
    said: dict[str, str] = {
        "judged not suitable for comparison": _("judged not suitable for comparison: %(number)s"),
        "not chosen for this search": _("not chosen for this search: %(number)s"),
    }
    return said[why] % {"number": number} if why in said else text


def _number(text: str) -> int | None:
    number = text.partition(" ")[0]
    return int(number) if number.isdigit() else None


PLACES: Mapping[str, Callable[[str], str]] = {
    "ages": span,
    "gap": span,
    "whom": whom,
    "names": names,
    "kin": kin,
    "photographs": photographs,
    "portraits": portraits,
    "years": years,
    "aside": aside,
    "more": phrase,
    "less": phrase,
    "faces": phrase,
    "condition": phrase,
    "reached": phrase,
    "given": phrase,
    "sex": sex_of,
}

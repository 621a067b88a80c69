"""The lines of secondary evidence: their names and what either record says, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from antigone.description.catalogue import FIELDS
from antigone.description.fields import Part

_NAMES: dict[str, Promise] = {
    "sex": gettext_lazy("sex"),
    "age": gettext_lazy("age"),
    "birth": gettext_lazy("date of birth"),
    "stature": gettext_lazy("stature"),
    "dates": gettext_lazy("dates"),
    "death": gettext_lazy("date of death"),
    "marks": gettext_lazy("marks, in words"),
    "effects": gettext_lazy("effects, in words"),
}
_KINDS: dict[str, Promise] = {
    "mark": gettext_lazy("mark"),
    "effect": gettext_lazy("effect"),
    "region": gettext_lazy("region that both have"),
    "clothing": gettext_lazy("clothing"),
}
MUTABLE = {key.rpartition(".")[2].replace("_", " "): key for key, field in FIELDS.items() if field.mutable}

_STATED: dict[str, Promise] = {
    "not stated": gettext_lazy("not stated"),
    "not found": gettext_lazy("not found"),
    "not on this side": gettext_lazy("not on this side"),
    "none": gettext_lazy("none"),
    "worn": pgettext_lazy("clothing", "worn"),
    "unknown": pgettext_lazy("value", "unknown"),
}
_STATURES: dict[str, Promise] = {
    "estimate": pgettext_lazy("stature", "estimate"),
    "length": pgettext_lazy("stature", "length of the body"),
    "measured": pgettext_lazy("stature", "measured"),
    "self": pgettext_lazy("stature", "told by themselves"),
    "family": pgettext_lazy("stature", "told by the family"),
    "unknown": pgettext_lazy("stature", "not known who told it"),
}
_DAYS = r"\d{4}-\d\d-\d\d(?: to \d{4}-\d\d-\d\d)?"
_AGE = re.compile(r"(?P<low>\d+) to (?P<high>\d+) years")
_BORN = re.compile(rf"born (?P<born>{_DAYS})")
_DATED = re.compile(rf"(?P<what>died|recovered|found|last seen) (?P<day>{_DAYS})")
_STATURE = re.compile(r"(?P<cm>[\d.]+) cm \((?P<kind>\w+)\)")
_SEX = re.compile(r"(?P<sex>female|male|other)(?: \((?P<method>.+)\))?")


def line_name(name: str) -> str:
    """What a line is of, in words."""
    kind, colon, of = name.partition(": ")
    if colon and kind in _KINDS:
        return f"{_KINDS[kind]}: {_said(of, *_LISTS[kind])}"
    if name in _NAMES:
        return str(_NAMES[name])
    return str(FIELDS[MUTABLE[name]].label) if name in MUTABLE else name


def value(name: str, text: str) -> str:
    """What a record says under a line, as far as it is from a list or a figure; words of people stay as they are."""
    if (get_language() or "en").partition("-")[0] == "en":
        return text
    if text in ("not stated", "not found", "not on this side"):
        return str(_STATED[text])
    kind = name.partition(": ")[0]
    if kind in _VALUES:
        return _VALUES[kind](text)
    if name in MUTABLE:
        return _mutable(name, text)
    return text


def sex_of(text: str) -> str:
    return str(FIELDS["sex"].said(text))


def days(text: str) -> str:
    """A day, or a span of days."""
    first, to, last = text.partition(" to ")
    return _("%(low)s to %(high)s") % {"low": first, "high": last} if to else text


def _sex(text: str) -> str:
    match = _SEX.fullmatch(text)
    if match is None:
        return text
    said = sex_of(match["sex"])
    method = match["method"]
    if method is None:
        return said
    return f"{said} ({_STATED.get(method) or FIELDS['sex.method'].said(method)})"


def _age(text: str) -> str:
    match = _AGE.fullmatch(text)
    if match:
        return _("%(low)s to %(high)s years") % match.groupdict()
    born, comma, then = text.partition(", ")
    begun = _BORN.fullmatch(born)
    if begun is None:
        return str(_STATED.get(text, text))
    said = _("born %(born)s") % {"born": days(begun["born"])}
    return f"{said}, {_then(then)}" if comma else said


def _then(text: str) -> str:
    """How old somebody is who was born on that day, when found or at death."""
    when = {"when found": _("age when found: %(years)s"), "at death": _("age at death: %(years)s")}
    for event, said in when.items():
        if text.endswith(event):
            figures = text.removesuffix(event).strip().removesuffix("years").strip()
            return said % {"years": days(figures)}
    return text


def _stature(text: str) -> str:
    match = _STATURE.fullmatch(text)
    if match is None or match["kind"] not in _STATURES:
        return text
    return _("%(cm)s cm (%(kind)s)") % {"cm": match["cm"], "kind": _STATURES[match["kind"]]}


def _dates(text: str) -> str:
    said = {
        "died": _("died %(day)s"),
        "recovered": _("recovered %(day)s"),
        "found": pgettext("a living person", "found %(day)s"),
        "last seen": _("last seen %(day)s"),
    }
    told = []
    for each in text.split("; "):
        match = _DATED.fullmatch(each)
        if match is None:
            return days(text) if re.fullmatch(_DAYS, text) else str(_STATED.get(text, text))
        told.append(said[match["what"]] % {"day": days(match["day"])})
    return "; ".join(told)


def _mark(text: str) -> str:
    """Kind, place and what people wrote of it."""
    said, colon, note = text.partition(": ")
    kind, comma, place = said.partition(", ")
    mark = FIELDS["mark"]
    if not comma or kind not in mark.part("kind").values:
        return text
    return f"{mark.part('kind').said(kind)}, {_place(place)}{colon}{note}"


def _listed(tell: Callable[[str], str]) -> Callable[[str], str]:
    """Several from the lists beside free text; where one of them is in no list, they are words of people."""

    def told(text: str) -> str:
        said = [(each, tell(each)) for each in text.split("; ")]
        return "; ".join(new for _old, new in said) if all(new != old for old, new in said) else text

    return told


def _place(text: str) -> str:
    """A region, with its side before it where it has one."""
    mark = FIELDS["mark"]
    side, _space, region = text.partition(" ")
    if side in mark.part("side").values and region:
        return f"{_said(region, mark.part('region'))} ({mark.part('side').said(side)})"
    return _said(text, mark.part("region"))


def _effect(text: str) -> str:
    kind, mark, words = text.partition(" “")
    return f"{_said(kind, *_LISTS['effect'])}{mark}{words}"


def _mutable(name: str, text: str) -> str:
    if text in _STATED:
        return str(_STATED[text])
    field = FIELDS[MUTABLE[name]]
    if field.choices:
        return ", ".join(str(field.said(each)) for each in text.split(", "))
    figures = text.removesuffix(str(field.unit)).strip()
    return f"{days(figures)} {field.unit}".strip() if re.fullmatch(r"[\d.]+(?: to [\d.]+)?", figures) else text


def _clothing(text: str) -> str:
    return str(_STATED.get(text, text))


def _said(value: str, *parts: Part) -> str:
    """The label of a value in the first of these lists that has it; else the value."""
    if value == "identity-disc":
        return _("identity disc")
    return next((str(part.said(value)) for part in parts if value in part.values), value)


_LISTS: dict[str, tuple[Part, ...]] = {
    "mark": (FIELDS["mark"].part("kind"),),
    "effect": (FIELDS["effect"].part("item"), FIELDS["paper"].part("kind")),
    "region": (FIELDS["examined"].part("region"),),
    "clothing": (FIELDS["clothing"].part("item"),),
}
_VALUES: dict[str, Callable[[str], str]] = {
    "sex": _sex,
    "age": _age,
    "birth": _dates,
    "stature": _stature,
    "dates": _dates,
    "death": _dates,
    "mark": _mark,
    "marks": _listed(_mark),
    "effect": _effect,
    "effects": _listed(_effect),
    "region": _place,
    "clothing": _clothing,
}

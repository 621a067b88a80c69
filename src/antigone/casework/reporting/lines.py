"""Lines of a comparison on paper: contradictions and agreements in the same form, contradictions first."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from antigone.casework import telling
from antigone.casework.reporting.document import Block, items, table, text
from antigone.description.catalogue import FIELDS
from antigone.evidence.secondary import Comparison, Finding, Line

FINDINGS: dict[Finding, Promise] = {
    Finding.CONTRADICTS: gettext_lazy("contradicts"),
    Finding.AGREES: gettext_lazy("agrees"),
    Finding.CANNOT_TELL: gettext_lazy("cannot tell"),
}
TONES = {Finding.CONTRADICTS: "against", Finding.AGREES: "for", Finding.CANNOT_TELL: "plain"}

# Under which fields a line stands among the blocks.
_FIELDS: dict[str, tuple[str, ...]] = {
    "sex": ("sex",),
    "age": ("desc.age", "birth.date"),
    "birth": ("birth.date",),
    "stature": ("desc.stature",),
    "dates": ("event.date", "death.date"),
    "death": ("death.date",),
    "marks": ("mark.words",),
    "effects": ("effect.words",),
    "mark": ("mark",),
    "effect": ("effect", "paper", "disc"),
    "region": ("examined",),
    "clothing": ("clothing",),
}
NOTHING_AGAINST = gettext_noop("Nothing that could be compared contradicts. That is no evidence of identity.")


def name(line: Line) -> str:
    """What a line is of, in words."""
    return telling.line_name(line.name)


def fields_of(line: Line) -> tuple[str, ...]:
    """The fields of the catalogue under which a line stands."""
    known = _FIELDS.get(line.name) or _FIELDS.get(line.name.partition(": ")[0])
    return known or ((telling.MUTABLE[line.name],) if line.name in telling.MUTABLE else ())


def ratio(line: Line) -> str:
    """The ratio of a line as it is printed, or that there is none."""
    return "" if line.log10_lr is None else f"log10 LR {line.log10_lr:+.2f}"


def in_short(compared: Comparison, sides: tuple[str, str]) -> list[Block]:
    """Contradictions first, then agreements in the same form, then what cannot be told and what weighs nothing."""
    weighing = [line for line in compared.lines if line.weighs]
    against = [line for line in weighing if line.finding is Finding.CONTRADICTS]
    agreeing = [line for line in weighing if line.finding is Finding.AGREES]
    silent = [line for line in compared.lines if not line.weighs and line.group != "mutable"]
    changing = [line for line in compared.lines if line.group == "mutable"]
    blocks = [_of(_contradictions(len(against)), against, sides) if against else text(_(NOTHING_AGAINST))]
    blocks.append(
        _of(_agreements(len(agreeing)), agreeing, sides)
        if agreeing
        else text(_("Nothing that could be compared agrees."))
    )
    if compared.warning:
        blocks.append(text(telling.sentence(compared.warning), "caution"))
    if compared.together is not None:
        blocks.append(text(_("Together, of the lines that may be multiplied: %(ratio)s.") % {
            "ratio": f"log10 LR {compared.together:+.2f}"}))  # fmt: skip
    if silent:
        blocks.append(_of(_("What cannot be told"), silent, sides))
    if changing:
        blocks.append(text(_("Hair, beard, weight, clothing and the like change by hand, with time and after death. "
                             "They are listed below and weigh nothing, whether they agree or not.")))  # fmt: skip
    return blocks


def _contradictions(number: int) -> str:
    return ngettext("%(number)d contradiction", "%(number)d contradictions", number) % {"number": number}


def _agreements(number: int) -> str:
    return ngettext("%(number)d agreement", "%(number)d agreements", number) % {"number": number}


def _of(caption: str, lines: Sequence[Line], sides: tuple[str, str]) -> Block:
    rows = [
        (
            _capital(name(line)),
            telling.value(line.name, line.ante_mortem),
            telling.value(line.name, line.post_mortem),
            "\n".join(filter(None, (ratio(line), telling.sentence(line.basis)))),
        )
        for line in lines
    ]
    return table(
        caption, (_("Line"), *sides, _("Why, and what it is worth")), rows,
        tones=[TONES[line.finding] for line in lines], widths=(3, 4, 4, 8),
    )  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def what_is_said(lines: Sequence[Line]) -> str:
    """The findings under one field, the contradictions first."""
    order = list(FINDINGS)
    ordered = sorted(lines, key=lambda each: order.index(each.finding))
    if len(ordered) == 1:
        return _one(ordered[0])
    return "\n".join(f"{name(each)}: {_one(each)}" for each in ordered)


def _one(line: Line) -> str:
    if line.group == "mutable":
        return _("weighs nothing")
    return str(FINDINGS[line.finding])


def tone_of(lines: Sequence[Line]) -> str:
    """That of the gravest finding."""
    found = {line.finding for line in lines if line.weighs}
    return next((TONES[each] for each in FINDINGS if each in found), "plain")


def kept_back(keys: Sequence[str]) -> Block | None:
    """Which fields are not in the report, since whoever made it may not read them."""
    if not keys:
        return None
    labels = sorted({str(FIELDS[key].label) for key in keys})
    return items([_("Not in this report, since whoever made it may not read it: %(fields)s.") % {
        "fields": ", ".join(labels)}])  # fmt: skip

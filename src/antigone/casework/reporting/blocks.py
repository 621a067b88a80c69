"""Block by block of the catalogue: what each side says, with certainty, source and day, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from antigone.casework import telling
from antigone.casework.reporting import lines
from antigone.casework.reporting.document import Block, table
from antigone.casework.reporting.sides import Side
from antigone.description.catalogue import BLOCKS
from antigone.description.fields import Field
from antigone.description.given import Certainty, How
from antigone.description.spoken import spoken, when
from antigone.description.statement import StatementBase
from antigone.evidence.secondary import Comparison, Line
from antigone.evidence.secondary.lines import NOT_STATED

Standing = Mapping[str, Sequence[StatementBase]]


def of(one: Side, other: Side, compared: Comparison) -> list[Block]:
    """A table for each block in which either side says something; a field of which neither does is left out."""
    by_field: dict[str, list[Line]] = {}
    for line in compared.lines:
        for key in lines.fields_of(line):
            by_field.setdefault(key, []).append(line)
    made: list[Block] = []
    for block in BLOCKS:
        stated = [field for field in block.fields if one.standing.get(field.key) or other.standing.get(field.key)]
        if not stated:
            continue
        rows, tones = [], []
        for field in stated:
            ours, theirs = one.standing.get(field.key, ()), other.standing.get(field.key, ())
            found = by_field.get(field.key, [])
            rows.append(
                (
                    _label(field),
                    said(ours, sources=one.sources) or _from_line(found, "ante_mortem"),
                    said(theirs, sources=other.sources) or _from_line(found, "post_mortem"),
                    _finding(field, ours, theirs, found),
                )
            )
            tones.append(lines.tone_of(found))
        made.append(
            table(block.title, (_("Field"), one.label, other.label, _("Finding")), rows, tones=tones,
                  widths=(4, 6, 6, 4))
        )  # fmt: skip
    return made


def said(standing: Sequence[StatementBase], *, sources: bool = True) -> str:
    """What stands under a field: the value or why there is none, how it is known, from whom and when; else empty."""
    return "\n".join(f"{spoken(each)} ({_known(each, sources)})" for each in standing)


def _from_line(found: list[Line], side: str) -> str:
    """What a line has of a side that states nothing here: a day of recovery stands in no statement."""
    known = [telling.value(line.name, getattr(line, side)) for line in found if getattr(line, side) != NOT_STATED]
    return known[0] if len(known) == 1 else _("nothing is stated")


def _known(statement: StatementBase, sources: bool) -> str:
    words: list[Any] = [How(statement.how).label]
    if sources and statement.source:
        words.append(_("by %(source)s") % {"source": statement.source})
    if statement.said_on:
        words.append(when(statement.said_on))
    words.append(_("recorded %(day)s") % {"day": f"{statement.recorded_at:%Y-%m-%d}"})
    return ", ".join(str(each) for each in words)


def _finding(field: Field, ours: Sequence[StatementBase], theirs: Sequence[StatementBase], found: list[Line]) -> str:
    """Unknown and absent are told apart: of what nobody knows nothing follows, and what is not there can contradict."""
    if found:
        return lines.what_is_said(found)
    if field.mutable:
        return _("weighs nothing")
    if not ours or not theirs:
        return _("one side does not say")
    states = ({each.certainty for each in ours}, {each.certainty for each in theirs})
    if any(each == {Certainty.UNKNOWN.value} for each in states):
        return _("cannot tell: one side does not know")
    if {frozenset(each) for each in states} == {frozenset({"absent"}), frozenset({"known"})}:
        return _("for people to read: one says what the other looked for and did not find")
    if states[0] == states[1] == {Certainty.ABSENT.value}:
        return _("for people to read: neither has it")
    return _("for people to read: nothing compares it here")


def _label(field: Field) -> str:
    label = str(field.label)
    return label[:1].upper() + label[1:]

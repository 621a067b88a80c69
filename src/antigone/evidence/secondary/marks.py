"""Lasting marks on record against marks on the body: kind, region and side.

With f the share of the missing who bear a mark of this kind and h how often it is found on those who bear it,
found: LR = h / f; not found where it could be seen: LR = (1 - h) / (1 - f); both average to 1 over the missing.
Where h is not given it is taken as 1 for a mark that was found, which makes that ratio an upper bound, and a mark
that was not found is a contradiction without a number. A mark that no record tells of contradicts nothing: it may be
newer than the record, or never told.
"""

from __future__ import annotations

import math

from antigone.evidence.secondary.figures import Figures, MarkFigure
from antigone.evidence.secondary.lines import NOT_STATED, Finding, Line, cannot_tell, in_words
from antigone.evidence.secondary.records import AnteMortem, Mark, PostMortem, Seen


def ratio(found: bool, figure: MarkFigure) -> float:
    """Likelihood ratio of a mark that was found, or was not though it could be seen; h is 1 where it is not given."""
    where_borne = figure.found.value if figure.found else 1.0
    return where_borne / figure.share.value if found else (1 - where_borne) / (1 - figure.share.value)


def compare_marks(found: PostMortem, told: AnteMortem, figures: Figures) -> list[Line]:
    """A line for each mark on record, then one for each mark on the body that none of them answers to."""
    left = list(found.marks)
    lines: list[Line] = []
    # Marks whose side is known choose first, so that one without a side does not take another's partner.
    for mark in sorted(told.marks, key=lambda each: each.side == ""):
        partner = next((each for each in left if _same(mark, each)), None)
        if partner is not None:
            left.remove(partner)
            lines.append(_found(mark, partner, figures))
        else:
            lines.append(_not_found(mark, left, found.seen, figures))
    lines += [
        cannot_tell(_name(mark), str(mark), "", "A mark that no record tells of may be newer, or was never told.")
        for mark in left
    ]
    if told.marks_text.strip():
        shown = "; ".join(str(mark) for mark in found.marks)
        why = "The record is free text, which is for people to read and compare; no finding is made of it."
        lines.append(cannot_tell("marks", shown, told.marks_text.strip(), why))
    return lines


def _name(mark: Mark) -> str:
    return f"mark: {mark.kind}"


def _same(told: Mark, found: Mark) -> bool:
    sides_fit = told.side == found.side or "" in (told.side, found.side)
    return told.kind == found.kind and told.region == found.region and sides_fit


def _figure(mark: Mark, figures: Figures) -> MarkFigure | None:
    return figures.marks.get(f"{mark.kind}:{mark.region}") or figures.marks.get(mark.kind)


def _found(told: Mark, found: Mark, figures: Figures) -> Line:
    figure = _figure(told, figures)
    side = "" if told.side == found.side else " The side is known on one record only."
    if figure is None:
        basis = f"No ratio, since how many of the missing bear such a mark was not given.{side}"
        return Line(_name(told), str(found), str(told), Finding.AGREES, None, basis, True, _name(told))
    log10_lr = math.log10(ratio(True, figure))
    bound = "" if figure.found else " At most that: it was taken as certain that such a mark is found where it is."
    basis = f"{in_words(log10_lr)}{bound} Share of the missing who bear one: {_sources(figure)}.{side}"
    return Line(_name(told), str(found), str(told), Finding.AGREES, log10_lr, basis, True, _name(told))


def _not_found(told: Mark, others: list[Mark], seen: tuple[Seen, ...], figures: Figures) -> Line:
    """A mark on record without a partner on the body: contradicted only where it could have been seen."""
    places = [each for each in seen if each.region == told.region and _covers(each, told)]
    losses = [each.loss for each in places if each.loss]
    # A mark of unknown side is contradicted only when both sides were seen.
    sides = {each.side for each in places if not each.loss}
    looked = bool(sides) if told.side else "" in sides or {"left", "right"} <= sides or "middle" in sides
    if losses:
        why = f"The region can no longer show it: {'; '.join(losses)}."
        return cannot_tell(_name(told), NOT_STATED, str(told), why)
    if not looked:
        return cannot_tell(_name(told), NOT_STATED, str(told), "The region is not recorded as examined.")
    mirrored = any(each.kind == told.kind and each.region == told.region for each in others)
    if mirrored:
        why = "One of this kind is on the other side; people mix up sides, and some pictures are mirrored: check."
        return cannot_tell(_name(told), "not on this side", str(told), why)
    figure = _figure(told, figures)
    reason = "It may have been removed or faded since it was told: ask before anything rests on this."
    if figure is None or figure.found is None:
        basis = f"No ratio, since how often such a mark is found on those who bear it was not given. {reason}"
        return Line(_name(told), "not found", str(told), Finding.CONTRADICTS, None, basis, True, _name(told))
    log10_lr = math.log10(ratio(False, figure))
    basis = f"{in_words(log10_lr)} From {_sources(figure)}. {reason}"
    return Line(_name(told), "not found", str(told), Finding.CONTRADICTS, log10_lr, basis, True, _name(told))


def _covers(place: Seen, mark: Mark) -> bool:
    return "" in (place.side, mark.side) or place.side == mark.side


def _sources(figure: MarkFigure) -> str:
    return "; ".join(dict.fromkeys([figure.share.source, *([figure.found.source] if figure.found else [])]))

"""Photographs as they stand on the page: in the order of the list, each with what was said of its taking."""

from __future__ import annotations

from collections.abc import Sequence

from antigone.remains import coach
from antigone.remains.coach import Need, Wanted
from antigone.remains.models import Photograph

_PLACE = {code: number for number, code in enumerate(coach.SHOTS)}


def in_order(photographs: Sequence[Photograph]) -> list[Photograph]:
    """In the order of the list of shots; what names none comes last, as it came."""
    return sorted(photographs, key=lambda each: (_PLACE.get(coach.kind_of(each.shot) or "", len(_PLACE)), each.shot))


def title(shot: str) -> str:
    """What a shot code means, in words; empty for one that is not of the list."""
    kind = coach.kind_of(shot)
    return str(coach.SHOTS[kind].title) if kind else ""


def choices() -> list[tuple[str, str]]:
    """The shots of the list to choose from."""
    return [(code, f"{code} · {shot.title}") for code, shot in coach.SHOTS.items()]


def wanted_by_need(wanted: Sequence[Wanted]) -> list[tuple[Need, list[Wanted]]]:
    """What is still to be taken: the minimum first, each group in the order in which to take it."""
    groups = [(need, [each for each in wanted if each.need is need]) for need in Need]
    return [(need, found) for need, found in groups if found]

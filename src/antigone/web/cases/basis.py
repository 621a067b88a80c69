"""What an answer rests on, for its page: the photographs that took part, with their faces, and the calibrations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from antigone.casework.models import Search
from antigone.casework.receivers import ERASED
from antigone.faces.strength import NAME as STRENGTH


@dataclass(frozen=True)
class Used:
    """A photograph that took part: what it is called, which of its faces, and how much it counts in a score."""

    name: str
    face: str
    share: str
    strength: int | None
    erased: bool


def photographs_of(search: Search) -> list[Used]:
    """The photographs of a kept answer, as it was given; one query for what they are called."""
    kept = [each for each in search.answer.get("photos", ()) if isinstance(each, Mapping)]
    shots = dict(search.photographs.values_list("sha256", "shot"))
    weights = [float(each.get("weight") or 0) for each in kept]
    whole = sum(weights)
    return [
        _used(number, each, shots, weight / whole if whole else 0)
        for number, (each, weight) in enumerate(zip(kept, weights, strict=True), start=1)
    ]


def _used(number: int, kept: Mapping[str, Any], shots: Mapping[str, str], share: float) -> Used:
    faces = kept.get("faces") or []
    at = int(kept.get("chosen") or 0)
    erased = kept.get("sha256") == ERASED
    shot = shots.get(str(kept.get("sha256")), "")
    seen = (faces[at].get("quality") or {}).get(STRENGTH) if at < len(faces) else None
    if erased or not faces:
        face = _("not kept")
    elif len(faces) == 1:
        face = _("one face")
    else:
        face = _("face %(number)d of %(count)d") % {"number": at + 1, "count": len(faces)}
    return Used(
        _("%(number)d. %(shot)s") % {"number": number, "shot": shot or _("photograph")},
        face,
        f"{100 * share:.0f} %" if share else "",
        seen,
        erased,
    )


def calibrations_of(search: Search) -> list[str]:
    """The calibrations by which leads of an answer have a ratio, each by its name and the beginning of its digest."""
    found: dict[str, None] = {}
    for each in search.answer.get("candidates", ()):
        calibration = (each.get("evidence") or {}).get("calibration") if isinstance(each, Mapping) else None
        if calibration:
            found[f"{calibration.get('name', '')} ({str(calibration.get('digest', ''))[:12]})"] = None
    return list(found)

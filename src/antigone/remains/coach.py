"""Which photographs of a subject are still to be taken, in words and in order; pure.

The list follows the field manual for the management of the dead, the forensic practice it rests on, and ASTM E3148:
take what is possible, in the state in which the dead were found, before anything is cleaned or moved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Where it is stated that there is nothing of a kind, no photograph of it is asked for.
SHOT_OF = {"mark": "D", "clothing": "C", "effect": "E"}


class Need(StrEnum):
    """How much a photograph is wanted."""

    MINIMUM = "minimum"
    RECOMMENDED = "recommended"
    IF_POSSIBLE = "if-possible"


@dataclass(frozen=True)
class Shot:
    """One photograph of the list. `several` stands for any number of them: D1, D2, ...; `after` waits for another."""

    code: str
    title: Promise
    how: Promise
    several: bool = False
    after: str = ""


@dataclass(frozen=True)
class Taken:
    """A photograph that there is, as far as the coach looks at it."""

    shot: str
    card_visible: bool | None = None
    cleaned: bool | None = None


@dataclass(frozen=True)
class Wanted:
    """A photograph that is missing, how much it is wanted, and what to see to when it is taken."""

    shot: Shot
    need: Need


@dataclass(frozen=True)
class Advice:
    """What is still to be taken, in the order in which to take it, and what is wrong with what was taken."""

    wanted: tuple[Wanted, ...]
    remarks: tuple[Promise | str, ...]

    @property
    def complete(self) -> bool:
        """Whether the minimum is there."""
        return not any(each.need is Need.MINIMUM for each in self.wanted)


_SHOTS = (
    Shot("S0", _("as found"), _("In place, before anything is touched or moved.")),
    Shot("B1", _("whole length, front"), _("From above, camera square to the body; private parts covered.")),
    Shot(
        "F1",
        _("whole face, front"),
        _("Before any cleaning: no turn of the head, both ears equally visible, chin neither raised nor dropped."),
    ),
    Shot("F2", _("right profile"), _("The camera level with the face, the ear in full.")),
    Shot("F3", _("left profile"), _("The camera level with the face, the ear in full.")),
    Shot("F4", _("face, 45° from the right"), _("Half way between front and right profile.")),
    Shot("F5", _("face, 45° from the left"), _("Half way between front and left profile.")),
    Shot("F7", _("right ear"), _("Close, square to the ear; ears change late.")),
    Shot("F8", _("left ear"), _("Close, square to the ear; ears change late.")),
    Shot("D", _("a distinguishing feature"), _("Each mark, scar or tattoo by itself, with a scale."), several=True),
    Shot("B2", _("upper body"), _("Camera square to the body; private parts covered.")),
    Shot("B3", _("lower body"), _("Camera square to the body; private parts covered.")),
    Shot("C", _("a garment"), _("Each garment by itself, labels too, with the code."), several=True),
    Shot("E", _("an effect"), _("Each effect by itself, inscriptions too, with the code."), several=True),
    Shot("F6", _("teeth, lips drawn back"), _("The line of the smile; families have pictures with it.")),
    Shot(
        "F1b",
        _("whole face again, after cleaning"),
        _("As F1, after careful cleaning: hair back, lids gently open where the rules of the place allow it."),
        after="F1",
    ),
)
SHOTS: dict[str, Shot] = {shot.code: shot for shot in _SHOTS}

_MINIMUM, _RECOMMENDED, _IF_POSSIBLE = Need.MINIMUM, Need.RECOMMENDED, Need.IF_POSSIBLE

_LISTS: dict[str, dict[str, Need]] = {
    "deceased": {
        "S0": _RECOMMENDED, "B1": _MINIMUM, "F1": _MINIMUM, "F2": _RECOMMENDED, "F3": _RECOMMENDED,
        "F4": _RECOMMENDED, "F5": _RECOMMENDED, "F7": _RECOMMENDED, "F8": _RECOMMENDED, "D": _MINIMUM,
        "B2": _IF_POSSIBLE, "B3": _IF_POSSIBLE, "C": _IF_POSSIBLE, "E": _IF_POSSIBLE, "F6": _RECOMMENDED,
        "F1b": _RECOMMENDED,
    },
    # Whether a part has a face nobody can say beforehand; where it has one, F1 is taken as of a body.
    "body-part": {
        "S0": _RECOMMENDED, "B1": _MINIMUM, "D": _RECOMMENDED, "F1": _IF_POSSIBLE, "C": _IF_POSSIBLE,
        "E": _IF_POSSIBLE,
    },
    # Of the living no more than is needed, covered, and nothing that hurts or uncovers.
    "unable-to-state-identity": {
        "F1": _MINIMUM, "F2": _RECOMMENDED, "F3": _RECOMMENDED, "F4": _RECOMMENDED, "F5": _RECOMMENDED,
        "D": _IF_POSSIBLE,
    },
}  # fmt: skip

_CODE = re.compile(r"(S0|B[1-3]|F1b|F[1-8]|[DCE])([1-9][0-9]{0,2})?")


def kind_of(code: str) -> str | None:
    """The shot of the list that a code such as F1 or D12 stands for; None for one that is not of the list."""
    match = _CODE.fullmatch(code)
    if match is None or (match[2] and not SHOTS[match[1]].several):
        return None
    return match[1]


def minimum(subject_kind: str) -> tuple[str, ...]:
    """The shots without which the photographs of a subject of this kind are not enough (KeyError for another kind)."""
    return tuple(code for code, need in _LISTS[subject_kind].items() if need is Need.MINIMUM)


def named_in(file_name: str) -> str:
    """The shot that a file is named after, as in “F1.jpg” or “KHARKIV-A-001 D2.jpeg”; empty where it is none."""
    stem = file_name.rpartition(".")[0] or file_name
    last = re.split(r"[\s_\-]+", stem.strip())[-1]
    for code in (last, last.upper(), last[:1].upper() + last[1:].lower()):
        if kind_of(code):
            return code
    return ""


def advise(subject_kind: str, taken: Iterable[Taken], absent: Collection[str] = ()) -> Advice:
    """What is missing of a subject's photographs; unknown kinds of subject have no list (KeyError).

    `absent` are shots of which there is nothing to take: somebody looked for marks, or effects, and there are none.
    """
    there = list(taken)
    had = {kind_of(each.shot) for each in there}
    wanted = [
        Wanted(SHOTS[code], need)
        for code, need in _LISTS[subject_kind].items()
        if code not in had and code not in absent and (not SHOTS[code].after or SHOTS[code].after in had)
    ]
    wanted.sort(key=lambda each: _ORDER[each.shot.code])
    return Advice(tuple(wanted), tuple(_remarks(subject_kind, there, had)))


_ORDER = {shot.code: place for place, shot in enumerate(_SHOTS)}


def _remarks(subject_kind: str, there: list[Taken], had: set[str | None]) -> list[Promise | str]:
    found: list[Promise | str] = []
    cleaned = "F1b" in had or any(each.cleaned for each in there)
    if cleaned and subject_kind != "unable-to-state-identity":
        for code in ("S0", "F1"):
            if code in _LISTS[subject_kind] and code not in had:
                found.append(
                    _("%(code)s is taken before cleaning; it cannot be made up for. Note why it is not there.")
                    % {"code": code}
                )
    if any(kind_of(each.shot) in {"S0", "F1"} and each.cleaned for each in there):
        found.append(
            _("S0 and F1 show the dead as they were found, before cleaning; one of them is marked as cleaned.")
        )
    if there and subject_kind != "unable-to-state-identity" and not any(each.card_visible for each in there):
        found.append(_("In no photograph the card with the code is said to be visible."))
    faces = [each for each in there if kind_of(each.shot) == "F1"]
    if faces and all(each.card_visible for each in faces):
        found.append(_("Take one F1 without the card over the edge of the face."))
    return found

"""Effects, which can be borrowed, swapped or planted; and what people change, which weighs nothing."""

from __future__ import annotations

from antigone.evidence.secondary.lines import NOT_STATED, Finding, Line, cannot_tell
from antigone.evidence.secondary.records import AnteMortem, Effect, PostMortem

_MOVED = "Things are borrowed, swapped, taken and put with the wrong body, so no ratio is stated"


def compare_effects(found: PostMortem, told: AnteMortem) -> list[Line]:
    """A line for each effect on record; one that was not found contradicts nothing."""
    left = list(found.effects)
    lines: list[Line] = []
    # Those with an inscription choose first.
    for effect in sorted(told.effects, key=lambda each: each.inscription == ""):
        name = f"effect: {effect.kind}"
        partner = _partner(effect, left)
        if partner is None:
            why = "It was not found with the subject; things are lost and taken, so that contradicts nothing."
            lines.append(cannot_tell(name, NOT_STATED, str(effect), why))
            continue
        left.remove(partner)
        same = bool(effect.inscription) and _folded(effect.inscription) == _folded(partner.inscription)
        extent = "kind and inscription are alike" if same else "only the kind is alike"
        lines.append(
            Line(name, str(partner), str(effect), Finding.AGREES, None, f"{_MOVED}; {extent}.", True, "effects")
        )
    if told.effects_text.strip():
        shown = "; ".join(str(effect) for effect in found.effects)
        why = "The record is free text, which is for people to read and compare; no finding is made of it."
        lines.append(cannot_tell("effects", shown, told.effects_text.strip(), why))
    return lines


def _partner(effect: Effect, left: list[Effect]) -> Effect | None:
    """The same inscription, else the same kind unless both are inscribed and differ."""
    alike = [each for each in left if _folded(each.kind) == _folded(effect.kind)]
    inscribed = [
        each for each in alike if each.inscription and _folded(each.inscription) == _folded(effect.inscription)
    ]
    plain = [each for each in alike if not (each.inscription and effect.inscription)]
    return next(iter([*inscribed, *plain]), None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def compare_mutable(found: PostMortem, told: AnteMortem) -> list[Line]:
    """Hair, beard and the like: listed, so that nobody need ask, and of no weight."""
    lines: list[Line] = []
    ours = {each.name: each.value for each in found.mutable}
    theirs = {each.name: each.value for each in told.mutable}
    for name in dict.fromkeys([*theirs, *ours]):
        post, ante = ours.get(name, ""), theirs.get(name, "")
        alike = bool(post) and _folded(post) == _folded(ante)
        finding = Finding.AGREES if alike else Finding.CANNOT_TELL
        basis = "It changes by hand, with time and after death, so it weighs nothing either way."
        lines.append(Line(name, post or NOT_STATED, ante or NOT_STATED, finding, None, basis, False, "mutable"))
    return lines

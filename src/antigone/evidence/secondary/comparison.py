"""All lines together: contradictions first, and a product only with what it leaves out and takes for granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from antigone.evidence.secondary.age import compare_age, may_be_child
from antigone.evidence.secondary.effects import compare_effects, compare_mutable
from antigone.evidence.secondary.figures import Figures
from antigone.evidence.secondary.lines import NOT_STATED, Finding, Line
from antigone.evidence.secondary.marks import compare_marks
from antigone.evidence.secondary.records import AnteMortem, PostMortem
from antigone.evidence.secondary.sex import compare_sex
from antigone.evidence.secondary.stature import compare_stature
from antigone.evidence.secondary.timing import compare_dates

CHILD = (
    "One of the two may be under 18: tell the child-protection lead before anything else is done. "
    "No ratio is stated for a child."
)
FACE = (
    "A face shows sex and age too: do not multiply this by a face's ratio unless that was measured among people of "
    "the same sex and age."
)


@dataclass(frozen=True)
class Comparison:
    """Every line, contradictions first; `together` is the log10 of the product of the ratios that may be multiplied.

    It is None where there is no ratio, where a contradiction has none (a product would leave it out), and for a
    child. `warning` is empty only when there is nothing to warn of.
    """

    lines: tuple[Line, ...]
    together: float | None
    warning: str

    def as_json(self) -> dict[str, Any]:
        return {
            "lines": [line.as_json() for line in self.lines],
            "together": None if self.together is None else round(self.together, 3),
            "warning": self.warning,
        }


def compare(found: PostMortem, told: AnteMortem, figures: Figures | None = None) -> Comparison:
    """Compare the two records line by line; without figures there are findings and no ratios but published ones."""
    figures = figures or Figures()
    lines = [
        compare_sex(found, told, figures),
        compare_age(found, told, figures),
        compare_stature(found, told, figures),
        compare_dates(found, told, figures),
        *compare_marks(found, told, figures),
        *compare_effects(found, told),
        *compare_mutable(found, told),
    ]
    return weigh([line for line in lines if not _says_nothing(line)], may_be_child(found, told))


def weigh(lines: Sequence[Line], child: bool = False) -> Comparison:
    """Order the lines and multiply what may be multiplied, saying what that takes for granted."""
    ordered = tuple(sorted([_without_ratio(line) for line in lines] if child else lines, key=_order))
    against = [line for line in ordered if line.weighs and line.finding is Finding.CONTRADICTS]
    warnings = [CHILD] if child else []
    if against:
        names = ", ".join(dict.fromkeys(line.name for line in against))
        warnings.append(f"Contradicted: {names}. No score of a face outweighs that; each needs an explanation.")
    multiplied = _independent(ordered)
    unmeasured = [line.name for line in against if line.log10_lr is None]
    if not multiplied:
        return Comparison(ordered, None, " ".join(warnings))
    if unmeasured:
        names = ", ".join(dict.fromkeys(unmeasured))
        warnings.append(
            f"Nothing was multiplied: {names} contradicts without a ratio, and a product would leave it out."
        )
        return Comparison(ordered, None, " ".join(warnings))
    together = sum(line.log10_lr or 0.0 for line in multiplied)
    warnings += _taken_for_granted(ordered, multiplied)
    return Comparison(ordered, together, " ".join([*warnings, FACE]))


def _order(line: Line) -> tuple[bool, int]:
    places = {Finding.CONTRADICTS: 0, Finding.AGREES: 1, Finding.CANNOT_TELL: 2}
    return line.group == "mutable", places[line.finding]


def _says_nothing(line: Line) -> bool:
    return line.post_mortem == line.ante_mortem == NOT_STATED


def _without_ratio(line: Line) -> Line:
    if line.log10_lr is None:
        return line
    return replace(line, log10_lr=None, basis="No ratio, since one of the two may be under 18.")


def _independent(lines: Sequence[Line]) -> list[Line]:
    """Lines that may be multiplied with a warning.

    Of marks of one kind, which come in company, only the strongest on either side: for any dependence, two marks
    together are no more probable by chance than the rarer one alone. Of age and dates only age, whose ratio already
    uses the time of death.
    """
    with_ratio = [line for line in lines if line.log10_lr is not None]
    strongest: dict[tuple[str, Finding], Line] = {}
    for line in with_ratio:
        key = (line.group or line.name, line.finding)
        if key not in strongest or abs(line.log10_lr or 0.0) > abs(strongest[key].log10_lr or 0.0):
            strongest[key] = line
    kept = list(strongest.values())
    if any(line.group == "age" for line in kept):
        kept = [line for line in kept if line.group != "dates"]
    return kept


def _taken_for_granted(lines: Sequence[Line], multiplied: Sequence[Line]) -> list[str]:
    """Sentences on dependence between what was multiplied, and on what was left out of the product."""
    sentences = []
    if len(multiplied) > 1:
        names = ", ".join(dict.fromkeys(line.name for line in multiplied))
        sentences.append(
            f"Dependence: the ratios of {names} were multiplied as if each told something new. That was not measured; "
            "age goes with stature and with marks, and all were often noted by one person. The product can be too "
            "strong either way."
        )
        if {"sex", "stature"} <= {line.group for line in multiplied}:
            sentences.append("Stature was taken within the sex on both records, so sex counts once.")
    out = [line.name for line in lines if line.log10_lr is not None and line not in multiplied]
    if out:
        names = ", ".join(dict.fromkeys(out))
        sentences.append(f"Left out of the product, because they depend on a line that is in it: {names}.")
    plain = [line.name for line in lines if line.weighs and line.log10_lr is None]
    if plain:
        sentences.append(f"Without a ratio, and not in the product: {', '.join(dict.fromkeys(plain))}.")
    return sentences

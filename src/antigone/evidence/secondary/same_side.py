"""Two records of one side compared: two of the missing who may be one person, two remains that may be of one body.

Marks, effects and what people change are compared as between a body and a person. No line has a ratio: every figure
there is tells how a body compares with the missing, and none how often two records of one side agree by chance. On a
line `ante_mortem` is what the first record says and `post_mortem` what the second says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from antigone.evidence.secondary.age import may_be_child
from antigone.evidence.secondary.comparison import Comparison, weigh
from antigone.evidence.secondary.dates import DateSpan
from antigone.evidence.secondary.effects import compare_effects, compare_mutable
from antigone.evidence.secondary.figures import Figures
from antigone.evidence.secondary.lines import NOT_STATED, Finding, Line, cannot_tell
from antigone.evidence.secondary.marks import compare_marks
from antigone.evidence.secondary.records import OTHER, UNKNOWN, AnteMortem, PostMortem, Seen
from antigone.evidence.secondary.stature import GROSS_CM, Z_AGREES

NO_RATIO = "No ratio: how often two records of one side agree by chance was not measured."
ONE_SAYS = "One record does not say; what is unknown is no disagreement."
DEPENDENCE = (
    "Two records may repeat one informant, one document or one examination: what agrees then tells nothing new. Look "
    "at the source of each before agreement counts."
)


def compare_told(one: AnteMortem, other: AnteMortem) -> Comparison:
    """Two records of missing persons, line by line."""
    lines = [
        _sexes(_stated(one.sex), _stated(other.sex), "A record may hold the sex a person lived in: ask both sources."),
        _spans(
            "birth", one.born, other.born, one.born_text, other.born_text,
            "Dates of birth are told wrongly, rounded, and with day and month changed about: ask for a paper.",
        ),
        _told_statures(one, other),
        _last_seen(one, other),
        *_things(one, other),
    ]  # fmt: skip
    child = may_be_child(PostMortem(), one) or may_be_child(PostMortem(), other)
    return _weighed(lines, child)


def compare_found(one: PostMortem, other: PostMortem) -> Comparison:
    """Two records of remains, line by line; a region that both have whole speaks against one body."""
    lines = [
        _sexes(
            one.sex.sex if one.sex else "",
            other.sex.sex if other.sex else "",
            "Determinations err, on parts more than on bodies: look at the method of each.",
            *(f" ({each.sex.method})" if each.sex else "" for each in (one, other)),
        ),
        _ages(one, other),
        _found_statures(one, other),
        _spans(
            "death", one.died, other.died, "", "", "Estimates of when somebody died err: look at the method of each."
        ),
        *_regions(one.seen, other.seen),
        *_things(
            AnteMortem(marks=one.marks, effects=one.effects, mutable=one.mutable),
            AnteMortem(marks=other.marks, effects=other.effects, mutable=other.mutable),
        ),
    ]
    child = any(may_be_child(each, AnteMortem()) for each in (one, other))
    return _weighed(lines, child)


def _weighed(lines: Iterable[Line], child: bool) -> Comparison:
    said = [line for line in lines if not line.post_mortem == line.ante_mortem == NOT_STATED]
    whole = weigh(said, child)
    agreeing = any(line.weighs and line.finding is Finding.AGREES for line in said)
    return replace(whole, warning=" ".join(filter(None, (whole.warning, DEPENDENCE if agreeing else ""))))


def _stated(sex: str) -> str:
    return "" if sex == UNKNOWN else sex


def _line(name: str, one: str, other: str, agrees: bool, caution: str) -> Line:
    """A line on which both say something; the caution stands where they contradict."""
    if agrees:
        return Line(name, other, one, Finding.AGREES, None, NO_RATIO, True, name)
    return Line(name, other, one, Finding.CONTRADICTS, None, f"{NO_RATIO} {caution}", True, name)


def _one_says(name: str, one: str, other: str) -> Line:
    return cannot_tell(name, other, one, ONE_SAYS if one or other else "Neither record says.")


def _sexes(one: str, other: str, caution: str, one_by: str = "", other_by: str = "") -> Line:
    if not one or not other:
        return _one_says("sex", f"{one}{one_by}" if one else "", f"{other}{other_by}" if other else "")
    if OTHER in (one, other) and one != other:
        why = "One record says neither female nor male; sources use the words differently."
        return cannot_tell("sex", f"{other}{other_by}", f"{one}{one_by}", why)
    return _line("sex", f"{one}{one_by}", f"{other}{other_by}", one == other, caution)


def _spans(
    name: str, one: DateSpan | None, other: DateSpan | None, one_text: str, other_text: str, caution: str
) -> Line:
    ours, theirs = (str(one) if one else one_text), (str(other) if other else other_text)
    if one is None or other is None:
        if ours and theirs:
            return cannot_tell(name, theirs, ours, "A date that is approximate or cannot be read excludes nothing.")
        return _one_says(name, ours, theirs)
    return _line(name, ours, theirs, one.first <= other.last and other.first <= one.last, caution)


def _last_seen(one: AnteMortem, other: AnteMortem) -> Line:
    ours = str(one.last_seen) if one.last_seen else one.last_seen_text
    theirs = str(other.last_seen) if other.last_seen else other.last_seen_text
    if not ours or not theirs:
        return _one_says("dates", ours, theirs)
    if one.last_seen and one.last_seen == other.last_seen:
        return _line("dates", ours, theirs, True, "")
    why = "Each record tells when its own source last saw them; two such days can differ for one person."
    return cannot_tell("dates", theirs, ours, why)


def _told_statures(one: AnteMortem, other: AnteMortem) -> Line:
    shown = [f"{each.stature.cm:g} cm ({each.stature.kind})" if each.stature else "" for each in (one, other)]
    if one.stature is None or other.stature is None:
        return _one_says("stature", *shown)
    return _apart(shown, abs(one.stature.cm - other.stature.cm), None)


def _found_statures(one: PostMortem, other: PostMortem) -> Line:
    shown = [f"{each.stature.cm:g} cm ({each.stature.kind})" if each.stature else "" for each in (one, other)]
    if one.stature is None or other.stature is None:
        return _one_says("stature", *shown)
    errors = [each.stature.standard_error for each in (one, other) if each.stature]
    known = [each for each in errors if each is not None]
    return _apart(shown, abs(one.stature.cm - other.stature.cm), math.hypot(*known) if len(known) == 2 else None)


def _apart(shown: list[str], apart: float, error: float | None) -> Line:
    """Within both errors they agree; where an error is unknown only a gross difference can be told."""
    ours, theirs = shown
    why = f"They differ by {apart:g} cm."
    if error is not None:
        if apart <= Z_AGREES * error:
            return Line("stature", theirs, ours, Finding.AGREES, None, f"{NO_RATIO} {why}", True, "stature")
        return Line("stature", theirs, ours, Finding.CONTRADICTS, None, f"{NO_RATIO} {why}", True, "stature")
    if apart > GROSS_CM:
        told = f"{NO_RATIO} {why} More than {GROSS_CM:g} cm is called a contradiction by convention."
        return Line("stature", theirs, ours, Finding.CONTRADICTS, None, told, True, "stature")
    return cannot_tell("stature", theirs, ours, f"{why} How far the figures err is not known.")


def _ages(one: PostMortem, other: PostMortem) -> Line:
    ours, theirs = (f"{each.age.low} to {each.age.high} years" if each.age else "" for each in (one, other))
    if one.age is None or other.age is None:
        return _one_says("age", ours, theirs)
    overlap = one.age.low <= other.age.high and other.age.low <= one.age.high
    return _line(
        "age", ours, theirs, overlap, "An interval holds the true age as often as its method says, and no more often."
    )


def _regions(one: tuple[Seen, ...], other: tuple[Seen, ...]) -> list[Line]:
    """Regions that both remains have, of one side or of none, without a loss on either: one body has each once."""
    ours = {(each.region, each.side) for each in one if not each.loss}
    theirs = {(each.region, each.side) for each in other if not each.loss}
    basis = (
        f"{NO_RATIO} One body has it once: two bodies, unless each of the two has a portion of it, or one is mistaken."
    )
    lines = []
    for region, side in sorted(ours & theirs):
        place = " ".join(filter(None, (side, region)))
        lines.append(Line(f"region: {region}", place, place, Finding.CONTRADICTS, None, basis, True, "regions"))
    return lines


def _things(one: AnteMortem, other: AnteMortem) -> list[Line]:
    """Marks, effects and what people change, by the functions that compare a body with a person."""
    second = PostMortem(marks=other.marks, effects=other.effects, mutable=other.mutable)
    marks = [_plain(line) for line in compare_marks(second, one, Figures())]
    effects = [_plain(line, keep=line.finding is Finding.AGREES) for line in compare_effects(second, one)]
    back = compare_effects(PostMortem(effects=one.effects), replace(other, effects_text=""))
    # What the second record alone tells of is no line of a comparison that goes by the first.
    effects += [
        cannot_tell(line.name, line.ante_mortem, "", ONE_SAYS) for line in back if line.finding is Finding.CANNOT_TELL
    ]
    texts = [_text(name, getattr(one, f"{name}_text"), getattr(other, f"{name}_text")) for name in ("marks", "effects")]
    named = {line.name for line in (*marks, *effects)}
    extra = [line for line in texts if line is not None and line.name not in named]
    return [*marks, *effects, *extra, *compare_mutable(second, one)]


def _text(name: str, one: str, other: str) -> Line | None:
    if not other.strip() or one.strip():
        return None
    return cannot_tell(name, other.strip(), "", "The record is free text, which is for people to read and compare.")


def _plain(line: Line, keep: bool = False) -> Line:
    """A line of marks or effects without what its sentence says of bodies and of figures."""
    if keep:
        return line
    if line.finding is Finding.AGREES:
        return replace(line, log10_lr=None, basis=NO_RATIO)
    if NOT_STATED in (line.post_mortem, line.ante_mortem):
        return replace(line, post_mortem=line.post_mortem, basis=ONE_SAYS)
    return line

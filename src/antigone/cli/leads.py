"""The table of leads, as the terminal shows it, and what stands below it."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any

from rich.table import Table

from antigone.casework.searching.answer import Answer, Candidate
from antigone.evidence.verbal import TABLE

NONE = "—"
KIN = "+"
SOURCES = {"living": "faces of the living", "stand-in": "stand-ins", "own-cases": "own closed cases"}


def lowest(quality: dict[str, int | None]) -> tuple[str, str]:
    """The lowest quality measure (ISO/IEC 29794-5, 0 to 100), which is what limits a comparison, and its name."""
    known = {name: value for name, value in quality.items() if value is not None}
    if not known:
        return "", "not measured"
    name = min(known, key=lambda each: (known[each], each))
    return str(known[name]), name


def leads_table(answer: Answer, truth: str | None = None, shown: int | None = None) -> Table:
    """The first `shown` leads in their order, with log10 LR and the lowest quality of each portrait.

    A star marks a ratio at its bound, a letter the reason why there is none, a tilde a score that one photograph pulls
    down (`below_the_table` has all three), an exclamation mark what the records contradict. A level stands beside a
    ratio for which words are unlocked. `truth` marks the reference that is known to be right, in the place of the
    quality; the demo alone knows it.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("rank", justify="right")
    table.add_column("reference", overflow="fold")
    table.add_column("score", justify="right")
    table.add_column("log10 LR", justify="right")
    table.add_column("passes")
    table.add_column("records")
    # Cut short rather than folded: a name of the standard is known by its beginning, and a lead stays one line.
    table.add_column("limited by" if truth is None else "truth", no_wrap=True, overflow="ellipsis")
    # The tour says once why there is no ratio, and has no list of reasons below each table.
    listed = together(answer, shown)
    letters = _letters(tuple(each for each, _ in listed)) if truth is None else {}
    pad = " " if any(each.apart for each, _ in listed) else ""
    for each, follows in listed:
        contradicted = "!" if contradictions(each) else ""
        score = f"{each.score:.3f}{'~' if each.apart else pad}"
        reference = f"{KIN} {each.person_ref}" if follows else each.person_ref
        cells = [str(each.rank), reference, score, _ratio(each, letters)]
        cells += ["yes" if each.passes else "", contradicted]
        if truth is None:
            cells.append(" ".join(lowest(each.quality)).strip())
        else:
            cells.append("this person" if each.person_ref == truth else "")
        table.add_row(*cells)
    return table


def together(answer: Answer, shown: int | None = None) -> list[tuple[Candidate, bool]]:
    """The first `shown` leads as they are listed: known relatives below the best of them, which is then marked."""
    kept = {each.person for each in answer.candidates[:shown]}
    groups = [[each for each in group if each.person in kept] for group in answer.families]
    return [(each, place > 0) for group in groups for place, each in enumerate(group)]


def below_the_table(answer: Answer) -> Iterator[str]:
    """What the ratios mean and do not mean, each sentence once, and what the records contradict."""
    listed = tuple(each for each, _ in together(answer))
    evidence = [each.evidence for each in listed if each.evidence]
    children = [str(each.rank) for each in listed if each.evidence and each.evidence["child_protection"]]
    if children:
        yield f"CHILD PROTECTION, rank {', '.join(children)}: tell the child-protection lead before it is used."
    for letters, sentences in _letters(listed).items():
        for sentence in sentences:
            yield f"{NONE} {letters}  {sentence}"
    for calibration in _once([each["calibration"] for each in evidence if each["log10_lr"] is not None]):
        used = next(each for each in evidence if each["calibration"] == calibration and each["log10_lr"] is not None)
        yield (
            f"log10 LR: of the score, against the proposition that {used['against']}; bounds {used['low']:+.1f} to "
            f"{used['high']:+.1f}{', reached at *' if any(each['at_bound'] for each in evidence) else ''}. "
            f"Calibration {calibration['digest'][:12]}: {calibration['name']} "
            f"({SOURCES[calibration['source']]}, stratum {calibration['stratum']})."
        )
    ratios = [each for each in evidence if each["log10_lr"] is not None]
    yield from _once([each["why_no_level"] for each in ratios if each["why_no_level"]])
    yield from _once([each["capped"] for each in ratios if each["capped"]])
    yield from (f"Of a ratio: {text}" for text in _once([text for each in ratios for text in each["cautions"]]))
    if any(each["level"] for each in ratios):
        yield f"{TABLE} The level beside a ratio is for the same person with +, against it with -."
    for each in listed:
        if each.evidence and each.evidence["words"] and each.evidence["log10_lr"] > 0:
            yield f"Rank {each.rank}, level {each.evidence['level']}: {each.evidence['statement']}"
    if any(each.kin for each in listed):
        yield f"{KIN} is known to be kin of the lead above it, and is listed with it, whatever its rank."
    yield from _photographs_apart(listed)
    against = [(each.rank, line) for each in listed for line in contradictions(each)]
    yield from (f"! {name}: {basis}" for name, basis in _once([(line["name"], line["basis"]) for _, line in against]))
    for rank, line in against:
        yield f"! rank {rank}, {line['name']}: found {line['post_mortem']}; told {line['ante_mortem']}."


def _photographs_apart(listed: tuple[Candidate, ...]) -> Iterator[str]:
    """A line for each photograph that does not go with the others, with the leads that it pulls down."""
    for photo in _once([each.apart["photo"] for each in listed if each.apart]):
        marked = [each for each in listed if each.apart and each.apart["photo"] == photo]
        first = marked[0].apart or {}
        yield (
            f"~ {photo} scores far below the other photographs at rank {', '.join(str(each.rank) for each in marked)} "
            f"({first['score']:.3f}; the others {first['without']:.3f} at rank {marked[0].rank}). It may be a poor "
            "picture, or show somebody else: look at it. The ranks count it."
        )


def contradictions(candidate: Candidate) -> list[dict[str, Any]]:
    """The lines of secondary evidence that speak against a lead."""
    return [line for line in candidate.secondary if line["finding"] == "contradicts" and line["weighs"]]


def _ratio(candidate: Candidate, letters: dict[str, tuple[str, ...]]) -> str:
    if candidate.evidence is None:
        return NONE
    if candidate.evidence["log10_lr"] is None:
        why = _why(candidate.evidence)
        return " ".join([NONE, *(letter for letter, sentences in letters.items() if sentences == why)])
    evidence = candidate.evidence
    ratio = f"{evidence['log10_lr']:+.1f}{'*' if evidence['at_bound'] else ' '}"
    return ratio if evidence["level"] is None else f"{ratio} {evidence['level']:<3}"


def _why(evidence: dict[str, Any]) -> tuple[str, ...]:
    return tuple(each["sentence"] for each in evidence["withheld"])


def _letters(listed: tuple[Candidate, ...]) -> dict[str, tuple[str, ...]]:
    """A letter for each set of reasons why a lead has no ratio, in their order."""
    reasons = _once([_why(each.evidence) for each in listed if each.evidence and each.evidence["log10_lr"] is None])
    return {_letter(number): sentences for number, sentences in enumerate(reasons)}


def _letter(number: int) -> str:
    return (_letter(number // 26 - 1) if number >= 26 else "") + ascii_lowercase[number % 26]


def _once(values: list[Any]) -> list[Any]:
    """Each value once, in the order in which they first stood."""
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


# Below this, a measure is worth a word to whoever searches: the score may say more about the picture than the face.
POOR = 25


def photograph_lines(answer: Answer) -> Iterator[str]:
    """A line for each photograph that was searched: its face and what limits it."""
    for photo in answer.photos:
        face = photo["faces"][photo["chosen"]]
        value, name = lowest(face["quality"])
        poor = value and int(value) < POOR
        faces = len(photo["faces"])
        yield (
            f"{photo['file']}: {faces} face{'s' if faces != 1 else ''}"
            + (f", turned by {face['turn']} degrees" if face["turn"] else "")
            + f"; lowest quality {value} ({name})"
            + (". A poor picture: scores are lower and less sure than they look." if poor else "")
        )

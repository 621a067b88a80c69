"""The table of leads, as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from antigone.casework.answer import Answer


def lowest(quality: dict[str, int | None]) -> tuple[str, str]:
    """The lowest quality measure (ISO/IEC 29794-5, 0 to 100), which is what limits a comparison, and its name."""
    known = {name: value for name, value in quality.items() if value is not None}
    if not known:
        return "", "not measured"
    name = min(known, key=lambda each: (known[each], each))
    return str(known[name]), name


def leads_table(answer: Answer, truth: str | None = None, shown: int | None = None) -> Table:
    """The first `shown` leads in their order, with the lowest quality of each portrait.

    `truth` marks the reference that is known to be right; the demo alone knows it.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("rank", justify="right")
    table.add_column("reference", overflow="fold")
    table.add_column("score", justify="right")
    table.add_column("quality", justify="right")
    table.add_column("limited by")
    table.add_column("passes")
    if truth is not None:
        table.add_column("truth")
    for each in answer.candidates[:shown]:
        cells = [str(each.rank), each.person_ref, f"{each.score:.3f}", *lowest(each.quality)]
        cells.append("yes" if each.passes else "")
        if truth is not None:
            cells.append("this person" if each.person_ref == truth else "")
        table.add_row(*cells)
    return table


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

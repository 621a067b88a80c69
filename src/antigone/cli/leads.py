"""The table of leads, as the terminal shows it."""

from __future__ import annotations

from rich.table import Table

from antigone.casework.answer import Answer


def quality_words(quality: dict[str, int | None]) -> str:
    """The lowest of a portrait's quality measures (ISO/IEC 29794-5, 0 to 100), which is what limits a comparison."""
    known = {name: value for name, value in quality.items() if value is not None}
    if not known:
        return "not measured"
    name = min(known, key=lambda each: (known[each], each))
    return f"{known[name]} ({name})"


def leads_table(answer: Answer, truth: str | None = None, shown: int | None = None) -> Table:
    """The first `shown` leads in their order; `truth` marks the reference known to be right (the demo alone knows)."""
    table = Table(box=None, pad_edge=False)
    table.add_column("rank", justify="right")
    table.add_column("reference", overflow="fold")
    table.add_column("score", justify="right")
    table.add_column("lowest quality")
    table.add_column("operating point")
    if truth is not None:
        table.add_column("truth")
    for each in answer.candidates[:shown]:
        cells = [str(each.rank), each.person_ref, f"{each.score:.3f}", quality_words(each.quality)]
        cells.append("reached" if each.passes else "")
        if truth is not None:
            cells.append("this is the person" if each.person_ref == truth else "")
        table.add_row(*cells)
    return table

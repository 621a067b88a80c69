"""The table of leads, as the terminal shows it."""

from __future__ import annotations

from rich.table import Table

from antigone.casework.answer import Answer, Candidate


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
    for title, align in (
        ("rank", "right"),
        ("reference", "left"),
        ("score", "right"),
        ("lowest quality", "left"),
        ("", "left"),
    ):
        table.add_column(title, justify=align)  # type: ignore[arg-type]
    for each in answer.candidates[:shown]:
        table.add_row(
            str(each.rank),
            each.person_ref,
            f"{each.score:.3f}",
            quality_words(each.quality),
            _mark(each, truth),
        )
    return table


def _mark(each: Candidate, truth: str | None) -> str:
    words = ["reaches the operating point"] if each.passes else []
    if truth is not None and each.person_ref == truth:
        words.append("the truth")
    return ", ".join(words)

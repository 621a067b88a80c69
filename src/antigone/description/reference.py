"""The table of every field for docs/fields.md, written from the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from antigone.description import teeth
from antigone.description.catalogue import BLOCKS
from antigone.description.fields import BOTH, TOLD, Block, Choices, Field, Kind, Part

BEGIN = "<!-- fields: written by python -m antigone.description docs/fields.md -->\n"
END = "<!-- end of fields -->\n"

_SHORT = 9


def table() -> str:
    """Every block with its fields, then the longer lists, as Markdown."""
    named = _named_lists()
    sections = [_block(block, named) for block in BLOCKS]
    lists = [f"{name}: {_values(choices)}" for choices, name in named.items()]
    return "\n\n".join([*sections, "## Lists", *lists]) + "\n"


def with_table(document: str, written: str) -> str:
    """The document with this table between its two marks; raises ValueError where a mark is missing."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the document has no place marked for the fields")
    return f"{before}{BEGIN}\n{written}\n{END}{after}"


def _block(block: Block, named: dict[Choices, str]) -> str:
    rows = [f"| `{field.key}` | {field.label} | {_sides(field)} | {_what(field, named)} |" for field in block.fields]
    return "\n".join([f"## {block.title}", "", "| Key | Field | Side | What is stated |", "|---|---|---|---|", *rows])


def _sides(field: Field) -> str:
    if field.sides == BOTH:
        return "both"
    return "told" if field.sides == TOLD else "found"


def _what(field: Field, named: dict[Choices, str]) -> str:
    words = [_kind(field, named)]
    marks = [
        ("many", field.many),
        ("changes", field.mutable),
        ("sensitive", field.sensitive),
        ("can be absent", field.absence),
    ]
    words += [word for word, holds in marks if holds]
    if field.interpol_ref:
        words.append(f"INTERPOL {field.interpol_ref}")
    return "; ".join(words)


def _kind(part: Part, named: dict[Choices, str]) -> str:
    if isinstance(part, Field) and part.kind is Kind.GROUP:
        return ", ".join(f"`{inner.key}` {_kind(inner, named)}{' (needed)' * inner.required}" for inner in part.parts)
    if part.kind is Kind.CHART:
        return f"by tooth, `states` of {named[teeth.STATES]}, `surfaces`, `material`, `words`"
    if part.choices:
        of = named.get(part.choices) or _values(part.choices)
        return f"{'one' if part.kind is Kind.CHOICE else 'several'} of {of}"
    if part.kind in (Kind.NUMBER, Kind.RANGE):
        return f"{part.kind.value} {part.low:g} to {part.high:g} {part.unit}".rstrip()
    return part.kind.value


def _values(choices: Choices) -> str:
    return " ".join(f"`{value}`" for value, _label in choices)


def _parts() -> Iterator[tuple[Field, Part]]:
    for block in BLOCKS:
        for field in block.fields:
            yield from ((field, part) for part in (field, *field.parts))


def _named_lists() -> dict[Choices, str]:
    """Lists that are long, or that several fields share, with the name under which they are written once."""
    used = Counter(part.choices for _field, part in _parts() if part.choices)
    named: dict[Choices, str] = {}
    for field, part in _parts():
        if part.choices and part.choices not in named and (used[part.choices] > 1 or len(part.choices) > _SHORT):
            own = part is field or part.key in ("kind", "item", "what")
            named[part.choices] = f"*{field.key if own else part.key}*"
    return named | {teeth.STATES: "*states*", teeth.SURFACES: "*surfaces*", teeth.MATERIALS: "*material*"}

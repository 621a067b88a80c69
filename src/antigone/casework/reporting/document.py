"""What a report is made of, as plain values that are kept, hashed, shown and printed; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from antigone.casework.searching.answer import digest_of

Block = dict[str, Any]

TONES = ("plain", "against", "for", "caution", "quiet")
"""How a block or a row is set: never by colour alone, since what it says stands in words."""


def text(words: object, tone: str = "plain") -> Block:
    """A paragraph."""
    return {"block": "text", "words": str(words), "tone": tone}


def heading(words: object) -> Block:
    """A heading under that of the section."""
    return {"block": "heading", "words": str(words)}


def facts(*pairs: tuple[object, object]) -> Block:
    """A list of labels and what is said under each; those of which nothing is said are left out."""
    return {"block": "facts", "pairs": [[str(label), str(said)] for label, said in pairs if str(said)]}


def items(sentences: Iterable[object]) -> Block:
    """A plain list."""
    return {"block": "items", "items": [str(each) for each in sentences]}


def table(
    caption: object,
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    tones: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> Block:
    """A table; `tones` are those of its rows, `widths` the shares of the page that its columns have."""
    lines = [[str(cell) for cell in row] for row in rows]
    return {
        "block": "table",
        "caption": str(caption),
        "head": [str(each) for each in head],
        "rows": [
            {"tone": tone, "cells": row} for row, tone in zip(lines, tones or ["plain"] * len(lines), strict=True)
        ],
        "widths": list(widths) or [1] * len(head),
    }


def fixed(words: object) -> Block:
    """Letters of one width: a checkpoint, a key."""
    return {"block": "fixed", "words": str(words)}


def signatures(people: Iterable[tuple[object, object]]) -> Block:
    """Lines to sign: a role, and a name where it is known who signs."""
    return {"block": "signatures", "people": [[str(role), str(name)] for role, name in people]}


def section(title: object, *blocks: Block | None) -> dict[str, Any]:
    """A section with its title; blocks that are None are left out."""
    return {"title": str(title), "blocks": [block for block in blocks if block is not None]}


def document(
    title: object, subtitle: object, sections: Iterable[dict[str, Any] | None], *, language: str, official: str
) -> dict[str, Any]:
    """A whole report without what is only known once it is kept: its number, its digest, its place in the ledger."""
    return {
        "form": 1,
        "title": str(title),
        "subtitle": str(subtitle),
        "language": language,
        "official": official,
        "sections": [each for each in sections if each is not None],
    }


def digest(content: dict[str, Any]) -> str:
    """SHA-256 over all that a report says."""
    return digest_of(content)

"""A report as a PDF, set by typst: A4, tagged (PDF/A-2a, PDF/UA-1), every font embedded, page x of y.

The same report is the same bytes: the file depends on what was kept, on the ledger's place of it and on the fonts that
typst and matplotlib bring, and on nothing of the machine, the day or the reader. Until a checkpoint covers the making
the file says so, and a later one differs in that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from anyascii import anyascii
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from antigone import __version__
from antigone.casework.errors import ReportRefused
from antigone.casework.reporting.document import Block
from antigone.casework.reporting.frame import language_name

HEAD = """
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 24mm, bottom: 24mm),
  header: { set text(8.5pt); HEADER },
  footer: context { set text(8.5pt); grid(columns: (1fr, auto), FOOTER, PAGE) },
)
#set text(font: ("Libertinus Serif", "DejaVu Sans", "DejaVu Sans Mono"), size: 10pt, lang: LANGUAGE, fill: black)
#set par(leading: 0.6em, spacing: 0.85em)
#set heading(numbering: "1.")
#show heading.where(level: 1): set text(13pt)
#show heading.where(level: 1): set block(above: 1.7em, below: 0.8em, sticky: true)
#show heading.where(level: 2): set text(10.5pt)
#show heading.where(level: 2): set block(above: 1.2em, below: 0.6em, sticky: true)
#show figure.where(kind: table): set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure: set align(left)
#show figure.caption: it => block(sticky: true, width: 100%, strong(it.body))
#set figure(gap: 0.5em)
#show figure: set block(above: 1.1em, below: 1.1em)
#set table(stroke: (x, y) => (bottom: if y == 0 { 0.9pt + black } else { 0.4pt + luma(150) }))
#set table(inset: (x: 4pt, y: 3.2pt))
#show table: set text(8.8pt, hyphenate: true)
#show table: set par(leading: 0.48em, justify: false)
#show table.cell.where(y: 0): strong
"""

TONES = {"against": "f6e9e3", "for": "eaf1ea"}
_HEX = re.compile(r"\b([0-9a-f]{32})([0-9a-f]{32})\b")
# Scripts whose letters the fonts have; others are written in Latin letters between angle brackets.
_LACKING = re.compile(
    r"[\u0700-\u109f\u1100-\u1cff\u2e80-\ua4ff\uaa00-\uabff\uac00-\ud7ff\uf900-\ufaff\U00010000-\U0001d3ff\U00020000-\U0010ffff]+"
)


@dataclass(frozen=True)
class Stamp:
    """What stands on a report beside what it says: number, digest, who made it, and where the ledger has it."""

    serial: str
    digest: str
    agency: str
    made_by: str
    made_at: datetime
    language: str
    entry: int | None
    checkpoint: str
    exhibit_note: str = ""


def available() -> bool:
    """Whether a PDF can be made here."""
    return find_spec("typst") is not None


def render(content: Mapping[str, Any], stamp: Stamp) -> bytes:
    """The whole file; the same bytes for the same report. Raises ReportRefused without typst."""
    with translation.override(stamp.language):
        text = source(content, stamp)
    return compiled(text, stamp.made_at)


def compiled(text: str, made_at: datetime, *, picture: bool = False) -> bytes:
    """Typst's source as PDF, or its one page as PNG; raises ReportRefused without typst."""
    try:
        import typst
    except ImportError:
        raise ReportRefused(
            _("The file is set by typst, which is not installed here. Nothing was made. Print the page from the "
              "browser, or have the requirements installed anew.")
        ) from None  # fmt: skip
    more: dict[str, Any] = {"format": "png", "ppi": 72} if picture else {
        "format": "pdf", "pdf_standards": ["a-2a", "ua-1"]}  # fmt: skip
    day = made_at.astimezone(UTC).replace(microsecond=0)
    made: bytes = typst.compile(
        input=text.encode(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=_fonts()),
        ignore_system_fonts=True,
        timestamp=day,
        **more,
    )
    return made


def source(content: Mapping[str, Any], stamp: Stamp) -> str:
    """The report in typst's own language; every word of it is a string, so that none is taken for markup."""
    title = string(f"{content['title']} {stamp.serial}")
    header = f"grid(columns: (1fr, auto), {content_of(content['title'])}, {content_of(stamp.serial)})"
    footer = content_of(f"{stamp.agency} · SHA-256 {stamp.digest[:16]}…")
    page = _("Page %(page)s of %(pages)s") % {"page": "\x00", "pages": "\x01"}
    before, _mark, rest = page.partition("\x00")
    middle, _mark, after = rest.partition("\x01")
    counted = (
        f"{{ text({string(before)}); counter(page).display(); text({string(middle)}); "
        f"text(str(counter(page).final().first())); text({string(after)}) }}"
    )
    head = HEAD.replace("HEADER", header).replace("FOOTER", footer).replace("PAGE", counted)
    head = head.replace("LANGUAGE", string(stamp.language.partition("-")[0]))
    day = stamp.made_at.astimezone(UTC)
    lines = [
        f"#set document(title: {title}, author: {string(stamp.agency)}, "
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))",
        head,
        f"#block(below: 0.5em, title({content_of(content['title'])}))",
        f"#block(below: 1.2em, text(11pt, {content_of(content['subtitle'])}))",
        _block({"block": "facts", "pairs": opening(content, stamp)}),
    ]
    for section in content["sections"]:
        lines.append(f"#heading(level: 1, {content_of(section['title'])})")
        lines += [_block(block) for block in section["blocks"]]
    lines.append(f"#heading(level: 1, {content_of(_('This report and the ledger'))})")
    lines += [_block(block) for block in closing(stamp, lacking=bool(_LACKING.search(str(content))))]
    return "\n\n".join(lines) + "\n"


def opening(content: Mapping[str, Any], stamp: Stamp) -> list[list[str]]:
    """What stands under the title of a report, on paper and on the page."""
    return [
        [pgettext("paper", "Report"), stamp.serial],
        [_("Made by"), f"{stamp.made_by}, {stamp.agency}"],
        [_("Made at"), f"{stamp.made_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"],
        [_("Language"), _("%(language)s; the official language here is %(official)s, and what records say stands in "
                          "the words in which it was given") % {
            "language": language_name(stamp.language), "official": content["official"]}],
    ]  # fmt: skip


def closing(stamp: Stamp, *, lacking: bool = False) -> list[Block]:
    """How a report is verified: its digest, the ledger's entry of its making, and the checkpoint over it."""
    blocks: list[Block] = [
        {"block": "facts", "pairs": [
            [_("SHA-256 of what it says"), stamp.digest],
            [_("Software"), f"Antigone {__version__}"],
            [_("Ledger entry"), str(stamp.entry) if stamp.entry is not None else ""],
        ]},
    ]  # fmt: skip
    if stamp.checkpoint:
        blocks.append(
            {
                "block": "text",
                "tone": "plain",
                "words": _(
                    "The entry of the making holds this digest, and lies under the signed checkpoint below. Whoever "
                    "has the checkpoint proves with “antigone ledger verify --checkpoint FILE” that the entry is in "
                    "the ledger and was not changed."
                ),
            }
        )
        blocks.append({"block": "fixed", "words": stamp.checkpoint.rstrip("\n")})
    else:
        blocks.append({"block": "text", "tone": "plain", "words": _(
            "No checkpoint of the ledger covers the making of this report yet. A file that is set "
            "later names it.")})  # fmt: skip
    if stamp.exhibit_note:
        blocks.append({"block": "text", "tone": "plain", "words": stamp.exhibit_note})
    if lacking:
        blocks.append({"block": "text", "tone": "plain", "words": _(
            "Letters that the fonts of this file lack are written in Latin letters between ⟨ and ⟩; the page of the "
            "report shows them as they are recorded.")})  # fmt: skip
    return blocks


def _fonts() -> list[Path]:
    found = find_spec("matplotlib")
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" if found is not None and found.origin else None
    return [folder] if folder is not None and folder.is_dir() else []


def _block(block: Block) -> str:
    match block["block"]:
        case "text" if block["tone"] == "caution":
            return f"#block(width: 100%, inset: 7pt, stroke: (left: 2.5pt + black), {content_of(block['words'])})"
        case "text":
            return f"#par({content_of(block['words'])})"
        case "heading":
            return f"#heading(level: 2, numbering: none, {content_of(block['words'])})"
        case "items":
            return f"#list({', '.join(content_of(each) for each in block['items'])})"
        case "facts":
            return _facts(block["pairs"])
        case "fixed":
            words = string(str(block["words"]))
            return f"#block(width: 100%, inset: 6pt, stroke: 0.4pt, text(7pt, raw({words})))"
        case "signatures":
            return _signatures(block["people"])
        case _:
            return _table(block)


def _facts(pairs: list[list[str]]) -> str:
    # A description list is tagged as one, where a table of two columns would be read cell by cell.
    told = ", ".join(f"({content_of(label)}, {content_of(said, fold=True)})" for label, said in pairs)
    return f"#terms(separator: text({string(': ')}), hanging-indent: 12pt, {told})" if told else ""


def _signatures(people: list[list[str]]) -> str:
    line = "line(length: 100%, stroke: 0.5pt)"
    note = content_of(_("signature, day"))
    cells = ", ".join(
        f"block(breakable: false, {{ v(13mm); {line}; text(8.5pt, {content_of(f'{role}: {name}' if name else role)}); "
        f"linebreak(); text(7.5pt, {note}) }})"
        for role, name in people
    )
    return f"#grid(columns: (1fr, 1fr), column-gutter: 12mm, row-gutter: 4mm, {cells})"


def _table(block: Block) -> str:
    widths = ", ".join(f"{each}fr" for each in block["widths"])
    cells = [f"table.header({', '.join(content_of(each) for each in block['head'])})"]
    for row in block["rows"]:
        fill = f"fill: rgb({string(TONES[row['tone']])}), " if row["tone"] in TONES else ""
        cells.append(", ".join(f"table.cell({fill}{content_of(cell, fold=True)})" for cell in row["cells"]))
    body = ",\n  ".join(cells)
    return (
        f"#figure(kind: table, supplement: none, numbering: none, caption: {content_of(block['caption'])}, "
        f"table(columns: ({widths},), align: left,\n  {body}))"
    )


def content_of(words: str, *, fold: bool = False) -> str:
    """A text as typst's content; with `fold` long digests take two lines."""
    told = _HEX.sub(r"\1\n\2", words) if fold else words
    parts = [f"text({string(part)})" for part in told.split("\n")]
    return "{ " + "; linebreak(); ".join(parts) + " }"


def string(text: str) -> str:
    """A text as typst's string, in letters that the fonts have."""
    told = _LACKING.sub(lambda found: f"⟨{anyascii(found.group(0))}⟩", text)
    escaped = told.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return '"' + "".join(letter for letter in escaped if letter >= " ") + '"'


def data(raw: bytes) -> str:
    """Bytes in the source itself: a picture is handed over in memory, and none is written to a disk."""
    return f"bytes(({', '.join(map(str, raw))}))"

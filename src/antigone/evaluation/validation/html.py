"""The report as one HTML file: no script, nothing fetched, fit for printing and for a screen reader."""

from __future__ import annotations

import base64
from html import escape

from antigone.evaluation.validation.document import (
    Block,
    Chapter,
    Document,
    Fields,
    Heading,
    Items,
    Plot,
    RunLines,
    Table,
    Text,
    spans,
)

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

STYLE = """
:root { color-scheme: light; }
html { font: 100%/1.5 "Libertinus Serif", "Linux Libertine", Georgia, "Times New Roman", serif; color: #1d2733;
  background: #fff; }
body { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
.subtitle { margin: 0 0 1.5rem; color: #45505c; }
h2 { font-size: 1.35rem; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 2px solid #1d2733; }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
p, ul, ol { margin: .6rem 0; }
li { margin: .2rem 0; }
nav ul { columns: 2; list-style: none; padding: 0; }
tbody th.group { font-weight: bold; padding-top: .8rem; }
a { color: #17497a; }
.caution { border-left: 4px solid #a8442a; background: #faf3f0; padding: .6rem .9rem; }
code { font: .82em/1.4 "DejaVu Sans Mono", "Liberation Mono", Consolas, monospace; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 1rem 0 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.35; }
caption { text-align: left; font-weight: bold; padding: 0 0 .4rem; }
th, td { padding: .28rem .6rem .28rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #c9d0d7; }
thead th { border-bottom: 1.5px solid #1d2733; vertical-align: bottom; }
tbody th { font-weight: normal; }
table.figures td, table.figures thead th:not(:first-child) { padding-left: .6rem; padding-right: 0; }
table.narrow { width: auto; }
table.narrow td, table.narrow thead th:not(:first-child) { padding-left: 1.75rem; }
table.figures td:empty { min-width: 7rem; }
table.figures td, table.figures thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1.25rem 0 .5rem; }
figure img { display: block; width: 100%; max-width: 34rem; height: auto; }
figcaption { font-weight: bold; font-size: .92rem; margin-bottom: .4rem; }
dl.fields { display: grid; grid-template-columns: 14rem 1fr; gap: 1.5rem 1rem; margin: 1.5rem 0; }
dl.fields dd { margin: 0; border-bottom: 1px solid #1d2733; min-height: 1.5rem; }
@page { size: A4; margin: 20mm 18mm; }
@media print {
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, dl.fields { break-inside: avoid; }
  .scroll { overflow: visible; }
  a { color: inherit; text-decoration: none; }
}
@media (max-width: 40rem) { nav ul { columns: 1; } dl.fields { grid-template-columns: 1fr; gap: .5rem; } }
"""


def render(document: Document) -> str:
    """The whole file."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(document.title)}: {escape(document.subtitle)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{_words(document.title)}</h1>",
        f'<p class="subtitle">{_words(document.subtitle)}</p>',
        '<nav aria-label="Contents"><ul>',
        *(
            f'<li><a href="#chapter-{place}">{_numbered(number)}{_words(chapter.title)}</a></li>'
            for place, (number, chapter) in enumerate(zip(document.numbers(), document.chapters, strict=True))
        ),
        "</ul></nav>",
        "</header>",
        "<main>",
        *(
            _chapter(place, number, chapter)
            for place, (number, chapter) in enumerate(zip(document.numbers(), document.chapters, strict=True))
        ),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _numbered(number: int | None) -> str:
    return "" if number is None else f"{number}. "


def _chapter(place: int, number: int | None, chapter: Chapter) -> str:
    name = f"chapter-{place}"
    lines = [f'<section aria-labelledby="{name}">', f'<h2 id="{name}">{_numbered(number)}{_words(chapter.title)}</h2>']
    below = 0
    for block in chapter.blocks:
        if isinstance(block, Heading):
            below += 1
            lines.append(f"<h3>{number}.{below} {_words(block.words)}</h3>")
        else:
            lines.append(_block(block))
    return "\n".join([*lines, "</section>"])


def _block(block: Block) -> str:
    match block:
        case Text(words, "caution"):
            return f'<p class="caution">{_words(words)}</p>'
        case Text(words, _):
            return f"<p>{_words(words)}</p>"
        case Items(items, numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>\n" + "\n".join(f"<li>{_words(item)}</li>" for item in items) + f"\n</{tag}>"
        case Table(caption, head, rows, figures):
            kind = f"figures{' narrow' if block.narrow else ''}" if figures else "words"
            return _table(caption, head, rows, kind)
        case RunLines(caption, lines):
            return _table(caption, ("", "This run"), lines, "run")
        case Plot(svg, alt, caption):
            data = base64.b64encode(svg).decode()
            return (
                f'<figure><figcaption>{_words(caption)}</figcaption>\n<img alt="{escape(alt)}" '
                f'src="data:image/svg+xml;base64,{data}"></figure>'
            )
        case Fields(labels):
            rows_ = "\n".join(f"<dt>{_words(label)}</dt><dd></dd>" for label in labels)
            return f'<dl class="fields">\n{rows_}\n</dl>'
        case Heading(words):
            return f"<h3>{_words(words)}</h3>"


def _table(caption: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], kind: str) -> str:
    lines = [
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">',
        f'<table class="{kind}">',
        f"<caption>{_words(caption)}</caption>",
    ]
    cells = "".join(f'<th scope="col">{_words(cell)}</th>' if cell else "<td></td>" for cell in head)
    lines += ["<thead>", f"<tr>{cells}</tr>", "</thead>", "<tbody>"]
    for name, *rest in rows:
        if not rest and len(head) > 1:
            lines.append(
                f'</tbody><tbody><tr><th class="group" scope="rowgroup" colspan="{len(head)}">{_words(name)}</th></tr>'
            )
            continue
        cells = "".join(f"<td>{_words(cell)}</td>" for cell in rest)
        lines.append(f'<tr><th scope="row">{_words(name)}</th>{cells}</tr>')
    return "\n".join([*lines, "</tbody>", "</table>", "</div>"])


def _words(words: str) -> str:
    return "".join(f"<code>{escape(part)}</code>" if fixed else escape(part) for fixed, part in spans(words))

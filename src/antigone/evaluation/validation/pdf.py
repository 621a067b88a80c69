"""The report as PDF, set by typst: tagged, PDF/A-2a and PDF/UA-1, with every font embedded.

Typst carries Libertinus Serif (OFL 1.1) and DejaVu Sans Mono (Bitstream Vera terms) in its wheel; the plots' DejaVu
Sans (the same terms) comes with matplotlib. All may be embedded in documents. No font of the machine is used, so that
the pages are the same everywhere.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path

from antigone.evaluation.errors import EvaluationError
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

SHORT = 14
"""Rows of a table that is kept on one page."""

WIDE = 118
"""Letters that a line of a table holds, about."""

BY_HAND = "24mm"
"""Width of a column that is left to the pen."""

HEAD = """
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 22mm, bottom: 22mm),
  header: context if counter(page).get().first() > 1 { set text(8.5pt, fill: rgb("45505c")); TITLE },
  footer: context {
    set text(8.5pt, fill: rgb("45505c"))
    h(1fr)
    [Page #counter(page).display() of #counter(page).final().first()]
  },
)
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en", region: "GB", fill: rgb("1d2733"), hyphenate: true)
#set par(leading: 0.62em, spacing: 0.95em)
#set heading(numbering: "1.1")
#show heading.where(level: 1): set text(15pt)
#show heading.where(level: 1): set block(above: 1.9em, below: 0.9em)
#show heading.where(level: 2): set text(12pt)
#show heading.where(level: 2): set block(above: 1.5em, below: 0.8em)
#show raw: set text(font: "DejaVu Sans Mono", size: 0.92em)
#show figure.where(kind: table): set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: image): set figure.caption(position: top)
#show figure: set align(left)
#show figure.caption: it => block(sticky: true, width: 100%, strong(it.body))
#set figure(gap: 0.6em)
#show figure: set block(above: 1.3em, below: 1.3em)
#set table(stroke: (x, y) => (bottom: if y == 0 { 1pt + rgb("1d2733") } else { 0.4pt + rgb("c9d0d7") }))
#set table(inset: (x: 4.5pt, y: 3.2pt))
#show table: set text(9pt, hyphenate: false)
#show table: set par(leading: 0.5em)
#show table: it => { show raw: set text(0.88em); it }
#show table.cell.where(y: 0): strong
"""


def available() -> bool:
    """Whether a PDF can be made here."""
    return find_spec("typst") is not None


def render(document: Document) -> bytes:
    """The whole file; the same bytes for the same document. Raises EvaluationError without typst."""
    try:
        import typst
    except ImportError as error:
        raise EvaluationError(
            "The PDF is set by typst, which is not installed. Install the requirements anew."
        ) from error
    day = date.fromisoformat(document.date)
    made: bytes = typst.compile(
        input=source(document).encode(),
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_plot_fonts()]),
        ignore_system_fonts=True,
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    return made


def source(document: Document) -> str:
    """The report in typst's own language; every word of it is a string, so that none is taken for markup."""
    day = date.fromisoformat(document.date)
    title = _string(f"{document.title}: {document.subtitle}")
    lines = [
        f"#set document(title: {title}, author: {_string('Antigone')}, "
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))",
        HEAD.replace("TITLE", title),
        f"#{{ set text(hyphenate: false); title({_string(document.title)}) }}",
        f"#block(below: 1.6em, text(12pt, fill: rgb({_string('45505c')}), {_string(document.subtitle)}))",
        "#outline(title: none, depth: 1)",
    ]
    lines += [_chapter(chapter) for chapter in document.chapters]
    return "\n\n".join(lines) + "\n"


def _plot_fonts() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def _chapter(chapter: Chapter) -> str:
    plain = "" if chapter.numbered else "numbering: none, "
    heading = f"#heading(level: 1, {plain}{_content(chapter.title)})"
    return "\n\n".join([heading, *(_block(block) for block in chapter.blocks)])


def _block(block: Block) -> str:
    match block:
        case Text(words, "caution"):
            return (
                f"#block(width: 100%, inset: 8pt, fill: rgb({_string('faf3f0')}), "
                f"stroke: (left: 3pt + rgb({_string('a8442a')})), {_content(words)})"
            )
        case Text(words, _):
            return f"#par({_content(words)})"
        case Items(items, numbered):
            return f"#{'enum' if numbered else 'list'}({', '.join(_content(item) for item in items)})"
        case Table():
            return _table(block)
        case RunLines(caption, lines):
            return _table(Table(caption, ("", "This run"), lines, figures=False))
        case Plot(svg, alt, caption):
            image = f"image(bytes({_string(svg.decode())}), format: {_string('svg')}, alt: {_string(alt)}, width: 60%)"
            figure = f"figure(kind: image, supplement: none, numbering: none, caption: {_content(caption)}, {image})"
            # Its numbers follow on the same page.
            return f"#block(sticky: true, breakable: false, {figure})"
        case Fields(labels):
            lines_ = ", ".join(f"{_content(label)}, line(length: 100%, stroke: 0.5pt)" for label in labels)
            return (
                "#block(breakable: false, above: 2em, grid(columns: (50mm, 1fr), row-gutter: 9mm, "
                f"align: bottom, {lines_}))"
            )
        case Heading(words):
            return f"#heading(level: 2, {_content(words)})"


def _table(table: Table) -> str:
    columns = ", ".join(_width(place, table) for place in range(len(table.head)))
    align = "(x, y) => if x == 0 { left } else { right }" if table.figures else "left"
    cells = [f"table.header({', '.join(_content(cell) for cell in table.head)})"]
    for row in table.rows:
        if len(row) < len(table.head):
            heading = f"align: left, inset: (top: 7pt), strong({_content(row[0])})"
            cells.append(f"table.cell(colspan: {len(table.head)}, {heading})")
        else:
            cells.append(", ".join(_content(cell) for cell in row))
    body = ",\n  ".join(cells)
    inset = "inset: (x: 8pt, y: 3.2pt), " if table.narrow else ""
    figure = (
        f"figure(kind: table, supplement: none, numbering: none, caption: {_content(table.caption)}, "
        f"table(columns: ({columns},), {inset}align: {align},\n  {body}))"
    )
    # A short table stays on one page; a long one may go on, its head repeated.
    return f"#block(breakable: false, {figure})" if len(table.rows) <= SHORT else f"#{figure}"


def _width(place: int, table: Table) -> str:
    """Columns are as wide as what they hold; the first of figures, and the longest of words, take what is left."""
    longest = table.widths
    if not table.figures:
        return "1fr" if longest[place] == max(longest) else "auto"
    if table.empty(place):
        return BY_HAND
    if sum(longest) > WIDE:
        # Too much for the page: the columns share it, and intervals go to a second line.
        return f"{min(longest[place], 24) + 4}fr"
    return "1fr" if place == 0 and not table.narrow else "auto"


def _content(words: str) -> str:
    """A text as typst's content: strings, and raw text for what is set in fixed width."""
    parts = [f"raw({_string(part)})" if fixed else f"text({_string(part)})" for fixed, part in spans(words)]
    return "{ " + "; ".join(parts or ["[]"]) + " }"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'

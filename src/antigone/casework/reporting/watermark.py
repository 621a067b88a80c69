"""The file of a sealed exhibit: a cover that says to whom and for what, and pictures marked into their pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from antigone.casework.reporting.pdf import HEAD, compiled, content_of, data, string
from antigone.imaging.decoding import decode
from antigone.imaging.derivatives import derive


@dataclass(frozen=True)
class Picture:
    """One picture of an exhibit: of which remains, its original's digest, the number of the look, and its pixels."""

    key: str
    subject: str
    shot: str
    sha256: str
    look: int
    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Cover:
    """What an exhibit says of itself."""

    serial: str
    report: str
    agency: str
    made_by: str
    made_at: datetime
    role: str
    recipient: str
    organisation: str
    purpose: str

    @property
    def day(self) -> str:
        return f"{self.made_at.astimezone(UTC):%Y-%m-%d}"


def render(cover: Cover, pictures: Sequence[Picture]) -> bytes:
    """The whole file as PDF; raises ReportRefused without typst."""
    marked = [marked_into(each, cover) for each in pictures]
    return compiled(_source(cover, pictures, marked), cover.made_at)


def mark_of(cover: Cover, picture: Picture) -> str:
    """What stands across a picture."""
    look = _("look %(number)d") % {"number": picture.look}
    return f"{cover.recipient} · {cover.organisation} · {cover.serial} · {cover.day} · {look}"


def marked_into(picture: Picture, cover: Cover) -> bytes:
    """The picture as a JPEG with the mark in its pixels, across all of it: no layer that could be taken off."""
    mark = string(mark_of(cover, picture))
    size = max(13, min(picture.width, picture.height) // 26)
    step = size * 4
    # White letters with a dark edge are read on light skin and on shadow alike.
    text = (
        f"text(size: {size}pt, fill: white.transparentize(35%), stroke: 0.4pt + black.transparentize(35%), "
        f'weight: 700, (({mark} + "      ") * 8))'
    )
    rows = range(-picture.height, 2 * picture.height, step)
    placed = "\n".join(
        f"#place(top + left, dx: {-picture.width // 2 - (number % 3) * step}pt, dy: {top}pt, box(width: "
        f"{3 * picture.width}pt, clip: true, rotate(0deg, {text})))"
        for number, top in enumerate(rows)
    )
    source = (
        f"#set page(width: {picture.width}pt, height: {picture.height}pt, margin: 0pt)\n"
        '#set text(font: ("Libertinus Serif", "DejaVu Sans"))\n#set par(leading: 0pt)\n'
        f"#place(image({data(picture.jpeg)}, width: {picture.width}pt, height: {picture.height}pt))\n"
        f"#place(center + horizon, rotate(-24deg, box(width: {picture.width}pt, "
        f"height: {picture.height}pt, [\n{placed}\n])))\n"
    )
    png = compiled(source, cover.made_at, picture=True)
    return derive(decode(png).pixels, source=picture.sha256, quality=88)[0]


def _source(cover: Cover, pictures: Sequence[Picture], marked: Sequence[bytes]) -> str:
    title = _("Sealed exhibit")
    header = f"grid(columns: (1fr, auto), {content_of(_('For %(who)s alone') % {'who': cover.recipient})}, "
    header += f"{content_of(cover.serial)})"
    footer = content_of(_("Not for families, media or the public. Show it to nobody else."))
    counted = '{ counter(page).display(); text(" / "); text(str(counter(page).final().first())) }'
    head = HEAD.replace("HEADER", header).replace("FOOTER", footer).replace("PAGE", counted)
    head = head.replace("LANGUAGE", string((get_language() or "en").partition("-")[0]))
    told = [
        (_("Exhibit"), cover.serial),
        (_("To the report"), cover.report),
        (_("For"), f"{cover.recipient}, {cover.organisation} ({cover.role})"),
        (_("Purpose"), cover.purpose),
        (_("Given out by"), f"{cover.made_by}, {cover.agency}"),
        (_("Day"), cover.day),
    ]
    facts = ", ".join(f"({content_of(label)}, {content_of(said)})" for label, said in told)
    cells = ", ".join(
        ", ".join(
            content_of(cell, fold=True) for cell in (str(number), each.subject, each.shot, str(each.look), each.sha256)
        )
        for number, each in enumerate(pictures, start=1)
    )
    head_cells = ", ".join(
        content_of(each) for each in (_("Picture"), _("Remains"), _("Shot"), _("Look"), _("SHA-256 of the original"))
    )
    warning = _(
        "This file shows the dead. It was made for the person named above, for the purpose named above, and is on "
        "record under its number. Every picture bears the name, the number, the day and the number of the look in its "
        "pixels. It is kept locked, not copied, not sent on, and destroyed when the purpose is served; the agency is "
        "told when it is."
    )  # fmt: skip
    received = _("Received by %(who)s") % {"who": cover.recipient}
    pages = "\n".join(_page(number, *each) for number, each in enumerate(zip(pictures, marked, strict=True), start=1))
    return (
        f"#set document(title: {string(f'{title} {cover.serial}')}, author: {string(cover.agency)})\n{head}\n"
        f"#block(below: 1em, title({content_of(title)}))\n#terms(separator: text({string(': ')}), {facts})\n"
        f"#block(width: 100%, inset: 7pt, stroke: (left: 2.5pt + black), {content_of(warning)})\n"
        f"#figure(kind: table, supplement: none, numbering: none, caption: {content_of(_('Pictures'))}, "
        f"table(columns: (1.2fr, 3fr, 1fr, 1fr, 6fr), align: left, table.header({head_cells}), {cells}))\n"
        f"#v(14mm)\n#line(length: 60%, stroke: 0.5pt)\n#text(8.5pt, {content_of(received)})\n"
        f"#text(7.5pt, {content_of(_('signature, day'))})\n{pages}\n"
    )


def _page(number: int, picture: Picture, jpeg: bytes) -> str:
    label = _("Picture %(number)d: %(code)s, shot %(shot)s, look %(look)d") % {
        "number": number, "code": picture.subject, "shot": picture.shot or "–", "look": picture.look}  # fmt: skip
    alt = string(_("Photograph of the remains %(code)s") % {"code": picture.subject})
    return (
        f"#pagebreak()\n#heading(level: 1, numbering: none, {content_of(label)})\n"
        f'#image({data(jpeg)}, width: 100%, height: 220mm, fit: "contain", alt: {alt})\n'
    )

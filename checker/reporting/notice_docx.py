"""A notice as a Word document that an office can still change, in the fonts that offices in China have."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from checker.explaining.notice import Item, Notice

BODY, HEADING, TITLE = "仿宋", "黑体", "宋体"
_RED = RGBColor(0xC7, 0x00, 0x0B)
_THE_SAME_TIME = (1980, 1, 1, 0, 0, 0)


class Look(NamedTuple):
    """How a paragraph is set: font, size in points, and what differs from a flush body text."""

    font: str = BODY
    size: int = 16
    bold: bool = False
    indent: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None
    red: bool = False
    keep: bool = False


_INDENTED = Look(indent=True)
_NUMBER = Look(align=WD_ALIGN_PARAGRAPH.CENTER)
_LETTERHEAD = Look(TITLE, 32, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, red=True)
_TITLE = Look(TITLE, 22, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, keep=True)
_HEADING = Look(HEADING, indent=True, keep=True)
_ITEM = Look(BODY, 15, bold=True, keep=True)
_CELL, _LABEL = Look(BODY, 12), Look(HEADING, 12)
_KEPT = Look(indent=True, keep=True)
_SIGNED = Look(align=WD_ALIGN_PARAGRAPH.RIGHT, keep=True)
_COPIES = Look(BODY, 14)


def notice_to_docx(notice: Notice) -> bytes:
    """Give `notice` as a DOCX; the same notice gives the same bytes."""
    paper = docx.Document()
    _page(paper)
    paper.core_properties.title = notice.title
    paper.core_properties.author = notice.issuer
    paper.core_properties.created = datetime.combine(notice.dated, time(), UTC)
    paper.core_properties.modified = datetime.combine(notice.dated, time(), UTC)
    _letter(paper, notice)
    _slip(paper, notice)
    kept = io.BytesIO()
    paper.save(kept)
    return _timeless(kept.getvalue())


def _page(paper: Document) -> None:
    """Set the page after GB/T 9704: A4, a type area of 156 by 225 mm, lines of 29 points, the page's number below."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    number = section.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(number, "— ", Look(TITLE, 14))
    _page_number(_run(number, "", Look(TITLE, 14)))
    _run(number, " —", Look(TITLE, 14))


def _letter(paper: Document, notice: Notice) -> None:
    if notice.issuer:
        _say(paper, notice.issuer, _LETTERHEAD)
    number = _say(paper, notice.number, _NUMBER)
    if notice.issuer:
        _rule(number, ("bottom",), "C7000B", 16)
    title = _say(paper, notice.title, _TITLE, "Heading 1")
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(16), Pt(8)
    _say(paper, notice.addressee, Look())
    _say(paper, notice.opening, _INDENTED)
    _say(paper, notice.items_title, _HEADING, "Heading 2")
    for item in notice.items:
        _item(paper, item)
    _say(paper, notice.demands_title, _HEADING, "Heading 2")
    for demand in notice.demands:
        _say(paper, demand, _INDENTED)
    for line in ("", notice.enclosure, ""):
        _say(paper, line, _KEPT)
    for line in (notice.signature, notice.issued):
        _say(paper, line, _SIGNED).paragraph_format.right_indent = Pt(64)
    if notice.copies:
        _rule(_say(paper, notice.copies, _COPIES), ("top", "bottom"), "000000", 6)


def _item(paper: Document, item: Item) -> None:
    _say(paper, item.heading, _ITEM, "Heading 3")
    _table(paper, item.fields, (28, 128))


def _slip(paper: Document, notice: Notice) -> None:
    paper.add_section(WD_SECTION.NEW_PAGE)
    _say(paper, notice.slip.title, _TITLE, "Heading 1")
    _say(paper, notice.slip.intro, _INDENTED)
    _table(paper, (notice.slip.heads, *notice.slip.rows), (14, 56, 58, 28), roomy=True)
    for line in ("", *notice.slip.signatures):
        _say(paper, line, Look())


def _table(paper: Document, rows: Sequence[Sequence[str]], widths: Sequence[int], *, roomy: bool = False) -> None:
    """Write a grid of `widths` in millimetres, its labels in the first column, or where it is `roomy` in the first row.

    No row is parted by a page's end.
    """
    table = paper.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row.height = Mm(20) if roomy and number else None
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = Mm(width)
            is_label = number == 0 if roomy else place == 0
            _fill(cell.paragraphs[0], text, _LABEL if is_label else _CELL)
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(19)


def _say(paper: Document, text: str, look: Look, style: str | None = None) -> Paragraph:
    paragraph = paper.add_paragraph(style=style)
    paragraph.paragraph_format.line_spacing = Pt(max(29, look.size * 3 // 2))
    _fill(paragraph, text, look)
    return paragraph


def _fill(paragraph: Paragraph, text: str, look: Look) -> None:
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.keep_with_next = look.keep
    layout.first_line_indent = Pt(2 * look.size) if look.indent else None
    if look.align is not None:
        paragraph.alignment = look.align
    _run(paragraph, text, look)


def _run(paragraph: Paragraph, text: str, look: Look) -> Run:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = look.font, Pt(look.size), look.bold
    run.font.color.rgb = _RED if look.red else RGBColor(0, 0, 0)
    # Word takes a font for Chinese characters only from here.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)
    return run


def _page_number(run: Run) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._element.append(part)


def _rule(paragraph: Paragraph, sides: tuple[str, ...], colour: str, eighths: int) -> None:
    """Draw lines above or below `paragraph`, `eighths` of a point thick."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    paragraph._element.get_or_add_pPr().append(borders)


def _timeless(packed: bytes) -> bytes:
    """Give the archive with every entry dated alike, for it bears the time at which it was packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _THE_SAME_TIME), old.read(entry), zipfile.ZIP_DEFLATED)
    return kept.getvalue()

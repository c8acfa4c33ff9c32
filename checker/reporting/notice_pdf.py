"""A notice as a tagged PDF (PDF/UA-1) with its Chinese font inside, set by WeasyPrint."""

from __future__ import annotations

from typing import Any, NamedTuple

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from checker.explaining.notice import Notice
from checker.reporting.notice_html import notice_to_html

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")


class NoChineseFont(Exception):  # noqa: N818 (a state of the machine, and no fault of ours)
    """None of the `FONTS` is installed, so that every Chinese character would be an empty box."""


class Printed(NamedTuple):
    """A PDF, and the characters of it for which no font on this machine has a glyph."""

    pdf: bytes
    missing: str


def notice_to_pdf(notice: Notice) -> Printed:
    """Give `notice` as a PDF; the same notice on the same machine gives the same bytes. Raises NoChineseFont."""
    fonts: list[Any] = []

    def look(document: Any, _: Any) -> None:
        fonts.extend(document.fonts.values())

    only_itself = URLFetcher(allowed_protocols=("data",))
    page = HTML(string=notice_to_html(notice), url_fetcher=only_itself)
    pdf = page.write_pdf(
        finisher=look, pdf_variant="pdf/ua-1", pdf_identifier=notice.number.encode(), custom_metadata=False
    )
    # A page without the font is set all the same, in boxes, and its text can even be searched.
    families = {font.family for font in fonts}
    if not families & set(FONTS):
        raise NoChineseFont
    missing = sorted({chr(code) for font in fonts for code in font.missing})
    return Printed(pdf, "".join(missing))

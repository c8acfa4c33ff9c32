"""A notice as one HTML page for print, which holds all that it shows: names in it are text, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from checker.explaining.notice import Item, Notice

_STYLE = Path(__file__).with_name("notice.css")
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_SLIP_COLUMNS = ("nr", "what", "", "when")


def notice_to_html(notice: Notice) -> str:
    """Give `notice` as a page that a browser or a typesetter can print."""
    head = f"<title>{escape(notice.title)} {escape(notice.number)}</title><style>{_STYLE.read_text('utf-8')}</style>"
    body = "\n".join([*_letter(notice), *_slip(notice)])
    opening = f'<!DOCTYPE html>\n<html lang="{_LANGUAGES[notice.language.value]}"><head><meta charset="utf-8">'
    return f"{opening}{head}</head><body>\n{body}\n</body></html>\n"


def _letter(notice: Notice) -> Iterator[str]:
    yield "<main>"
    if notice.issuer:
        yield _block("letterhead", notice.issuer)
    yield _block("number ruled" if notice.issuer else "number", notice.number)
    yield f"<h1>{escape(notice.title)}</h1>"
    yield _block("plain addressee", notice.addressee)
    yield f"<p>{escape(notice.opening)}</p>"
    yield f"<h2>{escape(notice.items_title)}</h2>"
    for item in notice.items:
        yield from _item(item)
    yield f"<h2>{escape(notice.demands_title)}</h2>"
    yield from (f"<p>{escape(demand)}</p>" for demand in notice.demands)
    yield f'<div class="closing"><p>{escape(notice.enclosure)}</p><p>&nbsp;</p>'
    yield _block("signature", notice.signature)
    yield _block("signature", notice.issued) + "</div>"
    if notice.copies:
        yield f'<div class="copies"><p>{escape(notice.copies)}</p></div>'
    yield "</main>"


def _item(item: Item) -> Iterator[str]:
    yield f"<h3>{escape(item.heading)}</h3>"
    yield '<table class="fields">'
    for label, told in item.fields:
        yield f'<tr><th scope="row">{escape(label)}</th><td>{escape(told)}</td></tr>'
    yield "</table>"


def _slip(notice: Notice) -> Iterator[str]:
    yield f'<section class="slip"><h1>{escape(notice.slip.title)}</h1>'
    yield f"<p>{escape(notice.slip.intro)}</p>"
    yield f"<table><thead><tr>{_cells('th scope=col', notice.slip.heads)}</tr></thead><tbody>"
    yield from (f"<tr>{_cells('td', row)}</tr>" for row in notice.slip.rows)
    yield "</tbody></table>"
    yield from (_block("sign", line) for line in notice.slip.signatures)
    yield "</section>"


def _cells(tag: str, texts: Iterable[str]) -> str:
    pairs = zip(_SLIP_COLUMNS, texts, strict=True)
    return "".join(f'<{tag} class="{kind}">{escape(text)}</{tag[:2]}>' for kind, text in pairs)


def _block(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>'

"""The workbook that is handed out to be filled in."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.language import Language
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry
from checker.model.worksheet import Sheet
from checker.templates.book import Book
from checker.templates.form import Form
from checker.templates.guide import write_guide


def to_template(rulebook: Rulebook, registry: Registry | None, sheets: Sequence[Sheet], language: Language) -> bytes:
    """Give the template with `sheets`, at least one, behind a sheet that says how to fill them in."""
    book = Book()
    write_guide(book, rulebook, sheets, language)
    form = Form(book, rulebook, registry, language)
    for sheet in sheets:
        form.write(sheet)
    return book.content()

"""Linting: everything that is to be said of a rulebook, faults and doubts, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from checker.authoring.check import Book, Notice
from checker.authoring.checks import CHECKS
from checker.authoring.checks.exemptions import NeedlessExemption, UnknownExemption, exemptions
from checker.rulebook.loading import Loaded, load


def lint(folder: Path) -> list[Notice]:
    """Give what loading finds wrong with the rulebook of `folder`, or what the checks find where it loads.

    In order of file, line, column and code. A rule's exemptions (`lint_off`) are heeded.
    """
    return notices_of(load(folder))


def notices_of(loaded: Loaded) -> list[Notice]:
    """Give what is to be said of what was loaded, as `lint` does."""
    if loaded.rulebook is None:
        return [Notice(p.code.value, p.severity, p.message, p.hint, p.place) for p in loaded.problems]
    return sorted(_doubts(Book(loaded.rulebook, loaded.rules, loaded.files)), key=_position)


def _doubts(book: Book) -> Iterator[Notice]:
    off = {(placed.rule.id, code) for placed in book.rules for code in exemptions(placed)}
    used: set[tuple[str, str]] = set()
    for check in CHECKS.values():
        for notice in check.find(book):
            key = (notice.rule or "", notice.code)
            if key in off:
                used.add(key)
            else:
                yield notice
    yield from UnknownExemption().among(book, CHECKS)
    yield from NeedlessExemption().among(book, CHECKS, used)


def _position(notice: Notice) -> tuple[int, int, int, str]:
    place = notice.place
    return place.order, place.row or 0, int(place.column or 0), notice.code

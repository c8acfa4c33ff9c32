"""What a check of a rulebook is: a code, its words, an example of each kind and a way to find what it speaks of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from checker.model.language import Text
from checker.model.problem import Place, Severity
from checker.model.rulebook import Rulebook
from checker.rulebook.files import Files
from checker.rulebook.sections import Placed
from checker.rulebook.source import Path, Source

Words = tuple[Text, Text]
"""What is wrong, and the way out."""
MARK = "»"
"""Stands in a bad example right before the place that the check points at."""


class Notice(NamedTuple):
    """What a check found, where, and the way out; `rule` is the id of the rule at fault, if it is one."""

    code: str
    severity: Severity
    message: Text
    hint: Text
    place: Place
    rule: str | None = None


class Example(NamedTuple):
    """Pieces of a rulebook that show a check: rules of a section, further indicators, further keys of plan.yaml."""

    rules: str = ""
    indicators: str = ""
    plan: str = ""

    @property
    def shown(self) -> str:
        """The pieces as people read them, without `MARK`."""
        return "".join(piece for piece in self if piece).replace(MARK, "")


@dataclass(frozen=True, slots=True)
class Book:
    """A sound rulebook with the places of its rules."""

    rulebook: Rulebook
    rules: tuple[Placed, ...]
    files: Files


class Check(ABC):
    """One check. `title` says what it finds fault with; `bad` gives exactly one notice, where `MARK` stands."""

    code: ClassVar[str]
    title: ClassVar[Text]
    bad: ClassVar[Example]
    good: ClassVar[Example]

    @abstractmethod
    def find(self, book: Book) -> Iterator[Notice]:
        """Go through what is to be said of `book`."""

    def notice(self, source: Source, path: Path, words: Words, *, at_key: bool = False) -> Notice:
        """Give a notice at `path` of `source`; `words` are message and hint."""
        return Notice(self.code, Severity.WARNING, *words, source.place(path, at_key))

    def at(self, placed: Placed, path: Path, words: Words, *, at_key: bool = False) -> Notice:
        """Give a notice at `path` of a rule."""
        notice = self.notice(placed.spot.source, (*placed.spot.path, *path), words, at_key=at_key)
        return notice._replace(rule=placed.rule.id)


class RuleCheck(Check):
    """A check that looks at one rule at a time."""

    def find(self, book: Book) -> Iterator[Notice]:
        """Go through what is to be said of the rules of `book`, in the plan's order."""
        for placed in book.rules:
            yield from self.look(placed, book.rulebook)

    @abstractmethod
    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Go through what is to be said of one rule."""

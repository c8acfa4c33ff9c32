"""Nodes: what a YAML or JSON text holds, each scalar as the text it was written as, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.language import Text


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single text; `row` and `column` count from 1. `null` is what YAML or JSON writes for nothing, as text ""."""

    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their nodes in the order written; keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    row: int
    column: int

    def get(self, key: str) -> Node | None:
        """Give the node under `key`, or None."""
        return next((node for name, node in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


class TextError(ValueError):
    """A text that is not what its name says: why, the way out and the line and column at fault."""

    def __init__(self, message: Text, hint: Text, row: int = 1, column: int = 1) -> None:
        super().__init__(message.zh)
        self.message, self.hint, self.row, self.column = message, hint, row, column

"""One file of a rulebook as nodes, and complaints about places in it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.documents.node import Mapping, Node, Scalar, Sequence
from checker.model.language import Text
from checker.model.problem import Code, Place, Problem

Path = tuple[str | int, ...]
"""The way from a file's root to a node: keys of mappings and numbers of items, counted from 0."""

_LONGEST = 64
_SHOWN = 40
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the rulebook: its name, its place in the order of reading and what it holds."""

    name: str
    order: int
    root: Node

    def at(self, path: Path) -> Node | None:
        """Give the node at `path`, or None where the file has none."""
        node: Node | None = self.root
        for step in path:
            node = _step(node, step)
        return node

    def place(self, path: Path, at_key: bool = False) -> Place:
        """Give the place of the node at `path`, or of the nearest one above it; `at_key`: of the last step's key."""
        node = self.root
        for number, step in enumerate(path):
            if at_key and number == len(path) - 1 and (key := _key(node, step)):
                node = key
            elif (below := _step(node, step)) is not None:
                node = below
            else:
                break
        return Place(self.name, node.row, str(node.column), order=self.order)


class Complaints:
    """Collects what is wrong, all of it, so that nobody has to mend one thing to hear of the next."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, source: Source, path: Path, message: Text, hint: Text, at_key: bool = False) -> None:
        """Note a fault at `path` of `source`; `at_key`: at the key rather than at what stands under it."""
        self._problems.append(Problem(Code.BAD_RULEBOOK, message, hint, source.place(path, at_key)))

    def take(self, problem: Problem) -> None:
        """Note a fault that already has its place."""
        self._problems.append(problem)

    def sorted(self) -> list[Problem]:
        """Give all problems by file as read, line, column and code."""
        return sorted(self._problems, key=_position)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a rulebook that can be complained about, and from which one can go deeper."""

    source: Source
    complaints: Complaints = field(compare=False)
    path: Path = ()

    def __truediv__(self, step: str | int) -> Spot:
        """Give the spot one step deeper."""
        return Spot(self.source, self.complaints, (*self.path, step))

    def complain(self, message: Text, hint: Text, at_key: bool = False) -> None:
        """Note a fault here; `at_key`: at the key rather than at what stands under it."""
        self.complaints.add(self.source, self.path, message, hint, at_key)


def plain(node: Node | None) -> object:
    """Give `node` as texts, lists and dicts, without places."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def came(node: Node | None) -> Text:
    """Give what stands at a place, short enough for a message."""
    if node is None or (isinstance(node, Scalar) and not node.text):
        return Text("空的", "nothing")
    if isinstance(node, Sequence):
        return Text(f" {len(node.items)} 项的列表", f"a list of {len(node.items)}")
    if isinstance(node, Mapping):
        if not node.entries:
            return Text("空的映射", "an empty mapping")
        keys = quoted(", ".join(key.text for key, _ in node.entries))
        return Text(f"映射，键为{keys.zh}", f"a mapping with the keys {keys.en}")
    return quoted(node.text)


def quoted(text: str) -> Text:
    """Give `text` in quotes, cut where it is long."""
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return Text(f"“{cut}”", f'"{cut}"')


def suggestion(text: str, known: Iterable[str]) -> Text:
    """Give the way out for a name that is not `known`: the nearest one, else the first of them."""
    names = sorted(known)
    near = difflib.get_close_matches(text, names, n=1) if len(text) <= _LONGEST else []
    if near:
        return Text(f"是不是 {near[0]}？", f"did you mean {near[0]}?")
    if not names:
        return Text("请先定义它", "declare it first")
    more = Text("…", ", …") if len(names) > _LISTED else Text("", "")
    return Text(f"可用的有：{'、'.join(names[:_LISTED])}{more.zh}", f"known are: {', '.join(names[:_LISTED])}{more.en}")


def _step(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def _key(node: Node, step: str | int) -> Scalar | None:
    entries = node.entries if isinstance(node, Mapping) else ()
    return next((key for key, _ in entries if key.text == step), None)


def _position(problem: Problem) -> tuple[int, int, int, str]:
    place = problem.place
    return place.order, place.row or 0, int(place.column or 0), problem.code.value

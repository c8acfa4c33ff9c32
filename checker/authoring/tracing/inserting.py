"""Drafts as text: to look at, and put into the files of a rulebook's folder so that the whole loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checker.authoring.tracing.drafting import Drafts, DraftSection
from checker.documents.node import Mapping, Node, Scalar, Sequence
from checker.documents.yaml_text import read_yaml
from checker.model.language import Text

_INDICATORS = "indicators.yaml"
_ASIDE = re.compile(r"\s*(?:#.*)?")


class CannotInsert(ValueError):  # noqa: N818 (a way of writing that is not foreseen, and no fault of ours)
    """A file is written so that nothing can be put into it; `said` tells how to write it instead."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.zh)
        self.said = said


class _Block(NamedTuple):
    """A list or mapping in a file: the number of the line after it, from 0, and how far its entries are indented."""

    end: int
    indent: int


def drafts_text(drafts: Drafts, names: dict[str, str]) -> str:
    """Give the drafts as YAML to look at, each with the file it belongs to; `names` are those of sections' files."""
    return "\n".join(_looked_at(drafts, names)) + "\n"


def with_drafts(drafts: Drafts, files: dict[str, str]) -> dict[str, str]:
    """Give the texts of a rulebook's `files` by name with the drafts put in; new sections get files of their own.

    Comments and layout stay as they are. Raises CannotInsert where a list or mapping stands on one line.
    """
    names = section_files(files)
    done = dict(files)
    for section in drafts.sections:
        lines = [line for rule in section.rules for line in rule.lines]
        writable = any(rule.writable for rule in section.rules)
        if name := names.get(section.number):
            done[name] = _with_rules(done[name], lines, writable, name)
        else:
            done[_free_name(done)] = "\n".join(_new_file(section, writable)) + "\n"
    if drafts.stubs:
        lines = [line for stub in drafts.stubs for line in (f"{stub.code}:", *_indented(stub.lines, 2))]
        done[_INDICATORS] = _with_indicators(done[_INDICATORS], lines)
    return done


def section_files(files: dict[str, str]) -> dict[str, str]:
    """Give for the number of each section the name of its file."""
    return {node.text: name for name, text in files.items() if isinstance(node := _at(_root(text), "section"), Scalar)}


def _looked_at(drafts: Drafts, names: dict[str, str]) -> Iterator[str]:
    for section in drafts.sections:
        name = names.get(section.number)
        where = f"{name}  rules" if name else f"新文件 a new file  {section.number}"
        yield f"# ==> {where}"
        yield from section.head
        for rule in section.rules:
            yield from _indented(rule.lines, 2)
            yield ""
    if drafts.stubs:
        yield f"# ==> {_INDICATORS}  indicators"
    for stub in drafts.stubs:
        yield f"  {stub.code}:"
        yield from _indented(stub.lines, 4)
        yield ""


def _with_rules(text: str, lines: list[str], writable: bool, name: str) -> str:
    root, raw = _root(text), text.splitlines()
    rules = _at(root, "rules")
    if isinstance(rules, Sequence) and rules.items:
        block = _block(root, "rules", rules.items[0], raw, name)
        return _joined(raw, block, ["", *_indented(lines, block.indent)])
    if not writable:  # comments alone make no rule, so the section still says why it has none
        return _joined(raw, _Block(len(raw), 0), ["", *lines])
    kept = [line for key in ("rules", "no_commitment") for line in _lines_of(root, key, raw)]
    raw = [line for number, line in enumerate(raw) if number not in kept]
    return _joined(raw, _Block(len(raw), 0), ["rules:", *_indented(lines, 2)])


def _with_indicators(text: str, lines: list[str]) -> str:
    root, raw = _root(text), text.splitlines()
    indicators = _at(root, "indicators")
    if not isinstance(indicators, Mapping) or not indicators.entries:
        raise _one_line(_INDICATORS, "indicators")
    block = _block(root, "indicators", indicators.entries[0][0], raw, _INDICATORS)
    return _joined(raw, block, _indented(lines, block.indent))


def _new_file(section: DraftSection, writable: bool) -> Iterator[str]:
    *head, rules = section.head
    yield from head
    if not writable:
        yield 'no_commitment: {zh: 草案待定，见下面的问题, en: "drafts, see the questions below"}'
    yield rules if writable else "rules: []"
    for rule in section.rules:
        yield from _indented(rule.lines, 2)


def _block(root: Node | None, key: str, first: Node, raw: list[str], name: str) -> _Block:
    """Give where the block under `key` ends and how far its entries, the first of them `first`, are indented."""
    opening = next(node for node, _ in _entries(root) if node.text == key)
    before = raw[first.row - 1][: first.column - 1]
    if first.row == opening.row or set(before) - set(" -"):
        raise _one_line(name, key)
    end = max(_lines_of(root, key, raw)) + 1
    return _Block(end, before.index("-") if "-" in before else len(before))


def _lines_of(root: Node | None, key: str, raw: list[str]) -> range:
    """Give the numbers, from 0, of the lines that `key` of the root and what stands under it take up."""
    rows = sorted(node.row for node, _ in _entries(root))
    row = next((node.row for node, _ in _entries(root) if node.text == key), None)
    if row is None:
        return range(0)
    end = next((later - 1 for later in rows if later > row), len(raw))
    while end > row and _ASIDE.fullmatch(raw[end - 1]):
        end -= 1
    return range(row - 1, end)


def _joined(raw: list[str], block: _Block, lines: list[str]) -> str:
    return "\n".join([*raw[: block.end], *lines, *raw[block.end :]]) + "\n"


def _indented(lines: tuple[str, ...] | list[str], by: int) -> list[str]:
    return [f"{' ' * by}{line}" if line else "" for line in lines]


def _root(text: str) -> Node | None:
    documents = read_yaml(text)
    return documents[0] if documents else None


def _entries(root: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return root.entries if isinstance(root, Mapping) else ()


def _at(root: Node | None, key: str) -> Node | None:
    return root.get(key) if isinstance(root, Mapping) else None


def _free_name(files: dict[str, str]) -> str:
    return next(name for n in range(1, len(files) + 2) if (name := f"draft-{n}.yaml") not in files)


def _one_line(name: str, key: str) -> CannotInsert:
    return CannotInsert(
        Text(
            f"{name} 的 {key} 写在一行里，加不进去；请每项另起一行",
            f"{key} in {name} stands on one line and nothing can be put in; begin a line for each entry",
        )
    )


def texts_of(folder: Path) -> dict[str, str]:
    """Give the texts of the YAML files of a rulebook's folder that loads, by name."""
    files = (path for path in sorted(folder.iterdir()) if path.suffix == ".yaml" and not path.name.startswith("."))
    return {path.name: path.read_text(encoding="utf-8-sig") for path in files}

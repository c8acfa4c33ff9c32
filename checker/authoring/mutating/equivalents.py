"""Mutants that say the same as the rulebook: listed by hand, each with the reason why no scenario can tell it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from checker.authoring.mutating.judging import Outcome
from checker.documents.node import Mapping, Node, Scalar, TextError
from checker.documents.yaml_text import read_yaml
from checker.model.language import Text

FILE = "equivalent.yaml"


class Argued(NamedTuple):
    """A mutant that is said to be equivalent, why, and the line on which that is said."""

    mutant: str
    reason: str
    line: int


class Settled(NamedTuple):
    """What is left of the mutants once the argued ones are set apart, and what is wrong with the arguments."""

    killed: list[Outcome]
    argued: list[tuple[Outcome, Argued]]
    survivors: list[Outcome]
    stale: list[Text]


def read_equivalents(file: Path, plan: str) -> list[Argued]:
    """Give what `file` argues about the rulebook with the id `plan`: plan ids with mutants and reasons below.

    Raises TextError, with its line, where the file is not that; OSError where it cannot be opened.
    """
    try:
        documents = read_yaml(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise TextError(Text("不是 UTF-8 编码", "is not encoded in UTF-8"), _HINT) from fault
    below = [node for document in documents for key, node in _entries(document) if key.text == plan]
    return [Argued(key.text, _reason(node), key.row) for one in below for key, node in _entries(one)]


def settled(outcomes: Iterable[Outcome], equivalents: Iterable[Argued]) -> Settled:
    """Give `outcomes` with those set apart that are argued; an argument about no mutant or a killed one is stale."""
    by_id = {outcome.mutant.id: outcome for outcome in outcomes}
    argued: list[tuple[Outcome, Argued]] = []
    stale: list[Text] = []
    for one in equivalents:
        outcome = by_id.get(one.mutant)
        if outcome is None:
            stale.append(
                Text(
                    f"第 {one.line} 行：没有“{one.mutant}”这个变体，请删去",
                    f'line {one.line}: there is no mutant "{one.mutant}", delete it',
                )
            )
        elif outcome.killed:
            stale.append(
                Text(
                    f"第 {one.line} 行：“{one.mutant}”已有场景能看出，请删去",
                    f'line {one.line}: a scenario notices "{one.mutant}", delete it',
                )
            )
        else:
            argued.append((outcome, one))
    excused = {one.mutant for _, one in argued}
    survivors = [one for one in by_id.values() if not one.killed and one.mutant.id not in excused]
    return Settled([one for one in by_id.values() if one.killed], argued, survivors, stale)


_HINT = Text("写成 规划编号: {变体: 理由}", "write PLAN: {MUTANT: REASON}")


def _entries(node: Node) -> tuple[tuple[Scalar, Node], ...]:
    if isinstance(node, Mapping):
        return node.entries
    if isinstance(node, Scalar) and not node.text:
        return ()
    raise TextError(Text("这里应是映射", "a mapping was expected here"), _HINT, node.row, node.column)


def _reason(node: Node) -> str:
    if isinstance(node, Scalar) and node.text.strip():
        return node.text.strip()
    raise TextError(Text("没有写理由", "gives no reason"), _HINT, node.row, node.column)

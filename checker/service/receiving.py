"""Reads what a unit hands in: its facts, or every problem, in the light of what already counts.

The same readers as for files. The server says when it was reported, and only the unit it is handed in for may appear.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from checker.intake.contradictions import settle
from checker.intake.facts import Gathering
from checker.intake.lookups import Lookups
from checker.intake.plausibility import warnings
from checker.intake.sources import LeftOut, Source
from checker.intake.submissions import READERS, take_submission
from checker.model.fact import Fact
from checker.model.instant import Instant
from checker.model.language import Text, printable
from checker.model.problem import Code, Place, Problem, Severity, in_order
from checker.model.rulebook import Rulebook
from checker.model.unit import Unit

_TAKEN = (".csv", ".json", ".yaml", ".yml", ".xlsx")
_FRESH = 1
_NAME = "submission.json"


class Document(NamedTuple):
    """What was handed in: a file's name, by whose suffix it is read, and its bytes."""

    name: str
    content: bytes


class Received(NamedTuple):
    """The facts of a document, ready to count, and what is wrong with it or doubtful."""

    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]

    @property
    def is_refused(self) -> bool:
        """Whether it has errors, so that nothing of it may count (强制性错误)."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def suffixes() -> tuple[str, ...]:
    """Give the kinds of files that can be handed in, as far as this installation reads them."""
    return tuple(suffix for suffix in _TAKEN if suffix in READERS)


def document_of(values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Document:
    """Give what came as JSON as the document that a file of the same content would be."""
    return Document(_NAME, json.dumps(values, ensure_ascii=False).encode())


def named(name: str, content: bytes) -> Document:
    """Give an uploaded file under its bare, printable name."""
    bare = printable(PurePosixPath(name.replace("\\", "/")).name).strip()[-80:]
    return Document(bare or "file", content)


def receive(
    rulebook: Rulebook,
    unit: Unit,
    document: Document,
    at: Instant,
    counting: Sequence[Fact],
    locked: Collection[tuple[str, str]] = (),
) -> Received:
    """Read `document` as reported by `unit` at an instant, beside the facts of that unit that are `counting`.

    `locked` are the indicators and periods whose figures may not be changed any more.
    """
    gathering = Gathering(Lookups(rulebook, {unit.id: unit}, handed_in=at))
    _take(document, gathering)
    problems = list(gathering.problems)
    if not gathering.facts and not problems:
        problems.append(_nothing(document))
    settled = settle([*counting, *gathering.facts], rulebook)
    doubts = warnings(settled, frozenset(settled.spoiled), rulebook, {unit.id: unit})
    problems += [problem for problem in (*settled.problems, *doubts) if problem.place.order == _FRESH]
    problems += [_locked(fact) for fact in gathering.facts if (fact.indicator, fact.period.code) in locked]
    fresh = tuple(fact for fact in settled.facts if fact.place.order == _FRESH)
    return Received(fresh, tuple(in_order(problems)))


def clash(counting: Sequence[Fact], rulebook: Rulebook) -> Problem | None:
    """Give the first contradiction among facts that would count together, if there is one."""
    return next(iter(settle(counting, rulebook).problems), None)


def _take(document: Document, gathering: Gathering) -> None:
    suffix = PurePosixPath(document.name).suffix.lower()
    if suffix not in suffixes():
        gathering.problems.append(_unsupported(document))
        return
    # The readers read files, and some do so in a process of their own.
    with tempfile.TemporaryDirectory(prefix="checker-") as folder:
        path = Path(folder) / f"submission{suffix}"
        path.write_bytes(document.content)
        try:
            take_submission(Source(path, document.name, _FRESH), gathering)
        except LeftOut as fault:
            gathering.problems += fault.problems


def _place(document: Document, row: int | None = None) -> Place:
    return Place(document.name, row, order=_FRESH)


def _unsupported(document: Document) -> Problem:
    kinds = ", ".join(suffixes())
    message = Text(f"{document.name} 不是能读取的文件种类", f"{document.name} is of a kind that is not read")
    return Problem(Code.UNSUPPORTED_FILE, message, Text(f"请另存为 {kinds}", f"save it as {kinds}"), _place(document))


def _nothing(document: Document) -> Problem:
    message = Text("里面没有任何数值", "there is no value in it")
    return Problem(Code.MALFORMED_FILE, message, Text("请填写后再报", "fill it in first"), _place(document, 1))


def _locked(fact: Fact) -> Problem:
    what = f"{fact.indicator} {fact.period.code}"
    message = Text(f"{what} 已锁定，不能再改", f"{what} is locked and cannot be changed any more")
    hint = Text("请审核人员解锁并写明期限", "ask an auditor to unlock it until a day")
    return Problem(Code.CONFLICTING_FACT, message, hint, fact.place)

"""Checks of exemptions themselves: each names a check, and is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from checker.authoring.check import Book, Check, Example, Notice
from checker.authoring.checks.sample import rule
from checker.documents.node import Mapping
from checker.model.language import Text
from checker.rulebook.sections import Placed
from checker.rulebook.source import suggestion

KEY = "lint_off"


def exemptions(placed: Placed) -> list[str]:
    """Give the codes of the checks that a rule is exempt from."""
    node = placed.spot.source.at((*placed.spot.path, KEY))
    return [key.text for key, _ in node.entries] if isinstance(node, Mapping) else []


class UnknownExemption(Check):
    """A rule is exempt from a check that there is not."""

    code: ClassVar = "unknown_exemption"
    title: ClassVar = Text("lint_off 里的检查不存在", "an exemption from a check that there is not")
    bad: ClassVar = Example(rule(lint_off="{»figures_differ: 每村一个}"))
    good: ClassVar = Example(rule(title="每学期讲座3次", lint_off="{figure_differs: 县里自己定为2次}"))

    def find(self, book: Book) -> Iterator[Notice]:  # noqa: ARG002 (it needs the other checks)
        """Find nothing by itself."""
        return iter(())

    def among(self, book: Book, known: Iterable[str]) -> Iterator[Notice]:
        """Say of each exemption that is not `known` which one comes close."""
        codes = set(known)
        for placed in book.rules:
            for code in exemptions(placed):
                if code not in codes:
                    words = Text(f"没有这项检查：{code}", f"there is no check {code}"), suggestion(code, codes)
                    yield self.at(placed, (KEY, code), words, at_key=True)


class NeedlessExemption(Check):
    """A rule is exempt from a check that finds nothing on it."""

    code: ClassVar = "needless_exemption"
    title: ClassVar = Text("用不着的 lint_off", "an exemption that is not needed")
    bad: ClassVar = Example(rule(lint_off="{»figure_differs: 每村一个}"))
    good: ClassVar = UnknownExemption.good

    def find(self, book: Book) -> Iterator[Notice]:  # noqa: ARG002 (it needs the other checks)
        """Find nothing by itself."""
        return iter(())

    def among(self, book: Book, known: Iterable[str], used: Iterable[tuple[str, str]]) -> Iterator[Notice]:
        """Say of each exemption from a `known` check that it is not `used`; a use is a rule's id and a code."""
        codes, uses = set(known), set(used)
        for placed in book.rules:
            for code in exemptions(placed):
                if code in codes and (placed.rule.id, code) not in uses:
                    words = (
                        Text(f"{code} 在这条规则上没有发现什么", f"{code} finds nothing on this rule"),
                        Text("请删去这一项，以免日后遮住真的问题", "delete it, lest it hide a real fault one day"),
                    )
                    yield self.at(placed, (KEY, code), words, at_key=True)

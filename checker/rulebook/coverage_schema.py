"""What coverage.yaml looks like, key by key."""

from __future__ import annotations

from pydantic import Field

from checker.rulebook.shapes import Entry, Label, Words


class SettledEntry(Entry):
    """One clause that needs no rule."""

    section: Words = Field(
        description="原文的节号和段号，如 三（三）2。Where the clause stands in the plan.", examples=["三（三）2"]
    )
    clause: Words = Field(
        description="原文的词句，省略处用…。The words of the plan.", examples=["科技馆覆盖率和利用率"]
    )
    reason: Label = Field(description="为什么不立规则。Why there is no rule for it.", examples=["没有数字"])


class CoverageFile(Entry):
    """coverage.yaml: clauses with figures that no rule carries, each with the reason."""

    settled: tuple[SettledEntry, ...] = Field(
        description="已有说明、不立规则的条款。Clauses settled without a rule.",
        examples=[[{"section": "三（三）2", "clause": "科技馆覆盖率和利用率", "reason": "没有数字"}]],
    )

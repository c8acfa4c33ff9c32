"""What running features said, as text: each scenario that does not hold, the rules without one, and the counts."""

from __future__ import annotations

from collections.abc import Iterator

from checker.authoring.testing.matrix import matrix
from checker.authoring.testing.running import Telling, Told
from checker.model.language import NOTHING, Language, Text, printable
from checker.model.rulebook import Rulebook


def telling_text(rulebook: Rulebook, telling: Telling, language: Language) -> str:
    """Give everything that does not hold with its file and line, then the counts."""
    return "\n".join(printable(text.said(language)) for text in _lines(rulebook, telling)) + "\n"


def step_at_fault(told: Told) -> str:
    """Give the step at which a scenario failed, as it ran."""
    words = told.steps[told.failing].words if told.failing is not None else ""
    for name, value in told.example.items():
        words = words.replace(f"<{name}>", value)
    return words


def _lines(rulebook: Rulebook, telling: Telling) -> Iterator[Text]:
    for told in telling.failed:
        fault, step = told.fault or NOTHING, step_at_fault(told)
        yield Text(f"{told.file}:{told.line}  {told.scenario}", f"{told.file}:{told.line}  {told.scenario}")
        yield Text(f"  {step}", f"  {step}")
        yield Text(f"  不成立：{fault.zh}", f"  does not hold: {fault.en}")
    untold = [row.rule for row in matrix(rulebook, telling) if not row.scenarios]
    for rule in untold:
        yield Text(f"没有场景讲 {rule.id}（{rule.title.zh}）", f"no scenario judges by {rule.id} ({rule.title.en})")
    held, failed = len(telling.scenarios) - len(telling.failed), len(telling.failed)
    rules = len(rulebook.rules)
    yield Text(
        f"{held + failed} 个场景，成立 {held}，不成立 {failed}；{rules} 条规则，{rules - len(untold)} 条有场景",
        f"{held + failed} scenarios, {held} hold, {failed} do not; {rules} rules, {rules - len(untold)} with scenarios",
    )
    if telling.about_others:
        yield Text(
            f"另有 {telling.about_others} 个场景讲的是别的规划，没有运行",
            f"{telling.about_others} more scenarios are about other plans and were not run",
        )

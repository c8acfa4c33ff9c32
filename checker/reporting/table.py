"""A Run as text for a terminal: the county at a glance, alerts, what to act on, worst first, and what to look at.

What was set aside or left out comes before all of it, for it bears on every figure that follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from checker.explaining.sentence import explanation
from checker.explaining.words import PROBLEMS, VERDICTS
from checker.model.finding import Alert
from checker.model.language import Language, Text, printable
from checker.model.problem import Problem, Severity
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.reporting.acting import to_act_on
from checker.reporting.columns import in_columns
from checker.reporting.glance import glance
from checker.reporting.naming import names, unit_name
from checker.reporting.since import entries, heading, line

Entry = TypeVar("Entry")
_NAME = 30
_SEVERITIES = {Severity.ERROR: Text("错误", "error"), Severity.WARNING: Text("提示", "warning")}


class Layout(NamedTuple):
    """How much of each list is shown: at most `most` entries, 0 for all."""

    language: Language = Language.ZH
    most: int = 40


def to_table(run: Run, layout: Layout) -> str:
    """Give `run` as lines of plain text without control characters, ending with a line break."""
    lines = [printable(line) for line in _lines(run, layout)]
    return "\n".join(lines).rstrip() + "\n"


def _lines(run: Run, layout: Layout) -> Iterator[str]:
    say = layout.language
    if run.rulebook is not None:
        yield run.rulebook.plan.title.said(say)
    yield Text(f"截至 {run.as_of}，引擎 {run.engine}", f"As of {run.as_of}, engine {run.engine}").said(say)
    yield ""
    yield from _left_out(run, layout)
    yield from _problems(run, Severity.ERROR, layout)
    if run.rulebook is None or run.findings is None:
        yield from _problems(run, Severity.WARNING, layout)
        yield Text("输入有错误，没有作出任何结论。", "The input has errors; nothing was judged.").said(say)
        return
    yield from glance(run, run.rulebook, say)
    yield from _unasked(run, run.rulebook, say)
    yield ""
    yield from _changes(run, run.rulebook, layout)
    yield from _alerts(run, run.rulebook, layout)
    yield from _findings(run, run.rulebook, layout)
    yield from _unchecked(run, run.rulebook, layout)
    yield ""
    yield from _problems(run, Severity.WARNING, layout)


def _left_out(run: Run, layout: Layout) -> Iterator[str]:
    say = layout.language
    if run.left_out:
        names = ", ".join(run.left_out)
        yield Text(f"未采用的文件（视同没有报送）：{names}", f"Files left out: {names}").said(say)
    for name in run.stray:
        hint = Text(
            f"没有读取 {name}：报送的文件请放进 submissions/", f"{name} was not read: hand it in under submissions/"
        )
        yield hint.said(say)


def _problems(run: Run, severity: Severity, layout: Layout) -> Iterator[str]:
    say = layout.language
    found = [problem for problem in run.problems if problem.severity is severity]
    if found:
        word = _SEVERITIES[severity].said(say)
        yield Text(f"{word} {len(found)} 处", f"{len(found)} {word}(s)").said(say)
        yield from _shortened([_problem(problem, say) for problem in found], layout)
        yield ""


def _problem(problem: Problem, say: Language) -> str:
    place = f"{problem.place} " if problem.place.file else ""
    words = PROBLEMS[problem.code]
    meaning = Text(f"（{words.zh}）", f" ({words.en})").said(say)
    return f"  {place}{problem.code.value}{meaning}: {problem.message.said(say)} → {problem.hint.said(say)}"


def _changes(run: Run, rulebook: Rulebook, layout: Layout) -> Iterator[str]:
    if run.changes is not None:
        say = layout.language
        yield heading(run.changes).said(say)
        yield from _shortened([f"  {line(entry, rulebook).said(say)}" for entry in entries(run, run.changes)], layout)
        yield ""


def _alerts(run: Run, rulebook: Rulebook, layout: Layout) -> Iterator[str]:
    # Alerts are derived before filters; a person who asked about some units reads those of theirs.
    units = {finding.unit.id for finding in run.findings or ()}
    alerts = [alert for alert in run.alerts or () if alert.unit in units]
    if not alerts:
        return
    say = layout.language
    yield Text(f"预警 {len(alerts)} 条", f"{len(alerts)} alert(s)").said(say)
    titles = {follow_up.id: follow_up.title for follow_up in rulebook.follow_ups}
    shown = _first(alerts, layout)
    rows = [_alert(alert, titles[alert.follow_up], run, rulebook, say) for alert in shown]
    yield from _indented(in_columns(rows, [24, 28, 40, 28, 40]))
    yield from _and_more(len(alerts), len(rows), layout)
    yield ""


def _alert(alert: Alert, title: Text, run: Run, rulebook: Rulebook, say: Language) -> list[str]:
    rule = rulebook.rules[alert.rule].title.said(say) if alert.rule else ""
    to = "→ " + names(alert.escalate_to, run, rulebook, _NAME).said(say)
    return [title.said(say), unit_name(alert.unit, run), rule, ", ".join(alert.periods), to]


def _findings(run: Run, rulebook: Rulebook, layout: Layout) -> Iterator[str]:
    say = layout.language
    found = to_act_on(run, rulebook)
    if not found:
        yield Text("没有需要处理的结论。", "Nothing to act on.").said(say)
        return
    yield Text(f"待处理 {len(found)} 项（最差的在前）", f"{len(found)} to act on, worst first").said(say)
    for finding in _first(found, layout):
        verdict = VERDICTS[finding.verdict].said(say)
        who, leads = (
            names(codes, run, rulebook, _NAME).said(say) for codes in (finding.answerable, finding.responsible)
        )
        lead = "" if who == leads else Text(f"（牵头：{leads}）", f" (lead: {leads})").said(say)
        yield f"  [{verdict}] {explanation(finding, rulebook, run.registry, run.spoils).said(say)}"
        clause = f"{finding.rule.commitment} {finding.rule.section}"
        yield Text(
            f"      责任：{who}{lead}；{clause}“{finding.rule.clause}”",
            f"      responsible: {who}{lead}; {clause} “{finding.rule.clause}”",
        ).said(say)
    yield from _and_more(len(found), min(len(found), layout.most or len(found)), layout)


def _unasked(run: Run, rulebook: Rulebook, say: Language) -> Iterator[str]:
    if run.unasked:
        titles = [rulebook.rules[rule].title.said(say) for rule in run.unasked]
        yield Text("名册里没有单位可查的承诺：" + "；".join(titles),
                   "Commitments that no unit of the registry falls under: " + "; ".join(titles)).said(say)  # fmt: skip


def _unchecked(run: Run, rulebook: Rulebook, layout: Layout) -> Iterator[str]:
    if not run.unchecked:
        return
    say = layout.language
    yield ""
    yield Text("未检查（这些文件里的数据不够判定）：", "Not checked (these files do not hold enough):").said(say)
    lines = [
        f"  {unit_name(one.unit, run)}  {rulebook.rules[one.rule].title.said(say)}  {', '.join(one.periods)}"
        for one in run.unchecked
    ]
    yield from _shortened(lines, layout)


def _first(entries: Iterable[Entry], layout: Layout) -> list[Entry]:
    return list(islice(entries, layout.most or None))


def _shortened(lines: Sequence[str], layout: Layout) -> Iterator[str]:
    shown = _first(lines, layout)
    yield from shown
    yield from _and_more(len(lines), len(shown), layout)


def _and_more(total: int, shown: int, layout: Layout) -> Iterator[str]:
    if total > shown:
        rest = Text(
            f"  …… 另有 {total - shown} 项（--most 0 显示全部）", f"  … {total - shown} more (--most 0 shows all)"
        )
        yield rest.said(layout.language)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)

"""A Run as Markdown for a wiki, an issue or a pull request; names come out as text, never as markup, links or pings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from checker.explaining.sentence import explanation
from checker.explaining.words import PROBLEMS, VERDICTS
from checker.model.finding import Verdict
from checker.model.language import Language, Text, printable
from checker.model.problem import Problem
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.reporting.acting import to_act_on
from checker.reporting.naming import names, unit_name
from checker.reporting.overview import Group, areas, sections, whole
from checker.reporting.since import entries, heading, line

_MARKS = re.compile(r"([\\`*_{}\[\]|~#])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "://": ":&#47;/", "www.": "www&#46;"}
_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.PENDING, Verdict.WAIVED)
_RATES = (Text("达标率", "rate"), Text("豁免后", "after waivers"))


def to_markdown(run: Run, language: Language) -> Iterator[bytes]:
    """Go through the lines of a Markdown document."""
    return (f"{line}\n".encode() for line in _lines(run, language))


def escaped(text: str) -> str:
    """Give `text` so that Markdown shows just its characters, on one line."""
    shown = printable(text)
    for plain, entity in _ENTITIES.items():
        shown = re.sub(re.escape(plain), entity, shown, flags=re.IGNORECASE)
    return _MARKS.sub(r"\\\1", shown)


def _lines(run: Run, say: Language) -> Iterator[str]:
    title = run.rulebook.plan.title if run.rulebook else Text("检查结果", "Check")
    yield f"# {escaped(title.said(say))}"
    yield ""
    yield Text(f"截至 {run.as_of}，checker {run.version}", f"As of {run.as_of}, checker {run.version}").said(say)
    yield from _problems(run.errors, Text("输入错误", "Errors in the input"), say)
    if run.rulebook is None or run.findings is None:
        yield from ("", Text("**没有作出任何结论。**", "**Nothing was judged.**").said(say))
    else:
        yield from _judged(run, run.rulebook, say)
    warnings = [problem for problem in run.problems if problem not in run.errors]
    yield from _problems(warnings, Text("输入提示", "Warnings about the input"), say)


def _judged(run: Run, rulebook: Rulebook, say: Language) -> Iterator[str]:
    yield from _table([*sections(run, rulebook), whole(run)], Text("规划各节", "Sections of the plan"), say)
    yield from _table(areas(run, rulebook), Text("各地", "Areas"), say)
    if run.changes is not None:
        lines = [line(entry, rulebook).said(say) for entry in entries(run, run.changes)]
        yield from _list(lines, heading(run.changes), say)
    alerts = [
        f"{follow_up.title.said(say)} {unit_name(alert.unit, run)} {', '.join(alert.periods)} → "
        + names(alert.escalate_to, run, rulebook).said(say)
        for alert in run.alerts or ()
        for follow_up in rulebook.follow_ups
        if follow_up.id == alert.follow_up
    ]
    yield from _list(alerts, Text("预警", "Alerts"), say)
    acted_on = [
        f"[{VERDICTS[finding.verdict].said(say)}] "
        + explanation(finding, rulebook, run.registry, run.spoils).said(say)
        + f" {finding.rule.commitment} {finding.rule.section}“{finding.rule.clause}”"
        for finding in to_act_on(run, rulebook)
    ]
    yield from _list(acted_on, Text("待处理", "To act on"), say)


def _table(groups: Sequence[Group], title: Text, say: Language) -> Iterator[str]:
    if not groups:
        return
    heads = [title, *(VERDICTS[verdict] for verdict in _ORDER), *_RATES]
    yield ""
    yield _row(head.said(say) for head in heads)
    yield "| --- " + "| ---: " * (len(heads) - 1) + "|"
    for group in groups:
        figures = [str(getattr(group.counts, verdict.value)) for verdict in _ORDER]
        yield _row([group.name.said(say), *figures, group.checked_rate, group.after_rate])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _list(lines: Sequence[str], title: Text, say: Language) -> Iterator[str]:
    if lines:
        yield from ("", f"## {escaped(title.said(say))} ({len(lines)})", "")
        yield from (f"- {escaped(line)}" for line in lines)


def _problems(problems: Sequence[Problem], title: Text, say: Language) -> Iterator[str]:
    told = [
        f"{problem.place} {problem.code} ({PROBLEMS[problem.code].said(say)}): "
        f"{problem.message.said(say)} → {problem.hint.said(say)}"
        for problem in problems
    ]
    yield from _list(told, title, say)

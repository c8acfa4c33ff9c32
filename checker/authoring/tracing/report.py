"""A trace, as text for a terminal and as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from checker.authoring.tracing.matching import Astray, Standing, Trace, Traced
from checker.authoring.tracing.outline import FRONT
from checker.model.language import Language, Text, printable
from checker.model.number import shown
from checker.model.rulebook import Rule, Status

Record = dict[str, object]
_STANDINGS = {
    Standing.COVERED: Text("有规则", "has its rule"),
    Standing.SETTLED: Text("已说明不立规则", "settled without a rule"),
    Standing.PARTLY: Text("列举的各项中有的没有规则", "of an enumeration some items have no rule"),
    Standing.DIFFERS: Text("引用它的规则目标是别的数", "the rules that quote it ask for another figure"),
    Standing.OPEN: Text("没有规则", "no rule"),
}
_FRONT = Text(FRONT, "(before the first number)")


def trace_record(trace: Trace, document: str, plan: str, language: Language) -> Record:
    """Give the trace under stable keys."""
    return {
        "schema": "checker.trace/1",
        "plan": plan,
        "document": document,
        "complete": trace.complete,
        "clauses": [_clause_record(one, language) for one in trace.clauses],
        "rules_astray": [_astray_record(one) for one in trace.astray if isinstance(one.entry, Rule)],
        "settled_astray": [_astray_record(one) for one in trace.astray if not isinstance(one.entry, Rule)],
    }


def trace_text(trace: Trace, document: str, language: Language, whole: bool = False) -> str:
    """Give the trace as lines: what is amiss, and where `whole` also what is covered and what was settled."""
    return "\n".join(printable(line) for line in _lines(trace, document, language, whole)) + "\n"


def section_words(section: tuple[str, ...]) -> Text:
    """Give a section's number as the plan writes it."""
    number = "".join(section)
    return Text(number, number) if number else _FRONT


def _clause_record(one: Traced, language: Language) -> Record:
    quantity = one.quantity
    return {
        "section": "".join(quantity.paragraph.section),
        "line": quantity.line,
        "clause": printable(quantity.clause),
        "written": printable(quantity.written),
        "figures": [shown(figure) for figure in quantity.figures],
        "unit": quantity.unit or None,
        "standing": one.standing.value,
        "rules": [rule.id for rule in one.rules],
        "items": [printable(item) for item in one.items],
        "reason": one.settled.reason.said(language) if one.settled else None,
    }


def _astray_record(one: Astray) -> Record:
    entry = one.entry
    named: Record = {"rule": entry.id} if isinstance(entry, Rule) else {}
    alike = [printable(quantity.clause) for quantity in one.alike]
    return {**named, "section": entry.section, "clause": entry.clause, "stands_in": list(one.sections), "alike": alike}


def _lines(trace: Trace, document: str, language: Language, whole: bool) -> Iterator[str]:
    counts = {standing: sum(one.standing is standing for one in trace.clauses) for standing in Standing}
    covered, settled, amiss = counts[Standing.COVERED], counts[Standing.SETTLED], len(trace.amiss)
    yield Text(
        f"{document}：量化的语句 {len(trace.clauses)} 处，有规则 {covered}，已说明不立规则 {settled}，有问题 {amiss}",
        f"{document}: {len(trace.clauses)} quantified clauses, {covered} with a rule, {settled} settled without, "
        f"{amiss} amiss",
    ).said(language)
    for standing in (*reversed(Standing),) if whole else (Standing.OPEN, Standing.DIFFERS, Standing.PARTLY):
        if found := [one for one in trace.clauses if one.standing is standing]:
            yield ""
            yield f"{_STANDINGS[standing].said(language)} ({len(found)})"
            for one in found:
                yield from _clause(one, language)
    yield from _astray(trace, language)
    if trace.complete:
        yield ""
        yield Text("每处都有着落。", "Every clause is accounted for.").said(language)


def _clause(one: Traced, language: Language) -> Iterator[str]:
    quantity = one.quantity
    section = section_words(quantity.paragraph.section).said(language)
    line = Text(f"第 {quantity.line} 行", f"line {quantity.line}").said(language)
    yield f"  {section}  {line}  [{quantity.written}]  {quantity.clause}"
    for rule in one.rules:
        targets = "; ".join(str(target.figure) if target.figure else "…" for target in rule.targets)
        draft = Text("（草案）", " (draft)").said(language) if rule.status is Status.DRAFT else ""
        yield f"      {rule.id}{draft}  {targets}"
    if one.items:
        items = "、".join(one.items)
        yield Text(f"      没有规则的项：{items}", f"      without a rule: {items}").said(language)
    if one.settled:
        yield f"      {one.settled.reason.said(language)}"


def _astray(trace: Trace, language: Language) -> Iterator[str]:
    rules = [one for one in trace.astray if isinstance(one.entry, Rule)]
    settled = [one for one in trace.astray if not isinstance(one.entry, Rule)]
    for found, heading in (
        (rules, Text("条文不在原文那一节的规则", "Rules whose clause is not in its section")),
        (settled, Text("coverage.yaml 里对不上原文的说明", "Entries of coverage.yaml that match nothing")),
    ):
        if found:
            yield ""
            yield f"{heading.said(language)} ({len(found)})"
        for one in found:
            entry = one.entry
            name = f"{entry.id}  " if isinstance(entry, Rule) else ""
            where = "、".join(one.sections)
            hint = Text(f"（见于 {where}）", f" (stands in {where})").said(language) if where else ""
            yield f"  {name}{entry.section}  “{entry.clause}”{hint}"
            for quantity in one.alike:
                yield Text(f"      是不是“{quantity.clause}”？", f"      is it “{quantity.clause}”?").said(language)

"""A Run as JUnit XML for pipelines: a suite for each rule, a case for each finding; only `met` passes.

`not_met` is a failure and `unknown` an error; `pending`, `waived` and what only strives are skipped, with the reason,
for they make no exit status 1. Errors in the input are errors of a suite of their own, warnings are skipped there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.explaining.sentence import explanation
from checker.model.finding import Finding, Verdict
from checker.model.language import Language, Text, printable
from checker.model.problem import Problem, Severity
from checker.model.rulebook import Force, Rulebook
from checker.model.run import Run, Unchecked

_INPUT = Text("输入", "input")
_UNCHECKED = Text("未检查：这些文件里的数据不够判定", "not checked: these files do not hold enough")
_RESULTS = {Verdict.NOT_MET: "failure", Verdict.UNKNOWN: "error", Verdict.PENDING: "skipped", Verdict.WAIVED: "skipped"}


class Case(NamedTuple):
    """One test case: `result` is empty where it passes."""

    classname: str
    name: str
    result: str = ""
    kind: str = ""
    message: str = ""


def to_junit(run: Run, language: Language) -> Iterator[bytes]:
    """Give one XML document in UTF-8."""
    suites = Element("testsuites", name=_title(run, language))
    total: Counter[str] = Counter()
    for name, cases in _suites(run, language):
        total += _add_suite(suites, name, cases)
    for attribute, many in _numbers(total).items():
        if attribute != "skipped":
            suites.set(attribute, many)
    indent(suites, " ")
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode").encode() + b"\n"


def _title(run: Run, say: Language) -> str:
    return printable(f"{run.rulebook.plan.title.said(say)} {run.as_of}" if run.rulebook else str(run.as_of))


def _suites(run: Run, say: Language) -> Iterator[tuple[str, list[Case]]]:
    if run.problems:
        yield _INPUT.said(say), [_problem(problem, say) for problem in run.problems]
    if run.rulebook is None:
        return
    cases: dict[str, list[Case]] = {}
    for finding in run.findings or ():
        cases.setdefault(finding.rule.id, []).append(_finding(finding, run, run.rulebook, say))
    for one in run.unchecked:
        cases.setdefault(one.rule, []).extend(_unchecked(one, run.rulebook, say))
    for rule in run.rulebook.rules.values():
        if rule.id in cases:
            yield f"{rule.commitment} {rule.title.said(say)}", cases[rule.id]


def _finding(finding: Finding, run: Run, rulebook: Rulebook, say: Language) -> Case:
    unit = finding.unit
    who = f"{unit.name} ({unit.id}) {finding.period.code}" if unit.name else f"{unit.id} {finding.period.code}"
    classname = f"{rulebook.plan.id}.{finding.rule.id}"
    if finding.verdict is Verdict.MET:
        return Case(classname, who)
    result = "skipped" if finding.rule.force is Force.STRIVE else _RESULTS[finding.verdict]
    told = explanation(finding, rulebook, run.registry, run.spoils).said(say)
    return Case(classname, who, result, finding.verdict.value, told)


def _unchecked(one: Unchecked, rulebook: Rulebook, say: Language) -> Iterator[Case]:
    classname = f"{rulebook.plan.id}.{one.rule}"
    return (Case(classname, f"{one.unit} {code}", "skipped", "unchecked", _UNCHECKED.said(say)) for code in one.periods)


def _problem(problem: Problem, say: Language) -> Case:
    result = "error" if problem.severity is Severity.ERROR else "skipped"
    told = f"{problem.message.said(say)} → {problem.hint.said(say)}"
    return Case(
        f"input.{problem.code.value}", str(problem.place) or problem.code.value, result, problem.code.value, told
    )


def _add_suite(suites: Element, name: str, cases: list[Case]) -> Counter[str]:
    suite = SubElement(suites, "testsuite", name=printable(name))
    counted: Counter[str] = Counter(case.result for case in cases)
    for attribute, many in _numbers(counted).items():
        suite.set(attribute, many)
    for case in cases:
        element = SubElement(suite, "testcase", classname=printable(case.classname), name=printable(case.name))
        if case.result:
            result = SubElement(element, case.result, type=case.kind, message=printable(case.message))
            result.text = None if case.result == "skipped" else printable(case.message)
    return counted


def _numbers(counted: Counter[str]) -> dict[str, str]:
    return {
        "tests": str(counted.total()),
        "failures": str(counted["failure"]),
        "errors": str(counted["error"]),
        "skipped": str(counted["skipped"]),
    }

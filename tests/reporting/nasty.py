"""Runs whose names, reasons and files try to be markup, formulas, links or commands to a terminal."""

from __future__ import annotations

from checker.checking import witnessed
from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.model.fact import Data, Fact, Waiver
from checker.model.finding import Finding
from checker.model.language import same
from checker.model.problem import Code, Place, Problem
from checker.model.rulebook import FollowUpKind, Nature, Ratio, Total
from checker.model.run import Run
from checker.model.unit import Registry, Unit
from tests.engines.building import COUNTY, fact, follow_up, indicator, rule, rulebook
from tests.reporting.test_formats import AS_OF

NASTY = (
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "' onclick='x",
    "{{ 7 * 7 }}{% raw %}", "]]><!--", "&lt;b&gt; &amp;", '=HYPERLINK("http://evil.example","x")', "+1+1", "-2",
    "@SUM(A1)", "＝1+1", "\t=1", "\r=1", "a|b|c", "[x](http://evil.example)", "![x](http://evil.example/a.png)",
    "**b** _i_ `c` ~~s~~", "# head", "- item", "@everyone", "www.evil.example", "\x1b[31m红\x1b[0m", "a\u202egnp.exe",
    "\u2066x\u2069", "\x00\x01\x7f", "\ud800", "\ufffe\uffff", "line\nbreak\r\nand\u2028more", "\\", "a" * 500, "",
)  # fmt: skip


def nasty_run(text: str) -> Run:
    """Give a Run, with its evidence, in which everything that people write is `text`."""
    written = text.encode("utf-8", "replace").decode()  # a rulebook is read as UTF-8, which no surrogate is part of
    names = same(written)
    rules = [
        rule("r", Total(indicator="讲座"), "at_least 2"),
        rule("q", Ratio(numerator="参与", denominator="在校"), "at_least 85%"),
    ]
    rules = [
        one.model_copy(update={"title": names, "clause": written, "remedy": names, "reading": names}) for one in rules
    ]
    levels = [indicator(name, "school", nature=Nature.LEVEL) for name in ("参与", "在校")]
    kinds = [one.model_copy(update={"name": names, "unit": names}) for one in [indicator("讲座", "school"), *levels]]
    book = rulebook(kinds, rules, [follow_up(FollowUpKind.REPEAT, 1, "school")])
    plan = book.plan.model_copy(update={"title": names, "document": names})
    sections = tuple(one.model_copy(update={"title": names}) for one in book.sections)
    book = book.model_copy(update={"plan": plan, "sections": sections})
    place = Place(f"submissions/{text}.csv", 3, text, text)
    towns = [Unit(name, text, "township", "county") for name in ("t1", "t2")]
    units = [COUNTY, *towns, *(Unit(f"s{n}", text, "school", f"t{n % 2 + 1}") for n in range(6))]
    county = Data(Registry(units), [*_facts(text, place)], [_waiver(text, place)])
    assessment = Assessment(book, county, AS_OF, PlainJudge())
    findings = tuple(assessment.findings())
    problems = (
        Problem(Code.BAD_VALUE, names, names, place),
        Problem(Code.UNUSED_FACT, names, names, Place(text)),
    )
    alerts = tuple(assessment.alerts())
    run = Run("1.0", AS_OF, "plain", book, county.registry, "sha256:0", findings, alerts, problems, (text,), (text,),
              data=county)  # fmt: skip
    return witnessed(run, _every)


def _every(_: Finding) -> bool:
    return True


def _facts(text: str, place: Place) -> list[Fact]:
    said = [
        fact("s0", "讲座", "2024-2025-1", 1),
        fact("s1", "讲座", "2024-2025-1", 2),
        fact("s2", "讲座", "2024-2025-1", 0),
    ]
    return [one._replace(place=place, evidence=text, note=text) for one in said]


def _waiver(text: str, place: Place) -> Waiver:
    return Waiver("w", "r", "s2", (), None, AS_OF, text, text, place)

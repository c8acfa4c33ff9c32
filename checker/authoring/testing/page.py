"""The specification as a page for everybody: one HTML file, that needs nothing else, on a screen or on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from checker.authoring.testing.matrix import Row, matrix
from checker.authoring.testing.report import step_at_fault
from checker.authoring.testing.running import Line, Result, Telling, Told
from checker.model.language import Language, Text
from checker.model.rulebook import Rulebook

_STYLE = """
:root { color-scheme: light; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --good: #1a7f37; --bad: #b3261e; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; color: var(--ink); background: #fff;
  font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .25rem; } h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.1rem; margin: 1.8rem 0 .25rem; } h4 { font-size: 1rem; margin: 1.2rem 0 .25rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } .passed { color: var(--good); } .failed { color: var(--bad); }
.fault { border-left: .25rem solid var(--bad); padding-left: .75rem; margin: .5rem 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .875rem; margin: .5rem 0; }
th, td { border: 1px solid var(--line); padding: .2rem .5rem; text-align: left; vertical-align: top; }
th { background: #f6f8fa; white-space: nowrap; } ul.steps { list-style: none; margin: .25rem 0; padding-left: 1rem; }
.keyword { color: var(--soft); margin-right: .5em; }
.tag { color: var(--soft); font-weight: normal; font-size: .875rem; }
a { color: #0550ae; } section { break-inside: auto; } h2, h3, h4 { break-after: avoid; } tr, li { break-inside: avoid; }
@media print { body { font-size: 10pt; max-width: none; padding: 0; } a { color: inherit; text-decoration: none; } }
"""
_MARKS = {Result.PASSED: Text("成立", "holds"), Result.FAILED: Text("不成立", "does not hold")}


def telling_page(rulebook: Rulebook, telling: Telling, language: Language) -> str:
    """Give the page of what `telling` says of `rulebook`: the counts, the matrix, and every feature with its result."""
    return "".join(_Page(rulebook, telling, language).pieces())


class _Page:
    def __init__(self, rulebook: Rulebook, telling: Telling, language: Language) -> None:
        self._rulebook, self._telling, self._language = rulebook, telling, language
        files = dict.fromkeys(told.file for told in telling.scenarios)
        self._anchors = {file: f"f{number}" for number, file in enumerate(files, 1)}

    def _said(self, zh: str, en: str) -> str:
        return escape(Text(zh, en).said(self._language))

    def _text(self, text: Text) -> str:
        return escape(text.said(self._language))

    def pieces(self) -> Iterator[str]:
        title = self._text(self._rulebook.plan.title)
        tongue = "en" if self._language is Language.EN else "zh-CN"
        yield f'<!doctype html>\n<html lang="{tongue}"><head><meta charset="utf-8">'
        yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{self._said('规范', 'Specification')} · {title}</title><style>{_STYLE}</style></head>\n<body>"
        about = self._said("规则的规范：每个场景都实际运行过", "The specification of its rules: every scenario was run")
        yield f"<h1>{title}</h1><p class=soft>{about}</p>"
        failed, everything = len(self._telling.failed), len(self._telling.scenarios)
        mark = Result.FAILED if failed else Result.PASSED
        counts = self._said(
            f"{everything} 个场景，成立 {everything - failed}，不成立 {failed}",
            f"{everything} scenarios, {everything - failed} hold, {failed} do not",
        )
        yield f"<p class={mark}><strong>{counts}</strong></p>\n"
        yield from self._matrix()
        for _, scenarios in groupby(self._telling.scenarios, key=lambda told: told.file):
            yield from self._feature(list(scenarios))
        yield "</body></html>\n"

    def _matrix(self) -> Iterator[str]:
        heads = (("承诺", "Commitment"), ("规则", "Rule"), ("场景", "Scenarios"), ("牵头部门", "Lead departments"))
        yield f"<h2>{self._said('承诺、规则、场景、部门', 'Commitments, rules, scenarios, departments')}</h2>"
        yield f"<div class=scroll><table>{_row('th', (self._said(*head) for head in heads))}\n"
        for row in matrix(self._rulebook, self._telling):
            rule = f"{self._text(row.rule.title)}<br><span class=soft>{escape(row.rule.id)}</span>"
            yield _row("td", (escape(row.rule.commitment), rule, self._scenarios(row), self._leads(row)))
        yield "</table></div>\n"

    def _leads(self, row: Row) -> str:
        return self._said("、", ", ").join(map(self._text, row.leads))

    def _scenarios(self, row: Row) -> str:
        if not row.scenarios:
            return f"<span class=failed>{self._said('没有场景', 'no scenario')}</span>"
        names = {told.file: told.feature for told in row.scenarios}
        links = " · ".join(f'<a href="#{self._anchors[file]}">{escape(name)}</a>' for file, name in names.items())
        failed = self._said(f"，不成立 {row.failed}", f", {row.failed} do not hold") if row.failed else ""
        mark = Result.FAILED if row.failed else Result.PASSED
        return f"<span class={mark}>{len(row.scenarios)}{failed}</span><br>{links}"

    def _feature(self, scenarios: list[Told]) -> Iterator[str]:
        first = scenarios[0]
        yield f'<section id="{self._anchors[first.file]}"><h2>{escape(first.feature)}</h2>'
        yield f"<p class=soft>{escape(first.file)}</p><p>{escape(first.description)}</p>\n"
        for block, inside in groupby(scenarios, key=lambda told: told.block):
            if block is not None:
                yield f"<h3>{escape(block)}</h3>"
            for _, runs in groupby(inside, key=lambda told: told.line):
                yield from self._scenario(list(runs))
        yield "</section>\n"

    def _scenario(self, runs: list[Told]) -> Iterator[str]:
        first, failed = runs[0], [told for told in runs if told.result is Result.FAILED]
        mark = Result.FAILED if failed else Result.PASSED
        tags = " ".join(f"@{escape(tag)}" for tag in sorted(first.tags))
        result = f"<span class={mark}>{self._text(_MARKS[mark])}</span>"
        yield f"<h4>{escape(first.scenario)} {result} <span class=tag>{tags}</span></h4>"
        yield f"<ul class=steps>{''.join(map(_step, first.steps))}</ul>\n"
        if first.example:
            heads = [*map(escape, first.example), self._said("结果", "Result")]
            rows = (self._example(told) for told in runs)
            yield f"<div class=scroll><table>{_row('th', heads)}{''.join(rows)}</table></div>\n"
        for told in failed:
            fault = self._text(told.fault) if told.fault else ""
            yield f"<div class=fault><p>{escape(step_at_fault(told))}</p><p class=failed>{fault}</p></div>\n"

    def _example(self, told: Told) -> str:
        mark = f"<span class={told.result}>{self._text(_MARKS[told.result])}</span>"
        return _row("td", [*map(escape, told.example.values()), mark])


def _row(cell: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{cell}>{one}</{cell}>' for one in cells)}</tr>\n"


def _step(line: Line) -> str:
    rows = "".join(_row("td" if number else "th", map(escape, row)) for number, row in enumerate(line.table))
    table = f"<div class=scroll><table>{rows}</table></div>" if rows else ""
    return f"<li><span class=keyword>{escape(line.keyword)}</span>{escape(line.words)}{table}</li>"

"""The workbook that a submitter gets back: what was filled in, marked and explained, and what it leads to.

It is made anew from the values that were read; nothing of the uploaded file comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from xlsxwriter.worksheet import Worksheet

from checker.explaining.sentence import explanation, observed_words
from checker.explaining.words import PROBLEMS, VERDICTS, target_words, unit_of
from checker.model.finding import Finding, Verdict
from checker.model.language import NOTHING, Language, Text, printable
from checker.model.problem import Problem, Severity
from checker.model.rulebook import Force, Ratio, Rulebook, Share
from checker.model.run import Run
from checker.model.worksheet import Key, Sheet, letter
from checker.templates.book import Book, Row, Style
from checker.templates.form import MOST_COMMENTS, Form, Mark, Marks

FINDINGS, PROBLEM_LIST = Text("检查结果", "Findings"), Text("问题", "Problems")
MOST_ROWS = 100_000
"""How many problems, and how many findings, are listed; the sheet says how many more there are."""

_SEVERITIES = {
    Severity.ERROR: (Text("错误", "error"), Style.ERROR),
    Severity.WARNING: (Text("提示", "warning"), Style.WARNING),
}
_PROBLEM_HEADS = (
    *(Text("工作表", "Sheet"), Text("单元格", "Cell"), Text("轻重", "Severity"), Text("种类", "Kind")),
    *(Text("问题", "What is wrong"), Text("怎么办", "What to do")),
)
_FINDING_HEADS = (
    *(Text("单位", "Unit"), Text("期间", "Period"), Text("承诺", "Commitment"), Text("结论", "Verdict")),
    *(Text("目标", "Target"), Text("实际", "Observed"), Text("说明", "Explanation"), Text("条款", "Clause")),
)
_TURNS = [Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.PENDING, Verdict.WAIVED, Verdict.MET]
_NOTHING_JUDGED = Text(
    "数据有错，没有作出任何结论；请改正标红的格后再报。",
    "The data has errors and nothing was judged; mend the red cells and hand it in again.",
)
_PROBLEM_SIZES, _FINDING_SIZES = (16, 10, 8, 18, 60, 50), (26, 14, 36, 10, 18, 34, 70, 34)
_STYLES = {Verdict.MET: Style.GOOD, Verdict.NOT_MET: Style.ERROR, Verdict.UNKNOWN: Style.WARNING}


def to_answer(run: Run, rulebook: Rulebook, sheets: Sequence[Sheet], file: str, language: Language) -> bytes:
    """Give the answer to the workbook called `file` in `run`; `sheets` as read, none where it could not be."""
    told = [one for one in run.problems if one.place.file == file or one.severity is Severity.ERROR]
    return _Answer(run, rulebook, language).written(sheets, told)


class _Answer:
    def __init__(self, run: Run, rulebook: Rulebook, language: Language) -> None:
        self._run, self._rulebook, self._say = run, rulebook, language
        self._book = Book()

    def written(self, sheets: Sequence[Sheet], told: list[Problem]) -> bytes:
        self._findings()
        self._problems(told)
        form = Form(self._book, self._rulebook, self._run.registry, self._say)
        by_sheet: dict[str | None, list[Problem]] = {}
        for problem in told:
            by_sheet.setdefault(problem.place.sheet, []).append(problem)
        for sheet in sheets:
            form.write(sheet, self._marks(sheet, by_sheet.get(sheet.name, ())))
        return self._book.content()

    def _marks(self, sheet: Sheet, problems: Iterable[Problem]) -> Marks:
        """Give what is said of each cell; of several problems the worst gives the colour."""
        numbers = {letter(number): number for number in range(len(sheet.columns))}
        spots: dict[tuple[int, int], list[Problem]] = {}
        for problem in problems:
            number = numbers.get(problem.place.column or "", sheet.columns.index(Key.UNIT))
            spots.setdefault((problem.place.row or 1, number), []).append(problem)
        return {spot: self._mark(found) for spot, found in spots.items()}

    def _mark(self, problems: list[Problem]) -> Mark:
        worst = min(problems, key=lambda problem: problem.severity is Severity.WARNING)
        lines = [
            text for one in problems[:5] for text in (one.message.said(self._say), f"→ {one.hint.said(self._say)}")
        ]
        return Mark(_SEVERITIES[worst.severity][1], "\n".join(map(printable, lines)))

    def _problems(self, told: list[Problem]) -> None:
        paper = self._paper(PROBLEM_LIST, _PROBLEM_SIZES)
        if not told:
            self._book.write(paper, 1, 0, Text("没有发现问题。", "Nothing is wrong.").said(self._say), Style.TITLE)
            return
        note = Text(
            f"共 {len(told)} 处；红色是错误，必须改，黄色请核实。每张表至多 {MOST_COMMENTS} 处带批注。",
            f"{len(told)} in all; mend the red ones, look at the yellow. At most {MOST_COMMENTS} comments a sheet.",
        )
        self._list(paper, note, _PROBLEM_HEADS, _PROBLEM_SIZES, (self._problem(one) for one in told), len(told))

    def _problem(self, problem: Problem) -> Row:
        place, (severity, style) = problem.place, _SEVERITIES[problem.severity]
        cell = f"{place.column or ''}{place.row or ''}" if place.sheet else str(place.row or "")
        kind = PROBLEMS[problem.code]
        said = (text.said(self._say) for text in (severity, kind, problem.message, problem.hint))
        return style, (place.sheet or place.file, cell, *said)

    def _findings(self) -> None:
        paper = self._paper(FINDINGS, _FINDING_SIZES)
        found = self._run.findings
        if found is None:
            self._book.write(paper, 1, 0, _NOTHING_JUDGED.said(self._say), Style.TITLE)
            return
        failed = sum(one.verdict is Verdict.NOT_MET for one in found)
        worst_first = sorted(found, key=lambda one: _TURNS.index(one.verdict))
        rest = sum(len(one.periods) for one in self._run.unchecked)
        note = Text(
            f"截至 {self._run.as_of}，共 {len(found)} 项结论，未达标 {failed} 项；本文件不够判定的 {rest} 项没有列出。",
            f"As of {self._run.as_of}: {len(found)} findings, {failed} not met; {rest} more need other figures too.",
        )
        self._list(paper, note, _FINDING_HEADS, _FINDING_SIZES, map(self._finding, worst_first), len(found))

    def _finding(self, finding: Finding) -> Row:
        rule, run = finding.rule, self._run
        unit = NOTHING if isinstance(rule.measure, Share | Ratio) else unit_of(rule.measure, self._rulebook)
        verdict, strive = VERDICTS[finding.verdict], rule.force is Force.STRIVE
        said = (
            rule.title, Text(f"{verdict.zh}（力争）", f"{verdict.en} (strive)") if strive else verdict,
            target_words(finding.figure, unit), observed_words(finding, self._rulebook),
            explanation(finding, self._rulebook, run.registry, run.spoils),
        )  # fmt: skip
        clause = f"{rule.commitment} {rule.section}“{rule.clause}”"
        texts = (text.said(self._say) for text in said)
        name = finding.unit.name or finding.unit.id
        return _STYLES.get(finding.verdict, Style.PLAIN), (name, finding.period.code, *texts, clause)

    def _paper(self, name: Text, sizes: Sequence[int]) -> Worksheet:
        paper = self._book.reading_sheet(name.said(self._say))
        for column, size in enumerate(sizes):
            paper.set_column(column, column, size)
        paper.set_landscape()
        paper.set_paper(9)
        paper.fit_to_pages(1, 0)
        return paper

    def _list(
        self, paper: Worksheet, note: Text, heads: Sequence[Text], sizes: Sequence[int], rows: Iterable[Row], count: int
    ) -> None:
        self._book.write(paper, 1, 0, note.said(self._say), Style.TITLE)
        self._book.table(paper, 2, [(Style.HEAD, [head.said(self._say) for head in heads])])
        last = self._book.table(paper, 3, islice(rows, MOST_ROWS), sizes)
        if count > MOST_ROWS:
            more = Text(f"另有 {count - MOST_ROWS} 项没有列出", f"{count - MOST_ROWS} more are not listed")
            self._book.write(paper, last, 0, more.said(self._say), Style.TITLE)
        paper.freeze_panes(3, 0)
        paper.autofilter(2, 0, max(last - 1, 2), len(heads) - 1)

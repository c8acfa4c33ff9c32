"""A Run as an Excel workbook: summary, findings, what has changed, alerts and problems; no cell is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from checker.explaining.sentence import explanation
from checker.explaining.words import PACES, PROBLEMS, STATES, VERDICTS, target_words, unit_of
from checker.model.finding import Finding, Verdict
from checker.model.language import NOTHING, Language, Text, printable
from checker.model.number import Number, shown, shown_up
from checker.model.problem import Severity
from checker.model.rulebook import Force, Ratio, Rulebook, Share
from checker.model.run import Run
from checker.reporting.naming import names, unit_name
from checker.reporting.overview import Group, areas, section_numbers, sections, whole
from checker.reporting.paper import lay_on_paper, make_room
from checker.reporting.since import differences, heading, verdicts, whose, why

_LONGEST = 32_767
_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.PENDING, Verdict.WAIVED)
_COLOURS = {
    Verdict.MET: "#E3F3E8",
    Verdict.NOT_MET: "#FBE3E0",
    Verdict.UNKNOWN: "#FBEFD9",
    Verdict.PENDING: "#E7EDF6",
    Verdict.WAIVED: "#EEE9F5",
}
_RATES = (Text("达标率", "rate"), Text("豁免后", "after waivers"))
_FIGURES = (Text("分子", "numerator"), Text("分母", "denominator"), Text("还差", "shortfall"))
_SEVERITIES = {Severity.ERROR: Text("错误", "error"), Severity.WARNING: Text("提示", "warning")}
_FORCES = {Force.MUST: Text("应当", "must"), Force.STRIVE: Text("力争", "strive")}

Cell = str | int | Number | None


class Column(NamedTuple):
    """The head of a column, its width in characters, and whether figures stand in it."""

    head: Text
    width: int
    figures: bool = False


class Styles(NamedTuple):
    """The formats of one workbook."""

    title: Format
    head: Format
    figures_head: Format
    plain: Format
    figures: Format
    verdicts: dict[str, Format]


def to_xlsx(run: Run, language: Language) -> Iterator[bytes]:
    """Give one workbook; the same Run gives the same bytes."""
    kept = io.BytesIO()
    book = Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(run.as_of.year, run.as_of.month, run.as_of.day, tzinfo=UTC)})
    Sheets(book, run, language).write()
    book.close()
    yield kept.getvalue()


class Sheets:
    """Writes one Run into one workbook, a sheet at a time."""

    def __init__(self, book: Workbook, run: Run, language: Language) -> None:
        self._book, self._run, self._language = book, run, language
        verdict = {VERDICTS[one].said(language): self._style(bg_color=colour) for one, colour in _COLOURS.items()}
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#24476B"}
        self._styles = Styles(
            title=self._style(bold=True, font_size=14, text_wrap=False),
            head=self._style(**head),
            figures_head=self._style(**head, align="right", indent=1),
            plain=self._style(),
            figures=self._style(align="right", indent=1),
            verdicts=verdict,
        )

    def write(self) -> None:
        """Write every sheet; where nothing was judged, the problems alone."""
        run, rulebook = self._run, self._run.rulebook
        if rulebook is not None and run.findings is not None:
            self._summary(rulebook)
            self._findings(rulebook)
            self._changes(rulebook)
            self._alerts(rulebook)
        self._problems()

    def _style(self, **settings: object) -> Format:
        return self._book.add_format({"font_name": "Microsoft YaHei", "valign": "top", "text_wrap": True, **settings})

    def _say(self, text: Text) -> str:
        return text.said(self._language)

    def _summary(self, rulebook: Rulebook) -> None:
        sheet = self._book.add_worksheet(self._say(Text("汇总", "Summary")))
        run = self._run
        as_of = Text(f"截至 {run.as_of}，checker {run.version}", f"As of {run.as_of}, checker {run.version}")
        told = [rulebook.plan.title, as_of, *([heading(run.changes)] if run.changes else [])]
        sheet.set_row(0, 24)  # not every program makes room for the larger letters by itself
        for row, line in enumerate(told):
            _put(sheet, row, 0, self._say(line), self._styles.title if row == 0 else None)
        tables: list[tuple[Text, Sequence[Group]]] = [
            (Text("规划各节", "Sections of the plan"), [*sections(run, rulebook), whole(run)]),
            (Text("各地", "Areas"), areas(run, rulebook)),
        ]
        row = len(told) + 1
        for title, groups in tables:
            if groups:
                figures = [*(VERDICTS[one] for one in _ORDER), *_RATES]
                heads = [Column(title, 44), *(Column(head, 10, figures=True) for head in figures)]
                row = self._table(sheet, heads, map(self._group, groups), row, filtered=False) + 2

    def _group(self, group: Group) -> list[Cell]:
        figures = [getattr(group.counts, verdict.value) for verdict in _ORDER]
        return [self._say(group.name), *figures, group.checked_rate, group.after_rate]

    def _findings(self, rulebook: Rulebook) -> None:
        heads = [
            *(Column(Text("结论", "verdict"), 9), Column(Text("单位", "unit"), 20), Column(Text("期间", "period"), 13)),
            *(Column(Text("承诺", "commitment"), 8), Column(Text("要求", "rule"), 40)),
            *(Column(Text("责任", "answerable"), 18), Column(Text("说明", "explanation"), 82)),
            # What follows is for whoever filters and reckons; on paper the explanation says it.
            *(Column(Text("单位编号", "unit id"), 14), Column(Text("力度", "force"), 8)),
            *(Column(Text("实际", "observed"), 12, figures=True), Column(Text("目标", "target"), 16)),
            *(Column(head, 10, figures=True) for head in _FIGURES),
            *(Column(Text("进度", "pace"), 12), Column(Text("豁免", "waiver"), 10), Column(Text("牵头", "lead"), 24)),
            *(Column(Text("节", "section"), 12), Column(Text("结论编号", "id"), 18)),
        ]
        numbers = section_numbers(rulebook)
        sheet = self._book.add_worksheet(self._say(Text("结论", "Findings")))
        rows = (self._finding(finding, rulebook, numbers) for finding in self._run.findings or ())
        self._table(sheet, heads, rows, printed=7)

    def _finding(self, finding: Finding, rulebook: Rulebook, numbers: dict[str, str]) -> list[Cell]:
        rule, run = finding.rule, self._run
        quotient = isinstance(rule.measure, Share | Ratio)
        unit = NOTHING if isinstance(rule.measure, Share | Ratio) else unit_of(rule.measure, rulebook)
        answerable, lead = (
            self._say(names(codes, run, rulebook)) for codes in (finding.answerable, finding.responsible)
        )
        return [
            *(self._say(VERDICTS[finding.verdict]), finding.unit.name, finding.period.code),
            *(rule.commitment, self._say(rule.title)),
            *(answerable, self._say(explanation(finding, rulebook, run.registry, run.spoils))),
            *(finding.unit.id, self._say(_FORCES[rule.force]), finding.lower),
            self._say(target_words(finding.figure, unit)),
            *((finding.numerator, finding.denominator) if quotient else (None, None)),
            None if finding.shortfall is None else shown_up(finding.shortfall),
            *(self._say(PACES[finding.pace]) if finding.pace else None, finding.waiver, lead),
            *(numbers[rule.id], finding.identity(rulebook.plan.id)),
        ]

    def _changes(self, rulebook: Rulebook) -> None:
        if self._run.changes is None:
            return
        heads = [
            *(Column(Text("变化", "state"), 12), Column(Text("单位", "unit"), 20), Column(Text("期间", "period"), 13)),
            *(Column(Text("要求", "rule"), 36), Column(Text("结论", "verdict"), 24)),
            *(Column(head, 12, figures=True) for head in (Text("当时", "value then"), Text("现在", "value now"))),
            *(Column(Text("原因", "because of"), 24), Column(Text("结论编号", "id"), 18)),
        ]
        rows: list[list[Cell]] = []
        for entry in differences(self._run, self._run.changes):
            unit, period, title = whose(entry, rulebook)
            state, then = STATES[entry.change.state], entry.change.then
            figures: list[Cell] = [then.value if then else None, entry.now.lower if entry.now else None]
            rows.append([self._say(state), unit, period, self._say(title), self._say(verdicts(entry)), *figures])
            rows[-1] += [self._say(why(entry.change)), entry.id]
        self._table(self._book.add_worksheet(self._say(Text("变化", "Changes"))), heads, rows)

    def _alerts(self, rulebook: Rulebook) -> None:
        heads = [
            *(Column(Text("预警", "alert"), 22), Column(Text("单位", "unit"), 22), Column(Text("要求", "rule"), 36)),
            *(Column(Text("期间", "periods"), 28), Column(Text("上报", "escalates to"), 36)),
        ]
        titles = {follow_up.id: follow_up.title for follow_up in rulebook.follow_ups}
        rows: list[list[Cell]] = [
            [
                self._say(titles[alert.follow_up]),
                unit_name(alert.unit, self._run),
                self._say(rulebook.rules[alert.rule].title) if alert.rule else None,
                ", ".join(alert.periods),
                self._say(names(alert.escalate_to, self._run, rulebook)),
            ]
            for alert in self._run.alerts or ()
        ]
        self._table(self._book.add_worksheet(self._say(Text("预警", "Alerts"))), heads, rows)

    def _problems(self) -> None:
        heads = [
            *(Column(Text("轻重", "severity"), 9), Column(Text("文件", "file"), 30)),
            *(Column(Text("工作表", "sheet"), 12), Column(Text("行", "row"), 8, figures=True)),
            *(Column(Text("列", "column"), 14), Column(Text("意思", "meaning"), 18)),
            *(Column(Text("问题", "problem"), 54), Column(Text("办法", "hint"), 46)),
            Column(Text("代码", "code"), 18),
        ]
        rows: list[list[Cell]] = [
            [
                *(self._say(_SEVERITIES[one.severity]), one.place.file, one.place.sheet),
                *(one.place.row, one.place.column, self._say(PROBLEMS[one.code])),
                *(self._say(one.message), self._say(one.hint), one.code.value),
            ]
            for one in self._run.problems
        ]
        self._table(self._book.add_worksheet(self._say(Text("输入问题", "Problems"))), heads, rows, printed=8)

    def _table(
        self,
        sheet: Worksheet,
        heads: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        top: int = 0,
        filtered: bool = True,
        printed: int | None = None,
    ) -> int:
        """Write a table with its heads in row `top`, and give its last row; only its first columns are `printed`."""
        styles = self._styles
        for number, column in enumerate(heads):
            _put(sheet, top, number, self._say(column.head), styles.figures_head if column.figures else styles.head)
            sheet.set_column(number, number, column.width)
        usual = [styles.figures if column.figures else styles.plain for column in heads]
        widths = [column.width for column in heads]
        last = top
        for last, row in enumerate(rows, top + 1):
            make_room(sheet, last, row, widths)
            for number, cell in enumerate(row):
                _put(sheet, last, number, cell, usual[number] if number else styles.verdicts.get(str(cell), usual[0]))
        if filtered:
            sheet.autofilter(top, 0, last, len(heads) - 1)
            sheet.freeze_panes(top + 1, 2)
        if printed:
            sheet.print_area(0, 0, last, printed - 1)
        lay_on_paper(sheet, top if filtered else None)
        return last


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format | None = None) -> None:
    """Write one cell: a count as a number, anything else as text; Excel would round what is exact."""
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, int) and abs(cell) < 10**15:
        sheet.write_number(row, column, cell, style)
    else:
        text = cell if isinstance(cell, str) else shown(cell)
        sheet.write_string(row, column, printable(text)[:_LONGEST], style)

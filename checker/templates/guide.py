"""The sheet that tells people how to fill in a template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.explaining.words import target_words, unit_of
from checker.model.language import NOTHING, Language, Text
from checker.model.number import EXPECTED
from checker.model.rulebook import Indicator, Nature, Ratio, Rule, Rulebook, Share, indicators_of
from checker.model.worksheet import Sheet, heading
from checker.templates.book import Book, Style

NAME = Text("填写说明", "How to fill in")
_HEADS = (
    Text("指标（计量单位）", "Indicator (unit of measure)"),
    Text("数的是什么", "What one counts"),
    Text("填什么", "What to write"),
    Text("跨期怎么算", "Over time"),
    Text("在哪些工作表", "On which sheets"),
    Text("用于哪项承诺", "For which commitments"),
)
_SIZES = (30, 38, 26, 24, 18, 60)
_NATURES = {
    Nature.FLOW: Text("本期发生的数，各期相加", "what happened in the period; periods are added up"),
    Nature.LEVEL: Text("到期末为止的状况，取最晚的", "the state at the period's end; the latest counts"),
}
_ADVICE = (
    Text("每张工作表是一个期间，每行一个单位；空格表示没有报送，0 表示报了 0。",
         "Each sheet is one period, each row one unit; an empty cell is not reported, 0 is a figure."),
    Text("数照实写：12、1200.5、1.2万；百分比连 % 一起写，如 85%（这些格已设成文本）；是否从下拉框选。",
         "Write figures as 12, 1200.5 or 1.2万; percentages with their sign, as in 85% (those cells are text); "
         "choose 是 (yes) or 否 (no) from the list."),
    Text("更正：改好数，在“报送时间”写上更晚的日期再报一次；撤回：在那一格写“撤回”并写报送时间。",
         "To correct a figure report it again with a later date under “reported at”; to withdraw one write 撤回 in its "
         "cell, with a date."),
    Text("粘贴时请选“只粘贴值”。灰色格不由本单位报送。表头、单位和隐藏的行列请不要改。",
         "Paste values only. Grey cells are not for that unit. Leave headings, units and hidden cells alone."),
    Text("填好后自查：checker check 文件.xlsx --units units.csv --annotate 回执.xlsx",
         "Check it yourself: checker check FILE.xlsx --units units.csv --annotate ANSWER.xlsx"),
)  # fmt: skip


def write_guide(book: Book, rulebook: Rulebook, sheets: Sequence[Sheet], language: Language) -> None:
    """Write the sheet, first in `book`."""
    paper = book.reading_sheet(NAME.said(language))
    for column, size in enumerate(_SIZES):
        paper.set_column(column, column, size)
    kind = rulebook.plan.type_name(sheets[0].unit_type)
    title = Text(f"{rulebook.plan.title.zh}  {kind.zh}填报表", f"{rulebook.plan.title.en}: {kind.en}")
    book.write(paper, 1, 0, title.said(language), Style.TITLE)
    row = book.table(paper, 2, ((Style.BARE, [said.said(language)]) for said in _ADVICE))
    row = book.table(paper, row + 1, [(Style.HEAD, [head.said(language) for head in _HEADS])])
    book.table(paper, row, ((Style.PLAIN, said) for said in _indicators(rulebook, sheets, language)), _SIZES)
    paper.set_landscape()
    paper.set_paper(9)
    paper.fit_to_pages(1, 0)
    paper.protect()


def _indicators(rulebook: Rulebook, sheets: Sequence[Sheet], language: Language) -> Iterator[Iterable[str]]:
    for code in dict.fromkeys(code for sheet in sheets for code in sheet.indicators):
        indicator = rulebook.indicators[code]
        said = (heading(indicator), indicator.counts, EXPECTED[indicator.value], _NATURES[indicator.nature])
        where = ", ".join(sheet.name for sheet in sheets if code in sheet.indicators)
        yield *(text.said(language) for text in said), where, _use(indicator, rulebook, language)


def _use(indicator: Indicator, rulebook: Rulebook, language: Language) -> str:
    rules = (rule for rule in rulebook.active() if indicator.code in indicators_of(rule.measure))
    return "\n".join(_rule(rule, rulebook).said(language) for rule in rules)


def _rule(rule: Rule, rulebook: Rulebook) -> Text:
    latest = rule.targets[-1].figure
    unit = NOTHING if isinstance(rule.measure, Share | Ratio) else unit_of(rule.measure, rulebook)
    target = target_words(latest, unit) if latest else NOTHING
    return Text(
        f"{rule.commitment} {rule.title.zh}（目标{target.zh}）", f"{rule.commitment} {rule.title.en} ({target.en})"
    )

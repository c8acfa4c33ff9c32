"""Reminders (催报) as text, by township and department, and as CSV that Excel opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from checker.explaining.reminder import HEADS, ReminderRow
from checker.model.language import Language, Text
from checker.reporting.columns import in_columns
from checker.reporting.csv_format import BYTE_ORDER_MARK, csv_line

_WIDEST = (12, 24, 13, 160, 40, 60)


def reminders_to_csv(rows: Sequence[ReminderRow], language: Language) -> Iterator[bytes]:
    """Go through the reminders, one a row below the words of `HEADS`."""
    yield BYTE_ORDER_MARK + csv_line(head.said(language) for head in HEADS.values())
    yield from map(csv_line, rows)


def reminders_to_text(rows: Sequence[ReminderRow], as_of: str, language: Language, most: int) -> str:
    """Give the reminders by area, figures of one unit, period and date in one line; at most `most` lines an area."""
    units = len({row.unit for row in rows})
    lines = [
        Text(f"催报：截至 {as_of}，{units} 个单位还有 {len(rows)} 个数没有报",
             f"Reminders as of {as_of}: {units} unit(s) have still to report {len(rows)} figure(s)").said(language)
    ]  # fmt: skip
    for area, alike in groupby(rows, key=lambda row: row.area):
        lines += ["", *_area(area, list(alike), language, most)]
    return "\n".join([*lines, *_by_lead(rows, language)]) + "\n"


def _area(area: str, rows: list[ReminderRow], language: Language, most: int) -> Iterator[str]:
    yield area + Text(f"（{len(rows)} 个数）", f" ({len(rows)})").said(language)
    told = [
        _line(list(alike), language) for _, alike in groupby(rows, key=lambda row: (row.unit, row.period, row.state))
    ]
    shown = told[: most or None]
    yield from (f"  {line}" for line in in_columns(shown, _WIDEST))
    if rest := len(told) - len(shown):
        yield Text(f"  …… 另有 {rest} 项（--most 0 显示全部）", f"  … {rest} more (--most 0 shows all)").said(language)


def _line(alike: list[ReminderRow], language: Language) -> list[str]:
    """Give the cells of one line: state and due date, unit, period, figures, what they decide, where a fault stands."""
    first, comma = alike[0], Text("、", ", ").said(language)
    figures = comma.join(row.indicator for row in alike)
    decides = comma.join(dict.fromkeys(one for row in alike for one in row.commitments.split(comma)))
    faulty = comma.join(dict.fromkeys(row.faulty for row in alike if row.faulty))
    return [first.due, first.unit_name, first.period, figures, f"{first.state} → {decides}", faulty]


def _by_lead(rows: Sequence[ReminderRow], language: Language) -> Iterator[str]:
    """Go through how many figures each lead waits for."""
    if not rows:
        return
    comma = Text("、", ", ").said(language)
    counts = Counter(lead for row in rows for lead in row.leads.split(comma))
    yield ""
    yield Text("牵头部门还缺的数", "Figures that each lead waits for").said(language)
    yield from (f"  {line}" for line in in_columns([[lead, str(many)] for lead, many in counts.items()], [40, 12], [1]))

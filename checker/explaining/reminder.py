"""A reminder in words: who has to report what, what it decides, by when, and under which lead."""

from __future__ import annotations

from typing import NamedTuple

from checker.explaining.words import called
from checker.model.language import Language, Text, printable
from checker.model.reminder import Reminder
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry

HEADS = {
    "area": Text("乡镇或部门", "township or department"),
    "unit": Text("单位编号", "unit id"),
    "unit_name": Text("单位", "unit"),
    "period": Text("期间", "period"),
    "indicator": Text("要报的指标", "indicator to report"),
    "measured_in": Text("计量单位", "measured in"),
    "due": Text("到期日", "due"),
    "state": Text("状态", "state"),
    "commitments": Text("承诺", "commitments"),
    "decides": Text("决定什么", "what it decides"),
    "leads": Text("牵头部门", "lead"),
    "faulty": Text("有错的记录", "faulty records"),
}
_OVERDUE, _AHEAD = Text("已到期", "overdue"), Text("未到期", "not due yet")
_MEND = Text("，须更正", ", to be mended")


class ReminderRow(NamedTuple):
    """One reminder as text in one language; the fields are the keys of `HEADS`."""

    area: str
    unit: str
    unit_name: str
    period: str
    indicator: str
    measured_in: str
    due: str
    state: str
    commitments: str
    decides: str
    leads: str
    faulty: str


def reminder_row(reminder: Reminder, rulebook: Rulebook, registry: Registry, language: Language) -> ReminderRow:
    """Give `reminder` in `language`, without control characters."""
    comma = Text("、", ", ").said(language)
    indicator = rulebook.indicators[reminder.indicator]
    rules = {finding.rule.id: finding.rule for finding in reminder.decides}
    leads = dict.fromkeys(code for finding in reminder.decides for code in finding.rule.lead)
    groups = rulebook.plan.departments.groups
    named = (groups[code].name if code in groups else called(code, rulebook, registry) for code in leads)
    state = (_OVERDUE if reminder.overdue else _AHEAD).said(language)
    told = ReminderRow(
        area=reminder.area.name or reminder.area.id,
        unit=reminder.unit.id,
        unit_name=reminder.unit.name or reminder.unit.id,
        period=reminder.period.code,
        indicator=indicator.name.said(language),
        measured_in=indicator.unit.said(language),
        due=reminder.due.isoformat(),
        state=state + (_MEND.said(language) if reminder.faulty else ""),
        commitments=comma.join(dict.fromkeys(rule.commitment for rule in rules.values())),
        decides=comma.join(rule.title.said(language) for rule in rules.values()),
        leads=comma.join(name.said(language) for name in named),
        faulty=comma.join(map(str, reminder.faulty)),
    )
    return ReminderRow(*map(printable, told))

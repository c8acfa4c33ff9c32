"""What a check answered, looked at as the steps speak of it: in names and words."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from checker.advising.adviser import Adviser
from checker.advising.reminding import reminders
from checker.authoring.testing.county import FACTS, Row
from checker.authoring.testing.vocabulary import CODES, COLUMNS, FILES, NOTHING
from checker.engines.witnessing import Witnessing
from checker.explaining.advice import AdviceWords
from checker.explaining.reminder import reminder_row
from checker.model.fact import Data
from checker.model.finding import Finding
from checker.model.language import Language, Text
from checker.model.problem import Problem
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.reporting.record import finding_record

Record = dict[str, Any]


class Asked(NamedTuple):
    """Which finding a step speaks of, by ids."""

    rule: str
    unit: str
    period: str


class Answer:
    """One Run under one rulebook."""

    def __init__(self, run: Run, rulebook: Rulebook) -> None:
        self.run, self._rulebook = run, rulebook

    @cached_property
    def _findings(self) -> dict[Asked, int]:
        found = self.run.findings or ()
        return {Asked(one.rule.id, one.unit.id, one.period.code): number for number, one in enumerate(found)}

    def finding(self, asked: Asked) -> Record | None:
        """Give the finding that is `asked` for as the product shows it, or None."""
        number = self._findings.get(asked)
        if number is None or self.run.findings is None:
            return None
        return finding_record(self.run.findings[number], self.run, self._rulebook, Language.ZH)

    def advice(self, identity: str) -> list[str]:
        """Give what would make the finding of that id met, in sentences."""
        data, finding = self._behind(identity)
        words = AdviceWords(self._rulebook, data.registry)
        found = Adviser(self._rulebook, data, self.run.as_of).advice(finding)
        return [] if found is None else [text.zh for text in (*words.summary(found), *map(words.need, found.needs))]

    def reminders(self, identity: str) -> list[tuple[str, str, str]]:
        """Give who has to report something for the finding of that id, by when, and whether that has passed."""
        data, finding = self._behind(identity)
        witnessing = Witnessing(self._rulebook, data, self.run.as_of)
        found = reminders([finding], witnessing, self._rulebook.plan, data.registry, self.run.as_of)
        rows = [reminder_row(one, self._rulebook, data.registry, Language.ZH) for one in found]
        return [(row.unit_name, row.due, row.state) for row in rows]

    def _behind(self, identity: str) -> tuple[Data, Finding]:
        """Give the data that was checked, and the finding of that id."""
        plan = self._rulebook.plan.id
        found = next(one for one in self.run.findings or () if one.identity(plan) == identity)
        return self.run.data or Data(self.run.registry), found

    @property
    def refusal(self) -> Text | None:
        """Why nothing was judged, or None."""
        if self.run.findings is not None:
            return None
        zh, en = (
            "；".join(f"{one.place} {one.message.said(tongue)}" for one in self.run.errors) for tongue in Language
        )
        return Text(f"数据有错，没有判定：{zh}", f"the data has errors, nothing was judged: {en}")

    def alerts(self) -> list[Row]:
        """Give the alerts in words."""
        titles = {follow_up.id: follow_up.title.zh for follow_up in self._rulebook.follow_ups}
        return [
            {
                "提醒": titles[alert.follow_up],
                "单位": self.name_of(alert.unit),
                "事项": self._rulebook.rules[alert.rule].title.zh if alert.rule else NOTHING,
                "期间": "、".join(alert.periods),
                "提请": self.names_of(alert.escalate_to),
            }
            for alert in self.run.alerts or ()
        ]

    def names_of(self, codes: tuple[str, ...] | list[str]) -> str:
        """Give the names of units or departments as steps list them."""
        return "、".join(map(self.name_of, codes))

    def name_of(self, code: str) -> str:
        """Give the name behind a unit's id or a department's code."""
        if code in self.run.registry:
            return self.run.registry[code].name
        departments = self._rulebook.plan.departments.codes
        return departments[code].zh if code in departments else code

    def faults(self, row: int) -> set[str]:
        """Give what was said of one row of the reported figures, as codes; the header is row 1."""
        return {one.code.value for one in self.run.problems if one.place.file == FACTS and one.place.row == row}

    def names(self, told: Row) -> bool:
        """Whether it names the problem `told` in words: 文件, 行, 列 and 意思; 无 where it has none."""
        return any(_is_told(problem, told) for problem in self.run.problems)

    def problems(self) -> Text:
        """Give all problems in words."""
        zh, en = (
            "；".join(f"{one.place} {one.message.said(tongue)}" for one in self.run.problems) for tongue in Language
        )
        return Text(zh or "没有问题", en or "no problems")


def _is_told(problem: Problem, told: Row) -> bool:
    place, column = problem.place, COLUMNS.get(told["列"], told["列"])
    return (
        place.file.startswith(FILES[told["文件"]])
        and str(place.row or NOTHING) == told["行"]
        and (place.column or NOTHING) in (column, told["列"])
        and problem.code is CODES[told["意思"]]
    )

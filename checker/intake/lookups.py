"""What the cells of a fact mean: units, indicators, periods, instants and values, each looked up once.

Follows "Numbers", "Time" and "Units" of the contract. Every answer is either the meaning of a text or the fault in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from checker.intake.wording import Suggestions, quoted
from checker.model.instant import Instant, parse_instant, shown_instant, start_of
from checker.model.language import Text
from checker.model.number import EXPECTED, Number, normalised, parse_value
from checker.model.period import Period
from checker.model.problem import Code
from checker.model.rulebook import Indicator, Rulebook
from checker.model.unit import Unit

M = TypeVar("M")
WITHDRAWALS = frozenset({"撤回", "withdrawn"})


class Fault(NamedTuple):
    """What is wrong with one cell, before it has a place."""

    code: Code
    message: Text
    hint: Text


class Told(NamedTuple):
    """A period with the instant at which it begins in the plan's zone."""

    period: Period
    begins: Instant


class Remembered(dict[str, M], Generic[M]):
    """Asks a function about each text once."""

    def __init__(self, ask: Callable[[str], M]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, text: str) -> M:
        answer = self[text] = self._ask(text)
        return answer


class Lookups:
    """The meanings of texts under one rulebook and one registry; `units` by id, None: who exists is not known.

    `handed_in`: everything was reported at that instant, and no record may say otherwise.
    """

    def __init__(self, rulebook: Rulebook, units: Mapping[str, Unit] | None, handed_in: Instant | None = None) -> None:
        self.rulebook = rulebook
        self.handed_in = handed_in
        self._zone = rulebook.plan.zone
        self._by_id = units
        self._indicators_by_name = _named(
            (name, indicator) for indicator in rulebook.indicators.values() for name in dict.fromkeys(indicator.name)
        )
        self._near_indicators = Suggestions([*rulebook.indicators, *self._indicators_by_name])
        self.units: Remembered[Unit | Fault | None] = Remembered(self._unit)
        self.indicators: Remembered[Indicator | Fault] = Remembered(self._indicator)
        self.periods: Remembered[Told | Fault] = Remembered(self._period)
        self.instants: Remembered[Instant | Fault | None] = Remembered(self._instant)
        self._values: dict[tuple[str, str], Number | Fault] = {}
        self._reporters: dict[tuple[str, str], Fault | None] = {}

    # Only when asked for, because a registry may lie elsewhere and be large.
    @cached_property
    def _by_name(self) -> dict[str, list[Unit]]:
        return _named((unit.name, unit) for unit in (self._by_id or {}).values())

    @cached_property
    def _near_units(self) -> Suggestions:
        return Suggestions([*(self._by_id or ()), *self._by_name])

    def _unit(self, text: str) -> Unit | Fault | None:
        """Give the unit of that id, else of that name; None where there is no registry to look in."""
        if self._by_id is None:
            return None
        if found := self._by_id.get(text):
            return found
        named = self._by_name.get(text, [])
        if len(named) == 1:
            return named[0]
        if named:
            ids = ", ".join(unit.id for unit in named[:3])
            return Fault(
                Code.UNKNOWN_UNIT,
                Text(
                    f"有 {len(named)} 个单位都叫{quoted(text).zh}", f"{len(named)} units are called {quoted(text).en}"
                ),
                Text(f"请改写单位编号，例如 {ids}", f"write the unit's id instead, such as {ids}"),
            )
        hint = Text("请对照 units.csv 的 id 或 name", "compare with id and name in units.csv")
        message = Text(f"名册里没有单位{quoted(text).zh}", f"no unit {quoted(text).en} in the registry")
        return Fault(
            Code.UNKNOWN_UNIT,
            message if text else Text("没有填单位", "no unit is given"),
            self._near_units.near(text, hint),
        )

    def _indicator(self, text: str) -> Indicator | Fault:
        """Give the indicator of that code, else of that name in either language."""
        if found := self.rulebook.indicators.get(text):
            return found
        named = self._indicators_by_name.get(text, [])
        if len(named) == 1:
            return named[0]
        hint = Text(
            "请写指标代码或名称，见规则的 indicators.yaml", "write a code or name of the rulebook's indicators.yaml"
        )
        message = Text(f"规则里没有指标{quoted(text).zh}", f"no indicator {quoted(text).en} in the rulebook")
        if named:
            codes = ", ".join(indicator.code for indicator in named[:3])
            message = Text(
                f"有 {len(named)} 个指标都叫{quoted(text).zh}", f"{len(named)} indicators are called {quoted(text).en}"
            )
            return Fault(
                Code.UNKNOWN_INDICATOR, message, Text(f"请写指标代码：{codes}", f"write the indicator's code: {codes}")
            )
        return Fault(
            Code.UNKNOWN_INDICATOR,
            message if text else Text("没有填指标", "no indicator is given"),
            self._near_indicators.near(text, hint),
        )

    def _period(self, text: str) -> Told | Fault:
        calendar = self.rulebook.plan.calendar
        if found := calendar.read(text):
            return Told(found, start_of(found.first, self._zone))
        cycle = "、2024-2025-1" if calendar.cycle else ""
        message = Text(f"期间是{quoted(text).zh}，认不出", f"the period is {quoted(text).en}, which is none")
        forms = f"2024、2021-2025、2024-Q3、2024-09、2024-09-15{cycle}"
        return Fault(
            Code.BAD_PERIOD,
            message,
            Text(f"请写成这样之一：{forms}", f"write it as one of {forms.replace('、', ', ')}"),
        )

    def _instant(self, text: str) -> Instant | Fault | None:
        """Give the instant; for an empty text that of handing in, or None, which counts as the earliest."""
        if not text:
            return self.handed_in
        if self.handed_in is not None:
            return _STATED_INSTANT
        if (found := parse_instant(text, self._zone)) is not None:
            return found
        return Fault(
            Code.BAD_VALUE,
            Text(f"报送时间是{quoted(text).zh}，认不出", f"reported_at is {quoted(text).en}, which is no time"),
            Text("请写成 2025-01-31 或 2025-01-31T09:30", "write 2025-01-31 or 2025-01-31T09:30"),
        )

    def value(self, text: str, indicator: Indicator | Fault, has_instant: bool) -> Number | Fault | None:
        """Give the value, or None where there is none to give: a withdrawal, or an unknown indicator.

        `has_instant`: the fact says when it was reported, readably or not, without which nothing can be withdrawn.
        """
        if not text:
            return _EMPTY
        if text in WITHDRAWALS or (not text.isascii() and normalised(text) in WITHDRAWALS):
            return None if has_instant or self.handed_in is not None else _BARE_WITHDRAWAL
        if isinstance(indicator, Fault):
            return None
        key = (indicator.code, text)
        if (known := self._values.get(key)) is None:
            value = parse_value(text, indicator.value)
            known = self._values[key] = _unreadable(text, indicator) if value is None else value
        return known

    def wrong_reporter(self, unit: Unit | Fault | None, indicator: Indicator | Fault) -> Fault | None:
        """Say that `unit` may not report `indicator`, or None, also where either is unknown or the unit's type is."""
        if not isinstance(unit, Unit) or not isinstance(indicator, Indicator):
            return None
        if unit.type in indicator.reporter.unit_types:
            return None
        key = (unit.id, indicator.code)
        if key not in self._reporters:
            self._reporters[key] = self._reporter_fault(unit, indicator)
        return self._reporters[key]

    def _reporter_fault(self, unit: Unit, indicator: Indicator) -> Fault | None:
        plan = self.rulebook.plan
        if self.rulebook.reports(unit, indicator.code) or plan.level(unit.type) is None:
            return None
        reporter = indicator.reporter
        if reporter.department is not None:
            name = plan.departments.codes.get(reporter.department, Text(reporter.department, reporter.department))
            who = Text(f"{name.zh}（{reporter.department}）", f"{name.en} ({reporter.department})")
        else:
            names = [plan.type_name(unit_type) for unit_type in reporter.unit_types]
            who = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
        kind = plan.type_name(unit.type)
        return Fault(
            Code.WRONG_REPORTER,
            Text(
                f"{unit.id}（{kind.zh}）不报送“{indicator.name.zh}”，应由 {who.zh} 报送",
                f"{unit.id} ({kind.en}) does not report {indicator.name.en}; {who.en} does",
            ),
            Text("请删去这一条，或改为应报送的单位", "delete it, or name the unit that has to report it"),
        )

    def future(self, told: Told | Fault, reported: Instant | Fault | None, written: str) -> Fault | None:
        """Say that a period begins after the report, `written` so, or None; nothing is said where either is unknown."""
        if isinstance(told, Fault) or isinstance(reported, Fault) or reported is None or told.begins <= reported:
            return None
        period, written = told.period, written or shown_instant(reported, self._zone)
        return Fault(
            Code.FUTURE_PERIOD,
            Text(
                f"报送时间 {written} 早于期间 {period.code} 的第一天 {period.first}",
                f"reported at {written}, before the period {period.code} begins on {period.first}",
            ),
            Text("请改正期间或报送时间", "correct the period or reported_at"),
        )


def _named(pairs: Iterable[tuple[str, M]]) -> dict[str, list[M]]:
    found: dict[str, list[M]] = defaultdict(list)
    for name, thing in pairs:
        if name:
            found[name].append(thing)
    return dict(found)


_EMPTY = Fault(
    Code.BAD_VALUE,
    Text("没有填数值", "the value is empty"),
    Text("请填写；没有数据就删去这一条", "fill it in, or delete the record where there is nothing to report"),
)
_STATED_INSTANT = Fault(
    Code.BAD_VALUE,
    Text("报送时间由系统记录，不能自己填写", "the time of reporting is recorded, it cannot be stated"),
    Text("请删去 reported_at（报送时间）", "delete reported_at"),
)
_BARE_WITHDRAWAL = Fault(
    Code.BAD_VALUE,
    Text("撤回没有报送时间", "a withdrawal without reported_at"),
    Text("请填写从何时起撤回", "say from when on it is withdrawn"),
)


def _unreadable(text: str, indicator: Indicator) -> Fault:
    expected = EXPECTED[indicator.value]
    return Fault(
        Code.BAD_VALUE,
        Text(
            f"“{indicator.name.zh}”的数值是{quoted(text).zh}，应为{expected.zh}",
            f"the value of {indicator.name.en} is {quoted(text).en}, expected {expected.en}",
        ),
        Text(
            "不写单位、正负号和科学计数，小数最多 6 位，整数部分最多 12 位",
            "no unit of measure, sign or exponent, at most 12 digits before and 6 after the point",
        ),
    )

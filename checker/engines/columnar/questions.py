"""The rulebook as tables: what is asked in which period, by which figure, of which kinds of units.

Days are their ordinals, amounts millionths, rules and spans their numbers in the plan's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from checker.engines.advancing import is_due, is_flow_total
from checker.engines.columnar.amounts import MILLION, millionths
from checker.engines.columnar.session import Row, Table, numbers
from checker.model.period import Period
from checker.model.rulebook import Change, Ratio, Rule, Rulebook, Share, Total
from checker.model.target import CEILINGS, FLOORS, Figure, Form

NONE = -1
_KINDS = {Total: "total", Ratio: "ratio", Change: "change", Share: "share"}
_STRICT = frozenset({Form.MORE_THAN, Form.LESS_THAN})


class Asked(NamedTuple):
    """One rule in one of its periods; `turn` is the period's place in the rule's list.

    `before` is the period that a change looks back at, of other measures the same one.
    """

    rule: int
    span: int
    turn: int
    period: Period
    before: int


class Questions:
    """Everything that a rulebook asks at one as-of date, numbered.

    `rules` and `spans` give the number of each rule and period; spans are all periods that a rule asks or looks back
    at, also those that have not begun; `units` are the numbers of units by id.
    """

    def __init__(self, rulebook: Rulebook, units: Mapping[str, int], as_of: date, include_drafts: bool) -> None:
        self._rulebook, self._units, self._as_of = rulebook, units, as_of
        self.rules = list(rulebook.active(include_drafts))
        self.indicators = {code: number for number, code in enumerate(rulebook.indicators)}
        self.spans: dict[Period, int] = {}
        self._figures: dict[Figure, int] = {}
        self.asked = [asked for number, rule in enumerate(self.rules) for asked in self._of(number, rule)]
        self._tabled = list(self._of_tables())
        self._questions = [self._question(asked) for asked in self.asked]
        self._conditions = list(self._of_conditions())

    @property
    def figures(self) -> list[Figure]:
        """The figures by their numbers."""
        return list(self._figures)

    def periods_of(self, rule: Rule) -> tuple[Period, ...]:
        """Give the periods of `rule`; a question's turn is the place in this list."""
        return self._rulebook.plan.periods(rule.every)

    def tables(self) -> Iterator[Table]:
        """Go through the tables."""
        kinds = tuple((name, "string" if name == "kind" else "bigint") for name in _QUESTION.split())
        yield Table("question", kinds, self._questions)
        yield _table("figure", _FIGURE, [self._figure_row(figure, number) for figure, number in self._figures.items()])
        yield _table("tabled", "rule span unit figure", self._tabled)
        yield _table("span", "span first last day", [self._span(period, n) for period, n in self.spans.items()])
        yield _table("need", "indicator span flow", sorted(self._needs()))
        yield _table("condition", "rule place indicator figure", self._conditions)

    def _of(self, number: int, rule: Rule) -> Iterator[Asked]:
        for turn, period in enumerate(self.periods_of(rule)):
            span = self._span_number(period)
            before, *_ = (self._span_number(one) for one in self._rulebook.looked_at(rule, period))
            if period.first <= self._as_of:
                yield Asked(number, span, turn, period, before)

    def _span_number(self, period: Period) -> int:
        return self.spans.setdefault(period, len(self.spans))

    def _figure_number(self, figure: Figure) -> int:
        return self._figures.setdefault(figure, len(self._figures))

    def _of_tables(self) -> Iterator[Row]:
        """Go through the figures that a table sets for units of the registry."""
        for asked in self.asked:
            target = self.rules[asked.rule].target_on(asked.period.last)
            for unit, figure in (target.table or {}).items() if target else ():
                if unit in self._units:
                    yield asked.rule, asked.span, self._units[unit], self._figure_number(figure)

    def _question(self, asked: Asked) -> Row:
        rule, period = self.rules[asked.rule], asked.period
        measure, target = rule.measure, rule.target_on(period.last)
        figure = self._figure_number(target.figure) if target and target.figure and target.table is None else NONE
        if isinstance(measure, Share):
            above = below = NONE
        elif isinstance(measure, Ratio):
            above, below = self.indicators[measure.numerator], self.indicators[measure.denominator]
        else:
            above = below = self.indicators[measure.indicator]
        return (
            *(asked.rule, asked.span, asked.turn, _KINDS[type(measure)], figure, above, below, asked.before),
            min(period.last, self._as_of).toordinal(),
            int(is_due(period, self._as_of, self._rulebook.plan.grace_days)),
            int(is_flow_total(measure, self._rulebook)),
            period.days,
            (self._as_of - period.first).days + 1,
            int(self._rulebook.counts_whole(measure)),
            MILLION if isinstance(measure, Share) else MILLION * MILLION,
        )

    def _is_flow(self, code: str) -> int:
        return int(is_flow_total(Total(indicator=code), self._rulebook))

    def _span(self, period: Period, number: int) -> Row:
        return number, period.first.toordinal(), period.last.toordinal(), min(period.last, self._as_of).toordinal()

    def _needs(self) -> set[Row]:
        """Give each indicator with the spans in which some rule adds it up or tests it."""
        found: set[Row] = set()
        for asked in self.asked:
            measure = self.rules[asked.rule].measure
            if isinstance(measure, Share):
                codes = [condition.indicator for condition in measure.conditions]
            elif isinstance(measure, Ratio):
                codes = [measure.numerator, measure.denominator]
            else:
                codes = [measure.indicator]
            spans = (asked.before, asked.span)
            found.update((self.indicators[code], span, self._is_flow(code)) for code in codes for span in spans)
        return found

    def _of_conditions(self) -> Iterator[Row]:
        for number, rule in enumerate(self.rules):
            if isinstance(rule.measure, Share):
                for place, condition in enumerate(rule.measure.conditions):
                    figure = self._figure_number(condition.figure)
                    yield number, place, self.indicators[condition.indicator], figure

    def _figure_row(self, figure: Figure, number: int) -> Row:
        form = figure.form
        return (
            number,
            int(form not in CEILINGS),
            int(form not in FLOORS),
            int(form in _STRICT),
            int(form in FLOORS | CEILINGS),
            millionths(figure.low),
            millionths(figure.high),
        )


_QUESTION = "rule span turn kind figure above below before day due early days elapsed whole unity"
_FIGURE = "figure has_floor has_ceiling strict one_sided low high"


def _table(name: str, columns: str, rows: list[Row]) -> Table:
    return Table(name, numbers(columns), rows)

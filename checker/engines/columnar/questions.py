"""The rulebook as tables: what is asked in which period, by which figure, of which kinds of units.

Days are their ordinals, amounts millionths, rules and spans their numbers in the plan's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from checker.engines.advancing import is_due, is_flow_total
from checker.engines.columnar.amounts import MILLION, millionths
from checker.engines.columnar.session import Row, Table, amounts, numbers, strings
from checker.model.period import Period
from checker.model.rulebook import Change, Nature, Ratio, Rule, Rulebook, Share, Total
from checker.model.target import CEILINGS, FLOORS, Figure, Form

NONE = -1
_KINDS = {Total: "total", Ratio: "ratio", Change: "change", Share: "share"}
_STRICT = frozenset({Form.MORE_THAN, Form.LESS_THAN})


class Asked(NamedTuple):
    """One rule in one of its periods, a question; `turn` is the period's place in the rule's list.

    `before` is the period that a change looks back at, of other measures the same one.
    """

    rule: int
    span: int
    turn: int
    period: Period
    before: int


class Slot(NamedTuple):
    """An indicator in a span, where facts are added up; both as numbers."""

    indicator: int
    span: int


class Questions:
    """Everything that a rulebook asks at one as-of date, numbered.

    `rules` and `spans` give the number of each rule and period; spans are all periods that a rule asks or looks back
    at, also those that have not begun; `asked` are the questions and `slots` what they add up, by number; `units` are
    the numbers of units by id.
    """

    def __init__(self, rulebook: Rulebook, units: Mapping[str, int], as_of: date, include_drafts: bool) -> None:
        self._rulebook, self._units, self._as_of = rulebook, units, as_of
        self.rules = list(rulebook.active(include_drafts))
        self.indicators = {code: number for number, code in enumerate(rulebook.indicators)}
        self.natures = [indicator.nature for indicator in rulebook.indicators.values()]
        self.spans: dict[Period, int] = {}
        self.slots: dict[Slot, int] = {}
        self._figures: dict[Figure, int] = {}
        self.asked = [asked for number, rule in enumerate(self.rules) for asked in self._of(number, rule)]
        self._tabled = list(self._of_tables())
        self._questions = [self._question(number, asked) for number, asked in enumerate(self.asked)]
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
        yield Table("question", _QUESTION, self._questions)
        figures = [self._figure_row(figure, number) for figure, number in self._figures.items()]
        yield Table("figure", _FIGURE, figures)
        yield _table("tabled", "question unit figure", self._tabled)
        yield _table("slot", "slot indicator span flow day", list(self._slots()))
        yield _table("condition", "question place slot figure", self._conditions)

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
        for number, asked in enumerate(self.asked):
            target = self.rules[asked.rule].target_on(asked.period.last)
            for unit, figure in (target.table or {}).items() if target else ():
                if unit in self._units:
                    yield number, self._units[unit], self._figure_number(figure)

    def _slot(self, code: str, span: int) -> int:
        return self.slots.setdefault(Slot(self.indicators[code], span), len(self.slots))

    def _question(self, number: int, asked: Asked) -> Row:
        rule, period = self.rules[asked.rule], asked.period
        measure, target = rule.measure, rule.target_on(period.last)
        figure = self._figure_number(target.figure) if target and target.figure and target.table is None else NONE
        if isinstance(measure, Share):
            above = below = NONE
        elif isinstance(measure, Ratio):
            above, below = (self._slot(code, asked.span) for code in (measure.numerator, measure.denominator))
        else:
            above, below = (self._slot(measure.indicator, span) for span in (asked.span, asked.before))
        return (
            *(number, asked.rule, asked.span, asked.turn, _KINDS[type(measure)], figure, above, below),
            min(period.last, self._as_of).toordinal(),
            int(is_due(period, self._as_of, self._rulebook.plan.grace_days)),
            int(is_flow_total(measure, self._rulebook)),
            period.days,
            (self._as_of - period.first).days + 1,
            int(self._rulebook.counts_whole(measure)),
            MILLION if isinstance(measure, Share) else MILLION * MILLION,
        )

    def _slots(self) -> Iterator[Row]:
        """Go through the slots, each with the last day on which it is looked at."""
        days = [min(period.last, self._as_of).toordinal() for period in self.spans]
        for (indicator, span), number in self.slots.items():
            yield number, indicator, span, int(self.natures[indicator] is Nature.FLOW), days[span]

    def _of_conditions(self) -> Iterator[Row]:
        for number, asked in enumerate(self.asked):
            measure = self.rules[asked.rule].measure
            for place, condition in enumerate(measure.conditions if isinstance(measure, Share) else ()):
                slot = self._slot(condition.indicator, asked.span)
                yield number, place, slot, self._figure_number(condition.figure)

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


_QUESTION = (
    *numbers("question rule span turn"),
    *strings("kind"),
    *numbers("figure above below day due early days elapsed whole"),
    *amounts("unity"),
)
_FIGURE = (*numbers("figure has_floor has_ceiling strict one_sided"), *amounts("low high"))


def _table(name: str, columns: str, rows: list[Row]) -> Table:
    return Table(name, numbers(columns), rows)

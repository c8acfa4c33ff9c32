"""Findings and alerts as values, read back from the tables of a session.

Verdict, reason, pace, waiver and every number come from SQL; who answers and what figures are called from the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from checker.engines.answering import Answering
from checker.engines.columnar.amounts import MILLION, quotient
from checker.engines.columnar.framing import Frame
from checker.engines.columnar.questions import Slot
from checker.engines.columnar.session import Session, Stage
from checker.model.fact import Waiver
from checker.model.finding import NAMED_UNITS, Alert, Finding, Pace, Reason, Silence, Verdict
from checker.model.number import Number
from checker.model.rulebook import FollowUp, Measure, Ratio, Rule, Share, Total, indicators_of

Key = tuple[int, int]
"""A unit and a slot."""

SILENCE = Stage(
    "silence",
    "Verdicts 1: who has still to report: of each total the first few by id, and how many they are.",
    f"""
select unit, slot, place, silent, everyone
from (
    select lineage.top as unit, told.slot, told.unit as silent,
        row_number() over (partition by lineage.top, told.slot order by told.unit) as place,
        count(*) over (partition by lineage.top, told.slot) as everyone
    from told
    join wanted on wanted.slot = told.slot
    join lineage on lineage.unit = told.unit and lineage.top_kind = wanted.kind
    where told.silent = 1
) as numbered
where place <= {NAMED_UNITS}""",
)
UNDECIDED = Stage(
    "undecided",
    "Verdicts 1: which units of a share are undecided for want of an indicator: the first few, and how many.",
    f"""
select question, slot, unit, place, silent, everyone
from (
    select tested.question, tested.slot, lineage.top as unit, tested.unit as silent,
        row_number() over (partition by tested.question, tested.slot, lineage.top order by tested.unit) as place,
        count(*) over (partition by tested.question, tested.slot, lineage.top) as everyone
    from tested
    join counted_unit on counted_unit.question = tested.question and counted_unit.unit = tested.unit
    join lineage on lineage.unit = tested.unit and lineage.steps > 0
    join asked on asked.question = tested.question and asked.kind = lineage.top_kind
    where counted_unit.satisfied is null and tested.satisfied is null
) as numbered
where place <= {NAMED_UNITS}""",
)
_ORDERED = """
select finding.question, question.rule, question.span, finding.unit, finding.figure, finding.verdict,
    finding.underlying, finding.reason, finding.pace, finding.lower, finding.unit_of, finding.upper,
    finding.shortfall, question.unity, finding.waiver
from finding
join question on question.question = finding.question
order by question.rule, finding.unit, question.turn"""


class _Row(NamedTuple):
    """One row of the table of findings."""

    question: int
    rule: int
    span: int
    unit: int
    figure: int
    verdict: str
    underlying: str | None
    reason: str | None
    pace: str | None
    lower: Decimal | None
    unit_of: Decimal | None
    upper: Decimal | None
    shortfall: Decimal | None
    unity: int
    waiver: int | None


class Reading:
    """Reads a session's findings as values, in the contract's order."""

    def __init__(self, session: Session, frame: Frame, answering: Answering, waivers: list[Waiver]) -> None:
        self._session, self._answering, self._waivers = session, answering, waivers
        self._questions, self._population = frame.questions, frame.population
        self._periods = list(self._questions.spans)
        self._codes = list(self._questions.indicators)
        self._slots = list(self._questions.slots)
        self._silent: dict[Key, Silence] = {}
        self._undecided: dict[tuple[int, Key], Silence] = {}

    def findings(self) -> Iterator[Finding]:
        """Go through the findings."""
        for unit, slot, _, silent, everyone in self._numbers("silence", "unit, slot, place"):
            self._silent[unit, slot] = self._with(self._silent.get((unit, slot)), slot, silent, everyone)
        for question, slot, unit, _, silent, everyone in self._numbers("undecided", "question, slot, unit, place"):
            at = (question, (unit, slot))
            self._undecided[at] = self._with(self._undecided.get(at), slot, silent, everyone)
        for cells in self._session.rows(_ORDERED):
            yield self._finding(_Row(*cells))  # type: ignore[arg-type] # the columns of `_ORDERED`

    def repeated(self, follow_up: FollowUp, table: str) -> Iterator[Alert]:
        """Go through the alerts of a `repeat`, whose runs stand in `table`."""
        for unit, rule, turn in self._numbers(table, "unit, rule, turn", "unit, rule, turn"):
            asked = self._questions.rules[rule]
            periods = self._questions.periods_of(asked)[turn - follow_up.count + 1 : turn + 1]
            where = self._population.units[unit]
            codes = tuple(period.code for period in periods)
            yield Alert(follow_up.id, where.id, asked.id, codes, self._answering.responsible(asked, where))

    def clustered(self, follow_up: FollowUp, table: str) -> Iterator[Alert]:
        """Go through the alerts of a `cluster`, whose rules stand in `table`."""
        crowds: dict[tuple[int, int], list[Rule]] = {}
        for unit, span, rule in self._numbers(table, "unit, rule", "unit, span, rule"):
            crowds.setdefault((unit, span), []).append(self._questions.rules[rule])
        for unit, span in sorted(crowds, key=lambda crowd: (crowd[0], self._periods[crowd[1]].first)):
            where = self._population.units[unit]
            leads = (code for rule in crowds[unit, span] for code in self._answering.responsible(rule, where))
            yield Alert(follow_up.id, where.id, None, (self._periods[span].code,), tuple(dict.fromkeys(leads)))

    def _numbers(self, table: str, order: str, columns: str = "*") -> Iterator[tuple[int, ...]]:
        query = f"select {columns} from {table} order by {order}"
        return (tuple(int(str(cell)) for cell in row) for row in self._session.rows(query))

    def _with(self, silence: Silence | None, slot: int, silent: int, everyone: int) -> Silence:
        named = (*(silence.units if silence else ()), self._population.units[silent].id)
        indicator, span = self._slots[slot]
        return Silence(self._codes[indicator], self._periods[span].code, named, everyone)

    def _finding(self, row: _Row) -> Finding:
        rule, period = self._questions.rules[row.rule], self._periods[row.span]
        unit = self._population.units[row.unit]
        numerator, denominator = _parts(rule, row)
        return Finding(
            rule=rule,
            unit=unit,
            period=period,
            verdict=Verdict(row.verdict),
            underlying=Verdict(row.underlying) if row.underlying else None,
            reason=Reason(row.reason) if row.reason else None,
            pace=Pace(row.pace) if row.pace else None,
            lower=_fraction(row.lower, row.unit_of),
            upper=_fraction(row.upper, row.unit_of),
            numerator=numerator,
            denominator=denominator,
            figure=self._questions.figures[row.figure],
            shortfall=None if row.shortfall is None else quotient(int(row.shortfall), row.unity),
            waiver=None if row.waiver is None else self._waivers[row.waiver].id,
            responsible=self._answering.responsible(rule, unit),
            answerable=self._answering.answerable(rule, unit),
            silent=tuple(self._silences(rule.measure, row)),
        )

    def _silences(self, measure: Measure, row: _Row) -> Iterator[Silence]:
        told_of = (measure.numerator, measure.denominator) if isinstance(measure, Ratio) else indicators_of(measure)
        spans = dict.fromkeys((self._questions.asked[row.question].before, row.span))
        indicators = [self._questions.indicators[code] for code in told_of]
        slots = [self._questions.slots[Slot(indicator, span)] for span in spans for indicator in indicators]
        if isinstance(measure, Share):
            found = (self._undecided.get((row.question, (row.unit, slot))) for slot in slots)
        elif isinstance(measure, Total) or row.lower is None:
            found = (self._silent.get((row.unit, slot)) for slot in slots)
        else:
            return
        yield from (silence for silence in found if silence is not None)


def _fraction(above: Decimal | None, below: Decimal | None) -> Number | None:
    return None if above is None or below is None else quotient(int(above), int(below))


def _parts(rule: Rule, row: _Row) -> tuple[Number | None, Number | None]:
    """Give numerator and denominator of a ratio's or share's lower bound."""
    if row.lower is None or row.unit_of is None or not isinstance(rule.measure, Ratio | Share):
        return None, None
    scale = MILLION if isinstance(rule.measure, Ratio) else 1
    return quotient(int(row.lower), scale), quotient(int(row.unit_of), scale)

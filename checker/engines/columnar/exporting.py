"""Findings as raw columns, for files that are too large to be rendered: every exact number, no sentence.

`lower`, `upper` and `shortfall` follow "Findings as data" of the contract as whole numbers: a bound is
`lower / unit_of`, a shortfall is in parts of `unity`. `area` is the unit at or above of the type that departments
stand below (a county), else the root; `root` is the topmost unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.engines.columnar.framing import Frame
from checker.engines.columnar.session import Table, numbers, strings
from checker.model.fact import Waiver
from checker.model.rulebook import FollowUp, FollowUpKind

EXPORT = """
select rule_name.name as rule, rule_name.commitment, rule_name.force, rule_name.section, unit_name.name as unit,
    unit_name.type as unit_type, unit_name.area, unit_name.root, span_name.name as period, finding.verdict,
    finding.underlying, finding.reason, finding.pace, finding.lower, finding.upper, finding.unit_of,
    figure_name.name as target, finding.shortfall, question.unity, waiver_name.name as waiver
from finding
join question on question.question = finding.question
join rule_name on rule_name.number = question.rule
join span_name on span_name.number = question.span
join unit_name on unit_name.number = finding.unit
join figure_name on figure_name.number = finding.figure
left join waiver_name on waiver_name.number = finding.waiver"""
"""All findings, in no order: sorting millions of rows is for who reads them."""


def alerts(followed: Iterable[tuple[FollowUp, str]]) -> str:
    """Give the query of all alerts: of a `repeat` a row, of a `cluster` a row for each of its rules."""
    queries = []
    for follow_up, table in followed:
        repeat = follow_up.kind is FollowUpKind.REPEAT
        ended = "question.turn = alert.turn" if repeat else "question.span = alert.span"
        queries.append(
            _ALERTS.format(name=follow_up.id, table=table, ended=ended, back=follow_up.count - 1 if repeat else 0)
        )
    return "\nunion all".join(queries)


_ALERTS = """
select '{name}' as follow_up, unit_name.name as unit, rule_name.name as rule, first_name.name as first_period,
    last_name.name as last_period
from {table} as alert
join question on question.rule = alert.rule and {ended}
join question as began on began.rule = alert.rule and began.turn = question.turn - {back}
join unit_name on unit_name.number = alert.unit
join rule_name on rule_name.number = alert.rule
join span_name as first_name on first_name.number = began.span
join span_name as last_name on last_name.number = question.span"""

TALLY = """
select rule_name.force, finding.verdict, count(*) as many
from finding
join question on question.question = finding.question
join rule_name on rule_name.number = question.rule
group by rule_name.force, finding.verdict"""
"""How many findings have each verdict, by force."""


def names(frame: Frame, waivers: list[Waiver]) -> Iterator[Table]:
    """Go through the tables that call all numbers but those of units by their names."""
    questions = frame.questions
    rules = [(n, r.id, r.commitment, r.force.value, r.section) for n, r in enumerate(questions.rules)]
    texts = {
        "span_name": [period.code for period in questions.spans],
        "figure_name": [str(figure) for figure in questions.figures],
        "waiver_name": [waiver.id for waiver in waivers],
    }
    yield Table("rule_name", (*numbers("number"), *strings("name commitment force section")), rules)
    for name, words in texts.items():
        yield Table(name, (*numbers("number"), *strings("name")), list(enumerate(words)))

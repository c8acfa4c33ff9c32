"""Follow-ups: what several findings that are not met give rise to.

Follows "Follow-ups" of the contract.
"""

from __future__ import annotations

from checker.engines.columnar.session import Stage


def repeats(number: int, count: int) -> Stage:
    """Give the stage of a `repeat`: the last period of every run of `count` periods that were all not met."""
    query = f"""
select rule, unit, turn
from (
    select failed.rule, failed.unit, failed.turn,
        count(*) over (
            partition by failed.rule, failed.unit order by failed.turn
            range between {count - 1} preceding and current row) as running
    from failed
    join follow on follow.kind = failed.kind and follow.follow_up = {number}
) as run
where running = {count}"""
    return Stage(f"repeat_{number}", f"Follow-ups: {count} periods in a row, each not met; others break it.", query)


def clusters(number: int, count: int) -> Stage:
    """Give the stage of a `cluster`: the rules of every unit and period in which `count` or more were not met."""
    query = f"""
select failed.unit, failed.span, failed.rule
from failed
join (
    select failed.unit, failed.span
    from failed
    join follow on follow.kind = failed.kind and follow.follow_up = {number}
    group by failed.unit, failed.span
    having count(*) >= {count}
) as crowd on crowd.unit = failed.unit and crowd.span = failed.span"""
    return Stage(f"cluster_{number}", f"Follow-ups: {count} rules of one unit and period, all not met.", query)


FAILED = Stage(
    "failed",
    "Follow-ups: the findings that are not met; under a waiver they do not count.",
    """
select question.rule, question.span, finding.unit, question.turn, unit.kind
from finding
join question on question.question = finding.question
join unit on unit.unit = finding.unit
where finding.verdict = 'not_met'""",
)

"""A Run as plain data, the keys and their order as "Findings as data" of the contract lists them."""

from __future__ import annotations

from collections.abc import Iterator

from checker.explaining.sentence import explanation
from checker.model.finding import Alert, Finding
from checker.model.language import Language
from checker.model.number import Number, shown, shown_up
from checker.model.problem import Problem
from checker.model.rulebook import Force, Ratio, Rulebook, Share
from checker.model.run import Run

SCHEMA = "checker.findings/1"
Record = dict[str, object]


def run_record(run: Run, language: Language) -> Record:
    """Give everything of `run`; `summary`, `findings` and `alerts` are None where nothing was judged."""
    record = frame_record(run, language)
    if run.findings is not None:
        record["findings"] = list(finding_records(run, language))
    return record


def frame_record(run: Run, language: Language) -> Record:
    """Give everything of `run` with an empty list where its findings belong."""
    judged = run.findings is not None
    return {
        "schema": SCHEMA,
        "tool": {"name": "checker", "version": run.version},
        "plan": _plan(run.rulebook, language),
        "as_of": run.as_of.isoformat(),
        "engine": run.engine,
        "data_digest": run.data_digest,
        "summary": _summary(run) if judged else None,
        "findings": [] if judged else None,
        "alerts": [_alert(alert) for alert in run.alerts or ()] if judged else None,
        "problems": [problem_record(problem, language) for problem in run.problems],
    }


def finding_records(run: Run, language: Language) -> Iterator[Record]:
    """Go through the findings of `run` as plain data."""
    if run.rulebook is not None:
        for finding in run.findings or ():
            yield finding_record(finding, run, run.rulebook, language)


def problem_record(problem: Problem, language: Language) -> Record:
    """Give one problem with its place; each place key None where it has none."""
    place = problem.place
    return {
        "severity": problem.severity.value,
        "code": problem.code.value,
        "message": problem.message.said(language),
        "hint": problem.hint.said(language),
        "file": place.file or None,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
    }


def _plan(rulebook: Rulebook | None, language: Language) -> Record | None:
    if rulebook is None:
        return None
    return {"id": rulebook.plan.id, "title": rulebook.plan.title.said(language), "digest": rulebook.digest}


def _summary(run: Run) -> Record:
    return {**run.counts(Force.MUST)._asdict(), "strive": run.counts(Force.STRIVE)._asdict()}


def finding_record(finding: Finding, run: Run, rulebook: Rulebook, language: Language) -> Record:
    """Give one finding of `run`, judged by `rulebook`, as plain data."""
    rule = finding.rule
    return {
        "id": finding.identity(rulebook.plan.id),
        "rule": rule.id,
        "commitment": rule.commitment,
        "force": rule.force.value,
        "unit": finding.unit.id,
        "unit_name": finding.unit.name,
        "period": finding.period.code,
        **outcome_record(finding),
        "responsible": list(finding.responsible),
        "source": {"document": rulebook.plan.document.zh, "section": rule.section, "clause": rule.clause},
        "explanation": explanation(finding, rulebook, run.registry, run.spoils).said(language),
    }


def outcome_record(finding: Finding) -> Record:
    """Give what was found, apart from who is asked and how it is said."""
    return {
        "verdict": finding.verdict.value,
        "underlying": finding.underlying.value if finding.underlying else None,
        "observed": _observed(finding),
        "bounds": [_shown(finding.lower), _shown(finding.upper)],
        "target": str(finding.figure),
        "shortfall": None if finding.shortfall is None else shown_up(finding.shortfall),
        "reason": finding.reason.value if finding.reason else None,
        "pace": finding.pace.value if finding.pace else None,
        "waiver": finding.waiver,
    }


def _observed(finding: Finding) -> Record | None:
    if finding.lower is None:
        return None
    quotient = isinstance(finding.rule.measure, Ratio | Share)
    return {
        "value": shown(finding.lower),
        "numerator": _shown(finding.numerator) if quotient else None,
        "denominator": _shown(finding.denominator) if quotient else None,
    }


def _shown(value: Number | None) -> str | None:
    return None if value is None else shown(value)


def _alert(alert: Alert) -> Record:
    return {
        "follow_up": alert.follow_up,
        "unit": alert.unit,
        "rule": alert.rule,
        "periods": list(alert.periods),
        "escalate_to": list(alert.escalate_to),
    }

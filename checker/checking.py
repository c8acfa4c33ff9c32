"""The story of a check: rulebook and data in, one Run out.

The only module besides the command line that knows several rooms. Follows "Findings as data" and "Input data" of the
contract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from checker import __version__
from checker.engines.assessing import Assessment
from checker.engines.choosing import suited
from checker.engines.columnar.assessing import ColumnarAssessment
from checker.engines.columnar.engine import ColumnarEngine
from checker.engines.judging import Judge
from checker.engines.selecting import Filters, Selecting
from checker.engines.witnessing import Witnessing
from checker.intake.reading import Inputs, Intake, read
from checker.model.evidence import Evidence
from checker.model.fact import Data, Waiver
from checker.model.finding import Finding
from checker.model.language import Text
from checker.model.problem import Code, Problem, Severity, in_order
from checker.model.rulebook import Rulebook
from checker.model.run import Run, Unchecked
from checker.model.spoils import Spoils
from checker.model.unit import Registry

Progress = Callable[[Iterable[Finding], int], Iterable[Finding]]
"""Goes through findings as they come, about so many, and shows how far it is; must give each one back."""


def silently(findings: Iterable[Finding], size: int) -> Iterable[Finding]:  # noqa: ARG001 (a Progress)
    """Show no progress."""
    return findings


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the data: as of when, with which rules, of whom, and how faulty records are met.

    `partial`: the inputs are single files, so only what they suffice for is judged.
    """

    as_of: date
    include_drafts: bool = False
    keep_going: bool = False
    partial: bool = False
    filters: Filters = field(default_factory=Filters)


def check(rulebook: Rulebook, inputs: Inputs, question: Question, judge: Judge, progress: Progress = silently) -> Run:
    """Give the Run of `question` on `inputs`; faults of the input are in its problems, never raised."""
    return check_read(rulebook, read(inputs, rulebook), question, judge, progress)


def check_read(
    rulebook: Rulebook, intake: Intake, question: Question, judge: Judge, progress: Progress = silently
) -> Run:
    """Give the Run of `question` on what was read under `rulebook`, or under one with the same plan and indicators."""
    judge = suited(judge, len(_data(intake).facts))
    return _refused(rulebook, intake, question, judge) or _judged(rulebook, intake, question, judge, progress)


def explain(
    rulebook: Rulebook, inputs: Inputs, question: Question, judge: Judge, wanted: Callable[[Finding], bool]
) -> tuple[Run, list[Evidence]]:
    """Give the Run of `question` on `inputs` and the evidence of its findings that are `wanted`."""
    run = witnessed(check(rulebook, inputs, question, judge), wanted)
    return run, list(run.evidence.values())


def witnessed(run: Run, wanted: Callable[[Finding], bool]) -> Run:
    """Give `run` with the evidence of its findings that are `wanted`."""
    findings = [finding for finding in run.findings or () if wanted(finding)]
    if run.rulebook is None or run.data is None or not findings:
        return run
    witnessing, plan = Witnessing(run.rulebook, run.data, run.as_of), run.rulebook.plan.id
    return replace(run, evidence={one.identity(plan): witnessing.evidence(one) for one in findings})


def sound_data(rulebook: Rulebook, inputs: Inputs, question: Question, judge: Judge) -> Data | Run:
    """Give what is sound in `inputs`, or the Run that says why nothing can be judged on them."""
    intake = read(inputs, rulebook)
    return _refused(rulebook, intake, question, judge) or _data(intake)


def _data(intake: Intake) -> Data:
    return intake.data or Data(Registry(()))


def _assessment(rulebook: Rulebook, data: Data, question: Question, judge: Judge) -> Assessment | ColumnarAssessment:
    if isinstance(judge, ColumnarEngine):
        return judge.assess(rulebook, data, question.as_of, question.include_drafts)
    return Assessment(rulebook, data, question.as_of, judge, question.include_drafts)


def _judged(rulebook: Rulebook, intake: Intake, question: Question, judge: Judge, progress: Progress) -> Run:
    data = _data(intake)
    assessment = _assessment(rulebook, data, question, judge)
    findings = tuple(progress(assessment.findings(), assessment.size()))
    selecting = Selecting(rulebook, data, question.as_of)
    filters = question.filters.resolved(data.registry)
    unchecked: list[Finding] = []
    unasked = _unasked(rulebook, question, findings)
    if question.partial:
        findings, unchecked = _within(selecting, findings)
        assessment.narrow(findings)
    alerts = tuple(assessment.alerts())
    unneeded = [unneeded_problem(waiver) for waiver in assessment.unneeded_waivers()]
    return Run(
        version=__version__,
        as_of=question.as_of,
        engine=judge.name,
        rulebook=rulebook,
        registry=data.registry,
        data_digest=data.digest(),
        findings=tuple(finding for finding in findings if selecting.keeps(filters, finding)),
        alerts=alerts,
        problems=tuple(in_order([*intake.problems, *unneeded])),
        left_out=intake.left_out,
        stray=intake.stray,
        unchecked=tuple(_gathered(one for one in unchecked if selecting.keeps(filters, one))),
        unasked=unasked,
        spoils=Spoils(data.spoiled),
        data=data,
    )


def _unasked(rulebook: Rulebook, question: Question, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Give the rules of which a period has begun and that asked nobody: a slip of the rulebook or of the registry."""
    asked = {finding.rule.id for finding in findings}
    begun = (rule for rule in rulebook.active(question.include_drafts) if rulebook.has_begun(rule, question.as_of))
    return tuple(rule.id for rule in begun if rule.id not in asked)


def _refused(rulebook: Rulebook, intake: Intake, question: Question, judge: Judge) -> Run | None:
    """Give the Run that judges nothing, where errors stop the check; faults of the registry always do."""
    data = intake.data
    faulty = any(problem.severity is Severity.ERROR for problem in intake.problems)
    if data is not None and (question.keep_going or not faulty):
        return None
    return Run(
        version=__version__,
        as_of=question.as_of,
        engine=judge.name,
        rulebook=rulebook,
        registry=data.registry if data else Registry(()),
        data_digest=data.digest() if data else None,
        findings=None,
        alerts=None,
        problems=tuple(intake.problems),
        left_out=intake.left_out,
        stray=intake.stray,
    )


def _within(selecting: Selecting, findings: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], list[Finding]]:
    touched = [finding for finding in findings if selecting.touched(finding)]
    enough = [selecting.suffices(finding) for finding in touched]
    kept = tuple(finding for finding, suffices in zip(touched, enough, strict=True) if suffices)
    return kept, [finding for finding, suffices in zip(touched, enough, strict=True) if not suffices]


def _gathered(findings: Iterable[Finding]) -> Iterator[Unchecked]:
    periods: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        periods.setdefault((finding.rule.id, finding.unit.id), []).append(finding.period.code)
    return (Unchecked(rule, unit, tuple(codes)) for (rule, unit), codes in periods.items())


def unneeded_problem(waiver: Waiver) -> Problem:
    """Give the warning about a waiver that nobody needs."""
    return Problem(
        Code.UNNEEDED_WAIVER,
        Text(
            f"豁免 {waiver.id} 所涉及的结论全部达标，用不着豁免",
            f"waiver {waiver.id} covers findings that are all met: nobody needs it",
        ),
        Text("核实后可以撤销这项豁免", "check it; it can be ended"),
        waiver.place,
    )

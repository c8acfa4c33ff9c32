"""An earlier check as it was written: by ``check --save`` with its inputs, by ``--format json`` with digests alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict, ValidationError

from checker.baseline.inputs import Kept
from checker.checking import Question
from checker.model.changes import Outcome
from checker.model.finding import Finding, Verdict
from checker.repeating import read_saved
from checker.reporting.record import outcome_record

Found = Mapping[str, Mapping[str, object]]
"""What was found, by the ids of findings: `force`, and the contract's keys from `verdict` to `waiver`."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Tool(_Part):
    version: str


class _Plan(_Part):
    id: str
    digest: str


class _Finding(_Part):
    id: str
    rule: str
    unit: str
    unit_name: str
    period: str
    force: str
    verdict: Verdict
    underlying: str | None
    observed: dict[str, str | None] | None
    bounds: list[str | None]
    target: str
    shortfall: str | None
    reason: str | None
    pace: str | None
    waiver: str | None


class Output(_Part):
    """The JSON of a check that judged, as far as it is compared."""

    tool: _Tool
    plan: _Plan
    as_of: date
    data_digest: str
    findings: list[_Finding]


class Earlier(_Part):
    """An earlier check: its output and, where it was kept for that, what was asked and of which inputs."""

    output: Output
    question: Question | None = None
    inputs: Kept | None = None

    @cached_property
    def found(self) -> Found:
        """What it found."""
        who = {"id", "rule", "unit", "unit_name", "period"}
        return {one.id: one.model_dump(exclude=who) for one in self.output.findings}

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """What it found, as people are told."""
        return {
            one.id: Outcome(
                *(one.rule, one.unit, one.unit_name, one.period, one.verdict),
                *(one.observed.get("value") if one.observed else None, one.target, one.shortfall),
            )
            for one in self.output.findings
        }


def read_earlier(content: bytes) -> Earlier | None:
    """Give the check that wrote `content`; None where none did, or one that judged nothing."""
    try:
        saved = read_saved(content)
        if saved is None:
            return Earlier(output=Output.model_validate_json(content))
        output = Output.model_validate(saved.output)
        return Earlier(output=output, question=saved.question(), inputs=saved.inputs)
    except ValidationError:
        return None


def found_by(plan: str, findings: Iterable[Finding]) -> Found:
    """Give what `findings` of the plan of that id say, comparable with what an earlier check found."""
    return {one.identity(plan): {"force": one.rule.force.value, **outcome_record(one)} for one in findings}

"""Audit samples as values."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from checker.model.finding import Verdict
from checker.service.api.values.base import (
    HASH,
    Day,
    Department,
    Id,
    Moment,
    Number,
    PeriodCode,
    RuleId,
    Said,
    Section,
    UnitId,
    Value,
    Version,
)
from checker.service.api.values.found import Explained, FactsDigest, PeriodTold, Rule, Unit, VerdictTold
from checker.store.samples import Outcome

_SAID = "845 条中抽查 92 条，3 条不符（3.3%）；以 95% 的把握，全部 845 条中不符的有 8 至 73 条（0.9% 至 8.7%）"
Percent = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,2}(\.[0-9]{1,3})?%$"), Field(examples=["95%"])]
Margin = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,2}(\.[0-9]{1,3})?%$"), Field(examples=["10%"])]
Seed = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$"), Field(examples=["2025-06-30-17-23-31"])]
Share = Annotated[str, Field(examples=["3.3%"])]


class FiltersOut(Value):
    """What was asked of the findings; null: any."""

    unit: UnitId | None = None
    rule: RuleId | None = None
    verdict: Verdict | None = Field(default=None, examples=["met"])
    period: PeriodCode | None = None
    section: Section | None = None
    responsible: Department | None = None


class SampleIn(FiltersOut):
    """A sample that is wanted: of which findings, how sure, and how far off at most (the margin, either way).

    Without a `seed` one is drawn by lot; a number that was drawn in public can be given instead.
    """

    title: Said = Field(examples=["2024-2025学年第一学期达标结论抽查"])
    confidence: Percent
    margin: Margin
    seed: Seed | None = None


class EstimateOut(Value):
    """What a sample says about all findings: the share that differs, and exactly from how many to how many do."""

    differing: Number
    share: Share
    low: Number
    high: Number
    low_share: Share
    high_share: Share
    sentence: Annotated[str, Field(examples=[_SAID])]


class SampleOut(Value):
    """A sample. `digest` names the findings that it was drawn from; `estimate` is null until all is entered."""

    id: Id
    title: Annotated[str, Field(examples=["2024-2025学年第一学期达标结论抽查"])]
    seed: Seed
    confidence: Percent
    margin: Margin
    area: Unit
    filters: FiltersOut
    size: Number
    population: Number
    digest: Annotated[str, Field(examples=[HASH])]
    as_of: Day
    by_account: Number
    at: Moment
    entered: Number
    differing: Number
    estimate: EstimateOut | None


class SampleWhole(SampleOut):
    """A sample looked at: `repeatable` says whether the same seed draws the same findings again."""

    repeatable: bool


class SampledOut(Value):
    """One finding of a sample as it stood when it was drawn, and what was found."""

    place: Number
    finding: Id
    rule: Rule
    unit: Unit
    period: PeriodTold
    verdict: VerdictTold
    explanation: Explained
    facts_digest: FactsDigest
    outcome: Outcome | None
    note: Annotated[str, Field(examples=["台账上只有 1 次"])]
    by_account: Number | None
    at: Moment | None
    version: Version


class OutcomeIn(Value):
    """What was found at one finding; where it differs, the note says how."""

    version: Version
    outcome: Outcome
    note: Annotated[str, StringConstraints(max_length=2000)] = Field(default="", examples=["台账上只有 1 次"])

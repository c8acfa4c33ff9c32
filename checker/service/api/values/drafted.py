"""Rulebooks, their drafts, previews and publications as values."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from checker.service.api.values.base import (
    DIGEST,
    HASH,
    AtVersion,
    Day,
    Id,
    Moment,
    Number,
    Said,
    Value,
    Version,
    Words,
)
from checker.service.drafting import FILE_NAME, MOST_IN_FILE
from checker.store.drafts import DraftState


def _storable(text: str) -> str:
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("NUL and half characters are not taken")
    return text


FileName = Annotated[str, StringConstraints(pattern=FILE_NAME)]
FeatureName = Annotated[str, StringConstraints(pattern=FILE_NAME.replace("yaml", "feature"))]
Content = Annotated[str, StringConstraints(max_length=MOST_IN_FILE), AfterValidator(_storable)]
Document = Annotated[str, StringConstraints(min_length=1, max_length=1_000_000), AfterValidator(_storable)]
RuleTold = Annotated[str, Field(examples=["youth.lectures"])]
_SECTION = 'section: 二（一）\nlead: [education-sports]\nrules: []\nno_commitment: "…"\n'
_FEATURE = "# language: zh-CN\n功能: 讲座\n  场景: …\n    假如 …\n"


class RulebookOut(Value):
    """A publication of the rulebook: what judges from `in_force` on.

    `findings`, `changed` and `flipped` as its preview counted them, 0 where there was none; `withdrawn`: taken back
    before it came into force.
    """

    id: int = Field(examples=[2])
    digest: str = Field(examples=[DIGEST])
    published: Moment
    in_force: Moment
    by_account: Number
    draft: Id | None
    reason: str = Field(examples=["县政府办 2026 年第 3 号通知"])
    findings: int = Field(examples=[845])
    changed: int = Field(examples=[18])
    flipped: int = Field(examples=[12])
    withdrawn: Moment | None = Field(examples=[None])


class Reasoned(Value):
    """A step that needs no more than a reason."""

    reason: Said = Field(examples=["生效日定错了"])


class RuleFileOut(Value):
    """A file of a published rulebook."""

    name: str = Field(examples=["2-1-youth.yaml"])
    content: str = Field(examples=[_SECTION])


class MeaningOut(Value):
    """One change of meaning, as ``checker rules diff --format json`` has it."""

    how: str = Field(examples=["changed"])
    kind: str = Field(examples=["rule"])
    id: str = Field(examples=["youth.lectures"])
    title: Words
    key: str | None = Field(examples=["target"])
    name: str | None = Field(examples=["目标"])
    old: str | None = Field(examples=["不少于 2 次"])
    new: str | None = Field(examples=["不少于 3 次"])
    decides: bool = Field(description="结论可能因此改变  a verdict can depend on it")


class DraftIn(Value):
    """A new draft, of the publication `base`, by default the one in force; `rollback`: to publish that one anew."""

    title: Said = Field(examples=["讲座改为每学期 3 次"])
    base: Annotated[int, Field(ge=1, lt=2**63)] | None = Field(default=None, examples=[1])
    rollback: bool = False


class FileListed(Value):
    """A file of a draft, without what it says."""

    name: str = Field(examples=["2-1-youth.yaml"])
    version: Number
    size: int = Field(examples=[3392], description="字节  bytes of UTF-8")


class DraftChangeOut(Value):
    """Who did what to a draft."""

    account: Number
    at: Moment
    action: str = Field(examples=["write"])
    file: str | None = Field(examples=["2-1-youth.yaml"])
    sha256: str | None = Field(examples=[HASH])


class DraftOut(Value):
    """A draft. `restores`: the publication that it publishes anew, unchanged; `version` grows with every change."""

    id: str = Field(examples=["9f86d081884c7d65"])
    title: str = Field(examples=["讲座改为每学期 3 次"])
    state: DraftState
    author: Number
    base: int | None = Field(examples=[1])
    restores: int | None = Field(examples=[None])
    version: Number
    created: Moment
    changed: Moment


class DraftWhole(DraftOut):
    """A draft with its files and everything that was done to it, the oldest first."""

    files: list[FileListed]
    changes: list[DraftChangeOut]


class DraftFileOut(Value):
    """A file of a draft; `version` is its own."""

    name: str = Field(examples=["2-1-youth.yaml"])
    content: str = Field(examples=[_SECTION])
    version: Number


class DraftFileIn(Value):
    """What a file says from now on; `version`: that of the file as it was read, null for a new one."""

    content: Content = Field(examples=[_SECTION])
    version: Version | None = Field(default=None, examples=[1])


class Unsaved(Value):
    """What an editor holds and has not saved: looked at instead of the files kept under these names."""

    files: dict[FileName, Content] = Field(default={}, max_length=60, examples=[{"2-1-youth.yaml": _SECTION}])


class RemarkOut(Value):
    """One thing that is to be said of a draft; rows and columns count from 1, in characters."""

    severity: str = Field(examples=["error"])
    code: str = Field(examples=["bad_rulebook"])
    message: str = Field(examples=["没有叫 science_lecture 的指标"])
    hint: str = Field(examples=["是不是 science_lectures"])
    file: str = Field(examples=["2-1-youth.yaml"])
    row: int | None = Field(examples=[12])
    column: int | None = Field(examples=[14])
    rule: RuleTold | None


class LintOut(Value):
    """What is to be said of a draft, and how much more. `sound`: it is a rulebook and could be published."""

    sound: bool
    notices: list[RemarkOut]
    more: int = Field(examples=[0])


class CompletionOut(Value):
    """What can be written where: the schemas of files by kind, and the names that the draft declares, by kind."""

    schemas: dict[str, dict[str, Any]] = Field(examples=[{"section": {"type": "object"}}])
    names: dict[str, list[str]] = Field(examples=[{"indicators": ["science_lectures"]}])


class DocumentIn(Value):
    """The text of the plan."""

    document: Document = Field(examples=["二、重点任务\n（一）…\n3.每学期举办科普讲座不少于2次。\n"])


class TraceOut(Value):
    """The plan's text laid beside the rules, as ``checker rules trace --format json`` gives it."""

    trace: dict[str, Any] = Field(examples=[{"clauses": []}])


class FeaturesIn(Value):
    """Features in Gherkin, texts by file name."""

    features: dict[FeatureName, Content] = Field(min_length=1, max_length=40, examples=[{"lectures.feature": _FEATURE}])


class ScenarioOut(Value):
    """A scenario as it ran; where it does not hold, at which step and what is wrong."""

    file: str = Field(examples=["lectures.feature"])
    row: int = Field(examples=[3])
    name: str = Field(examples=["只办一次讲座"])
    example: dict[str, str] = Field(examples=[{"次数": "1"}])
    holds: bool
    step: str | None = Field(examples=["那么 结论是 达标"])
    fault: str | None = Field(examples=["结论是 未达标"])
    rules: list[RuleTold]


class ProofOut(Value):
    """What features say of a draft. `refused`: why nothing was run; `rules_without`: rules that no scenario tries."""

    refused: list[str] = Field(examples=[[]])
    scenarios: list[ScenarioOut]
    about_others: int = Field(examples=[0])
    rules_without: list[RuleTold]


class PreviewIn(Value):
    """As of which day to look; only a preview as of today can be published."""

    as_of: Day | None = Field(default=None, examples=["2026-06-30"])


class RuleCountsOut(Value):
    """How many findings of a rule would change, which way."""

    rule: RuleTold
    title: Words
    worse: int = Field(examples=[12])
    better: int = Field(examples=[0])
    sideways: int = Field(examples=[0])
    asked: int = Field(examples=[0])
    dropped: int = Field(examples=[0])
    same: int = Field(examples=[6], description="结论不变，数或文字变  the verdict stays, figures or words change")


class PreviewOut(Value):
    """What publishing a draft would change, counted.

    `findings`: all on either side; `changed`: those that would read differently; `flipped`: those of them whose verdict
    changes or that come or go, and `share` their share; above `brake` their number has to be given to publish.
    """

    digest: str = Field(examples=[HASH])
    version: Number
    rulebook: str = Field(examples=[DIGEST])
    as_of: Day
    at: Moment
    findings: int = Field(examples=[375])
    changed: int = Field(examples=[18])
    flipped: int = Field(examples=[12])
    share: str = Field(examples=["3.2%"])
    brake: str = Field(examples=["5%"])
    needs_count: bool
    rules: list[RuleCountsOut]


class PreviewFindingOut(Value):
    """A finding that would change; a verdict of null means that it is not asked."""

    finding: Id
    rule: RuleTold
    unit: str = Field(examples=["school-001"])
    unit_name: str = Field(examples=["一小"])
    period: str = Field(examples=["2024-2025-1"])
    before: str | None = Field(examples=["met"])
    after: str | None = Field(examples=["not_met"])
    way: str = Field(examples=["worse"])


class PublishIn(AtVersion):
    """Publish a draft as a preview showed it; `typed`: how many findings flip, needed above the brake."""

    preview: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Field(examples=[HASH])]
    reason: Said = Field(examples=["县政府办 2026 年第 3 号通知"])
    typed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(default=None, examples=[12])
    from_day: Day | None = Field(default=None, examples=["2026-07-01"], description="从哪天生效，默认即刻  from now")


class OutlookOut(Value):
    """How the findings of a rule stand under one target, null being the rule's own."""

    target: str | None = Field(examples=["at_least 85%"])
    findings: dict[str, int] = Field(examples=[{"met": 9, "not_met": 1, "pending": 3, "unknown": 5, "waived": 0}])
    units_meeting: int = Field(examples=[2])
    units: int = Field(examples=[3])
    flips: dict[str, int] = Field(examples=[{"worse": 1, "better": 0, "sideways": 0, "asked": 0, "dropped": 0}])

"""Rulebooks, their drafts, previews and publications as values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from checker.service.api.values.base import AtVersion, Said, Value, Version
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
_SECTION = 'section: 二（一）\nlead: [education-sports]\nrules: []\nno_commitment: "…"\n'
_FEATURE = "# language: zh-CN\n功能: 讲座\n  场景: …\n    假如 …\n"


class RulebookOut(Value):
    """A publication of the rulebook: what judges from `in_force` on.

    `findings`, `changed` and `flipped` as its preview counted them, 0 where there was none; `withdrawn`: taken back
    before it came into force.
    """

    id: int = Field(examples=[2])
    digest: str
    published: datetime
    in_force: datetime
    by_account: int
    draft: str | None
    reason: str
    findings: int
    changed: int
    flipped: int
    withdrawn: datetime | None


class Reasoned(Value):
    """A step that needs no more than a reason."""

    reason: Said = Field(examples=["生效日定错了"])


class RuleFileOut(Value):
    """A file of a published rulebook."""

    name: str = Field(examples=["2-1-youth.yaml"])
    content: str


class MeaningOut(Value):
    """One change of meaning, as ``checker rules diff --format json`` has it."""

    how: str = Field(examples=["changed"])
    kind: str = Field(examples=["rule"])
    id: str = Field(examples=["youth.lectures"])
    title: str
    key: str | None = Field(examples=["target"])
    name: str | None
    old: str | None
    new: str | None
    decides: bool = Field(description="结论可能因此改变  a verdict can depend on it")


class DraftIn(Value):
    """A new draft, of the publication `base`, by default the one in force; `rollback`: to publish that one anew."""

    title: Said = Field(examples=["讲座改为每学期 3 次"])
    base: Annotated[int, Field(ge=1, lt=2**63)] | None = Field(default=None, examples=[1])
    rollback: bool = False


class FileListed(Value):
    """A file of a draft, without what it says."""

    name: str = Field(examples=["2-1-youth.yaml"])
    version: int
    size: int = Field(description="字节  bytes of UTF-8")


class DraftChangeOut(Value):
    """Who did what to a draft."""

    account: int
    at: datetime
    action: str = Field(examples=["write"])
    file: str | None
    sha256: str | None


class DraftOut(Value):
    """A draft. `restores`: the publication that it publishes anew, unchanged; `version` grows with every change."""

    id: str = Field(examples=["9f86d081884c7d65"])
    title: str
    state: DraftState
    author: int
    base: int | None
    restores: int | None
    version: int
    created: datetime
    changed: datetime


class DraftWhole(DraftOut):
    """A draft with its files and everything that was done to it, the oldest first."""

    files: list[FileListed]
    changes: list[DraftChangeOut]


class DraftFileOut(Value):
    """A file of a draft; `version` is its own."""

    name: str = Field(examples=["2-1-youth.yaml"])
    content: str
    version: int


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
    message: str
    hint: str
    file: str
    row: int | None
    column: int | None
    rule: str | None


class LintOut(Value):
    """What is to be said of a draft, and how much more. `sound`: it is a rulebook and could be published."""

    sound: bool
    notices: list[RemarkOut]
    more: int


class CompletionOut(Value):
    """What can be written where: the schemas of files by kind, and the names that the draft declares, by kind."""

    schemas: dict[str, dict[str, Any]]
    names: dict[str, list[str]]


class DocumentIn(Value):
    """The text of the plan."""

    document: Document = Field(examples=["二、重点任务\n（一）…\n3.每学期举办科普讲座不少于2次。\n"])


class TraceOut(Value):
    """The plan's text laid beside the rules, as ``checker rules trace --format json`` gives it."""

    trace: dict[str, Any]


class FeaturesIn(Value):
    """Features in Gherkin, texts by file name."""

    features: dict[FeatureName, Content] = Field(min_length=1, max_length=40, examples=[{"lectures.feature": _FEATURE}])


class ScenarioOut(Value):
    """A scenario as it ran; where it does not hold, at which step and what is wrong."""

    file: str
    row: int
    name: str
    example: dict[str, str]
    holds: bool
    step: str | None
    fault: str | None
    rules: list[str]


class ProofOut(Value):
    """What features say of a draft. `refused`: why nothing was run; `rules_without`: rules that no scenario tries."""

    refused: list[str]
    scenarios: list[ScenarioOut]
    about_others: int
    rules_without: list[str]


class PreviewIn(Value):
    """As of which day to look; only a preview as of today can be published."""

    as_of: date | None = Field(default=None, examples=["2026-06-30"])


class RuleCountsOut(Value):
    """How many findings of a rule would change, which way."""

    rule: str
    title: str
    worse: int
    better: int
    sideways: int
    asked: int
    dropped: int
    same: int = Field(description="结论不变，数或文字变  the verdict stays, figures or words change")


class PreviewOut(Value):
    """What publishing a draft would change, counted.

    `findings`: all on either side; `changed`: those that would read differently; `flipped`: those of them whose verdict
    changes or that come or go, and `share` their share; above `brake` their number has to be given to publish.
    """

    digest: str
    version: int
    rulebook: str
    as_of: date
    at: datetime
    findings: int
    changed: int
    flipped: int
    share: str = Field(examples=["3.2%"])
    brake: str = Field(examples=["5%"])
    needs_count: bool
    rules: list[RuleCountsOut]


class PreviewFindingOut(Value):
    """A finding that would change; a verdict of null means that it is not asked."""

    finding: str
    rule: str
    unit: str
    unit_name: str
    period: str
    before: str | None
    after: str | None
    way: str = Field(examples=["worse"])


class PublishIn(AtVersion):
    """Publish a draft as a preview showed it; `typed`: how many findings flip, needed above the brake."""

    preview: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    reason: Said = Field(examples=["县政府办 2026 年第 3 号通知"])
    typed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(default=None, examples=[12])
    from_day: date | None = Field(default=None, examples=["2026-07-01"], description="从哪天生效，默认即刻  from now")


class OutlookOut(Value):
    """How the findings of a rule stand under one target, null being the rule's own."""

    target: str | None = Field(examples=["at_least 85%"])
    findings: dict[str, int]
    units_meeting: int
    units: int
    flips: dict[str, int]

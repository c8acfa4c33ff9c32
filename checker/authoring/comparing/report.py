"""A comparison of two rulebooks, as text for a terminal and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from checker.authoring.comparing.describing import Kind
from checker.authoring.comparing.flipping import Flip, Flips, Way, share_of
from checker.authoring.comparing.meaning import Change, How
from checker.explaining.words import VERDICTS
from checker.model.finding import Verdict
from checker.model.language import NOTHING, Language, Text, printable
from checker.model.number import shown_percent, simplest
from checker.model.rulebook import Rulebook
from checker.reporting.columns import in_columns

Record = dict[str, object]
_KINDS = {
    Kind.PLAN: Text("规划", "Plan"),
    Kind.DEPARTMENT: Text("部门", "Department"),
    Kind.INDICATOR: Text("指标", "Indicator"),
    Kind.SECTION: Text("节", "Section"),
    Kind.RULE: Text("规则", "Rule"),
    Kind.FOLLOW_UP: Text("后续措施", "Follow-up"),
    Kind.SETTLED: Text("不立规则的语句", "Settled clause"),
    Kind.WITHDRAWN: Text("不再用的名字", "Withdrawn name"),
}
_HOWS = {How.ADDED: Text("新增", "added"), How.REMOVED: Text("删去", "removed")}
WAYS = {
    Way.WORSE: Text("变差", "worse"),
    Way.BETTER: Text("变好", "better"),
    Way.SIDEWAYS: Text("其他变化", "other"),
    Way.ASKED: Text("新核查", "newly asked"),
    Way.DROPPED: Text("不再核查", "no longer asked"),
}
_NOT_ASKED = Text("不核查", "not asked")


class Side(NamedTuple):
    """One of the two rulebooks, and how the user named it."""

    source: str
    rulebook: Rulebook


class Comparison(NamedTuple):
    """Two rulebooks with what changed in meaning, and by data what changed in verdicts as of a day.

    `limit`: the share of changed findings that is still accepted, None where nobody asked.
    """

    old: Side
    new: Side
    changes: list[Change]
    as_of: date
    by_data: dict[str, Flips]
    limit: Fraction | None = None

    @property
    def changed(self) -> int:
        """How many findings change over all data."""
        return sum(len(flips.changed) for flips in self.by_data.values())

    @property
    def total(self) -> int:
        """How many findings there are over all data, on either side."""
        return sum(flips.total for flips in self.by_data.values())

    @property
    def share(self) -> Fraction:
        """The exact share of changed findings over all data."""
        return share_of(self.by_data.values())

    @property
    def fails(self) -> bool:
        """Whether more findings change than was accepted."""
        return self.limit is not None and self.share > self.limit


def comparison_record(comparison: Comparison, language: Language) -> Record:
    """Give the comparison under stable keys, words in one language."""
    sides = {"old": comparison.old, "new": comparison.new}
    return {
        "schema": "checker.comparison/1",
        **{
            key: {"source": side.source, "plan": side.rulebook.plan.id, "digest": side.rulebook.digest}
            for key, side in sides.items()
        },
        "changes": [_change_record(change, language) for change in comparison.changes],
        "as_of": comparison.as_of.isoformat(),
        "data": [_data_record(name, flips, language) for name, flips in comparison.by_data.items()],
        "share": {"changed": comparison.changed, "findings": comparison.total, "percent": _percent(comparison.share)},
        "limit": None if comparison.limit is None else _percent(comparison.limit),
        "fails": comparison.fails,
    }


def comparison_text(comparison: Comparison, language: Language, most: int) -> str:
    """Give the comparison as lines; at most `most` findings are listed each way, 0 for all."""
    lines = [*_heading(comparison, language), *_changes(comparison.changes, language)]
    for name, flips in comparison.by_data.items():
        lines += ["", *_flips(name, flips, comparison, language, most)]
    if comparison.limit is not None:
        lines += ["", _limit(comparison).said(language)]
    return "\n".join(printable(line) for line in lines) + "\n"


def _change_record(change: Change, language: Language) -> Record:
    subject = change.subject
    return {
        "how": change.how.value,
        "kind": subject.kind.value,
        "id": subject.id,
        "title": subject.title.said(language),
        "key": change.key or None,
        "name": change.name.said(language) or None,
        "old": None if change.old == NOTHING else change.old.said(language),
        "new": None if change.new == NOTHING else change.new.said(language),
        "decides": change.decides,
    }


def _data_record(name: str, flips: Flips, language: Language) -> Record:
    return {
        "data": name,
        "findings": flips.total,
        "changed": len(flips.changed),
        "rules": [{"rule": rule, **counts} for rule, counts in _by_rule(flips.changed).items()],
        "flips": [flip_record(flip, language) for flip in flips.changed],
    }


def flip_record(flip: Flip, language: Language) -> Record:
    """Give one changed finding under stable keys."""
    return {
        "rule": flip.rule.id,
        "title": flip.rule.title.said(language),
        "unit": flip.unit.id,
        "unit_name": printable(flip.unit.name),
        "period": flip.period.code,
        "old": flip.old and flip.old.value,
        "new": flip.new and flip.new.value,
        "way": flip.way.value,
    }


def _percent(share: Fraction) -> str:
    return shown_percent(simplest(share))


def _by_rule(changed: Iterable[Flip]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = {}
    for flip in changed:
        counted.setdefault(flip.rule.id, Counter())[flip.way.value] += 1
    return {rule: {way.value: counts[way.value] for way in Way} for rule, counts in counted.items()}


def _heading(comparison: Comparison, language: Language) -> Iterator[str]:
    yield f"{comparison.old.source} → {comparison.new.source}"
    count = len(comparison.changes)
    if not count:
        yield Text("规则的意思没有变化。", "The rules mean the same.").said(language)
    else:
        yield Text(f"规则的变化 {count} 处", f"{count} change(s) of meaning").said(language)


def _changes(changes: list[Change], language: Language) -> Iterator[str]:
    for (kind, name), alike in groupby(changes, key=lambda change: (change.subject.kind, change.subject.id)):
        group = list(alike)
        yield f"  {_KINDS[kind].said(language)} {name}  {group[0].subject.title.said(language)}".rstrip()
        yield from (f"    {line}" for change in group for line in _change(change, language))


def _change(change: Change, language: Language) -> Iterator[str]:
    old, new = change.old.said(language), change.new.said(language)
    if not change.key:
        yield f"{_HOWS[change.how].said(language)}{': ' if old or new else ''}{old or new}"
        return
    if old == new:  # only the other language's wording changed
        old, new = (" / ".join(text) for text in (change.old, change.new))
    nothing = Text("（无）", "(none)").said(language)
    aside = "" if change.decides else Text("（不影响结论）", " (no verdict depends on it)").said(language)
    yield f"{change.name.said(language)}: {old or nothing} → {new or nothing}{aside}"


def _flips(name: str, flips: Flips, comparison: Comparison, language: Language, most: int) -> Iterator[str]:
    count, as_of = len(flips.changed), comparison.as_of
    share = _percent(share_of([flips]))
    yield Text(
        f"{name} 截至 {as_of}：{flips.total} 项结论中 {count} 项变化，占 {share}",
        f"{name} as of {as_of}: {count} of {flips.total} findings change, {share}",
    ).said(language)
    if not count:
        return
    titles = {flip.rule.id: flip.rule.title.said(language) for flip in flips.changed}
    rows = [["", *(words.said(language) for words in WAYS.values())]]
    rows += [[titles[rule], *map(str, counts.values())] for rule, counts in _by_rule(flips.changed).items()]
    yield from (f"  {line}" for line in in_columns(rows, [56, *[16] * len(Way)], right=range(1, len(Way) + 1)))
    for way in Way:
        if several := [flip for flip in flips.changed if flip.way is way]:
            yield f"  {WAYS[way].said(language)}"
            lines = [f"    {flip_line(flip, language)}  {flip.rule.title.said(language)}" for flip in several]
            yield from at_most(most, lines, language)


def at_most(most: int, lines: list[str], language: Language) -> Iterator[str]:
    """Go through the first `most` of `lines`, 0 for all, and say how many more there are."""
    shown = lines[:most] if most else lines
    yield from shown
    if more := len(lines) - len(shown):
        yield Text(f"    …… 另有 {more} 项（--most 0 显示全部）", f"    … {more} more (--most 0 shows all)").said(
            language
        )


def flip_line(flip: Flip, language: Language) -> str:
    """Give one changed finding in a line: both verdicts, the unit and the period."""
    old, new = (_verdict(verdict).said(language) for verdict in (flip.old, flip.new))
    unit = flip.unit.name or flip.unit.id
    return f"{old} → {new}  {unit}  {flip.period.code}"


def _verdict(verdict: Verdict | None) -> Text:
    return VERDICTS[verdict] if verdict else _NOT_ASKED


def _limit(comparison: Comparison) -> Text:
    told, limit = f"{comparison.changed}/{comparison.total}", _percent(comparison.limit or Fraction(0))
    if comparison.fails:
        return Text(f"变化的结论占 {told}，超过 {limit}", f"{told} of the findings change, more than {limit}")
    return Text(f"变化的结论占 {told}，不超过 {limit}", f"{told} of the findings change, not more than {limit}")

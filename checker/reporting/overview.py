"""A Run in numbers: counts and rates of the whole, of each section, of each area, and period after period.

A rate is what is met of all that is decided or owed, `pending` left out: as checked, where a waived finding counts as
what it is, and after waivers, where it is left out. Rules that only strive are counted apart and are in no rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from checker.model.finding import Finding
from checker.model.language import Text, same
from checker.model.number import shown_rate
from checker.model.period import PLAN
from checker.model.rulebook import Force, Rulebook, Section
from checker.model.run import Counts, Run, counts_of
from checker.model.unit import Registry, Unit

_FEW = 4


class Group(NamedTuple):
    """Some findings under one name."""

    key: str
    name: Text
    counts: Counts

    @property
    def checked(self) -> tuple[int, int]:
        """What is met, of how many, as checked."""
        return self.counts.met, self.after[1] + self.counts.waived

    @property
    def after(self) -> tuple[int, int]:
        """What is met, of how many, after waivers."""
        return self.counts.met, self.counts.met + self.counts.not_met + self.counts.unknown

    @property
    def checked_rate(self) -> str:
        """The rate as checked, as people read it."""
        return shown_rate(*self.checked)

    @property
    def after_rate(self) -> str:
        """The rate after waivers, as people read it."""
        return shown_rate(*self.after)


class Trend(NamedTuple):
    """One rule, or all that recur in the same periods, period by period; the key of each point is its period's code."""

    name: Text
    points: tuple[Group, ...]


def musts(run: Run) -> list[Finding]:
    """Give the findings of the rules that bind."""
    return [finding for finding in run.findings or () if finding.rule.force is Force.MUST]


def whole(run: Run) -> Group:
    """Give all findings of the rules that bind."""
    return Group("", Text("合计", "all"), counts_of(musts(run)))


def sections(run: Run, rulebook: Rulebook) -> list[Group]:
    """Give the sections of the plan that have such findings, in its order."""
    number_of = section_numbers(rulebook)
    found = _grouped(musts(run), lambda one: number_of[one.rule.id])
    return [
        Group(section.number, section_name(section), counts_of(found[section.number]))
        for section in rulebook.sections
        if section.number in found
    ]


class Areas:
    """The parts of the country that a Run is broken down into: the first level of units that has more than one.

    What lies under none of them is their common top's own.
    """

    def __init__(self, registry: Registry, rulebook: Rulebook) -> None:
        self._registry, self._rulebook = registry, rulebook
        levels = [rulebook.plan.level(unit.type) for unit in registry]
        parents = range(len(rulebook.plan.unit_types) - 1)
        self.level = next((level for level in parents if levels.count(level) > 1), None)

    def of(self, unit: Unit) -> Unit:
        """Give the area of `unit`: the unit of that level above it or itself, else its root."""
        above = list(self._registry.above(unit))
        return next((one for one in above if self._rulebook.plan.level(one.type) == self.level), above[-1])

    def name(self, area: Unit) -> Text:
        """Give what people call `area`; a root that holds areas stands for what is its own alone."""
        name = area.name or area.id
        if self._rulebook.plan.level(area.type) == self.level:
            return same(name)
        return Text(f"{name}（本级）", f"{name} (itself)")


def areas(run: Run, rulebook: Rulebook) -> list[Group]:
    """Give the areas that have such findings, by id, what is the root's own first; none where there is one area."""
    dividing = Areas(run.registry, rulebook)
    if dividing.level is None:
        return []
    found = _grouped(musts(run), lambda one: dividing.of(one.unit).id)
    units = sorted((run.registry[area] for area in found), key=lambda one: (rulebook.plan.level(one.type) or 0, one.id))
    return [Group(one.id, dividing.name(one), counts_of(found[one.id])) for one in units]


def trends(run: Run, rulebook: Rulebook) -> Iterator[Trend]:
    """Go through the trends: of each kind of period all rules together, then each rule that asks more than a few.

    Points are the periods of which nothing is pending any more, for what is met early would flatter a running one;
    where there are fewer than two, nothing can be compared.
    """
    for kind in dict.fromkeys(rule.every for rule in rulebook.rules.values() if rule.every != PLAN):
        found = [one for one in musts(run) if one.rule.every == kind]
        by_rule = _grouped(found, lambda one: one.rule.id)
        whole_kind = _trend(Text("合计", "All of them"), found)
        many = [_trend(rulebook.rules[rule].title, by_rule[rule]) for rule in rulebook.rules if rule in by_rule]
        several = [trend for trend in many if len(trend.points) > 1 and _most(trend) > _FEW]
        if several and len(whole_kind.points) > 1:
            yield whole_kind
            yield from several


def section_name(section: Section) -> Text:
    """Give the number and title of a section."""
    return Text(f"{section.number} {section.title.zh}", f"{section.number} {section.title.en}")


def section_numbers(rulebook: Rulebook) -> dict[str, str]:
    """Give for each rule's id the number of its section."""
    return {rule.id: section.number for section in rulebook.sections for rule in section.rules}


def _trend(name: Text, found: list[Finding]) -> Trend:
    by_period = _grouped(sorted(found, key=lambda one: one.period.first), lambda one: one.period.code)
    points = (Group(code, same(code), counts_of(ones)) for code, ones in by_period.items())
    return Trend(name, tuple(point for point in points if point.checked[1] and not point.counts.pending))


def _most(trend: Trend) -> int:
    return max(point.checked[1] for point in trend.points)


def _grouped(found: Iterable[Finding], key: Callable[[Finding], str]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(key(finding), []).append(finding)
    return groups

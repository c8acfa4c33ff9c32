"""A mutant: a rulebook with one slip of the pen in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from checker.model.language import Text
from checker.model.rulebook import FollowUp, Rule, Rulebook, Section
from checker.rulebook.source import Path

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One slip of the pen.

    `id` is the same as long as the rule says the same: where the slip is and what it wrote. `missing` says which case
    would tell the slipped rulebook from the true one. `rules` are the ids of those that it changes, none for a slip in
    a follow-up. `path` is the way to the slip from the root of its file: the section's, or where `section` is None that
    of the follow-ups.
    """

    id: str
    wrote: Text
    missing: Text
    rulebook: Rulebook
    rules: frozenset[str]
    section: Section | None
    path: Path


def with_rule(rulebook: Rulebook, rule: Rule, slipped: Rule) -> Rulebook:
    """Give `rulebook` with `slipped` in the place of `rule`."""
    return _with(rulebook, sections=tuple(_in_section(section, rule, slipped) for section in rulebook.sections))


def with_lead(rulebook: Rulebook, section: Section, lead: tuple[str, ...]) -> Rulebook:
    """Give `rulebook` with other leads for `section` and for its rules."""
    rules = tuple(rule.model_copy(update={"lead": lead}) for rule in section.rules)
    led = section.model_copy(update={"lead": lead, "rules": rules})
    return _with(rulebook, sections=_instead(rulebook.sections, section, led))


def with_follow_up(rulebook: Rulebook, follow_up: FollowUp, slipped: FollowUp) -> Rulebook:
    """Give `rulebook` with `slipped` in the place of `follow_up`."""
    return _with(rulebook, follow_ups=_instead(rulebook.follow_ups, follow_up, slipped))


def _in_section(section: Section, rule: Rule, slipped: Rule) -> Section:
    if rule not in section.rules:
        return section
    return section.model_copy(update={"rules": _instead(section.rules, rule, slipped)})


def _instead(parts: tuple[Part, ...], part: Part, other: Part) -> tuple[Part, ...]:
    return tuple(other if one is part else one for one in parts)


def _with(rulebook: Rulebook, **changes: object) -> Rulebook:
    """Give a new rulebook; a copy would keep the rules that the old one has gathered already."""
    parts = {name: getattr(rulebook, name) for name in Rulebook.model_fields}
    return Rulebook(**{**parts, **changes})

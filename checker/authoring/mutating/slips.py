"""Every slip of the pen that a rulebook can suffer, each as a mutant."""

from __future__ import annotations

from collections.abc import Iterator

from checker.authoring.mutating.measures import measure_slips, period_slips, scope_slips
from checker.authoring.mutating.mutant import Mutant, with_follow_up, with_lead, with_rule
from checker.authoring.mutating.targets import target_slips
from checker.model.language import Text
from checker.model.rulebook import FollowUp, FollowUpKind, Rule, Rulebook, Section


def mutants_of(rulebook: Rulebook) -> Iterator[Mutant]:
    """Go through all mutants: rules in the plan's order, then who leads the sections, then follow-ups."""
    for section in rulebook.sections:
        for number, rule in enumerate(section.rules):
            yield from _of_rule(rulebook, section, number, rule)
    for section in rulebook.sections:
        if section.rules:
            yield from _of_lead(rulebook, section)
    for number, follow_up in enumerate(rulebook.follow_ups):
        yield from _of_follow_up(rulebook, number, follow_up)


def _of_rule(rulebook: Rulebook, section: Section, number: int, rule: Rule) -> Iterator[Mutant]:
    slips = (
        *target_slips(rule, rulebook),
        *measure_slips(rule, rulebook),
        *period_slips(rule, rulebook),
        *scope_slips(rule),
    )
    for name, wrote, missing, slipped, path in slips:
        whole = with_rule(rulebook, rule, slipped)
        yield Mutant(
            f"{rule.id} {name}", wrote, missing, whole, frozenset({rule.id}), section, ("rules", number, *path)
        )


def _of_lead(rulebook: Rulebook, section: Section) -> Iterator[Mutant]:
    departments = rulebook.plan.departments
    names = {**departments.codes, **{code: group.name for code, group in departments.groups.items()}}
    missing = Text(
        f"“{section.title.zh}”缺一个场景：说出结论由谁牵头（那么由“…”牵头）",
        f'"{section.title.en}" lacks a scenario that says who leads',
    )
    rules = frozenset(rule.id for rule in section.rules)
    for place, code in enumerate(section.lead):
        if len(section.lead) > 1:
            lead = (*section.lead[:place], *section.lead[place + 1 :])
            wrote = Text(f"漏了牵头的{names[code].zh}", f"the lead {names[code].en} is left out")
            whole = with_lead(rulebook, section, lead)
            yield Mutant(
                f"{section.number} lead without {code}", wrote, missing, whole, rules, section, ("lead", place)
            )
        other = next((one for one in (*section.support, *departments.codes) if one not in section.lead), None)
        if other:
            lead = tuple(other if one == code else one for one in section.lead)
            wrote = Text(f"牵头的写成{names[other].zh}", f"{names[other].en} leads instead of {names[code].en}")
            whole = with_lead(rulebook, section, lead)
            mutant = f"{section.number} lead {other} for {code}"
            yield Mutant(mutant, wrote, missing, whole, rules, section, ("lead", place))


def _of_follow_up(rulebook: Rulebook, number: int, follow_up: FollowUp) -> Iterator[Mutant]:
    repeat = follow_up.kind is FollowUpKind.REPEAT
    for count in (follow_up.count - 1, follow_up.count + 1):
        if count < 1:
            continue
        shown = min(count, follow_up.count)
        case = (
            Text(f"正好连续 {shown} 期未达标", f"exactly {shown} periods in a row")
            if repeat
            else Text(f"同期正好 {shown} 条未达标", f"exactly {shown} rules not met in one period")
        )
        slipped = follow_up.model_copy(update={"count": count})
        yield Mutant(
            f"{follow_up.id} {follow_up.kind.value} {count}",
            Text(f"写成 {count}", f"{count} is written"),
            Text(
                f"“{follow_up.title.zh}”缺一个场景：{case.zh}时有没有提醒",
                f'"{follow_up.title.en}" lacks a scenario that says which alerts come with {case.en}',
            ),
            with_follow_up(rulebook, follow_up, slipped),
            frozenset(),
            None,
            ("follow_ups", number, follow_up.kind.value),
        )

"""A section's file -> its rules."""

from __future__ import annotations

from typing import NamedTuple

from checker.documents.node import Scalar, Sequence
from checker.model.language import Text
from checker.model.period import PLAN
from checker.model.rulebook import Plan, Rule, Scope, Section
from checker.rulebook.faults import read, sound
from checker.rulebook.measures import Surroundings, compile_measure, sign_of
from checker.rulebook.plan import knows, text_of
from checker.rulebook.rule_schema import RuleEntry, ScopeEntry, SectionFile
from checker.rulebook.source import Spot
from checker.rulebook.targets import check_in_force, check_parts, compile_targets

_SPARE: dict[str, object] = {"id": "-", "commitment": "-", "title": "-", "source": {"clause": "-"}}


class Placed(NamedTuple):
    """A rule and where it is written."""

    spot: Spot
    rule: Rule


class Compiled(NamedTuple):
    """What a section's file gave: the section where all of it is sound, and every sound rule with its place."""

    section: Section | None
    rules: list[Placed]


def compile_section(spot: Spot, around: Surroundings) -> Compiled:
    """Give what the file of `spot` holds, complaining of whatever is wrong, also beside a broken rule."""
    file = read(spot, SectionFile)
    _check_no_commitment(spot)
    number, lead = (file.section, file.lead) if file else ("", ())
    compiled = [(n, _rule(spot / "rules" / n, entry, number, lead, around)) for n, entry in _entries(spot, file)]
    rules = [Placed(spot / "rules" / n, rule) for n, rule in compiled if rule]
    if file is None:
        return Compiled(None, rules)
    section = Section(
        number=number,
        title=text_of(file.title),
        lead=lead,
        support=file.support,
        rules=tuple(placed.rule for placed in rules),
        no_commitment=text_of(file.no_commitment) if file.no_commitment else None,
    )
    return Compiled(section, rules)


def check_breakdowns(spot: Spot, rule: Rule, rules: dict[str, Rule], plan: Plan) -> None:
    """Complain of tables of `rule`, written at `spot`, whose parts do not reach the figure that they break down."""
    here = spot / "target"
    single = not isinstance(here.source.at(here.path), Sequence)
    for number, target in enumerate(rule.targets):
        if target.parts_of and (whole := rules.get(target.parts_of)):
            place = here if single else here / number
            check_parts(place / "parts_of", target, whole.targets, plan)


def _entries(spot: Spot, file: SectionFile | None) -> list[tuple[int, RuleEntry]]:
    """Give the rules whose own shape is right, with their numbers."""
    if file:
        return list(enumerate(file.rules))
    rules = spot.source.at(("rules",))
    count = len(rules.items) if isinstance(rules, Sequence) else 0
    alone = ((n, sound(spot.source, ("rules", n), RuleEntry, _SPARE)) for n in range(count))
    return [(n, entry) for n, entry in alone if entry]


def _check_no_commitment(spot: Spot) -> None:
    rules, reason = spot.source.at(("rules",)), spot.source.at(("no_commitment",))
    empty = rules is None or (isinstance(rules, Sequence) and not rules.items)
    if isinstance(rules, Scalar) or bool(reason) is empty:
        return
    if empty:
        spot.complain(
            Text("这一节没有规则，也没有说明为什么", "this section has no rules and does not say why"),
            Text("请补上 rules，或写 no_commitment: 说明", "add rules, or say why: no_commitment: …"),
        )
    else:
        (spot / "no_commitment").complain(
            Text("这一节有规则，不能再说没有承诺", "this section has rules, so it cannot say that it has none"),
            Text("请删去 no_commitment", "delete no_commitment"),
            at_key=True,
        )


def _rule(spot: Spot, entry: RuleEntry, section: str, lead: tuple[str, ...], around: Surroundings) -> Rule | None:
    scope = _scope(entry.of_each)
    asked = _is_asked(spot / "every", entry.every, around.plan)
    measure = compile_measure(spot / "measure", entry.measure, entry.every, scope.unit_type, around)
    if measure is None:
        return None
    targets = compile_targets(spot / "target", entry.target, sign_of(measure, around))
    if targets is None or not asked or around.plan is None:
        return None
    check_in_force(spot / "target", targets, entry.every, around.plan)
    return Rule(
        id=entry.id,
        commitment=entry.commitment,
        title=text_of(entry.title),
        section=section + (entry.source.paragraph or ""),
        clause=entry.source.clause,
        lead=lead,
        of_each=scope,
        every=entry.every,
        measure=measure,
        targets=targets,
        force=entry.force,
        status=entry.status,
        answerable=entry.answerable,
        reading=text_of(entry.reading.assumed) if entry.reading else None,
        remedy=text_of(entry.remedy) if entry.remedy else None,
    )


def _scope(given: str | ScopeEntry) -> Scope:
    if isinstance(given, str):
        return Scope(unit_type=given)
    where = {key: (texts,) if isinstance(texts, str) else texts for key, texts in given.where.items()}
    return Scope(unit_type=given.type, where=where)


def _is_asked(spot: Spot, every: str, plan: Plan | None) -> bool:
    """Whether `every` is asked; complains where it is a kind that the plan merely does not ask."""
    if plan is None or every == PLAN or every in plan.asked:
        return True
    if knows(plan.calendar, every):
        spot.complain(
            Text(f"plan.yaml 的 asked 没有 {every}", f"asked in plan.yaml does not have {every}"),
            Text(f"请在那里写明 {every} 从何时查到何时", f"say there from when to when {every} is asked"),
        )
    return False

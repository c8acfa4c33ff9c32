"""Slips of the pen in what a rule measures, of whom and how often."""

from __future__ import annotations

from collections.abc import Iterator

from checker.authoring.mutating.targets import Slip, condition_slips
from checker.model.language import Text
from checker.model.number import ValueKind
from checker.model.period import PLAN
from checker.model.rulebook import Change, Indicator, Measure, Ratio, Rule, Rulebook, Scope, Share, Total
from checker.rulebook.source import Path

_NOBODY = {"": ("-",)}


def measure_slips(rule: Rule, rulebook: Rulebook) -> Iterator[Slip]:
    """Go through the slips in the measure of `rule`: other indicators, parts swapped, conditions changed or dropped."""
    measure = rule.measure
    if isinstance(measure, Share):
        yield from _share_slips(rule, measure, rulebook)
        return
    fields = ("numerator", "denominator") if isinstance(measure, Ratio) else ("indicator",)
    for place, field in enumerate(fields):
        true = getattr(measure, field)
        for other in _likewise_reported(true, rulebook, [getattr(measure, one) for one in fields]):
            path: Path = ("measure", _key(measure), *([place] if isinstance(measure, Ratio) else []))
            slipped = measure.model_copy(update={field: other.code})
            name = f"{field} {other.code}"
            yield _other_indicator(rule, slipped, name, rulebook.indicators[true], other, path)
    if isinstance(measure, Ratio):
        swapped = Ratio(numerator=measure.denominator, denominator=measure.numerator)
        yield Slip(
            "ratio swapped",
            Text("分子分母对调", "numerator and denominator swapped"),
            Text(
                f"“{rule.title.zh}”缺一个场景：分子和分母不同，对调以后结论不同",
                f'"{rule.title.en}" lacks a scenario where numerator and denominator differ so that swapping tells',
            ),
            rule.model_copy(update={"measure": swapped}),
            ("measure", "ratio"),
        )


def scope_slips(rule: Rule) -> Iterator[Slip]:
    """Go through the slips in whom `rule` asks: fewer units, and more where it is narrowed."""
    scope, missing = rule.of_each, _nobody_judged(rule)
    if not scope.where:
        slipped = Scope(unit_type=scope.unit_type, where=_NOBODY)
        yield _scope(rule, "of_each narrower", Text("范围缩小", "a narrower scope"), slipped, missing)
    for key, texts in scope.where.items():
        for text in texts if len(texts) > 1 else ():
            fewer = {**scope.where, key: tuple(one for one in texts if one != text)}
            wrote, slipped = (
                Text(f"不含{key}={text}", f"without {key}={text}"),
                scope.model_copy(update={"where": fewer}),
            )
            lacks = Text(
                f"“{rule.title.zh}”缺一个场景：{key}为“{text}”的单位有结论",
                f'"{rule.title.en}" lacks a scenario that judges a unit whose {key} is {text}',
            )
            yield _scope(rule, f"of_each without {key} {text}", wrote, slipped, lacks)
        wider = {one: others for one, others in scope.where.items() if one != key}
        wrote, slipped = Text(f"不论{key}", f"whatever the {key}"), scope.model_copy(update={"where": wider})
        lacks = Text(
            f"“{rule.title.zh}”缺一个场景：{key}不在所列之内的单位没有结论",
            f'"{rule.title.en}" lacks a scenario where a unit with another {key} is not judged',
        )
        yield _scope(rule, f"of_each whatever {key}", wrote, slipped, lacks)


def period_slips(rule: Rule, rulebook: Rulebook) -> Iterator[Slip]:
    """Go through the other periods that `rule` could be asked for."""
    for kind in (PLAN, *rulebook.plan.asked):
        if kind != rule.every and not (kind == PLAN and isinstance(rule.measure, Change)):
            yield Slip(
                f"every {kind}",
                Text(f"every 写成 {kind}", f"every: {kind}"),
                _nobody_judged(rule),
                rule.model_copy(update={"every": kind}),
                ("every",),
            )


def _share_slips(rule: Rule, measure: Share, rulebook: Rulebook) -> Iterator[Slip]:
    for condition in measure.conditions:
        yield from condition_slips(rule, measure, condition, rulebook)
        true, path = rulebook.indicators[condition.indicator], ("measure", "share", "where", condition.indicator)
        there = [one.indicator for one in measure.conditions]
        for other in _likewise_reported(condition.indicator, rulebook, there):
            if measure.of in other.reporter.unit_types:
                slipped = condition.model_copy(update={"indicator": other.code})
                conditions = tuple(slipped if one is condition else one for one in measure.conditions)
                name, instead = f"where {true.code} {other.code}", measure.model_copy(update={"conditions": conditions})
                yield _other_indicator(rule, instead, name, true, other, path)
        rest = tuple(one for one in measure.conditions if one is not condition)
        if rest:
            of = rulebook.plan.type_name(measure.of)
            yield Slip(
                f"where {true.code} dropped",
                Text(f"漏了“{true.name.zh}”", f'"{true.name.en}" is dropped'),
                Text(
                    f"“{rule.title.zh}”缺一个场景：有{of.zh}只差“{true.name.zh}”这一项，而它决定结论",
                    f'"{rule.title.en}" lacks a scenario where a {of.en} lacks "{true.name.en}" alone',
                ),
                rule.model_copy(update={"measure": measure.model_copy(update={"conditions": rest})}),
                path,
            )


def _likewise_reported(code: str, rulebook: Rulebook, there: list[str]) -> Iterator[Indicator]:
    """Go through the indicators that some reporter of `code` reports too, of a kind that could stand in its place."""
    true = rulebook.indicators[code]
    for other in rulebook.indicators.values():
        together = set(other.reporter.unit_types) & set(true.reporter.unit_types)
        same = together or (true.reporter.department and other.reporter.department == true.reporter.department)
        if other.code not in there and same and _kind(other) is _kind(true):
            yield other


def _kind(indicator: Indicator) -> ValueKind:
    return ValueKind.INTEGER if indicator.value is ValueKind.DECIMAL else indicator.value


def _key(measure: Total | Ratio | Change) -> str:
    return type(measure).__name__.lower()


def _other_indicator(rule: Rule, slipped: Measure, name: str, true: Indicator, other: Indicator, path: Path) -> Slip:
    return Slip(
        name,
        Text(f"“{true.name.zh}”写成“{other.name.zh}”", f'"{other.name.en}" for "{true.name.en}"'),
        Text(
            f"“{rule.title.zh}”缺一个场景：{true.name.zh}与{other.name.zh}报得不同，结论因此不同",
            f'"{rule.title.en}" lacks a scenario where {true.name.en} and {other.name.en} differ, and so decide',
        ),
        rule.model_copy(update={"measure": slipped}),
        path,
    )


def _scope(rule: Rule, name: str, wrote: Text, slipped: Scope, missing: Text) -> Slip:
    return Slip(name, wrote, missing, rule.model_copy(update={"of_each": slipped}), ("of_each",))


def _nobody_judged(rule: Rule) -> Text:
    return Text(f"“{rule.title.zh}”没有一个场景有结论", f'"{rule.title.en}" has no scenario with a finding')

"""Slips of the pen in the figures of a rule: in its targets, and in what the conditions of a share ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.authoring.mutating.figures import compared_otherwise, moved, step_of, telling
from checker.explaining.words import amount, quotient, target_words, unit_of
from checker.model.language import NOTHING, Text
from checker.model.number import Number, ValueKind
from checker.model.rulebook import Condition, Ratio, Rule, Rulebook, Share, counted_in
from checker.model.target import Figure, Form, Target
from checker.rulebook.source import Path


class Slip(NamedTuple):
    """A slip in one rule: what names it, what it wrote, the case that tells, the slipped rule, and the way to it."""

    name: str
    wrote: Text
    missing: Text
    rule: Rule
    path: Path


def target_slips(rule: Rule, rulebook: Rulebook) -> Iterator[Slip]:
    """Go through the slips in the targets of `rule`."""
    unit = NOTHING if isinstance(rule.measure, Ratio | Share) else unit_of(rule.measure, rulebook)
    whole = not isinstance(rule.measure, Ratio | Share) and rulebook.counts_whole(rule.measure)
    for number, target in enumerate(rule.targets):
        single = len(rule.targets) == 1 and target.start is None
        above: Path = ("target",) if single else ("target", number)
        for place, (asked, true) in enumerate(_figures(target).items()):
            # A table has one comparison for all its units, which slips once.
            for figure in moved(true, whole) if place else _slips(true, whole):
                targets = tuple(_with_figure(target, asked, figure) if one is target else one for one in rule.targets)
                names = ["target", str(target.start or ""), asked, str(figure)]
                value = telling(true, figure, step_of(true.written[0], whole))
                yield Slip(
                    " ".join(filter(None, names)),
                    target_words(figure, unit),
                    _missing(rule, asked, value, figure, rulebook),
                    rule.model_copy(update={"targets": targets}),
                    (*above, true.form.value, *filter(None, [asked])),
                )


def condition_slips(rule: Rule, measure: Share, condition: Condition, rulebook: Rulebook) -> Iterator[Slip]:
    """Go through the slips in what one condition of a share asks."""
    indicator, true = rulebook.indicators[condition.indicator], condition.figure
    truth = indicator.value is ValueKind.BOOLEAN
    for figure in _untruth(true) if truth else _slips(true, indicator.value is ValueKind.INTEGER):
        value = telling(true, figure, step_of(true.written[0], indicator.value is ValueKind.INTEGER))
        said = NOTHING if value is None else amount(value, indicator.value, indicator.unit)
        slipped = condition.model_copy(update={"figure": figure})
        conditions = tuple(slipped if one is condition else one for one in measure.conditions)
        of = rulebook.plan.type_name(measure.of)
        yield Slip(
            f"where {condition.indicator} {figure}",
            Text(f"{indicator.name.zh} {target_words(figure, NOTHING).zh}", str(figure)),
            Text(
                f"“{rule.title.zh}”缺一个场景：有{of.zh}的{indicator.name.zh}是 {said.zh}，而这一项就决定结论",
                f'"{rule.title.en}" lacks a scenario where the {indicator.name.en} of a {of.en} is {said.en}',
            ),
            rule.model_copy(update={"measure": measure.model_copy(update={"conditions": conditions})}),
            ("measure", "share", "where", condition.indicator),
        )


def _figures(target: Target) -> dict[str, Figure]:
    """Give the figures of `target` by the unit that is asked for them, "" where it is every unit."""
    return target.table or ({"": target.figure} if target.figure else {})


def _slips(figure: Figure, whole: bool) -> Iterator[Figure]:
    yield from moved(figure, whole)
    yield from compared_otherwise(figure)


def _untruth(figure: Figure) -> Iterator[Figure]:
    other = 1 - figure.low
    yield Figure(form=Form.EQUALS, low=other, high=other, written=("是" if other else "否",))


def _with_figure(target: Target, asked: str, figure: Figure) -> Target:
    """Give `target` with a slipped figure; a table has one comparison, so that a slip in that is in all of it."""
    if target.table is None:
        return target.model_copy(update={"figure": figure})
    table = {
        unit: figure if unit == asked else one.model_copy(update={"form": figure.form})
        for unit, one in target.table.items()
    }
    return target.model_copy(update={"table": table})


def _missing(rule: Rule, asked: str, value: Number | None, figure: Figure, rulebook: Rulebook) -> Text:
    if value is None:
        return Text("没有哪个数能分辨", "no value tells them apart")
    if isinstance(rule.measure, Ratio | Share):
        said = Text(quotient(value, figure), quotient(value, figure))
    else:
        indicator = rulebook.indicators[counted_in(rule.measure)]
        said = amount(value, indicator.value, indicator.unit)
    who = Text(f"“{asked}”", f'"{asked}" ') if asked else NOTHING
    return Text(
        f"“{rule.title.zh}”缺一个场景：{who.zh}实际值正好是 {said.zh}",
        f'"{rule.title.en}" lacks a scenario where {who.en}the observed value is exactly {said.en}',
    )

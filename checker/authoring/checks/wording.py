"""Checks that title and clause of a rule say what its target says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from checker.authoring.check import Example, Notice, RuleCheck
from checker.authoring.checks.sample import rule
from checker.authoring.comparatives import comparison
from checker.authoring.numerals import Figure, figures
from checker.explaining.words import is_percent
from checker.model.language import Text
from checker.model.number import Number
from checker.model.rulebook import Rule, Rulebook, Share, Total, counted_in
from checker.model.target import Figure as Goal
from checker.model.target import Form, Target
from checker.rulebook.sections import Placed
from checker.rulebook.source import Path

_PERSONS, _ATTENDANCES = frozenset({"人", "名", "位"}), frozenset({"人次"})


class Statement(NamedTuple):
    """A text of a rule that states figures of the kind that its target has."""

    path: Path
    text: str
    figures: list[Figure]


def statements(placed: Placed, rulebook: Rulebook) -> Iterator[Statement]:
    """Go through the texts of a rule that state figures: title, in each language that it has, and clause."""
    rule, spot = placed.rule, placed.spot
    two = spot.source.at((*spot.path, "title", "zh")) is not None
    titles = (
        [(("title", "zh"), rule.title.zh), (("title", "en"), rule.title.en)] if two else [(("title",), str(rule.title))]
    )
    for path, text in [*titles, (("source", "clause"), rule.clause)]:
        if found := _comparable(figures(text, also=[_unit(rule, rulebook)]), rule, rulebook):
            yield Statement(path, text, found)


def _unit(rule: Rule, rulebook: Rulebook) -> str:
    return "%" if isinstance(rule.measure, Share) else rulebook.indicators[counted_in(rule.measure)].unit.zh


def _comparable(found: list[Figure], rule: Rule, rulebook: Rulebook) -> list[Figure]:
    """Give those of the figures that can be meant by the target: percentages for one, else those in its unit."""
    if _is_percent(rule):
        return [one for one in found if _can_mean(one, percent=True)] or found
    counted = [one for one in found if one.counter == _unit(rule, rulebook)]
    return counted or [one for one in found if not one.percent] or found


def _is_percent(rule: Rule) -> bool:
    return any(is_percent(figure) for target in rule.targets for figure in _figures(target))


def _can_mean(figure: Figure, *, percent: bool) -> bool:
    """Whether the figure can be that of a target which is a percentage, or none: 1 is not 100%."""
    return figure.percent or figure.value < 1 if percent else not figure.percent


def values_of(rule: Rule) -> set[Number]:
    """Give every figure that the targets of a rule state; of a table also what its parts add up to."""
    return {value for target in rule.targets for value in _values(target)}


def _values(target: Target) -> Iterator[Number]:
    yield from (value for figure in _figures(target) for value in (figure.low, figure.high))
    yield sum(figure.low for figure in _figures(target))


def _figures(target: Target) -> list[Goal]:
    return [target.figure] if target.figure else list((target.table or {}).values())


class FigureDiffers(RuleCheck):
    """Title or clause and target state different figures."""

    code: ClassVar = "figure_differs"
    title: ClassVar = Text("标题或原文的数与目标不同", "a figure in title or clause differs from the target")
    bad: ClassVar = Example(rule(title="»每学期讲座两次", source="{clause: 每学期讲座3次}", target='{at_least: "3"}'))
    good: ClassVar = Example(rule(title="每学期讲座三次", source="{clause: 每学期讲座3次}", target='{at_least: "3"}'))

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Compare the figures of each text with those of the targets."""
        wanted = values_of(placed.rule)
        stated_once = {figure.low for target in placed.rule.targets if (figure := target.figure)}
        for path, text, found in statements(placed, rulebook):
            values = {one.value for one in found if _can_mean(one, percent=_is_percent(placed.rule))}
            lacking = stated_once - values if len(values) >= len(wanted) else set()
            if lacking or not values & wanted:
                said = "、".join(dict.fromkeys(one.written + one.counter for one in found))
                target = ", ".join(dict.fromkeys(str(target.figure) for target in placed.rule.targets if target.figure))
                message = Text(
                    f"“{text}”里是 {said}，目标是 {target or '一张分解表'}",
                    f'"{text}" states {said}, the target {target or "a table"}',
                )
                hint = Text(
                    "请改成一致；原文确实如此的，在 lint_off 里写明原因",
                    "make them agree, or say under lint_off why they need not",
                )
                yield self.at(placed, path, (message, hint))


class ComparisonDiffers(RuleCheck):
    """Title or clause says 以上 and the target `more_than`, or the like."""

    code: ClassVar = "comparison_differs"
    title: ClassVar = Text(
        "以上、超过等词与目标的比较不同", "words such as 以上 and 超过 differ from the target's comparison"
    )
    bad: ClassVar = Example(rule(title="»每学期讲座2次以上", target='{more_than: "2"}'))
    good: ClassVar = Example(rule(title="每学期讲座2次以上", source="{clause: 每学期讲座不少于2次}"))

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Compare the words around the target's figure with its form."""
        forms = {figure.low: figure.form for target in placed.rule.targets if (figure := target.figure)}
        for path, text, found in statements(placed, rulebook):
            said = [(one, comparison(text, one), forms.get(one.value)) for one in found]
            for one, stated, form in said:
                if stated and form and form is not stated and form is not Form.BETWEEN:
                    message = Text(
                        f"“{text}”说的是 {stated.value}，目标是 {form.value}",
                        f'"{text}" says {stated.value}, the target {form.value}',
                    )
                    hint = Text(
                        f'以上、不少于、达到含本数，超过不含；请写 {stated.value}: "{one.written}"',
                        f"以上, 不少于 and 达到 include the figure, 超过 excludes it: write {stated.value}",
                    )
                    yield self.at(placed, path, (message, hint))
                    break


class PersonsOrAttendances(RuleCheck):
    """The text counts persons and the indicator attendances, or the other way round."""

    code: ClassVar = "persons_or_attendances"
    title: ClassVar = Text(
        "原文数人、指标数人次，或相反", "the text counts persons and the indicator attendances, or the reverse"
    )
    bad: ClassVar = Example(
        rule(
            title="培训80人次", source="{clause: »培训80人}", measure="{total: attendances}", target='{at_least: "80"}'
        )
    )
    good: ClassVar = Example(
        rule(
            title="培训80人次", source="{clause: 培训80人次}", measure="{total: attendances}", target='{at_least: "80"}'
        )
    )

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Compare the measure word after the target's figure with the indicator's unit."""
        if not isinstance(placed.rule.measure, Total):
            return
        unit, wanted = _unit(placed.rule, rulebook), values_of(placed.rule)
        for path, text, found in statements(placed, rulebook):
            counters = {one.counter for one in found if one.value in wanted}
            if any({unit, counter} & _PERSONS and {unit, counter} & _ATTENDANCES for counter in counters):
                message = Text(f"“{text}”与指标的单位“{unit}”不同", f'"{text}" and the indicator\'s unit {unit} differ')
                hint = Text(
                    "同一个人参加两次是1人、2人次；请改用相应的指标",
                    "one person who comes twice is 1 人 and 2 人次: use the indicator that is meant",
                )
                yield self.at(placed, path, (message, hint))

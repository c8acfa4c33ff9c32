"""What would make a finding met, in words: who has to report, add or take away what, and how much each period.

Follows "Shortfall" and "Verdicts" 1 and 3 of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.explaining.sentence import observed_words
from checker.explaining.silence import must_report, reporter_name
from checker.explaining.words import REASONS, amount, target_words, unit_of
from checker.model.advice import Act, Advice, Need, Obstacle, Tempo
from checker.model.finding import NAMED_UNITS, Reason
from checker.model.language import NOTHING, Text
from checker.model.number import Number, ValueKind, shown, simplest
from checker.model.period import MONTH, QUARTER, YEAR
from checker.model.rulebook import Change, Ratio, Rulebook, Share, counted_in
from checker.model.span import Span
from checker.model.unit import Registry

OBSTACLES = {
    Obstacle.NO_UNITS: REASONS[Reason.NO_UNITS],
    Obstacle.UNREACHABLE: Text(
        "报什么数都达不到这个目标，请核对规则", "no figure can meet this target: check the rule"
    ),
}
_KINDS = {MONTH: Text("月", "month"), QUARTER: Text("季度", "quarter"), YEAR: Text("年", "year")}
_MEASURE_WORDS = {MONTH: "个", QUARTER: "个", YEAR: ""}


class AdviceWords:
    """Puts advice on the findings of one plan and registry into words."""

    def __init__(self, rulebook: Rulebook, registry: Registry) -> None:
        self._rulebook, self._registry = rulebook, registry

    def headline(self, advice: Advice) -> Text:
        """Give where the finding stands: what was measured, and what is asked."""
        finding = advice.finding
        measure = finding.rule.measure
        unit = NOTHING if isinstance(measure, Share | Ratio) else unit_of(measure, self._rulebook)
        now, target = observed_words(finding, self._rulebook), target_words(finding.figure, unit)
        return Text(f"{now.zh}，目标{target.zh}", f"{now.en}, target {target.en}")

    def summary(self, advice: Advice) -> Iterator[Text]:
        """Go through what is said of the advice as a whole: why not, how many units, what else must hold, the pace."""
        if advice.obstacle:
            yield OBSTACLES[advice.obstacle]
        if advice.units is not None and (many := len(advice.units)):
            unit = unit_of(advice.finding.rule.measure, self._rulebook)
            yield Text(
                f"最少须改变 {many} {unit.zh}，最接近的在前",
                f"at least {many} {unit.en} units have to change, closest first",
            )
        if advice.relation:
            yield self._relation(advice)
        if advice.tempo:
            yield self._tempo(advice, advice.tempo)

    def need(self, need: Need) -> Text:
        """Give one need as a sentence without its full stop."""
        indicator = self._rulebook.indicators[need.indicator]
        names = [reporter_name(self._registry[unit], unit in need.faulty) for unit in need.units[:NAMED_UNITS]]
        figure = Text(f" {need.period.code} {indicator.name.zh}", f"{indicator.name.en} {need.period.code}")
        if need.act is Act.REPORT:
            return _joined(must_report(names, len(need.units), figure), self._enough(need))
        who = _together(names, len(need.units))
        if need.act is Act.MEND:
            return Text(
                f"{who.zh}的{indicator.name.zh}更正后才能判定", f"{who.en}: {indicator.name.en} has to be mended first"
            )
        way = self._way(need, need.amount or Span(None, None))
        return Text(f"{who.zh}{figure.zh} {way.zh}", f"{who.en}: {figure.en}: {way.en}")

    def _way(self, need: Need, amount: Span) -> Text:
        """Give how a figure that is there has to change; a yes or no turns into the other."""
        adds = need.act is Act.ADD
        if self._rulebook.indicators[need.indicator].value is ValueKind.BOOLEAN:
            return Text("改为是", "make it yes") if adds else Text("改为否", "make it no")
        way = Text("再增加", "add") if adds else Text("减少", "take away")
        much = self._much(amount, need.indicator, moved=True)
        return Text(f"{way.zh}{much.zh}", f"{way.en} {much.en}")

    def _enough(self, need: Need) -> Text:
        """Give which amount will do, and of whom."""
        if need.amount is None:
            return NOTHING
        several = len(need.units) > 1
        together = Text("合计", "together ") if several else NOTHING
        much = self._much(need.amount, need.indicator, moved=False)
        some = Text("（其中任何单位报送即可）", " (any of them will do)") if several and not need.every else NOTHING
        return Text(f"{together.zh}{much.zh}即可{some.zh}", f"{together.en}{much.en} is enough{some.en}")

    def _much(self, span: Span, indicator: str, *, moved: bool) -> Text:
        """Give a span of amounts in words; what is `moved` up or down is named without its upper end."""
        kind, unit = self._rulebook.indicators[indicator].value, self._rulebook.indicators[indicator].unit

        def said(value: Number) -> Text:
            return _points(value) if moved and kind is ValueKind.PERCENT else amount(value, kind, unit)

        low, high, low_open, high_open = span
        if low is not None and (moved or low == high or kind is ValueKind.BOOLEAN):
            exact = Text(f" {said(low).zh}", said(low).en)
            return Text(f"{exact.zh}以上（不含）", f"more than {exact.en}") if low_open else exact
        return _range(said(low) if low else None, None if high is None else said(high), low_open, high_open)

    def _relation(self, advice: Advice) -> Text:
        measure = advice.finding.rule.measure
        target = target_words(
            advice.finding.figure, NOTHING if isinstance(measure, Share | Ratio) else unit_of(measure, self._rulebook)
        )
        if isinstance(measure, Ratio):
            above, below = (self._rulebook.indicators[code].name for code in (measure.numerator, measure.denominator))
            return Text(
                f"报齐后，{above.zh}与{below.zh}之比须{target.zh}",
                f"then the ratio of {above.en} to {below.en} must be {target.en}",
            )
        name = self._rulebook.indicators[counted_in(measure)].name if isinstance(measure, Change) else NOTHING
        return Text(f"报齐后，{name.zh}比上期的增加须{target.zh}", f"then the growth of {name.en} must be {target.en}")

    def _tempo(self, advice: Advice, tempo: Tempo) -> Text:
        many, last = len(tempo.periods), tempo.periods[-1].last.isoformat()
        if many == 1 or tempo.each.low == _whole(advice):
            return Text(f"须在 {last} 前做到", f"to be done by {last}")
        cycle = self._rulebook.plan.calendar.cycle
        kind = cycle.name if cycle and cycle.kind == tempo.kind else _KINDS[tempo.kind]
        measure = advice.finding.rule.measure
        if isinstance(measure, Share):
            unit = unit_of(measure, self._rulebook)
            much = Text(f" {shown(tempo.each.low or 0)} {unit.zh}", f"{shown(tempo.each.low or 0)} {unit.en} units")
        else:
            much = self._much(tempo.each, counted_in(measure), moved=True)
        counted = _MEASURE_WORDS.get(tempo.kind, "个")
        return Text(
            f"到 {last} 还有 {many} {counted}{kind.zh}，平均每{kind.zh}至少{much.zh}",
            f"{many} {kind.en}{'s' if many > 1 else ''} left until {last}: at least {much.en} each",
        )


def _whole(advice: Advice) -> Number | None:
    """Give all that has to be added, where one need says it: units of a share, else an amount."""
    if advice.units is not None:
        return len(advice.units)
    return next((need.amount.low for need in advice.needs if need.amount), None)


def _range(low: Text | None, high: Text | None, low_open: bool, high_open: bool) -> Text:
    if low and high:
        return Text(f" {low.zh} 至 {high.zh}", f"{low.en} to {high.en}")
    if low:
        return (
            Text(f"超过 {low.zh}", f"more than {low.en}")
            if low_open
            else Text(f"不少于 {low.zh}", f"at least {low.en}")
        )
    if high:
        return (
            Text(f"低于 {high.zh}", f"less than {high.en}")
            if high_open
            else Text(f"不超过 {high.zh}", f"at most {high.en}")
        )
    return Text("大于 0 ", "anything above 0") if low_open else Text("任何数", "any figure")


def _points(value: Number) -> Text:
    points = shown(simplest(Fraction(value) * 100))
    return Text(f"{points} 个百分点", f"{points} percentage points")


def _together(names: list[Text], total: int) -> Text:
    more = total - len(names)
    zh = "、".join(name.zh for name in names) + (f"等 {total} 个单位" if more else "")
    return Text(zh, ", ".join(name.en for name in names) + (f" and {more} more" if more else ""))


def _joined(first: Text, second: Text) -> Text:
    return first if second == NOTHING else Text(f"{first.zh}，{second.zh}", f"{first.en}; {second.en}")

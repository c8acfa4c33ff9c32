"""One sentence about a finding that a person can act on.

Follows "Findings as data" (`explanation`) and "Verdicts" 1 of the contract: it names who has to report what.
"""

from __future__ import annotations

from checker.explaining.gap import gap_of
from checker.explaining.silence import silences
from checker.explaining.words import PACES, REASONS, VERDICTS, amount, quotient, target_words, unit_of
from checker.model.finding import Finding, Reason, Verdict
from checker.model.language import NOTHING, Text, printable
from checker.model.number import Number, shown_percent
from checker.model.rulebook import Change, Indicator, Ratio, Rulebook, Share, counted_in
from checker.model.spoils import Spoils
from checker.model.unit import Registry

_NO_FIGURE = Text("没有可用的数", "no figure counts")


def explanation(finding: Finding, rulebook: Rulebook, registry: Registry, spoils: Spoils) -> Text:
    """Give the sentence for `finding`: who, what was measured, against what, what is missing and what to do.

    `spoils`: what was set aside, so that who reported it is asked to mend it.
    """
    who = f"{finding.unit.name or finding.unit.id} {finding.period.code}"
    missing = silences(finding, rulebook, registry, spoils)
    parts = [observed_words(finding, rulebook), *_judgement(finding, rulebook), *missing]
    parts += [_what_to_do(finding, rulebook)]
    said = [part for part in parts if part != NOTHING]
    return Text(
        printable(f"{who}：" + "，".join(part.zh for part in said) + "。"),
        printable(f"{who}: " + ", ".join(part.en for part in said) + "."),
    )


def observed_words(finding: Finding, rulebook: Rulebook) -> Text:
    """Give the measure with its numbers filled in: ``参与 680 / 在校 800 = 85%``."""
    measure, lower = finding.rule.measure, finding.lower
    if isinstance(measure, Share):
        return _observed_share(finding, rulebook.plan.type_name(measure.of))
    indicator = rulebook.indicators[counted_in(measure)]
    if isinstance(measure, Ratio):
        return _observed_ratio(finding, indicator, rulebook.indicators[measure.denominator])
    if lower is None:
        lacks = Text("的变化算不出来", "the change cannot be computed") if isinstance(measure, Change) else _NO_FIGURE
        return Text(f"{indicator.name.zh}{lacks.zh}", f"{indicator.name.en}: {lacks.en}")
    said = amount(lower, indicator.value, indicator.unit)
    if isinstance(measure, Change):
        return _changed(lower, indicator)
    least = finding.upper is None
    return Text(
        f"{indicator.name.zh}{'已报' if least else ''} {said.zh}",
        f"{indicator.name.en} {'so far ' if least else ''}{said.en}",
    )


def _observed_ratio(finding: Finding, above: Indicator, below: Indicator) -> Text:
    if finding.lower is None or finding.numerator is None or finding.denominator is None:
        return Text(
            f"{above.name.zh}与{below.name.zh}之比算不出来",
            f"the ratio of {above.name.en} to {below.name.en} cannot be computed",
        )
    over, under = amount(finding.numerator, above.value, NOTHING), amount(finding.denominator, below.value, NOTHING)
    result = quotient(finding.lower, finding.figure)
    return Text(
        f"{above.name.zh} {over.zh} / {below.name.zh} {under.zh} = {result}",
        f"{above.name.en} {over.en} / {below.name.en} {under.en} = {result}",
    )


def _changed(change: Number, indicator: Indicator) -> Text:
    """Give a change in the words people use for it: more, less or the same."""
    size = amount(-change if change < 0 else change, indicator.value, indicator.unit)
    name = indicator.name
    if change == 0:
        return Text(f"{name.zh}与上期持平", f"{name.en} is the same as before")
    zh, en = ("增加", "more") if change > 0 else ("减少", "less")
    return Text(f"{name.zh}比上期{zh} {size.zh}", f"{name.en}: {size.en} {en} than before")


def _observed_share(finding: Finding, counted: Text) -> Text:
    if finding.lower is None or finding.upper is None:
        return Text(f"没有可统计的{counted.zh}", f"there is no {counted.en} to count")
    sure = f"{finding.numerator}/{finding.denominator} = {shown_percent(finding.lower)}"
    if finding.lower == finding.upper:
        return Text(f"符合条件的{counted.zh} {sure}", f"{counted.en} units that satisfy it {sure}")
    at_most = shown_percent(finding.upper)
    return Text(
        f"已确定符合条件的{counted.zh} {sure}（待报数据齐后至多 {at_most}）",
        f"{counted.en} units that surely satisfy it {sure} (at most {at_most} once all report)",
    )


def _judgement(finding: Finding, rulebook: Rulebook) -> list[Text]:
    measure = finding.rule.measure
    unit = NOTHING if isinstance(measure, Share | Ratio) else unit_of(measure, rulebook)
    target = target_words(finding.figure, unit)
    verdict = VERDICTS[finding.verdict]
    if finding.verdict is Verdict.WAIVED and finding.underlying:
        under = VERDICTS[finding.underlying]
        verdict = Text(f"{under.zh}（由豁免 {finding.waiver} 豁免）", f"{under.en} (waived by {finding.waiver})")
    if finding.verdict is Verdict.PENDING:
        pace = PACES[finding.pace] if finding.pace else NOTHING
        due = finding.period.last.isoformat()
        verdict = Text(f"{due} 期满，尚未到期（{pace.zh}）", f"the period ends on {due} and is not due yet ({pace.en})")
    reason = REASONS[finding.reason] if finding.reason else NOTHING
    return [Text(f"目标{target.zh}", f"target {target.en}"), verdict, _gap(finding, rulebook), reason]


def _gap(finding: Finding, rulebook: Rulebook) -> Text:
    gap = gap_of(finding, rulebook)
    if gap is None:
        return NOTHING
    if gap.none:
        return Text("须低于这个数", "it must be less") if gap.too_much else Text("须超过这个数", "it must be exceeded")
    amount = Text(f"{gap.amount.zh}以上（不含）", f"more than {gap.amount.en}") if gap.beyond else gap.amount
    if gap.too_much:
        return Text(f"须减少 {amount.zh}", f"it has to come down by {amount.en}")
    return Text(f"还差 {amount.zh}", f"short by {amount.en}")


def _what_to_do(finding: Finding, rulebook: Rulebook) -> Text:
    gap = gap_of(finding, rulebook)
    failed = Verdict.NOT_MET in (finding.verdict, finding.underlying)
    # A remedy says how to reach a figure; where there is too much of it, it would say the opposite.
    if failed and finding.rule.remedy and not (gap and gap.too_much):
        return Text(f"请{finding.rule.remedy.zh}", f"to do: {finding.rule.remedy.en}")
    if finding.reason is Reason.ZERO_DENOMINATOR and isinstance(finding.rule.measure, Ratio):
        below = rulebook.indicators[finding.rule.measure.denominator].name
        return Text(f"请核对{below.zh}", f"check {below.en}")
    return NOTHING

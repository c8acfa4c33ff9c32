"""What a sample says about the whole, in words: rounded outwards, so that no interval reads narrower than it is."""

from __future__ import annotations

from fractions import Fraction

from checker.auditing.estimating import Estimate
from checker.model.language import Text
from checker.model.number import shown_percent, simplest

_TENTHS = 1000


def sentence(estimate: Estimate) -> Text:
    """Give what a sample says about all findings that it was drawn from."""
    sure = shown_percent(simplest(estimate.confidence))
    low, high = estimate.interval
    share = shown_percent(simplest(Fraction(round(estimate.share * _TENTHS), _TENTHS)))
    least, most = (shown_percent(simplest(one)) for one in outwards(estimate))
    every, drawn, found = estimate.population, estimate.size, estimate.differing
    return Text(
        f"{every} 条中抽查 {drawn} 条，{found} 条不符（{share}）；"
        f"以 {sure} 的把握，全部 {every} 条中不符的有 {low} 至 {high} 条（{least} 至 {most}）",
        f"{drawn} of {every} findings were looked at and {found} differ ({share}); with {sure} confidence "
        f"{low} to {high} of all {every} do ({least} to {most})",
    )


def outwards(estimate: Estimate) -> tuple[Fraction, Fraction]:
    """Give the least and the greatest share that differs, to a tenth of a percent, never narrower than they are."""
    low, high = estimate.shares
    return Fraction(low * _TENTHS // 1, _TENTHS), Fraction(-(-high * _TENTHS // 1), _TENTHS)

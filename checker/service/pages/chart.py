"""Where the bars of a chart stand, in whole units of its drawing; the template draws them and sets their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from checker.model.finding import Verdict
from checker.model.number import shown_rate
from checker.service.summing import Tally

LEFT, TOP, HEIGHT, BELOW = 48, 28, 180, 34
_BAR, _GAP, _SPACE = 36, 4, 14
_STRIP = 1000
STRIP_OF = (Verdict.MET, Verdict.WAIVED, Verdict.UNKNOWN, Verdict.NOT_MET)
"""What a strip shows, from left to right: everything that is due."""


class Bar(NamedTuple):
    """One bar; `label` is its figure, exact to a tenth of a percent."""

    x: int
    y: int
    width: int
    height: int
    label: str


class Pair(NamedTuple):
    """The rate as checked and the one after waivers, side by side; `middle` is where their name stands."""

    name: str
    middle: int
    checked: Bar | None
    waived: Bar | None


class Trend(NamedTuple):
    """Pairs from left to right over a floor; `ticks` are the heights of 0 %, 25 % … 100 %."""

    pairs: Sequence[Pair]
    width: int
    floor: int
    ticks: Sequence[tuple[int, str]]


def trend(tallies: Sequence[Tally]) -> Trend:
    """Give how both rates went, one pair for each tally."""
    each = 2 * _BAR + _GAP + _SPACE
    pairs = [_pair(one, LEFT + _SPACE // 2 + n * each) for n, one in enumerate(tallies)]
    ticks = [(TOP + HEIGHT - HEIGHT * percent // 100, f"{percent}%") for percent in (0, 25, 50, 75, 100)]
    return Trend(pairs, LEFT + each * len(tallies), TOP + HEIGHT, ticks)


def strip(tally: Tally) -> Sequence[tuple[Verdict, int, int]]:
    """Give the parts of a strip that shows what is due by verdict: each with its start and its width in thousandths."""
    parts: list[tuple[Verdict, int, int]] = []
    before = 0
    for verdict in STRIP_OF:
        start, end = (_STRIP * part // tally.due if tally.due else 0 for part in (before, before + tally.must[verdict]))
        before += tally.must[verdict]
        if end > start:
            parts.append((verdict, start, end - start))
    return parts


def rates(tally: Tally) -> Mapping[str, str]:
    """Give both rates as people read them."""
    met, waived = tally.must[Verdict.MET], tally.must[Verdict.WAIVED]
    return {"checked": shown_rate(met, tally.due), "after": shown_rate(met, tally.due - waived)}


def _pair(tally: Tally, x: int) -> Pair:
    told = rates(tally)
    checked = _bar(tally.rate, x, told["checked"])
    waived = _bar(tally.rate_after_waivers, x + _BAR + _GAP, told["after"])
    return Pair(tally.key, x + _BAR + _GAP // 2, checked, waived)


def _bar(rate: Fraction | None, x: int, label: str) -> Bar | None:
    if rate is None:
        return None
    height = round(rate * HEIGHT)
    return Bar(x, TOP + HEIGHT - height, _BAR, height, label)

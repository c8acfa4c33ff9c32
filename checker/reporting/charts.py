"""The geometry of charts: bars as parts of a thousand, lines as points on a canvas. Whole numbers, no drawing."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from checker.model.finding import Verdict
from checker.reporting.overview import Group, Trend

ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.PENDING, Verdict.WAIVED)
"""Verdicts as they stand side by side everywhere."""

WIDE, HIGH = 320, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 14, 16, 26
_STEP = 10
_LEAST = 6


class Piece(NamedTuple):
    """A part of a bar that is 1000 wide: what is not nothing is at least 6 wide, so that it can be seen."""

    verdict: Verdict
    x: int
    width: int


class Dot(NamedTuple):
    """A point of a line: where it is, its period, its rate in words, and whether a label fits there."""

    x: int
    y: int
    code: str
    rate: str
    labelled: bool


class Line(NamedTuple):
    """The rates of one trend: as checked and after waivers, with the heights and percents of the ruled lines."""

    checked: tuple[Dot, ...]
    after: tuple[Dot, ...]
    ruled: tuple[tuple[int, int], ...]


def bar(group: Group) -> list[Piece]:
    """Give the pieces of the bar that shows the verdicts of `group`."""
    many = {verdict: getattr(group.counts, verdict.value) for verdict in ORDER}
    widths = {verdict: max(round(Fraction(1000 * n, sum(many.values()))), _LEAST) for verdict, n in many.items() if n}
    if widths:
        widest = max(widths, key=lambda verdict: widths[verdict])
        widths[widest] += 1000 - sum(widths.values())
    pieces, x = [], 0
    for verdict, width in widths.items():
        pieces.append(Piece(verdict, x, width))
        x += width
    return pieces


def line(trend: Trend) -> Line:
    """Give the lines of `trend`; the axis begins at the full ten percent below the lowest rate and ends at 100."""
    lowest = min(
        Fraction(100 * met, owed) for point in trend.points for met, owed in (point.checked, point.after) if owed
    )
    floor = min(int(lowest) // _STEP * _STEP, 100 - _STEP)
    middle = (floor + 100) // 2
    ruled = tuple((_height(Fraction(percent), floor), percent) for percent in dict.fromkeys((100, middle, floor)))
    checked = _dots([(p.key, p.checked, p.checked_rate) for p in trend.points], floor)
    after = _dots([(p.key, p.after, p.after_rate) for p in trend.points], floor)
    return Line(checked, after, ruled)


def path(dots: tuple[Dot, ...]) -> str:
    """Give `dots` as the points of an SVG polyline."""
    return " ".join(f"{dot.x},{dot.y}" for dot in dots)


def _dots(points: list[tuple[str, tuple[int, int], str]], floor: int) -> tuple[Dot, ...]:
    places = [_LEFT + (WIDE - _LEFT - _RIGHT) * n // max(len(points) - 1, 1) for n in range(len(points))]
    apart = min((after - before for before, after in pairwise(places)), default=WIDE)
    every = max(1, -(-70 // max(apart, 1)))
    return tuple(
        Dot(x, _height(Fraction(100 * met, owed), floor), code, rate, (len(points) - 1 - n) % every == 0)
        for n, (x, (code, (met, owed), rate)) in enumerate(zip(places, points, strict=True))
        if owed
    )


def _height(percent: Fraction, floor: int) -> int:
    return _TOP + round((HIGH - _TOP - _BOTTOM) * (100 - percent) / (100 - floor))

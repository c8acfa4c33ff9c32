"""Flows that would count the same days twice.

A value lives from its report until it is withdrawn. Two values of one unit and indicator overlap where their periods
share a day, are not the same, and their lives share an instant: two rectangles, days by instants, that touch.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import heappop, heappush
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from checker.model.fact import Fact
from checker.model.instant import Instant

MOST_NAMED = 4
"""How many others are found for each fact: one more than a message names."""

Moment = tuple[int, Instant]
"""An instant that can be compared with never having been told: (0, 0) comes before all others, `_NEVER` after."""
_NEVER: Moment = (2, 0)
_EMPTY: tuple[Moment, int] = ((-1, 0), -1)


class _Life(NamedTuple):
    """A value, where it stands in the order of reading, and the half-open stretch of instants in which it holds."""

    fact: Fact
    number: int
    begins: Moment
    ends: Moment


def overlapping(facts: Iterable[Fact]) -> Iterator[tuple[Fact, list[Fact]]]:
    """Go through the flows that overlap others, each with up to `MOST_NAMED` of those."""
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.unit, fact.indicator].append(fact)
    for group in groups.values():
        if len(group) > 1 and _crosses(group):
            yield from _partners(list(_lives(group)))


def _crosses(group: Sequence[Fact]) -> bool:
    """Whether any two different periods of `group` share a day."""
    periods = sorted({_days(fact) for fact in group})
    return any(later[0] <= earlier[1] for earlier, later in pairwise(periods))


def _moment(reported: Instant | None) -> Moment:
    return (0, 0) if reported is None else (1, reported)


def _lives(group: Sequence[Fact]) -> Iterator[_Life]:
    withdrawals: dict[str, list[Moment]] = defaultdict(list)
    for fact in group:
        if fact.value is None:
            withdrawals[fact.period.code].append(_moment(fact.reported))
    for moments in withdrawals.values():
        moments.sort()
    for number, fact in enumerate(group):
        if fact.value is not None:
            begins = _moment(fact.reported)
            ends = withdrawals.get(fact.period.code, [])
            later = bisect_right(ends, begins)
            yield _Life(fact, number, begins, ends[later] if later < len(ends) else _NEVER)


class _Latest:
    """Places in a row, some of them taken until some moment: finds the latest of the first so many."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._tree = [_EMPTY] * (2 * size)

    def put(self, place: int, until: tuple[Moment, int]) -> None:
        """Take `place` until a moment, or free it with `_EMPTY`."""
        node = place + self._size
        self._tree[node] = until
        while node > 1:
            node //= 2
            self._tree[node] = max(self._tree[2 * node], self._tree[2 * node + 1])

    def among(self, count: int) -> tuple[Moment, int]:
        """Give the latest moment among the first `count` places, with its place."""
        low, high, found = self._size, self._size + count, _EMPTY
        while low < high:
            if low & 1:
                found = max(found, self._tree[low])
                low += 1
            if high & 1:
                high -= 1
                found = max(found, self._tree[high])
            low, high = low // 2, high // 2
        return found


class _Sweep:
    """Goes along the days with the values whose period has begun and not ended, each at its place by `begins`."""

    def __init__(self, lives: list[_Life]) -> None:
        self._lives = sorted(lives, key=lambda life: life.begins)
        self._begins = [life.begins for life in self._lives]
        self._open = _Latest(len(lives))
        self._needy = _Latest(len(lives))
        self.partners: list[list[int]] = [[] for _ in lives]

    def run(self) -> Iterator[tuple[_Life, list[_Life]]]:
        """Give each value that overlaps others, with some of them."""
        places = sorted(range(len(self._lives)), key=lambda place: _days(self._lives[place].fact))
        closing: list[tuple[date, int]] = []
        for period, group in groupby(places, key=lambda place: self._lives[place].fact.period):
            while closing and closing[0][0] < period.first:
                _, over = heappop(closing)
                self._open.put(over, _EMPTY)
                self._needy.put(over, _EMPTY)
            same = list(group)
            for place in same:
                self._meet(place)
            for place in same:
                self._open.put(place, (self._lives[place].ends, place))
                self._judge_need(place)
                heappush(closing, (period.last, place))
        for place, found in enumerate(self.partners):
            if found:
                yield self._lives[place], [self._lives[other] for other in found]

    def _meet(self, place: int) -> None:
        """Find others for the value at `place`, and let it be found by those that still need one."""
        found = list(islice(self._touching(self._open, place), MOST_NAMED))
        for other in found:
            self._open.put(other, (self._lives[other].ends, other))
        self.partners[place] += found
        for other in list(self._touching(self._needy, place)):
            self.partners[other].append(place)
            self._judge_need(other)

    def _judge_need(self, place: int) -> None:
        if len(self.partners[place]) < MOST_NAMED:
            self._needy.put(place, (self._lives[place].ends, place))

    def _touching(self, row: _Latest, place: int) -> Iterator[int]:
        """Take out of `row`, one by one, the values whose lives share an instant with the one at `place`."""
        life = self._lives[place]
        count = bisect_left(self._begins, life.ends)
        while (latest := row.among(count))[0] > life.begins:
            row.put(latest[1], _EMPTY)
            yield latest[1]


def _partners(lives: list[_Life]) -> Iterator[tuple[Fact, list[Fact]]]:
    for life, others in _Sweep(lives).run():
        yield life.fact, [other.fact for other in sorted(others, key=lambda other: other.number)]


def _days(fact: Fact) -> tuple[date, date, str]:
    return fact.period.first, fact.period.last, fact.period.code

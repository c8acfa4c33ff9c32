"""What facts are to each other: conflicts, overlaps, repetitions, warnings: semantics.md, "Input data"."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from .facts import Fact, Key
from .periods import Period
from .rulebook import Rulebook
from .tables import Problems


@dataclass
class Facts:
    """The facts that stand without error, and for what was set aside the spoiled keys and their periods."""

    good: list[Fact] = field(default_factory=list)
    spoiled: set[Key] = field(default_factory=set)
    silent: dict[tuple[str, str], list[Period | None]] = field(default_factory=lambda: defaultdict(list))

    def set_aside(self, fact: Fact) -> None:
        """Reads: "A fact that was set aside spoils its key"; in rule periods around it its unit is silent."""
        if fact.unit is None or fact.indicator is None:
            return
        self.silent[fact.unit.id, fact.indicator.code].append(fact.period)
        if fact.period is not None:
            self.spoiled.add(fact.key)


def _conflict(one: Fact, other: Fact) -> bool:
    """Reads: "Same unit, indicator, period and reported_at, other value"."""
    return one.key == other.key and one.reported == other.reported and one.content != other.content


def _ended(value: Fact, before: Fact, withdrawals: list[Fact]) -> bool:
    """True when `value` was withdrawn "by a withdrawal later than itself, no later than the other was reported"."""
    return any(end.key == value.key and value.earliest() < end.earliest() <= before.earliest() for end in withdrawals)


def _overlap(one: Fact, other: Fact, withdrawals: list[Fact]) -> bool:
    """Reads: "Same unit and flow indicator, periods that overlap and are not equal, unless the other was withdrawn"."""
    assert one.indicator is not None
    assert one.period is not None
    assert other.period is not None
    return (
        one.indicator.nature == "flow"
        and one.key[:2] == other.key[:2]
        and one.key != other.key
        and not (one.withdrawn or other.withdrawn)
        and one.period.overlaps(other.period)
        and not _ended(one, other, withdrawals)
        and not _ended(other, one, withdrawals)
    )


def settle(facts: list[Fact], book: Rulebook, problems: Problems) -> Facts:
    """Sets aside what has an error of its own, conflicts or overlaps; then warns about the rest."""
    sound = [fact for fact in facts if fact.sound]
    alike: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in sound:
        alike[fact.key[:2]].append(fact)
    settled = Facts()
    for fact in facts:
        peers = alike[fact.key[:2]] if fact.sound else []
        withdrawals = [peer for peer in peers if peer.withdrawn]
        conflict = any(_conflict(fact, peer) for peer in peers)
        overlap = any(_overlap(fact, peer, withdrawals) for peer in peers)
        if conflict:
            problems.error(fact.row, "conflicting_fact")
        if overlap:
            problems.error(fact.row, "overlapping_flow")
        if conflict or overlap or not fact.sound:
            settled.set_aside(fact)
        else:
            settled.good.append(fact)
    _warn(settled, book, problems)
    return settled


def _usable(fact: Fact, book: Rulebook) -> bool:
    """False for `unused_fact`: "no rule can use that indicator in that period" (drafts count as rules)."""
    assert fact.indicator is not None
    assert fact.period is not None
    for rule in book.rules:
        if fact.indicator.code not in rule.indicators:
            continue
        periods = list(rule.periods)
        if rule.measure == "change":
            periods += [before(period) for period in rule.periods]
        if any(fact.period.inside(period) for period in periods):
            return True
    return False


def before(year: Period) -> Period:
    """The calendar year before a calendar year."""
    first = year.first.replace(year=year.first.year - 1)
    return Period(f"{first.year:04d}", first, year.first - timedelta(days=1))


def _odd(fact: Fact) -> bool:
    """`implausible` by itself: "a percentage over 100%; a fact wholly outside the unit's life"."""
    assert fact.unit is not None
    assert fact.indicator is not None
    assert fact.period is not None
    unit, period = fact.unit, fact.period
    over = fact.indicator.kind == "percent" and not fact.withdrawn and fact.value is not None and fact.value > 1
    too_early = unit.opened is not None and period.last < unit.opened
    too_late = unit.closed is not None and period.first >= unit.closed
    return over or too_early or too_late


def _warn(settled: Facts, book: Rulebook, problems: Problems) -> None:
    """Warnings "for every record without an error, superseded ones and withdrawals included"."""
    seen: set[tuple[object, ...]] = set()
    last: dict[Key, Fact] = {}
    for fact in settled.good:
        mark = (fact.key, fact.content, fact.reported)
        if mark in seen:
            problems.warn(fact.row, "repeated_fact")
        seen.add(mark)
        if not _usable(fact, book):
            problems.warn(fact.row, "unused_fact")
        if _odd(fact):
            problems.warn(fact.row, "implausible")
        if fact.key not in last or fact.earliest() > last[fact.key].earliest():
            last[fact.key] = fact
    standing = {key: fact for key, fact in last.items() if not fact.withdrawn and key not in settled.spoiled}
    for (unit, indicator, period), fact in standing.items():
        for small, large in book.checks:
            other = standing.get((unit, large, period))
            if small != indicator or other is None or fact.value is None or other.value is None:
                continue
            if fact.value > other.value:
                first = min(fact, other, key=lambda item: (item.row.rank, item.row.line))
                problems.warn(first.row, "implausible")

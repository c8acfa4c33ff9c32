"""Facts, waivers and a county's data as intake hands it to the engines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from checker.model.instant import Instant
from checker.model.number import Number
from checker.model.period import Period
from checker.model.problem import Place
from checker.model.unit import Registry


class Fact(NamedTuple):
    """One reported value, or the withdrawal of one (`value` None), with the place it was read from.

    `reported` None: no `reported_at` was given, which counts as the earliest.
    """

    unit: str
    indicator: str
    period: Period
    value: Number | None
    reported: Instant | None
    place: Place
    evidence: str = ""
    note: str = ""


class Spoiled(NamedTuple):
    """What a fact that was set aside leaves behind: its unit counts as silent where it would have counted.

    `period` None: it could not be read, so that it may belong to any.
    """

    unit: str
    indicator: str
    period: Period | None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A dated, attributed permission for one unit not to meet one rule. `periods` empty: all; `start` None: always."""

    id: str
    rule: str
    unit: str
    periods: tuple[str, ...]
    start: date | None
    until: date
    reason: str
    approved_by: str
    place: Place

    def covers(self, period: str, day: date) -> bool:
        """Whether it covers the period of that code on `day`; `start` and `until` are both included."""
        named = not self.periods or period in self.periods
        return named and (self.start is None or self.start <= day) and day <= self.until


@dataclass(frozen=True, slots=True)
class Data:
    """A county's (or a nation's) data after intake: everything sound, and what was set aside.

    `set_aside` says where the records of each spoiled key stand; it decides nothing and is no part of the digest.
    """

    registry: Registry
    facts: Sequence[Fact] = ()
    waivers: Sequence[Waiver] = ()
    spoiled: frozenset[Spoiled] = field(default_factory=frozenset)
    set_aside: Mapping[Spoiled, tuple[Place, ...]] = field(default_factory=dict)

    def digest(self) -> str:
        """Give ``sha256:…`` of the facts, units and waivers that were read, whatever their order."""
        whole = hashlib.sha256()
        for kind, lines in (
            ("unit", self._units()),
            ("fact", self._facts()),
            ("waiver", self._waivers()),
            ("spoiled", self._spoiled()),
        ):
            for line in sorted(lines):
                whole.update(repr((kind, *line)).encode())
        return f"sha256:{whole.hexdigest()}"

    def _units(self) -> Iterator[tuple[str, ...]]:
        for unit in self.registry:
            attributes = [text for pair in sorted(unit.attributes.items()) for text in pair]
            yield (unit.id, unit.name, unit.type, unit.parent or "", *_texts(unit.opened, unit.closed), *attributes)

    def _facts(self) -> Iterator[tuple[str, ...]]:
        for fact in self.facts:
            yield (
                fact.unit,
                fact.indicator,
                fact.period.code,
                *_texts(fact.value, fact.reported),
                fact.evidence,
                fact.note,
            )

    def _waivers(self) -> Iterator[tuple[str, ...]]:
        for waiver in self.waivers:
            yield (
                waiver.id,
                waiver.rule,
                waiver.unit,
                ";".join(waiver.periods),
                *_texts(waiver.start, waiver.until),
                waiver.reason,
                waiver.approved_by,
            )

    def _spoiled(self) -> Iterator[tuple[str, ...]]:
        for key in self.spoiled:
            yield (key.unit, key.indicator, key.period.code if key.period else "")


def _texts(*values: object) -> Iterable[str]:
    return ("" if value is None else str(value) for value in values)

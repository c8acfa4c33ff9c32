"""What the service judges on: database, trail and engine, and rulebook and registry as known at any instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple
from weakref import WeakKeyDictionary

from checker.engines.judging import Judge
from checker.model.fact import Data
from checker.model.instant import after
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry, Unit
from checker.service.apart.sandbox import Sandbox
from checker.store import county, publications, submissions
from checker.store.audit import Audit
from checker.store.database import Database, Reading, time_of

MICRO = 1_000_000
BRAKE = Fraction(1, 20)
"""The share of findings that a publication may flip before their number has to be typed."""
_KEPT = 8


class Unprepared(Exception):  # noqa: N818 (says what an operator still has to do)
    """There is no rulebook or no unit yet, so that nothing can be judged."""

    def __init__(self) -> None:
        self.why = Text(
            "还没有规则或单位名册：请先运行 checker admin load-rulebook 和 load-units",
            "no rulebook or units yet: run checker admin load-rulebook and load-units first",
        )
        super().__init__(str(self.why))


class Unpublished(LookupError):  # noqa: N818 (a wrong name, and no fault of ours)
    """No rulebook of that digest was ever published."""


class Mark(NamedTuple):
    """Which rulebook, units, facts and waivers count: two that are equal stand for the same."""

    rulebook: str
    units: int
    facts: int
    waivers: tuple[int, int]


class Ground:
    """Rulebooks and registries are kept in memory and told apart by digest and by number; both never change.

    `sandbox`: where drafts of rulebooks are read and tried, apart from this process.
    """

    def __init__(self, database: Database, audit: Audit, judge: Judge, brake: Fraction = BRAKE) -> None:
        self.database, self.audit, self.judge, self.brake = database, audit, judge, brake
        self.sandbox = Sandbox()
        self._rulebooks: dict[str, Rulebook] = {}
        self._registries: dict[tuple[int, int | None], Registry] = {}
        self._newest: WeakKeyDictionary[Reading, tuple[str | None, int]] = WeakKeyDictionary()

    def rulebook(self, reading: Reading, end: int | None = None) -> Rulebook:
        """Give the rulebook that was in force just before `end` (None: now). Raises Unprepared."""
        digest = self._now(reading)[0] if end is None else self._digest(reading, end)
        if digest is None:
            raise Unprepared
        return self._kept(reading, digest)

    def published(self, reading: Reading, digest: str) -> Rulebook:
        """Give the rulebook of that digest. Raises Unpublished."""
        if all(one.digest != digest for one in publications.listed(reading)):
            raise Unpublished(digest)
        return self._kept(reading, digest)

    def _kept(self, reading: Reading, digest: str) -> Rulebook:
        if digest not in self._rulebooks:
            self._rulebooks[digest] = county.rulebook(reading, digest)
        return self._rulebooks[digest]

    def registry(self, reading: Reading, end: int | None = None) -> Registry:
        """Give the units known just before `end` (None: now). Raises Unprepared where there are none at all."""
        key = (self._now(reading)[1], end)
        if key[0] == 0:
            raise Unprepared
        if key not in self._registries:
            if len(self._registries) >= _KEPT:
                self._registries.clear()
            self._registries[key] = Registry(county.units(reading, end))
        return self._registries[key]

    def _now(self, reading: Reading) -> tuple[str | None, int]:
        """Give what tells rulebook and registry apart, asked once in each transaction, in which it does not change."""
        if reading not in self._newest:
            end = publications.present(reading, self.database.now())
            self._newest[reading] = (self._digest(reading, end), county.last_change(reading))
        return self._newest[reading]

    def _digest(self, reading: Reading, end: int) -> str | None:
        found = publications.before(publications.listed(reading), end)
        return found and found.digest

    def mark(self, reading: Reading) -> Mark:
        """Give what tells whether anything that findings are judged on changed from one reading to another."""
        digest, units = self._now(reading)
        return Mark(digest or "", units, submissions.last_change(reading), county.last_waivers(reading))

    def today(self, rulebook: Rulebook, at: int) -> date:
        """Give the day that the instant `at` lies in, in the plan's zone."""
        return time_of(at).astimezone(rulebook.plan.zone).date()

    def end_of(self, day: date, rulebook: Rulebook) -> int:
        """Give the first instant that is no longer part of `day`."""
        return int(after(day, rulebook.plan.zone)) * MICRO

    def data(
        self, reading: Reading, among: Iterable[Unit] | None = None, end: int | None = None,
        rulebook: Rulebook | None = None,
    ) -> Data:  # fmt: skip
        """Give what counts just before `end` (None: now): of `among` and the units below them, or of all.

        `rulebook`: by whose calendar periods are read, by default the one that was in force.
        """
        rulebook, registry = rulebook or self.rulebook(reading, end), self.registry(reading, end)
        names: set[str] | None = None
        if among is not None:
            roots = list(among)
            names = {one.id for root in roots for one in (root, *registry.below(root))}
        facts = submissions.facts(reading, rulebook.plan.calendar, names, end)
        known = [fact for fact in facts if fact.unit in registry]
        present = publications.present(reading, self.database.now()) if end is None else end
        return Data(registry, known, county.waivers(reading, present, names))

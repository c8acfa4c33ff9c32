"""What the service judges on: database, trail and engine, and rulebook and registry as known at any instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from weakref import WeakKeyDictionary

from checker.engines.judging import Judge
from checker.model.fact import Data
from checker.model.instant import after
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry, Unit
from checker.store import county, submissions
from checker.store.audit import Audit
from checker.store.database import Database, Reading, time_of

MICRO = 1_000_000
_KEPT = 8


class Unprepared(Exception):  # noqa: N818 (says what an operator still has to do)
    """There is no rulebook or no unit yet, so that nothing can be judged."""

    def __init__(self) -> None:
        self.why = Text(
            "还没有规则或单位名册：请先运行 checker admin load-rulebook 和 load-units",
            "no rulebook or units yet: run checker admin load-rulebook and load-units first",
        )
        super().__init__(str(self.why))


class Ground:
    """Rulebooks and registries are kept in memory and told apart by digest and by number; both never change."""

    def __init__(self, database: Database, audit: Audit, judge: Judge) -> None:
        self.database, self.audit, self.judge = database, audit, judge
        self._rulebooks: dict[str, Rulebook] = {}
        self._registries: dict[tuple[int, int | None], Registry] = {}
        self._newest: WeakKeyDictionary[Reading, tuple[str | None, int]] = WeakKeyDictionary()

    def rulebook(self, reading: Reading, end: int | None = None) -> Rulebook:
        """Give the rulebook that was published just before `end` (None: now). Raises Unprepared."""
        digest = self._now(reading)[0] if end is None else county.digest_at(reading, end)
        if digest is None:
            raise Unprepared
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
            self._newest[reading] = (county.digest_at(reading, None), county.last_change(reading))
        return self._newest[reading]

    def today(self, rulebook: Rulebook, at: int) -> date:
        """Give the day that the instant `at` lies in, in the plan's zone."""
        return time_of(at).astimezone(rulebook.plan.zone).date()

    def end_of(self, day: date, rulebook: Rulebook) -> int:
        """Give the first instant that is no longer part of `day`."""
        return int(after(day, rulebook.plan.zone)) * MICRO

    def data(self, reading: Reading, among: Iterable[Unit] | None = None, end: int | None = None) -> Data:
        """Give what counts just before `end` (None: now): of `among` and the units below them, or of all."""
        rulebook, registry = self.rulebook(reading, end), self.registry(reading, end)
        names: set[str] | None = None
        if among is not None:
            roots = list(among)
            names = {one.id for root in roots for one in (root, *registry.below(root))}
        facts = submissions.facts(reading, rulebook.plan.calendar, names, end)
        known = [fact for fact in facts if fact.unit in registry]
        return Data(registry, known, county.waivers(reading, end, names))

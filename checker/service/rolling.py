"""The roll-ups: what follows for the units above, for a new day and for new rules, done by one worker.

What is outstanding is a row in the database from the transaction that caused it, so that a killed process loses none.
Many submissions are taken together; of several processes one has the lease and works.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from threading import Event, Thread

from checker import __version__
from checker.service.ground import MICRO, Ground, Unprepared
from checker.service.weighing import RULEBOOK, Causes, settle, weigh
from checker.store import journal
from checker.store.database import Reading
from checker.store.findings import Cause
from checker.store.journal import Task

_LEASE = 10 * MICRO
_NAME = "rolling"
_DAY, _VERSION = "as_of", "version"


class Rolling:
    """Does what is outstanding, a step at a time; `export` is to export the head of the audit trail, once a day."""

    def __init__(self, ground: Ground, export: Callable[[], None] = lambda: None) -> None:
        self._ground, self._export = ground, export
        self._holder = secrets.token_hex(8)

    def turn(self) -> bool:
        """Move to a new day or version where there is one, do what is outstanding, and say whether anything was."""
        database = self._ground.database
        with database.read() as reading:
            try:
                rulebook = self._ground.rulebook(reading)
                self._ground.registry(reading)
            except Unprepared:
                return False
            today = self._ground.today(rulebook, database.now())
            news = self._news(reading, today, rulebook.digest)
            if not news and not journal.outstanding(reading):
                return False
        with database.write() as tx:
            if not journal.lease(tx, _NAME, self._holder, _LEASE):
                return False
            for cause in self._news(tx.connection, today, rulebook.digest):
                journal.ask_for(tx, None, cause.value)
            journal.set_setting(tx, _DAY, today.isoformat())
            journal.set_setting(tx, _VERSION, __version__)
            journal.set_setting(tx, RULEBOOK, rulebook.digest)
        if Cause.CALENDAR in news:
            self._export()
        return self._do(today)

    def finish(self) -> None:
        """Do everything that is outstanding now, and let others work."""
        while self.turn():
            pass
        self.release()

    def release(self) -> None:
        """Let another process work."""
        with self._ground.database.write() as tx:
            journal.release(tx, _NAME, self._holder)

    def _news(self, reading: Reading, today: date, digest: str) -> list[Cause]:
        day, version, judged_by = (journal.setting(reading, name) for name in (_DAY, _VERSION, RULEBOOK))
        moved = [Cause.CALENDAR] if day is None or day < today.isoformat() else []
        moved += [Cause.RULE] if judged_by not in (None, digest) else []  # a publication came into force by itself
        return moved + ([Cause.SOFTWARE] if version not in (None, __version__) else [])

    def _do(self, today: date) -> bool:
        """Weigh on a snapshot, so that nobody waits, and let stand all but the units that changed meanwhile."""
        ground = self._ground
        with ground.database.read() as reading:
            tasks = journal.outstanding(reading)
            if not tasks:
                return False
            weighed = weigh(ground, reading, self._causes(reading, tasks), today)
        last = tasks[-1].seq
        with ground.database.write() as tx:
            if not journal.lease(tx, _NAME, self._holder, _LEASE):
                return False
            later = [task for task in journal.outstanding(tx.connection) if task.seq > last]
            if any(task.unit is None for task in later):
                return True  # rules, units or the day changed meanwhile: weigh again
            settle(ground, tx, weighed, apart={task.unit for task in later if task.unit})
            journal.done(tx, last)
        return True

    def _causes(self, reading: Reading, tasks: list[Task]) -> Causes:
        registry = self._ground.registry(reading)
        causes: dict[str, set[Cause]] = defaultdict(set)
        everywhere = {Cause(task.cause) for task in tasks if task.unit is None}
        for task in tasks:
            unit = registry.get(task.unit) if task.unit else None
            for above in registry.above(unit) if unit else ():
                # What was handed in for a unit was judged at once; with units below, a roll-up may have passed it over.
                if above != unit or task.cause != Cause.DATA or registry.below(above):
                    causes[above.id].add(Cause(task.cause))
            if task.unit and unit is None:
                causes[task.unit].add(Cause(task.cause))
        if everywhere:
            for one in registry:
                causes[one.id] |= everywhere
        return causes


class Worker:
    """Runs a `Rolling` in a thread of its own, at once when woken and every so often anyway."""

    def __init__(self, rolling: Rolling, complain: Callable[[Exception], None], pause: float = 1.0) -> None:
        self._rolling, self._complain, self._pause = rolling, complain, pause
        self._woken, self._ended = Event(), Event()
        self._thread = Thread(target=self._run, name="rolling", daemon=True)

    def start(self) -> None:
        """Begin; the first turn catches up with whatever a stop left outstanding."""
        self._thread.start()

    def wake(self) -> None:
        """Say that something is outstanding."""
        self._woken.set()

    def stop(self) -> None:
        """End after the turn that is running."""
        self._ended.set()
        self._woken.set()
        self._thread.join()
        self._rolling.release()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._woken.clear()
            try:
                self._rolling.turn()
            except Exception as fault:
                self._complain(fault)
            # Whatever is handed in during the pause is taken together with what woke us.
            if not self._ended.wait(self._pause):
                self._woken.wait(self._pause)

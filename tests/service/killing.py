"""Kills the service at random moments while many hand in, starts it again, and counts what is there.

``python -m tests.service.killing 1000`` hands in a thousand; the tests hand in fewer of the same. With `postgresql` as
second argument it works on a server of its own, with a URL on that empty database.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from checker.store.audit import entries
from tests import postgres
from tests.service.running import SCHOOLS, Running

CLERKS = 16
_AGAIN = 5
"""One in so many is handed in once more after it was acknowledged."""


class Fire:
    """Kills `service` again and again, now and then while it is still starting."""

    def __init__(self, service: Running, pause: tuple[float, float], seed: int) -> None:
        self._service, self._pause, self._chance = service, pause, random.Random(seed)
        self._over = Event()
        self._thread = Thread(target=self._shoot)
        self.fell = Counter[str]()

    def __enter__(self) -> Fire:
        """Begin."""
        self._service.start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, with the service running."""
        self._over.set()
        self._thread.join()

    def _shoot(self) -> None:
        while not self._over.wait(self._chance.uniform(*self._pause)):
            self._service.kill()
            self.fell["kills"] += 1
            if self._chance.random() < 0.25:
                self._service.launch()
                time.sleep(self._chance.uniform(0, 1.5))
                self._service.kill()
                self.fell["kills while starting"] += 1
            self._service.start()


def hand_in_under_fire(service: Running, count: int, pause: tuple[float, float], seed: int = 1) -> Counter[str]:
    """Hand in `count` submissions while the service is killed again and again; give what happened, checked."""
    acknowledged: dict[int, str] = {}
    happened, lock = Counter[str](), Lock()

    def hand_in(number: int) -> None:
        told = insist(service, number, happened, lock)
        acknowledged[number] = told["submission"]["id"]
        if number % _AGAIN == 0:
            assert insist(service, number, happened, lock) == told
            with lock:
                happened["handed in once more"] += 1

    with Fire(service, pause, seed) as fire, ThreadPoolExecutor(CLERKS) as clerks:
        list(clerks.map(hand_in, range(count)))
    assert sorted(acknowledged) == list(range(count))
    count_up(service, acknowledged)
    return happened + fire.fell


def insist(service: Running, number: int, happened: Counter[str], lock: Lock) -> Any:
    """Hand in until there is an answer, every time with the same key, and give it."""
    school = SCHOOLS[number % len(SCHOOLS)]
    body = {"unit": school, "period": "2024-2025-1", "values": {"science_lectures": number}}
    key = {"Idempotency-Key": f"number-{number}"}
    while True:
        status, told = service.ask("POST", "/api/v1/submissions", service.tokens[school], body, key)
        if status == 201:
            return told
        assert status == 0, told
        with lock:
            happened["no answer"] += 1
        time.sleep(0.05)


def count_up(service: Running, acknowledged: dict[int, str]) -> None:
    """Every acknowledged one is there, none half, none twice; the chain verifies; findings equal a full recheck."""
    there = {one["id"]: one for school in SCHOOLS for one in service.submissions(school)}
    assert len(set(acknowledged.values())) == len(acknowledged)
    assert set(acknowledged.values()) == set(there)
    assert {one["state"] for one in there.values()} == {"reported"}
    for number, name in acknowledged.items():
        school = SCHOOLS[number % len(SCHOOLS)]
        assert there[name]["unit"] == school
        status, facts = service.ask("GET", f"/api/v1/submissions/{name}/facts", service.tokens[school])
        assert (status, [fact["value"] for fact in facts]) == (200, [str(number)])
    service.kill()
    with service.ground() as ground, ground.database.read() as reading:
        recorded = [one.subject for one in entries(reading, 0, 10**9) if one.action.startswith("submission.")]
    assert sorted(recorded) == sorted(f"submission:{name}" for name in there)
    service.prove()


@contextmanager
def _named(word: str) -> Iterator[str | None]:
    """Give the URL of the database that a word stands for; None: an SQLite file."""
    if word == "postgresql":
        with postgres.server() as url:
            yield url
    else:
        yield word or None


def main(count: int, word: str) -> None:
    """Print what happened."""
    with tempfile.TemporaryDirectory() as here, _named(word) as url:
        service = Running(Path(here), url)
        began = time.monotonic()
        try:
            happened = hand_in_under_fire(service, count, (0.5, 3.0))
        finally:
            service.kill()
    fell = ", ".join(f"{number} {what}" for what, number in sorted(happened.items()))
    kept = "all there, none half, none twice; whole chain; no difference"
    print(f"{count} handed in by {CLERKS} at a time ({fell}), {time.monotonic() - began:.0f} s: {kept}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2] if len(sys.argv) > 2 else "")

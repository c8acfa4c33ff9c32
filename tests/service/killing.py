"""Kills the service at random moments while many hand in, starts it again, and counts what is there.

``python -m tests.service.killing 1000`` hands in a thousand; the tests hand in fewer of the same. With the URL of an
empty PostgreSQL database as second argument it works on that.
"""

from __future__ import annotations

import http.client
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from checker.cli.opening import opened
from checker.engines.plain import PlainJudge
from checker.rulebook.loading import default_folder, load
from checker.service.enrolling import Enrolled, enrol, give_token
from checker.service.ground import Ground
from checker.service.loading import load_rulebook, load_units
from checker.service.rechecking import recheck
from checker.service.rolling import Rolling
from checker.store.accounts import Role
from tests.service.office import UNITS

CLERKS = 4
SCHOOLS = ("school-1", "school-2", "school-3")
CHECKER = Path(sys.executable).with_name("checker")


class Killed:
    """A service in a process of its own, in a folder of its own, that is killed and started again."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder, self.port = folder, free_port()
        self.database = url or str(folder / "checker.db")
        self.process: subprocess.Popen[bytes] | None = None
        self.tokens: dict[str, str] = {}
        with self.ground() as ground:
            rulebook = load(default_folder()).rulebook
            assert rulebook is not None
            load_rulebook(ground, rulebook)
            units = folder / "units.csv"
            units.write_text(UNITS, encoding="utf-8")
            load_units(ground, units)
            for school in SCHOOLS:
                enrol(ground, Enrolled(school, school, Role.SUBMITTER, school, None), None)
                self.tokens[school] = give_token(ground, school, "test", 1)

    @contextmanager
    def ground(self) -> Iterator[Ground]:
        """Open the same database from here."""
        with opened(self.database, self.folder / "audit.key", migrate=True) as ground:
            yield ground

    def prove(self) -> None:
        """The audit trail is whole, and what stands is what a full check finds."""
        with self.ground() as ground:
            Rolling(ground).finish()
            with ground.database.read() as reading:
                assert ground.audit.verify(reading) is None
                day = ground.today(ground.rulebook(reading), ground.database.now())
            assert recheck(ground, PlainJudge(), day).differences == ()

    def start(self) -> None:
        """Start, and wait until it is ready."""
        log = (self.folder / "log").open("ab")
        limits = ("--rate-limit", "1000000/minute")
        place = ("--database", self.database, "--audit-key", str(self.folder / "audit.key"))
        command = [str(CHECKER), "serve", *place, "--port", str(self.port), *limits]
        self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        while self.ask("GET", "/readyz")[0] != 200:
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill without warning."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end, and give its exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def ask(self, method: str, path: str, token: str = "", body: Any = None, key: str = "") -> tuple[int, Any]:
        """Give the status and the content of an answer; status 0 where there was none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        except (OSError, http.client.HTTPException, ValueError):
            return 0, None
        finally:
            connection.close()

    def submissions(self, school: str) -> list[Any]:
        """Give every submission of a school."""
        found: list[Any] = []
        cursor = ""
        while True:
            _, page = self.ask("GET", f"/api/v1/submissions?limit=200{cursor}", self.tokens[school])
            found += page["items"]
            if page["next"] is None:
                return found
            cursor = f"&cursor={page['next']}"


def hand_in_under_fire(service: Killed, count: int, pause: tuple[float, float], seed: int = 1) -> Counter[str]:
    """Hand in `count` submissions while the service is killed again and again; give what happened, checked."""
    chance, over, kills = random.Random(seed), Event(), Counter[str]()
    acknowledged: dict[str, str] = {}

    def shoot() -> None:
        while not over.wait(chance.uniform(*pause)):
            service.kill()
            kills["kills"] += 1
            service.start()

    def hand_in(number: int) -> None:
        school = SCHOOLS[number % len(SCHOOLS)]
        body = {"unit": school, "period": "2024-2025-1", "values": {"science_lectures": number}}
        while True:
            status, told = service.ask("POST", "/api/v1/submissions", service.tokens[school], body, f"number-{number}")
            if status == 201:
                acknowledged[f"{school} {number}"] = told["submission"]["id"]
                return
            assert status == 0, told
            kills["retries"] += 1
            time.sleep(0.05)

    service.start()
    shooter = Thread(target=shoot)
    shooter.start()
    try:
        with ThreadPoolExecutor(CLERKS) as clerks:
            list(clerks.map(hand_in, range(count)))
    finally:
        over.set()
        shooter.join()
    _count(service, acknowledged, count)
    return kills


def _count(service: Killed, acknowledged: dict[str, str], count: int) -> None:
    """Every acknowledged one is there, none half, none twice; the chain verifies; findings equal a full recheck."""
    there = {one["id"]: one for school in SCHOOLS for one in service.submissions(school)}
    assert len(acknowledged) == count
    assert set(acknowledged.values()) == set(there)
    assert len(there) == count
    assert {one["state"] for one in there.values()} == {"reported"}
    for told, name in acknowledged.items():
        school, number = told.split(" ")
        status, facts = service.ask("GET", f"/api/v1/submissions/{name}/facts", service.tokens[school])
        assert (status, [fact["value"] for fact in facts]) == (200, [number])
    service.kill()
    service.prove()


def free_port() -> int:
    """Give a port of loopback that nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as here:
        killed = Killed(Path(here), sys.argv[2] if len(sys.argv) > 2 else None)
        try:
            happened = hand_in_under_fire(killed, many, (0.5, 3.0))
        finally:
            killed.kill()
    print(f"{many} handed in, {dict(happened)}: all there, none half, none twice; whole chain; no difference")  # noqa: T201

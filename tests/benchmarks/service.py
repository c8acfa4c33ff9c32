"""How fast the service takes submissions and shows lists, its client in a process of its own on loopback.

``python -m tests.benchmarks.service [SECONDS] [FINDINGS]``: 50 submissions a second for a minute by the schools and
villages of the made-up county, with ``synchronous=FULL``; then lists of every kind with a million findings stored.
Times count from the moment a request was due, so that a server that falls behind cannot hide it.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import local

from checker.cli.opening import opened
from checker.rulebook.loading import default_folder, load
from checker.service.enrolling import Enrolled, enrol, give_token
from checker.service.loading import load_data, load_rulebook
from checker.service.rolling import Rolling
from checker.store.accounts import Role
from tests.service.running import CHECKER, free_port

ROOT = Path(__file__).parents[2]
# Schools that report by month would contradict themselves.
SCHOOLS = [f"school-{number:03d}" for number in range(1, 71) if number % 10 != 9]
REGISTRY = (ROOT / "fixtures" / "pingluo" / "units.csv").read_text(encoding="utf-8").splitlines()
VILLAGES = [line.split(",")[0] for line in REGISTRY if ",village," in line]
UNITS = SCHOOLS + VILLAGES
RATE, SECONDS, FINDINGS = 50, 60, 1_000_000
LISTS = (
    "findings", "findings?verdict=not_met", "findings?sort=-changed", "findings?rule=youth.lectures&sort=changed",
    "findings?unit=school-001", "findings?verdict=unknown&sort=-changed", "findings?period=2024-2025-1",
)  # fmt: skip
_own = local()


def prepare(folder: Path) -> dict[str, str]:
    """Bring the made-up county into service and give the token of each account."""
    with opened(str(folder / "checker.db"), None, migrate=True) as ground:
        rulebook = load(default_folder()).rulebook
        assert rulebook is not None
        load_rulebook(ground, rulebook)
        load_data(ground, ROOT / "fixtures" / "pingluo")
        Rolling(ground).finish()
        for unit in UNITS:
            enrol(ground, Enrolled(unit, unit, Role.SUBMITTER, unit, None), None)
        enrol(ground, Enrolled("auditor", "auditor", Role.AUDITOR, None, "pingluo"), None)
        return {name: give_token(ground, name, "benchmark", 1) for name in (*UNITS, "auditor")}


def fill(folder: Path, count: int) -> None:
    """Store findings until there are `count`, each a copy of a real one for a unit of its own."""
    with sqlite3.connect(folder / "checker.db") as connection:
        columns = [row[1] for row in connection.execute("pragma table_info(findings)")]
        real = [dict(zip(columns, row, strict=True)) for row in connection.execute("select * from findings")]
        marks = ", ".join(f":{column}" for column in columns)
        copies = (
            {
                **real[n % len(real)],
                "id": f"{n:016x}",
                "unit": f"unit-{n // 30:06d}",
                "changed": real[n % len(real)]["changed"] + n,
            }
            for n in range(count - len(real))
        )
        connection.executemany(f"insert into findings values ({marks})", copies)


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Run the service and give its port."""
    port = free_port()
    command = [str(CHECKER), "serve", "--port", str(port), "--rate-limit", "1000000/minute"]
    with (folder / "log").open("ab") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process:
        while ask(port, "GET", "/readyz", "") != 200:
            time.sleep(0.1)
        yield port
        used = Path(f"/proc/{process.pid}/stat").read_text().split()[13:15]
        say(f"  processor time of the server: {sum(map(int, used)) / os.sysconf('SC_CLK_TCK'):.1f} s")
        process.terminate()


def ask(port: int, method: str, path: str, token: str, body: bytes | None = None) -> int:
    """Give the status of an answer; each thread keeps its connection. 0: nobody answers."""
    connection = getattr(_own, "connection", None)
    if connection is None:
        connection = _own.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return int(answer.status)
    except OSError:
        _own.connection = None
        return 0


def paced(count: int, rate: float, one: Callable[[int], int]) -> list[tuple[int, float]]:
    """Do `count` things, `rate` a second, and give the status and the seconds since it was due of each."""
    start = time.perf_counter() + 0.2

    def do(number: int) -> tuple[int, float]:
        due = start + number / rate
        time.sleep(max(due - time.perf_counter(), 0))
        status = one(number)
        return status, time.perf_counter() - due

    with ThreadPoolExecutor(32) as hands:
        return list(hands.map(do, range(count)))


def told(what: str, answers: list[tuple[int, float]], wanted: int) -> str:
    """Give the figures of some answers as a line."""
    times = sorted(seconds * 1000 for _, seconds in answers)
    right = sum(status == wanted for status, _ in answers)
    p50, p95, p99 = (times[min(int(len(times) * part), len(times) - 1)] for part in (0.5, 0.95, 0.99))
    return f"{what}: {right} of {len(answers)} right, p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms"


def _figures(unit: str, chance: random.Random) -> dict[str, object]:
    if unit in SCHOOLS:
        figures = {"science_lectures": chance.randint(0, 9), "students_participating": chance.randint(0, 900)}
        return {"period": "2024-2025-2", "values": {**figures, "students_enrolled": 900}}
    return {"period": "2024", "values": {"info_officers": chance.randint(0, 3), "has_activity_room": "是"}}


def say(line: str) -> None:
    """Print a figure as soon as it is known."""
    print(line, flush=True)  # noqa: T201 (what a benchmark is for)


def main(seconds: int, findings: int) -> None:
    """Print all figures."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as here:
        folder = Path(here)
        tokens = prepare(folder)

        def hand_in(number: int) -> int:
            unit = UNITS[number % len(UNITS)]
            body = json.dumps({"unit": unit, **_figures(unit, chance)})
            return ask(port, "POST", "/api/v1/submissions", tokens[unit], body.encode())

        with serving(folder) as port:
            answers = paced(RATE * seconds, RATE, hand_in)
            say(told(f"{RATE} submissions/s for {seconds} s", answers, 201))
        fill(folder, findings)
        with serving(folder) as port:
            paths = [f"/api/v1/{path}" for path in LISTS]
            lists = paced(400, 20, lambda n: ask(port, "GET", paths[n % len(paths)], tokens["auditor"]))
            say(told(f"lists of the auditor with {findings:,} findings", lists, 200))
            own = paced(200, 20, lambda n: ask(port, "GET", "/api/v1/findings", tokens[SCHOOLS[n % len(SCHOOLS)]]))
            say(told(f"lists of submitters with {findings:,} findings", own, 200))


if __name__ == "__main__":
    main(*[int(word) for word in sys.argv[1:]], *(SECONDS, FINDINGS)[len(sys.argv) - 1 :])

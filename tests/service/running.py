"""A service in a process of its own, as its operator runs it, and whoever asks it something over a real connection."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from ssl import SSLContext
from typing import Any

from checker.cli.opening import opened
from checker.engines.plain import PlainJudge
from checker.rulebook.loading import default_folder, load, texts_of
from checker.service.enrolling import Enrolled, enrol, give_token
from checker.service.ground import Ground
from checker.service.loading import load_rulebook, load_units
from checker.service.rechecking import recheck
from checker.service.rolling import Rolling
from checker.service.trail import read_head
from checker.store import findings, journal
from checker.store.accounts import Role
from tests.service.office import UNITS

SCHOOLS = ("school-1", "school-2", "school-3")
CHECKER = Path(sys.executable).with_name("checker")
_PATIENCE = 120


class Running:
    """A service of three schools and an auditor in a folder of its own; it is killed, stopped and started again."""

    def __init__(self, folder: Path, url: str | None = None, *options: str, tls: SSLContext | None = None) -> None:
        self.folder, self.port, self.options, self.tls = folder, free_port(), options, tls
        self.database = url or str(folder / "checker.db")
        self.log_file = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self.tokens: dict[str, str] = {}
        with self.ground() as ground:
            rulebook = load(default_folder()).rulebook
            assert rulebook is not None
            load_rulebook(ground, rulebook, texts_of(default_folder()))
            units = folder / "units.csv"
            units.write_text(UNITS, encoding="utf-8")
            load_units(ground, units)
            people = [Enrolled(school, school, Role.SUBMITTER, school, None) for school in SCHOOLS]
            for person in (*people, Enrolled("auditor", "auditor", Role.AUDITOR, None, "pingluo")):
                enrol(ground, person, None)
                self.tokens[person.name] = give_token(ground, person.name, "test", 1)

    @contextmanager
    def ground(self) -> Iterator[Ground]:
        """Open the same database from here."""
        with opened(self.database, self.folder / "audit.key", migrate=True) as ground:
            yield ground

    def launch(self) -> None:
        """Start, and do not wait."""
        limits = ("--rate-limit", "1000000/minute")
        place = ("--database", self.database, "--audit-key", str(self.folder / "audit.key"))
        command = [str(CHECKER), "serve", *place, "--port", str(self.port), *limits, *self.options]
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)

    def start(self) -> None:
        """Start, and wait until it is ready."""
        self.launch()
        assert self.process is not None
        until = time.monotonic() + _PATIENCE
        while self.ask("GET", "/readyz")[0] != 200:
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < until, self.log()
            time.sleep(0.05)

    def log(self) -> str:
        """Give what was logged."""
        return self.log_file.read_text(encoding="utf-8") if self.log_file.is_file() else ""

    def lines(self) -> list[dict[str, Any]]:
        """Give the lines of the log, each of which has to be JSON."""
        return [json.loads(line) for line in self.log().splitlines()]

    def kill(self) -> None:
        """Kill without warning."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end, and give its exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_PATIENCE)

    def connect(self, host: str = "127.0.0.1") -> http.client.HTTPConnection:
        """Open a connection."""
        if self.tls is not None:
            return http.client.HTTPSConnection(host, self.port, timeout=60, context=self.tls)
        return http.client.HTTPConnection(host, self.port, timeout=60)

    def ask(
        self, method: str, path: str, token: str = "", body: Any = None, more: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Give the status and the content of an answer; status 0 where there was none."""
        connection = self.connect()
        headers = {"Content-Type": "application/json", **(more or {})}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
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

    def await_roll_ups(self) -> None:
        """Wait until the service itself has nothing outstanding."""
        until = time.monotonic() + _PATIENCE
        with self.ground() as ground:
            while True:
                with ground.database.read() as reading:
                    if not journal.outstanding(reading):
                        return
                assert time.monotonic() < until, self.log()
                time.sleep(0.05)

    def prove(self) -> None:
        """What the schools handed in was judged at once; the trail is whole, and what stands is what a check finds."""
        with self.ground() as ground:
            with ground.database.read() as reading:
                day = ground.today(ground.rulebook(reading), ground.database.now())
                own = {f"finding {one.id}" for one in findings.of_units(reading, SCHOOLS)}
            assert not [one for one in recheck(ground, PlainJudge(), day).differences if one.what in own]
            Rolling(ground).finish()
            assert recheck(ground, PlainJudge(), day).differences == ()
            head = self.folder / "audit.key.head"
            with ground.database.read() as reading:
                assert ground.audit.verify(reading, read_head(head) if head.exists() else None) is None


def free_port() -> int:
    """Give a port of loopback that nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port

"""``checker demo``: one command, and everybody signs in to a county that is known as it was on a day."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from checker.cli import run
from checker.engines.plain import PlainJudge
from checker.rulebook.loading import default_folder
from checker.service.demonstrating import PEOPLE, clock_of, county_folder, password, prepare
from checker.service.ground import Ground
from checker.service.passwords import weakness
from checker.store import findings, submissions
from checker.store.audit import Audit
from checker.store.database import Database
from checker.store.migrating import upgrade
from tests.service.running import CHECKER

DAY = date(2025, 3, 1)


@pytest.fixture(scope="module")
def shown() -> Iterator[tuple[str, str]]:
    """A demonstration that runs: its address and the password."""
    with subprocess.Popen([CHECKER, "demo", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = "".join(process.stdout.readline() for _ in range(13))
        address, secret = re.findall(r"http://127\.0\.0\.1:\d+|[a-z]{6}-[a-z]{6}-[a-z]{6}", told)
        assert "今天当作 today is 2025-06-30" in told
        yield address, secret
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


@pytest.mark.parametrize("name", [person.name for person, _ in PEOPLE])
def test_everybody_signs_in(shown: tuple[str, str], name: str) -> None:
    address, secret = shown
    transport = httpx.HTTPTransport(retries=60)
    with httpx.Client(base_url=address, transport=transport, timeout=60) as client:
        answer = client.post("/api/v1/sessions", json={"name": name, "password": secret})
        assert answer.status_code == 201
        cookies = {"Cookie": answer.headers["set-cookie"].split(";")[0]}
        start = client.get("/", headers=cookies, follow_redirects=True)
        assert (start.status_code, client.get("/api/v1/units/pingluo", headers=cookies).status_code) == (200, 200)


def test_a_port_in_use_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run(["demo", "--port", str(taken.getsockname()[1])]) == 2
    assert "被占用" in capsys.readouterr().err


def test_nothing_is_known_that_came_later(tmp_path: Path) -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    store = Database(str(tmp_path / "demo.db"), clock_of(DAY, lambda: began))
    upgrade(store)
    ground = Ground(store, Audit(b"k" * 32), PlainJudge())
    prepare(ground, default_folder(), county_folder(), DAY, password())
    with store.read() as reading:
        rulebook = ground.rulebook(reading)
        facts = submissions.facts(reading, rulebook.plan.calendar)
        stands = list(findings.of_units(reading, ["school-002"]))
    assert len(facts) > 5000
    assert all(one.period.first <= DAY if one.reported is None else one.reported < ground.end_of(DAY, rulebook) / 10**6
               for one in facts)  # fmt: skip
    assert {one.as_of for one in stands} == {"2025-03-01"}
    store.close()


def test_the_password_is_one_that_is_taken() -> None:
    assert all(weakness(password(), person.name) is None for person, _ in PEOPLE)
    assert len({password() for _ in range(20)}) == 20

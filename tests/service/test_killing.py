"""The process as its operator has it: killed, stopped, on an address that others reach."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.cli import run
from checker.engines.plain import PlainJudge
from checker.service.ground import MICRO
from checker.service.rechecking import recheck
from checker.store import journal
from tests.service.killing import hand_in_under_fire
from tests.service.running import Running
from tests.stores import KINDS, fresh_url, postgres_url

__all__ = ["postgres_url"]


@pytest.fixture(params=KINDS)
def killed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    url = None if request.param == "sqlite" else fresh_url(request.param, tmp_path, request)
    service = Running(tmp_path, url)
    yield service
    service.kill()


def test_whatever_was_acknowledged_outlives_kills_and_nothing_is_half_or_double(killed: Running) -> None:
    hand_in_under_fire(killed, 24, (0.2, 1.0))


def test_roll_ups_that_a_kill_left_outstanding_are_done_after_the_next_start(killed: Running) -> None:
    """Somebody else holds the worker's lease until the kill, so that nothing is rolled up before it."""
    with killed.ground() as ground, ground.database.write() as tx:
        assert journal.lease(tx, "rolling", "somebody else", 600 * MICRO)
    killed.start()
    body = {"unit": "school-1", "period": "2024-2025-1", "values": {"science_lectures": 1}}
    assert killed.ask("POST", "/api/v1/submissions", killed.tokens["school-1"], body)[0] == 201
    killed.kill()
    with killed.ground() as ground:
        with ground.database.write() as tx:
            assert [task.unit for task in journal.outstanding(tx.connection)][-1] == "school-1"
            journal.release(tx, "rolling", "somebody else")
        killed.start()
        killed.await_roll_ups()
        with ground.database.read() as reading:
            day = ground.today(ground.rulebook(reading), ground.database.now())
        assert recheck(ground, PlainJudge(), day).differences == ()


def test_a_stop_answers_what_is_running_and_ends_well(tmp_path: Path) -> None:
    service = Running(tmp_path)
    service.start()
    assert service.ask("GET", "/healthz") == (200, {"status": "ok"})
    assert service.ask("GET", "/api/v1/findings", service.tokens["school-1"])[0] == 200
    assert service.stop() == 0
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert lines[0]["event"] == "serving"
    assert lines[-1]["event"] == "stopped"
    asked = next(line for line in lines if line.get("route", "").endswith("/findings"))
    assert (asked["status"], asked["account"], len(asked["request_id"])) == (200, 1, 16)
    assert json.loads((tmp_path / "audit.key.head").read_text())["seq"] > 0


@pytest.mark.parametrize(
    "options", [["--host", "192.0.2.1"], ["--tls-cert", "x"], ["--host", "192.0.2.1", "--tls-key", "x"]]
)
def test_an_address_that_others_reach_needs_tls_or_a_named_proxy(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--database", str(tmp_path / "a.db"), *options]) == 2
    assert "--tls-cert" in capsys.readouterr().err

"""The process as its operator has it: killed at random moments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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

"""The steps that features of the service share: who hands in what, how findings stand, what was written down."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pytest_bdd import parsers, step, then

from checker.explaining.words import VERDICTS
from checker.model.finding import Verdict
from checker.service.pages.words import CAUSES
from checker.store.audit import SYSTEM
from tests.service.office import PEOPLE, Office
from tests.service.test_findings import changes

RULE = "youth.lectures"
UNITS = {"一小": ("school-1", "school"), "三小": ("school-3", "other")}
NAMES = {person.full_name: name for name, person in PEOPLE.items()}
WORDS: dict[str | None, str] = {verdict.value: VERDICTS[verdict].zh for verdict in Verdict}


@pytest.fixture(autouse=True)
def on_each_database(office: Office) -> Office:
    """Steps ask for their fixtures too late for pytest to run a scenario on each database: this asks in time."""
    return office


def rows(datatable: Sequence[Sequence[object]]) -> list[dict[str, str]]:
    """Give the rows of a step's table by header."""
    header, *records = ([str(cell) for cell in line] for line in datatable)
    return [dict(zip(header, record, strict=True)) for record in records]


@step(parsers.parse("“{unit}”报送“{period}”的科普讲座“{times:d}”次"))
def hands_in(office: Office, unit: str, period: str, times: int) -> None:
    name, who = UNITS[unit]
    office.handed_in(who, {"unit": name, "period": period, "values": {"science_lectures": times}})
    office.rolling.finish()


@step(parsers.parse("过了“{days:d}”天"))
def days_pass(office: Office, days: int) -> None:
    office.clock.move(days=days)
    office.rolling.finish()


@then(parsers.parse("“{unit}”在“{period}”的科普讲座是“{verdict}”"))
def stands(office: Office, unit: str, period: str, verdict: str) -> None:
    office.rolling.finish()
    assert WORDS[office.verdict(UNITS[unit][0], RULE, period)] == verdict


@then(parsers.parse("这次变化是因为“{cause}”"))
def was_caused_by(office: Office, cause: str) -> None:
    assert [CAUSES[one].zh for one in changes(office)[-1][2]] == [cause]


@then("审计记录里最后几步是")
def last_on_record(office: Office, datatable: Sequence[Sequence[object]]) -> None:
    told = rows(datatable)
    ids = {SYSTEM: "程序"} | {
        one["id"]: one["full_name"] for one in office.get("admin", "/accounts", limit=50)["items"]
    }
    found = office.get("admin", "/audit", limit=200)["items"][-len(told) :]
    assert [{"谁": ids[one["account"]], "做了什么": one["action"]} for one in found] == told


@then("审计链完整")
def chain_holds(office: Office) -> None:
    with office.ground.database.read() as reading:
        assert office.ground.audit.verify(reading) is None

"""What is taken away from the service: summaries, reminders, reports with what has changed, notices, templates."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Any

import pytest

from checker.model.finding import identity_of
from checker.service.api.reports import FORMATS
from checker.service.loading import load_units
from tests.service.office import UNITS, Office

RULE, PERIOD = "youth.lectures", "2024-2025-1"
PLAN = "pingluo-2021-2025"


def lectures(value: object, period: str = PERIOD) -> dict[str, object]:
    return {"unit": "school-1", "period": period, "values": {"science_lectures": value}}


@pytest.mark.parametrize("by", ["section", "township", "department", "period"])
def test_summaries_add_up_to_the_findings(office: Office, by: str) -> None:
    office.handed_in()
    office.clock.move(days=1)
    office.rolling.finish()
    now, past = (office.get("auditor", f"/summaries/{by}", **when) for when in ({}, {"as_of": "2025-06-30"}))
    assert now["rows"] == past["rows"]
    assert sum(row["met"] for row in now["rows"]) >= 1
    assert all(row["name"] for row in now["rows"])
    if by == "section":
        met = [row for row in now["rows"] if row["met"]]
        assert met[0]["key"] == "二（一）"
        assert met[0]["rate"] == met[0]["rate_after_waivers"]


def reminded(office: Office, who: str, **query: Any) -> list[dict[str, Any]]:
    """Give every reminder, page after page."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = office.get(who, "/reminders", limit=7, **query, **cursor)
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


def test_reminders_name_everyone_who_is_silent_with_what_waits_for_it(office: Office, tmp_path: Path) -> None:
    many = "".join(f"village-x{n},x{n}村,village,chengguan,,\n" for n in range(9))
    file = tmp_path / "more.csv"
    file.write_text(UNITS + many, encoding="utf-8")
    load_units(office.ground, file)
    silent = {one["unit"] for one in reminded(office, "auditor")}
    assert {f"village-x{n}" for n in range(9)} | {"school-1", "village-1", "chengguan", "education-sports"} <= silent
    mine = [
        one for one in reminded(office, "school") if (one["indicator"], one["period"]) == ("science_lectures", PERIOD)
    ]
    assert [(one["unit"], one["area"], one["due"], one["overdue"]) for one in mine] == [
        ("school-1", "chengguan", "2025-01-31", True)
    ]
    assert mine[0]["findings"] == [identity_of(PLAN, RULE, "school-1", PERIOD)]


def test_reminders_reach_as_far_as_one_hands_in(office: Office) -> None:
    office.handed_in()
    office.clock.move(days=1)
    assert {one["unit"] for one in reminded(office, "school")} == {"school-1"}
    assert {one["unit"] for one in reminded(office, "town")} == {"chengguan", "school-1", "school-2", "village-1"}
    assert reminded(office, "school", unit="school-3") == []
    now, past = (reminded(office, "school", **when) for when in ({}, {"as_of": "2025-06-29"}))
    lectured = [
        ("science_lectures", PERIOD) in {(one["indicator"], one["period"]) for one in some} for some in (now, past)
    ]
    assert lectured == [False, True]


def test_reports_come_in_every_format_and_within_reach(office: Office) -> None:
    office.handed_in()
    office.clock.move(days=1)
    for name in FORMATS:
        status, content = office.ask("school", "GET", f"/reports/{name}?since=2025-06-29")
        assert status == 200, name
        assert content
    record = office.get("auditor", "/reports/json")
    assert {one["unit"] for one in record["findings"]} >= {"school-1", "school-3", "pingluo"}
    _, content = office.ask("school", "GET", "/reports/csv")
    assert {row["unit"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))} == {"school-1"}
    assert office.ask("school", "GET", "/reports/none")[0] == 404


def test_changes_since_a_day_say_exactly_what_caused_them(office: Office) -> None:
    office.handed_in(document=lectures(1))
    office.clock.move(days=1)
    office.handed_in(document=lectures(2))
    told = office.get("school", "/reports/changes", since="2025-06-30")
    ours = [(one["id"], one["state"], one["causes"], one["certain"]) for one in told["changes"]]
    assert ours == [(identity_of(PLAN, RULE, "school-1", PERIOD), "resolved", ["data"], True)]
    assert told["then"]["as_of"] == "2025-06-30"
    assert office.get("other", "/reports/changes", since="2025-06-30")["changes"] == []


def test_changes_since_a_run_are_those_since_what_stood_then(office: Office) -> None:
    _, first = office.hand_in(document=lectures(1))
    office.handed_in(document=lectures(2))
    office.rolling.finish()
    told = office.get("school", "/reports/changes", since_run=first["run"])
    ours = {one["id"]: (one["state"], "data" in one["causes"], one["then"]["verdict"]) for one in told["changes"]}
    assert ours == {identity_of(PLAN, RULE, "school-1", PERIOD): ("resolved", True, "not_met")}
    before = office.get("school", "/reports/changes", since_run=first["run"] - 1)
    assert {one["then"]["verdict"] for one in before["changes"]} == {"unknown"}


def test_what_is_gone_is_told_to_its_own_unit_alone(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "fewer.csv"
    file.write_text(UNITS.replace("school-2,二小,school,chengguan,,\n", ""), encoding="utf-8")
    office.clock.move(days=1)
    load_units(office.ground, file)
    office.rolling.finish()
    told = office.get("auditor", "/reports/changes", since="2025-06-30")
    assert {(one["unit"], one["state"]) for one in told["changes"]} >= {("school-2", "gone")}
    assert office.get("school", "/reports/changes", since="2025-06-30")["changes"] == []


@pytest.mark.parametrize("query", ["", "?since=2025-06-30", "?since=2030-01-01", "?since=2025-06-01&since_run=1"])
def test_a_comparison_with_nothing_earlier_is_refused(desk_office: Office, query: str) -> None:
    assert desk_office.ask("school", "GET", f"/reports/changes{query}")[0] == 422
    assert desk_office.ask("school", "GET", "/reports/changes?since_run=99999")[0] == 404


def test_no_cell_of_a_download_becomes_a_formula(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "formula.csv"
    file.write_text(UNITS.replace("一小", "=cmd|' /C calc'!A0"), encoding="utf-8")
    load_units(office.ground, file)
    _, content = office.ask("school", "GET", "/reports/csv")
    names = {row["unit_name"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert names == {"'=cmd|' /C calc'!A0"}


@pytest.mark.parametrize(("kind", "magic"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04")])
def test_a_notice_is_downloaded_by_who_sends_and_who_gets_it(desk_office: Office, kind: str, magic: bytes) -> None:
    desk_office.handed_in(document=lectures(1))
    for who in ("auditor", "school"):
        path = f"/api/v1/notices/school-1/{kind}"
        answer = desk_office.client.get(path, headers={"Authorization": f"Bearer {desk_office.tokens[who]}"})
        assert (answer.status_code, answer.content[: len(magic)]) == (200, magic)
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''school-1-2025-06-30.{kind}"
    for unit in ("school-1", "nobody"):
        assert desk_office.ask("other", "GET", f"/notices/{unit}/{kind}")[1]["code"] == "not_found"


def test_a_notice_without_what_sets_it_says_what_to_install(
    desk_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "checker.reporting.notice_docx", None)
    status, told = desk_office.ask("school", "GET", "/notices/school-1/docx")
    assert (status, told["code"]) == (501, "not_installed")
    assert "duixian[notice]" in told["detail"]


def test_who_has_nothing_to_put_right_gets_no_notice(desk_office: Office) -> None:
    status, told = desk_office.ask("auditor", "GET", "/notices/baofeng/docx")
    assert (status, "没有需要整改" in told["detail"]) == (404, True), told

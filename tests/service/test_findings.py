"""Findings as they stand, as they were known on a past day, and what caused each change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from checker.engines.choosing import EngineName, choose
from checker.engines.plain import PlainJudge
from checker.model.fact import Waiver
from checker.model.finding import identity_of
from checker.model.language import same
from checker.model.problem import Place
from checker.model.rulebook import Rulebook
from checker.service import rolling as rolling_module
from checker.service.loading import load_rulebook, load_units
from checker.service.rechecking import recheck
from checker.service.rolling import Rolling
from checker.store import county, journal
from tests.service.office import UNITS, Office

RULE, PERIOD = "youth.lectures", "2024-2025-1"
RUNNING = "2024-2025-2"


def lectures(value: object, period: str = PERIOD) -> dict[str, object]:
    return {"unit": "school-1", "period": period, "values": {"science_lectures": value}}


def changes(office: Office, unit: str = "school-1", rule: str = RULE, period: str = PERIOD) -> list[tuple[Any, ...]]:
    name = identity_of("pingluo-2021-2025", rule, unit, period)
    told = office.get("auditor", f"/findings/{name}/history")
    return [(one["before"], one["verdict"], one["causes"]) for one in told]


def agree(office: Office, judge: Any = None) -> None:
    """What stands is what a full check finds."""
    office.rolling.finish()
    with office.ground.database.read() as reading:
        day = journal.setting(reading, "as_of")
    checked = recheck(office.ground, judge or PlainJudge(), date.fromisoformat(str(day)))
    assert checked.findings > 0
    assert checked.differences == ()


def test_every_change_says_what_caused_it(office: Office) -> None:
    start = (None, "unknown", ["calendar", "registry", "rule"])
    assert changes(office) == [start]
    office.handed_in()
    office.handed_in(document=lectures(1))
    assert changes(office) == [start, ("unknown", "met", ["data"]), ("met", "not_met", ["data"])]
    agree(office)


def test_a_day_that_comes_makes_what_is_pending_due(office: Office) -> None:
    assert office.verdict("school-1", RULE, RUNNING) == "pending"
    office.clock.move(days=90)
    assert office.rolling.turn()
    assert office.verdict("school-1", RULE, RUNNING) == "unknown"
    assert changes(office, period=RUNNING)[-1] == ("pending", "unknown", ["calendar"])
    agree(office)


def test_a_waiver_that_ends_gives_back_what_it_covered(office: Office) -> None:
    place, rule = Place("waivers.csv", 2), "venues.national-base"
    before = office.verdict("pingluo", rule, "2021-2025")
    office.clock.move(days=300)
    office.rolling.finish()
    assert office.verdict("pingluo", rule, "2021-2025") == "unknown"
    with office.ground.database.write() as tx:
        until = date(2026, 5, 1)
        county.add_waivers(tx, [Waiver("w-1", rule, "pingluo", (), None, until, "延期", "县政府", place)])
        journal.ask_for(tx, "pingluo", "waiver")
    office.rolling.finish()
    assert changes(office, "pingluo", rule, "2021-2025")[-1] == ("unknown", "waived", ["waiver"])
    office.clock.move(days=10)
    office.rolling.finish()
    assert changes(office, "pingluo", rule, "2021-2025")[-1] == ("waived", "unknown", ["calendar"])
    assert before == "pending"
    agree(office)


def test_units_that_come_and_go_change_findings_and_past_days_stay(office: Office, tmp_path: Any) -> None:
    file = tmp_path / "units2.csv"
    without = UNITS.replace("school-2,二小,school,chengguan,,\n", "")
    file.write_text(without + "school-9,九小,school,baofeng,2025-06-01,\n", encoding="utf-8")
    office.clock.move(hours=1)
    assert load_units(office.ground, file) == 2
    office.rolling.finish()
    assert changes(office, "school-2")[-1] == ("unknown", None, ["registry"])
    assert changes(office, "school-9", period=RUNNING) == [(None, "pending", ["registry"])]
    agree(office)
    office.clock.move(days=1)
    past = {one["unit"] for one in office.get("auditor", "/findings", limit=200, as_of="2025-06-29")["items"]}
    assert "school-2" in past
    assert "school-9" not in past


def test_a_new_rulebook_judges_from_now_on_and_a_past_day_keeps_its_own(office: Office) -> None:
    office.handed_in()
    with office.ground.database.read() as reading:
        old = office.ground.rulebook(reading)
    section = next(one for one in old.sections if any(rule.id == RULE for rule in one.rules))
    rules = tuple(
        rule.model_copy(update={"targets": tuple(_stricter(target) for target in rule.targets)})
        if rule.id == RULE
        else rule
        for rule in section.rules
    )
    sections = tuple(one.model_copy(update={"rules": rules}) if one == section else one for one in old.sections)
    office.clock.move(days=1)
    office.rolling.finish()
    assert load_rulebook(office.ground, _other(old, sections=sections), alone="试") is True
    office.rolling.finish()
    assert changes(office)[-1] == ("met", "not_met", ["rule"])
    office.clock.move(days=1)
    assert office.verdict("school-1", RULE, PERIOD, as_of="2025-06-30") == "met"
    assert len(office.get("policy", "/rulebooks")) == 2
    agree(office)


def _other(rulebook: Rulebook, **update: object) -> Rulebook:
    """Give another rulebook; a copy would keep the digest that it remembers."""
    kept = {name: getattr(rulebook, name) for name in Rulebook.model_fields}
    return Rulebook.model_validate({**kept, **update})


def _stricter(target: Any) -> Any:
    return target.model_copy(
        update={"figure": target.figure.model_copy(update={"low": 3, "high": 3, "written": ("3",)})}
    )


def test_words_of_a_rule_that_change_nothing_change_no_verdict(desk_office: Office) -> None:
    with desk_office.ground.database.read() as reading:
        old = desk_office.ground.rulebook(reading)
    plan = old.plan.model_copy(update={"title": same("另一个题目")})
    load_rulebook(desk_office.ground, _other(old, plan=plan), alone="试")
    desk_office.rolling.finish()
    assert len(changes(desk_office)) == 1


def test_another_version_of_the_program_looks_at_everything_again(
    desk_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolling_module, "__version__", "9.9")
    assert desk_office.rolling.turn()
    newest = desk_office.get("auditor", "/runs")["items"][0]
    assert (newest["causes"], newest["changed"]) == (["software"], 0)


def test_any_past_day_is_answered_as_it_was_known_then(office: Office) -> None:
    office.handed_in()
    office.clock.move(days=2)
    later = office.handed_in(document=lectures(1))
    office.clock.move(days=2)
    office.step("auditor", later, "return", reason="弄错了")
    office.clock.move(days=2)
    days = {
        "2025-06-29": "unknown",
        "2025-06-30": "met",
        "2025-07-02": "not_met",
        "2025-07-03": "not_met",
        "2025-07-04": "met",
    }
    for day, verdict in days.items():
        assert office.verdict("school-1", RULE, PERIOD, as_of=day) == verdict, day
        name = identity_of("pingluo-2021-2025", RULE, "school-1", PERIOD)
        told = office.get("auditor", f"/findings/{name}", as_of=day)
        assert (told["dossier"]["verdict"], told["finding"]["verdict"]) == (verdict, verdict)
    assert office.ask("auditor", "GET", "/findings?as_of=2030-01-01")[0] == 422
    assert office.ask("auditor", "GET", "/findings?as_of=2025-06-29&sort=changed")[0] == 422


@pytest.mark.parametrize("sort", ["unit", "changed", "-changed"])
def test_pages_follow_each_other_without_a_gap(office: Office, sort: str) -> None:
    office.handed_in()
    whole = [one["id"] for one in office.get("auditor", "/findings", limit=200, sort=sort)["items"]]
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = office.get("auditor", "/findings", limit=7, sort=sort, **cursor)
        seen += [one["id"] for one in page["items"]]
        assert "parts" not in str(page)
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == whole
    assert len(set(seen)) == len(seen) > 40


@pytest.mark.parametrize(
    ("query", "key", "value"),
    [({"rule": RULE}, "rule", RULE), ({"verdict": "pending"}, "verdict", "pending"),
     ({"period": PERIOD}, "period", PERIOD), ({"unit": "school-1"}, "unit", "school-1")],
)  # fmt: skip
def test_filters_hold_now_and_for_a_past_day(desk_office: Office, query: dict[str, str], key: str, value: str) -> None:
    desk_office.clock.move(days=1)
    desk_office.rolling.finish()
    for when in ({}, {"as_of": "2025-06-30"}):
        found = desk_office.get("auditor", "/findings", limit=200, **query, **when)["items"]
        assert {one[key] for one in found} == {value}


def test_a_department_and_a_section_can_be_asked_for(desk_office: Office) -> None:
    by_lead = desk_office.get("auditor", "/findings", limit=200, responsible="education-sports")["items"]
    assert by_lead
    assert all("education-sports" in one["responsible"] for one in by_lead)
    section = by_lead[0]["source"]["section"][: len("二（一）")]
    found = desk_office.get("auditor", "/findings", limit=200, section=section)["items"]
    assert {one["source"]["section"][: len(section)] for one in found} == {section}


@pytest.mark.parametrize("cursor", ["x", "W10=", "WzEsMl0=", "W251bGwsICJhIl0=", "Wy0xLCAiYSJd"])
def test_a_cursor_that_no_page_gave_is_refused(desk_office: Office, cursor: str) -> None:
    assert desk_office.ask("auditor", "GET", f"/findings?cursor={cursor}")[0] == 422
    assert desk_office.ask("auditor", "GET", f"/findings?sort=changed&cursor={cursor}")[0] == 422


def test_alerts_follow_from_what_stands(office: Office) -> None:
    for period in ("2023-2024-2", PERIOD):
        office.handed_in(document=lectures(0, period))
    alerts = office.get("school", "/alerts")["items"]
    assert [(one["follow_up"], one["rule"], one["periods"]) for one in alerts] == [
        ("repeat", RULE, ["2023-2024-2", PERIOD])
    ]
    assert office.get("other", "/alerts")["items"] == []
    assert office.get("auditor", "/alerts", unit="school-1")["items"] == alerts
    office.handed_in(document=lectures(2))
    assert office.get("school", "/alerts")["items"] == []
    agree(office)


def test_a_full_recheck_by_sql_finds_the_same(desk_office: Office) -> None:
    desk_office.handed_in()
    desk_office.handed_in("town", {"unit": "chengguan", "period": "2024", "values": {"farmers_cultivated": 900}})
    agree(desk_office, choose(EngineName.DUCKDB))


def test_a_recheck_names_what_does_not_stand_as_it_should(desk_office: Office) -> None:
    with desk_office.ground.database.engine.begin() as connection:
        connection.exec_driver_sql(
            "update findings set state = '[]' where unit = 'school-1' and rule = 'youth.lectures'"
        )
        connection.exec_driver_sql(
            "insert into alerts (unit, follow_up, periods, escalate_to, since) values ('school-1', 'x', '[]', '[]', 1)"
        )
    checked = recheck(desk_office.ground, PlainJudge(), date(2025, 6, 30))
    assert len(checked.differences) == 7
    assert checked.differences[-1].what.startswith("alert x school-1")


def test_only_one_of_two_processes_works_and_the_other_takes_over(office: Office) -> None:
    office.handed_in()
    first, second = Rolling(office.ground), Rolling(office.ground)
    office.rolling.release()
    with office.ground.database.write() as tx:
        assert journal.lease(tx, "rolling", "somebody else", 1_000_000)
    assert first.turn() is False
    office.clock.move(seconds=2)
    assert first.turn() is True
    office.handed_in(document=lectures(1))
    assert second.turn() is False
    office.clock.move(seconds=60)
    assert second.turn() is True

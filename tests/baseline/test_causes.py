"""Each cause of a change is found by recomputing, alone and beside others, and never named where it had no part."""

from __future__ import annotations

import json

from tests.baseline.conftest import UNITS, Desk

DAY, LATER = "2024-10-15", "2025-03-15"


def test_the_same_inputs_on_the_same_day_change_nothing(desk: Desk) -> None:
    desk.keep(DAY)
    for earlier in (desk.saved, desk.printed):
        found = desk.changes(DAY, earlier)
        assert (found["changes"], found["summary"]["persisting"]) == ([], 10)


def test_data(desk: Desk) -> None:
    desk.keep(DAY)
    desk.change("submissions/a.csv", "two,science_lectures,2023-2024-1,1,", "two,science_lectures,2023-2024-1,2,")
    found = desk.found(DAY)
    assert {key: (one["state"], one["causes"], one["certain"]) for key, one in found.items()} == {
        ("two", "2023-2024-1"): ("resolved", ["data"], True)
    }
    assert found["two", "2023-2024-1"]["then"] == {
        "verdict": "not_met", "value": "1", "target": "at_least 2", "shortfall": "1",
    }  # fmt: skip
    assert found["two", "2023-2024-1"]["now"]["verdict"] == "met"


def test_a_rule(desk: Desk) -> None:
    desk.keep(DAY)
    youth = desk.rules / "2-1-youth.yaml"
    youth.write_text(youth.read_text(encoding="utf-8").replace('at_least: "2"', 'at_least: "1"'), encoding="utf-8")
    found = desk.found(DAY)
    assert found["two", "2023-2024-1"]["state"] == "resolved"
    assert {tuple(one["causes"]) for one in found.values()} == {("rule",)}


def test_a_waiver(desk: Desk) -> None:
    desk.keep(DAY)
    desk.write(
        "waivers.csv",
        "id,rule,unit,periods,from,until,reason,approved_by\nw,youth.lectures,two,2023-2024-1,,2024-12-31,x,y\n",
    )
    assert [(one["state"], one["causes"]) for one in desk.changes(DAY)["changes"]] == [("changed", ["waiver"])]
    assert [(one["causes"], one["certain"]) for one in desk.changes(DAY, desk.printed)["changes"]] == [
        (["waiver"], True)
    ]


def test_the_registry(desk: Desk) -> None:
    desk.keep(DAY)
    desk.write("units.csv", UNITS.replace("two,二中,school,chengguan,,", "two,二中,school,chengguan,2024-02-01,"))
    desk.write("units.csv", (desk.data / "units.csv").read_text(encoding="utf-8") + "six,六中,school,chengguan,,\n")
    found = desk.found(DAY)
    assert {(key, one["state"]) for key, one in found.items() if key[1] == "2023-2024-1"} == {
        (("six", "2023-2024-1"), "new"), (("two", "2023-2024-1"), "gone"),
    }  # fmt: skip
    assert {tuple(one["causes"]) for one in found.values()} == {("registry",)}
    assert found["two", "2023-2024-1"]["now"] is None
    printed = desk.found(DAY, desk.printed)
    assert {(tuple(one["causes"]), one["certain"]) for one in printed.values()} == {(("registry",), True)}


def test_the_calendar(desk: Desk) -> None:
    desk.keep(DAY)
    for earlier in (desk.saved, desk.printed):
        found = desk.found(LATER, earlier)
        assert {tuple(one["causes"]) for one in found.values()} == {("calendar",)}
        assert found["one", "2024-2025-1"]["state"] == "changed"
        assert found["one", "2024-2025-2"]["state"] == "new"


def test_what_was_handed_in_since_is_data_though_the_day_has_passed_too(desk: Desk) -> None:
    desk.keep(DAY)
    first = "two,science_lectures,2023-2024-1,1,2024-01-10\n"
    desk.change("submissions/a.csv", first, f"{first}two,science_lectures,2023-2024-1,2,2025-02-01\n")
    assert desk.found(LATER)["two", "2023-2024-1"]["causes"] == ["data"]
    possible = desk.found(LATER, desk.printed)["two", "2023-2024-1"]
    assert (possible["causes"], possible["certain"]) == (["calendar", "registry", "data"], False)


def test_a_figure_that_came_due_and_in_has_one_cause_or_two_as_it_needs_them(desk: Desk) -> None:
    desk.keep(DAY)
    late = "one,science_lectures,2024-2025-1,1,2025-01-10\ntwo,science_lectures,2024-2025-1,2,2024-10-01\n"
    desk.change("submissions/a.csv", "one,science_lectures,2023-2024-2,1,2024-08-10\n", late)
    found = desk.found(LATER)
    assert (found["one", "2024-2025-1"]["now"]["verdict"], found["one", "2024-2025-1"]["causes"]) == (
        "not_met", ["calendar", "data"],
    )  # fmt: skip
    assert (found["two", "2024-2025-1"]["now"]["verdict"], found["two", "2024-2025-1"]["causes"]) == ("met", ["data"])


def test_the_software(desk: Desk) -> None:
    desk.keep(DAY)
    for path in (desk.saved, desk.printed):
        older = json.loads(path.read_bytes())
        output = older.get("output", older)
        output["tool"]["version"] = "0.0.1"
        met = next(one for one in output["findings"] if one["verdict"] == "met")
        met["verdict"] = "not_met"
        path.write_text(json.dumps(older), encoding="utf-8")
        found = desk.changes(DAY, path)["changes"]
        assert [(one["state"], one["causes"], one["certain"]) for one in found] == [("resolved", ["software"], True)]


def test_software_beside_data_is_told_apart_where_the_inputs_are_kept_and_suspected_where_not(desk: Desk) -> None:
    desk.keep(DAY)
    for path in (desk.saved, desk.printed):
        path.write_text(path.read_text(encoding="utf-8").replace('"0.1.0"', '"0.0.1"'), encoding="utf-8")
    desk.change("submissions/a.csv", "two,science_lectures,2023-2024-1,1,", "two,science_lectures,2023-2024-1,2,")
    assert desk.found(DAY)["two", "2023-2024-1"]["causes"] == ["data"]
    possible = desk.found(DAY, desk.printed)["two", "2023-2024-1"]
    assert (possible["causes"], possible["certain"]) == (["software", "registry", "data"], False)


def test_where_two_inputs_would_each_do_alone_the_first_in_their_order_is_named(desk: Desk) -> None:
    desk.keep(DAY)
    desk.change("submissions/a.csv", "two,science_lectures,2023-2024-1,1,", "two,science_lectures,2023-2024-1,2,")
    youth = desk.rules / "2-1-youth.yaml"
    youth.write_text(youth.read_text(encoding="utf-8").replace('at_least: "2"', 'at_least: "1"'), encoding="utf-8")
    assert desk.found(DAY)["two", "2023-2024-1"]["causes"] == ["rule"]

"""Drafts are edited file by file with versions, and looked at without harm to the service or the disk."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from checker.rulebook.loading import default_folder, texts_of
from checker.service.apart.sandbox import Busy, Exhausted, Sandbox
from checker.store.audit import entries
from tests.service import drafts
from tests.service.office import Office
from tests.service.test_findings import PERIOD, RULE

HOLDS = """\
# language: zh-CN
功能: 讲座
  场景: 什么都没有
    假如 没有这样的一步
"""


def test_a_draft_begins_as_what_is_in_force(office: Office) -> None:
    draft = drafts.begun(office)
    assert (draft["state"], draft["base"], draft["restores"], draft["version"]) == ("open", 1, None, 1)
    published = texts_of(default_folder())
    assert [one["name"] for one in draft["files"]] == sorted(published)
    assert all(drafts.text_of(office, draft, name) == text for name, text in published.items())
    assert office.get("policy", "/rulebooks/1/files") == [
        {"name": name, "content": text} for name, text in sorted(published.items())
    ]


def test_two_editors_of_one_file_do_not_overwrite_each_other(office: Office) -> None:
    draft = drafts.begun(office)
    assert drafts.write(office, draft, "first: 1\n")[1]["version"] == 2
    status, told = drafts.write(office, draft, "second: 2\n", who="publisher")
    assert (status, told["code"]) == (409, "stale_version")
    assert drafts.text_of(office, draft) == "first: 1\n"
    assert drafts.write(office, draft, "x: 1\n", name="plan.yaml", who="publisher")[0] == 200
    assert drafts.reread(office, draft)["version"] == 3


def test_files_come_and_go_and_everything_is_on_record(office: Office) -> None:
    draft = drafts.begun(office)
    path = f"/rulebook-drafts/{draft['id']}/files/新的一节.yaml"
    assert drafts.write(office, draft, "a: b\n", name="新的一节.yaml", version=None)[1]["version"] == 1
    assert drafts.write(office, draft, "a: b\n", name="新的一节.yaml", version=None)[0] == 409
    assert office.ask("publisher", "DELETE", f"{path}?version=2")[0] == 409
    assert office.ask("publisher", "DELETE", f"{path}?version=1")[0] == 204
    assert office.ask("policy", "GET", path)[0] == 404
    done = drafts.reread(office, draft)["changes"]
    assert [(one["action"], one["file"]) for one in done] == [
        ("create", None), ("write", "新的一节.yaml"), ("remove", "新的一节.yaml")
    ]  # fmt: skip
    assert done[1]["account"] != done[2]["account"]
    with office.ground.database.read() as reading:
        actions = [one.action for one in entries(reading, 0, 10_000)][-3:]
    assert actions == ["draft.begin", "draft.write", "draft.remove"]


def test_a_draft_given_up_cannot_be_changed(office: Office) -> None:
    draft = drafts.begun(office)
    path = f"/rulebook-drafts/{draft['id']}/discard"
    assert office.ask("policy", "POST", path, json={"version": 2})[0] == 409
    assert office.ask("policy", "POST", path, json={"version": 1})[1]["state"] == "discarded"
    assert drafts.write(office, draft, "x: 1\n")[1]["code"] == "refused"
    assert office.get("policy", "/rulebook-drafts", state="open")["items"] == []
    assert len(office.get("policy", "/rulebook-drafts", state="discarded")["items"]) == 1


@pytest.mark.parametrize(
    "name", ["../plan.yaml", "..%2Fplan.yaml", "%2Fetc%2Fpasswd", ".yaml", "a.yml", "a" * 80 + ".yaml", "a%00.yaml"]
)
def test_only_plain_names_of_yaml_files_are_taken(desk_office: Office, name: str) -> None:
    draft = drafts.begun(desk_office)
    assert drafts.write(desk_office, draft, "x: 1\n", name=name, version=None)[0] in {404, 405, 422}


@pytest.mark.parametrize("content", ["x" * 200_001, "a\0b", "\ud800"])
def test_what_cannot_be_kept_is_refused(office: Office, content: str) -> None:
    draft = drafts.begun(office)
    body = f'{{"version": 1, "content": "{content}"}}'.replace("\0", "\\u0000").replace("\ud800", "\\ud800")
    path = f"/rulebook-drafts/{draft['id']}/files/{drafts.FILE}"
    headers = {"Content-Type": "application/json"}
    assert office.ask("policy", "PUT", path, content=body, headers=headers)[0] == 422


def test_a_draft_has_a_bound(desk_office: Office) -> None:
    draft = drafts.begun(desk_office)
    statuses = [drafts.write(desk_office, draft, "#" * 199_000, name=f"a{n}.yaml", version=None)[0] for n in range(6)]
    assert (statuses[:3], statuses[-1]) == ([200] * 3, 409)


def test_lint_names_every_fault_with_its_place_also_in_what_is_not_saved(desk_office: Office) -> None:
    draft = drafts.begun(desk_office)
    path = f"/rulebook-drafts/{draft['id']}/lint"
    _, told = desk_office.ask("policy", "POST", path, json={})
    assert (told["sound"], told["notices"], told["more"]) == (True, [], 0)
    unsaved = drafts.text_of(desk_office, draft).replace("science_lectures", "science_lecture")
    _, told = desk_office.ask("policy", "POST", path, json={"files": {drafts.FILE: unsaved}})
    (notice,) = told["notices"]
    line = unsaved.splitlines()[notice["row"] - 1]
    assert (told["sound"], notice["severity"], notice["file"]) == (False, "error", drafts.FILE)
    assert line[notice["column"] - 1 :].startswith("science_lecture}")
    assert drafts.reread(desk_office, draft)["version"] == 1


def test_doubts_are_told_and_do_not_stand_in_the_way(desk_office: Office) -> None:
    draft = drafts.begun(desk_office)
    text = drafts.text_of(desk_office, draft)
    i = text.index("    remedy:\n      zh: 补办科普讲座")
    j = text.index("  - id: youth.participation")
    _, told = desk_office.ask(
        "policy", "POST", f"/rulebook-drafts/{draft['id']}/lint", json={"files": {drafts.FILE: text[:i] + text[j:]}}
    )
    assert told["sound"] is True
    assert {(one["severity"], one["rule"]) for one in told["notices"]} == {("warning", RULE)}


def test_an_editor_completes_from_a_draft_that_is_still_faulty(desk_office: Office) -> None:
    draft = drafts.begun(desk_office)
    unsaved = {"files": {drafts.FILE: "section: 二（一）\nrules:\n  - id: youth.new\n    measure: {total: [}\n"}}
    path = f"/rulebook-drafts/{draft['id']}/completion"
    _, told = desk_office.ask("policy", "POST", path, json=unsaved)
    assert set(told["schemas"]) == {"plan", "indicators", "section", "follow-ups", "coverage"}
    assert "science_lectures" in told["names"]["indicator"]
    assert "finance" in told["names"]["department"]
    assert "school" in told["names"]["unit_type"]
    assert "literacy.citizens" in told["names"]["rule"]
    unsaved["files"][drafts.FILE] = "rules:\n  - id: youth.new\n    colour: red\n"
    assert "youth.new" in desk_office.ask("policy", "POST", path, json=unsaved)[1]["names"]["rule"]


def test_a_plans_text_is_laid_beside_the_draft(desk_office: Office) -> None:
    draft = drafts.begun(desk_office)
    document = "二、重点任务\n（一）青少年科学素质提升行动\n3.每学期举办科普讲座不少于2次。每学期放映电影不少于7场。\n"
    path = f"/rulebook-drafts/{draft['id']}/coverage"
    _, told = desk_office.ask("policy", "POST", path, json={"document": document})
    clauses = {one["written"]: one["standing"] for one in told["trace"]["clauses"]}
    assert told["trace"]["complete"] is False
    assert {clauses[key] for key in clauses if "7" in key} == {"open"}
    drafts.write(desk_office, draft, "x: y\n")
    assert desk_office.ask("policy", "POST", path, json={"document": document})[1]["code"] == "faulty_rulebook"


def test_features_prove_a_draft_and_name_the_step_that_fails(desk_office: Office) -> None:
    feature = (Path(__file__).parents[2] / "features" / "2-1-youth.feature").read_text(encoding="utf-8")
    draft = drafts.begun(desk_office)
    path = f"/rulebook-drafts/{draft['id']}/tests"
    given = {"features": {"youth.feature": feature, "讲座.feature": HOLDS}}
    _, told = desk_office.ask("policy", "POST", path, json=given)
    by_file = {name: [one for one in told["scenarios"] if one["file"] == name] for name in given["features"]}
    assert all(one["holds"] for one in by_file["youth.feature"])
    assert len(by_file["youth.feature"]) > 10
    (failed,) = by_file["讲座.feature"]
    assert (failed["holds"], failed["step"], failed["row"]) == (False, "没有这样的一步", 3)
    assert RULE not in told["rules_without"]
    text = drafts.text_of(desk_office, draft)
    drafts.write(desk_office, draft, text.replace(drafts.TWICE, drafts.TWICE.replace('"2"', '"3"')))
    _, told = desk_office.ask("policy", "POST", path, json=given)
    assert not all(one["holds"] for one in told["scenarios"] if one["file"] == "youth.feature")


def test_features_that_are_none_are_refused_under_their_own_name(desk_office: Office) -> None:
    path = f"/rulebook-drafts/{drafts.begun(desk_office)['id']}/tests"
    _, told = desk_office.ask("policy", "POST", path, json={"features": {"mine.feature": "什么都不是"}})
    assert told["scenarios"] == []
    assert "mine.feature" in told["refused"][0]
    assert "/tmp" not in str(told)  # noqa: S108 (nothing is written there by this test)


@pytest.mark.parametrize("name", ["/etc", "..", "../..", "fixtures"])
def test_a_scenario_reads_no_folder_of_the_machine(desk_office: Office, name: str) -> None:
    feature = f"# language: zh-CN\n功能: 甲\n  场景: 乙\n    假如 输入“{name}”\n"
    path = f"/rulebook-drafts/{drafts.begun(desk_office)['id']}/tests"
    _, told = desk_office.ask("policy", "POST", path, json={"features": {"a.feature": feature}})
    assert [one["holds"] for one in told["scenarios"]] == [False]


def test_what_if_counts_under_each_target(desk_office: Office) -> None:
    desk_office.handed_in()
    query = {"rule": RULE, "target": ["2", "3", "1.2万"], "period": PERIOD}
    own, two, three, many = desk_office.get("policy", "/rulebooks/what-if", **query)
    assert (own["target"], own["findings"]["met"], own["units"]) == (None, 1, 3)
    assert (two["target"], two["findings"], sum(two["flips"].values())) == ("at_least 2", own["findings"], 0)
    assert (three["findings"]["met"], three["findings"]["not_met"], three["flips"]["worse"]) == (0, 1, 1)
    assert many["target"] == "at_least 1.2万"
    draft = drafts.thrice(desk_office)
    drafted = desk_office.get("policy", f"/rulebook-drafts/{draft['id']}/what-if", **query)
    assert (drafted[0]["findings"], drafted[1]["findings"]) == (three["findings"], two["findings"])
    desk_office.clock.move(days=1)
    past = desk_office.get("policy", "/rulebooks/what-if", as_of="2025-06-29", **query)
    assert past[0]["findings"]["met"] == 0


@pytest.mark.parametrize("query", ["rule=none&target=2", f"rule={RULE}&target=2%25", f"rule={RULE}&target=2&period=9"])
def test_what_is_no_target_is_refused(desk_office: Office, query: str) -> None:
    assert desk_office.ask("policy", "GET", f"/rulebooks/what-if?{query}")[1]["code"] == "refused"


def bomb() -> str:
    """A section whose rules are right and far too many."""
    rule = "  - {id: r%d, commitment: C1, title: x, source: {clause: x}, of_each: school, every: semester, "
    measure = "measure: {total: science_lectures}, target: {at_least: '2'}}\n"
    return "section: 九\ntitle: x\nlead: [finance]\nrules:\n" + "".join(rule % n + measure for n in range(1200))


@pytest.mark.parametrize("content", ["[" * 190_000, "a: &a [*a, *a]\n", "- " * 90_000, "{a: " * 40_000, bomb()])
def test_a_draft_that_blows_up_harms_nobody(desk_office: Office, content: str) -> None:
    draft = drafts.begun(desk_office)
    assert drafts.write(desk_office, draft, content, name="bomb.yaml", version=None)[0] == 200
    status, told = desk_office.ask("policy", "POST", f"/rulebook-drafts/{draft['id']}/lint", json={})
    assert status == 200 or told["code"] == "draft_too_costly"
    assert desk_office.hand_in()[0] == 201


def test_a_process_that_hangs_or_dies_is_given_up() -> None:
    with pytest.raises(Exhausted):
        Sandbox().run("examine", 0.01, files={})
    with pytest.raises(Exhausted):
        Sandbox().run("no such task", 20.0)


def test_one_who_waits_too_long_for_a_place_is_told(desk_office: Office) -> None:
    busy = Sandbox(slots=1, waiting=0.0)
    busy._slots.acquire()
    with pytest.raises(Busy):
        busy.run("examine", 20.0, files={})
    desk_office.ground.sandbox = busy
    draft = drafts.begun(desk_office)
    status, told = desk_office.ask("policy", "POST", f"/rulebook-drafts/{draft['id']}/lint", json={})
    assert (status, told["code"]) == (503, "busy")


def test_the_process_is_told_nothing_of_where_the_service_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    environments = []
    run = subprocess.run

    def spied(*command: Any, **more: Any) -> Any:
        environments.append(more["env"])
        return run(*command, **more)

    monkeypatch.setattr(subprocess, "run", spied)
    assert Sandbox().run("examine", 20.0, files={"plan.yaml": "x: y\n"})["rulebook"] is None
    assert environments == [{}]

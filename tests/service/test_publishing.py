"""Rulebooks are published by a second person, with a brake, exactly as previewed; the past keeps its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from checker.model.fact import Waiver
from checker.model.problem import Place
from checker.model.rulebook import Rulebook
from checker.model.unit import Unit
from checker.rulebook.loading import default_folder, load
from checker.service import publishing
from checker.service.ground import Ground
from checker.service.loading import SecondPersonNeeded, load_rulebook
from checker.service.previewing import Previewed
from checker.store import county
from checker.store.audit import entries
from tests.service import drafts
from tests.service.office import LECTURES, Office
from tests.service.test_findings import PERIOD, RULE, agree, changes


def history_of(office: Office) -> list[tuple[Any, ...]]:
    """Every change that the last roll-up wrote."""
    with office.ground.database.read() as reading:
        last = "select finding, before, verdict, causes from finding_history where run = (select max(seq) from runs)"
        return [tuple(row) for row in reading.execute(text(f"{last} order by finding"))]


def all_changes(office: Office, draft: Any) -> list[Any]:
    found: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        page = office.get("policy", f"/rulebook-drafts/{draft['id']}/preview/findings", limit=7, **cursor)
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


def last_audit(office: Office) -> Any:
    with office.ground.database.read() as reading:
        return entries(reading, 0, 10_000)[-1]


def test_a_preview_is_exactly_what_publication_then_changes(office: Office) -> None:
    office.handed_in()
    office.rolling.finish()
    draft = drafts.thrice(office)
    preview = drafts.previewed(office, draft)
    shown = all_changes(office, draft)
    assert preview["changed"] == len(shown) > preview["flipped"] == 1
    assert preview["rules"][0]["rule"] == RULE
    assert {way: preview["rules"][0][way] for way in ("worse", "same")} == {"worse": 1, "same": len(shown) - 1}
    status, told = drafts.publish(office, draft, preview)
    assert (status, told["changed"], told["flipped"]) == (201, len(shown), 1)
    office.rolling.finish()
    expected = sorted((one["finding"], one["before"], one["after"], "rule") for one in shown)
    assert history_of(office) == expected
    assert changes(office)[-1] == ("met", "not_met", ["rule"])
    agree(office)


def test_a_rule_that_comes_and_one_that_goes_are_previewed_as_they_change(desk_office: Office) -> None:
    office = desk_office
    office.rolling.finish()
    draft = drafts.begun(office)
    content = drafts.text_of(office, draft).replace("  - id: youth.lectures\n", "  - id: youth.talks\n")
    assert drafts.write(office, draft, content)[0] == 200
    preview = drafts.previewed(office, draft)
    ways = {row["rule"]: {way for way in ("asked", "dropped") if row[way]} for row in preview["rules"]}
    assert ways == {"youth.talks": {"asked"}, RULE: {"dropped"}}
    assert preview["needs_count"]
    drafts.published(office, draft)
    office.rolling.finish()
    shown = {(one[0], one[1], one[2]) for one in history_of(office)}
    assert len(shown) == preview["flipped"] == preview["changed"]
    assert office.verdict("school-1", RULE, PERIOD) is None
    assert office.verdict("school-1", "youth.talks", PERIOD) == "unknown"
    agree(office)


@pytest.mark.parametrize("editor", ["policy", "publisher"])
def test_nobody_publishes_what_they_began_or_changed(office: Office, editor: str) -> None:
    draft = drafts.thrice(office, who=editor)
    preview = drafts.previewed(office, draft)
    status, told = drafts.publish(office, draft, preview, who=editor)
    assert (status, told["code"]) == (403, "second_person_needed")
    status, told = drafts.publish(office, draft, preview, who="policy")
    assert (status, told["code"]) == (403, "second_person_needed")
    assert len(office.get("policy", "/rulebooks")) == 1


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(office: Office) -> None:
    drafted = [drafts.thrice(office), drafts.thrice(office)]
    shown = [drafts.previewed(office, draft) for draft in drafted]
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(drafts.publish, office, *one) for one in zip(drafted, shown, strict=True)]
        answers = sorted((one.result()[0], one.result()[1].get("code")) for one in both)
    assert answers == [(201, None), (409, "preview_outdated")]
    assert len(office.get("policy", "/rulebooks")) == 2


def test_of_two_who_publish_the_same_draft_one_wins(office: Office) -> None:
    draft = drafts.thrice(office)
    preview = drafts.previewed(office, draft)
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(drafts.publish, office, draft, preview) for _ in range(2)]
        assert sorted(one.result()[0] for one in both) == [201, 409]
    assert len(office.get("policy", "/rulebooks")) == 2


def test_above_the_brake_the_number_has_to_be_typed(office: Office) -> None:
    for school, who in (("school-1", "school"), ("school-3", "other")):
        office.handed_in(who, {**LECTURES, "unit": school})
    office.ground.brake *= 0
    draft = drafts.thrice(office)
    preview = drafts.previewed(office, draft)
    assert (preview["flipped"], preview["brake"], preview["needs_count"]) == (2, "0%", True)
    for typed in (None, 1, 3):
        status, told = drafts.publish(office, draft, preview, typed=typed)
        assert (status, told["code"]) == (409, "count_needed")
    assert len(office.get("policy", "/rulebooks")) == 1
    assert drafts.publish(office, draft, preview, typed=2)[0] == 201


def test_a_wrong_number_stops_it_below_the_brake_too(desk_office: Office) -> None:
    office = desk_office
    draft = drafts.thrice(office)
    assert drafts.publish(office, draft, drafts.previewed(office, draft), typed=99)[1]["code"] == "count_needed"


def test_what_changed_since_the_preview_has_to_be_previewed_again(desk_office: Office) -> None:
    office = desk_office
    draft = drafts.thrice(office)
    preview = drafts.previewed(office, draft)
    office.handed_in()
    status, told = drafts.publish(office, draft, preview)
    assert (status, told["code"]) == (409, "preview_outdated")
    content = drafts.text_of(office, draft)
    assert drafts.write(office, draft, content + "# 说明\n", version=2)[0] == 200
    again = drafts.previewed(office, draft)
    assert drafts.publish(office, draft, again)[1]["code"] == "stale_version"
    assert drafts.publish(office, drafts.reread(office, draft), again)[0] == 201


def test_a_preview_of_a_past_day_shows_that_day_and_cannot_be_published(desk_office: Office) -> None:
    office = desk_office
    office.clock.move(days=2)
    office.handed_in()
    draft = drafts.thrice(office)
    past = drafts.previewed(office, draft, as_of="2025-06-30")
    assert (past["as_of"], past["flipped"]) == ("2025-06-30", 0)
    assert drafts.publish(office, draft, past)[1]["code"] == "preview_outdated"
    status, told = office.ask("policy", "POST", f"/rulebook-drafts/{draft['id']}/preview", json={"as_of": "2030-01-01"})
    assert (status, told["code"]) == (409, "refused")


def test_nothing_with_errors_is_previewed_or_published(desk_office: Office) -> None:
    office = desk_office
    draft = drafts.thrice(office)
    preview = drafts.previewed(office, draft)
    content = drafts.text_of(office, draft)
    drafts.write(office, draft, content.replace("science_lectures", "science_lecture"), version=2)
    for step, given in (
        ("preview", {}),
        ("publish", {"version": 3, "preview": preview["digest"], "reason": "x"}),
    ):
        status, told = office.ask("publisher", "POST", f"/rulebook-drafts/{draft['id']}/{step}", json=given)
        assert (status, told["code"]) == (422, "faulty_rulebook")
        assert told["problems"][0]["file"] == drafts.FILE
    assert len(office.get("policy", "/rulebooks")) == 1


def test_a_past_day_is_answered_by_the_rulebook_of_that_day_unless_asked_otherwise(office: Office) -> None:
    office.handed_in()
    office.clock.move(days=2)
    office.rolling.finish()
    new = drafts.published(office, drafts.thrice(office))
    office.rolling.finish()
    old = office.get("policy", "/rulebooks")[0]
    asked = {"now": {}, "past": {"as_of": "2025-07-01"}}
    for by, verdicts in (
        ({}, {"now": "not_met", "past": "met"}),
        ({"rulebook": old["digest"]}, {"now": "met", "past": "met"}),
        ({"rulebook": new["digest"]}, {"now": "not_met", "past": "not_met"}),
    ):
        assert {
            name: office.verdict("school-1", RULE, PERIOD, **when, **by) for name, when in asked.items()
        } == verdicts
        counted = office.get("auditor", "/summaries/section", as_of="2025-07-01", rule=RULE, **by)["rows"]
        assert sum(row["met"] for row in counted) == (verdicts["past"] == "met")
    assert office.ask("auditor", "GET", f"/findings?rulebook=sha256:{'0' * 64}")[0] == 404
    report = office.get("auditor", "/reports/json", as_of="2025-07-01", rulebook=new["digest"])
    assert report["plan"]["digest"] == new["digest"]


def test_a_rollback_publishes_the_earlier_one_anew(office: Office) -> None:
    office.handed_in()
    drafts.published(office, drafts.thrice(office))
    office.rolling.finish()
    first = office.get("policy", "/rulebooks")[0]
    back = drafts.begun(office, title="恢复", base=first["id"], rollback=True)
    assert (back["restores"], len(back["files"])) == (first["id"], 16)
    assert drafts.write(office, back, "x: y\n")[1]["code"] == "refused"
    assert drafts.publish(office, back, drafts.previewed(office, back), who="policy")[0] == 403
    again = drafts.published(office, back)
    assert (again["digest"], again["id"]) == (first["digest"], 3)
    office.rolling.finish()
    assert [one[1] for one in changes(office)][-2:] == ["not_met", "met"]
    assert changes(office)[-1][2] == ["rule"]
    assert [one["id"] for one in office.get("policy", "/rulebooks")] == [1, 2, 3]
    assert office.get("policy", "/rulebooks/3/files") == office.get("policy", "/rulebooks/1/files")
    agree(office)


def test_a_publication_comes_into_force_on_its_day_by_itself(office: Office) -> None:
    office.handed_in()
    office.rolling.finish()
    told = drafts.published(office, drafts.thrice(office), from_day="2025-07-05")
    assert told["in_force"] == "2025-07-04T16:00:00Z"
    office.rolling.finish()
    assert office.verdict("school-1", RULE, PERIOD) == "met"
    office.clock.move(days=4, hours=11, minutes=59)
    office.rolling.finish()
    assert office.verdict("school-1", RULE, PERIOD) == "met"
    office.clock.move(minutes=2)
    office.rolling.finish()
    assert office.verdict("school-1", RULE, PERIOD) == "not_met"
    assert changes(office)[-1] == ("met", "not_met", ["calendar", "rule"])
    assert office.verdict("school-1", RULE, PERIOD, as_of="2025-07-04") == "met"
    agree(office)


def test_what_is_scheduled_can_be_withdrawn_and_lets_nothing_pass_before(desk_office: Office) -> None:
    office = desk_office
    drafts.published(office, drafts.thrice(office), from_day="2025-07-05")
    other = drafts.begun(office)
    content = drafts.text_of(office, other)
    drafts.write(office, other, content.replace(drafts.TWICE, drafts.TWICE.replace('"2"', '"4"')))
    other, preview = drafts.reread(office, other), drafts.previewed(office, other)
    assert drafts.publish(office, other, preview)[1]["code"] == "refused"
    status, told = office.ask("policy", "POST", "/rulebooks/2/withdraw", json={"reason": "日子定错了"})
    assert (status, told["withdrawn"] is None) == (200, False)
    assert last_audit(office).action == "rulebook.withdraw"
    assert office.ask("policy", "POST", "/rulebooks/1/withdraw", json={"reason": "x"})[1]["code"] == "refused"
    assert drafts.publish(office, other, preview)[0] == 201
    office.clock.move(days=9)
    office.rolling.finish()
    with office.ground.database.read() as reading:
        assert office.ground.rulebook(reading).rules[RULE].targets[0].figure.low == 4  # type: ignore[union-attr]


@pytest.mark.parametrize("day", ["2025-06-29", "2026-07-02"])
def test_it_comes_into_force_from_now_or_within_a_year(desk_office: Office, day: str) -> None:
    draft = drafts.thrice(desk_office)
    assert drafts.publish(desk_office, draft, drafts.previewed(desk_office, draft), from_day=day)[0] == 409


def test_publication_and_its_audit_record_are_one(office: Office) -> None:
    draft = drafts.thrice(office)
    told = drafts.published(office, draft)
    entry = last_audit(office)
    detail = entry.public()["detail"]
    assert (entry.action, entry.subject) == ("rulebook.publish", f"rulebook:{told['digest']}")
    assert (detail["draft"], detail["publication"], len(detail["authors"])) == (draft["id"], told["id"], 1)
    assert detail["preview"]
    assert entry.account not in detail["authors"]
    assert office.client.get("/readyz").status_code == 200


def test_a_submission_that_meets_the_new_rules_first_says_that_they_caused_the_change(office: Office) -> None:
    office.handed_in()
    office.rolling.finish()
    drafts.published(office, drafts.thrice(office))
    office.handed_in(document={**LECTURES, "values": {"science_teachers": 1}})
    assert changes(office)[-1] == ("met", "not_met", ["rule"])
    assert changes(office, rule="youth.science-teacher")[-1] == ("unknown", "met", ["data"])
    agree(office)


def test_a_retry_publishes_nothing_twice(desk_office: Office) -> None:
    draft = drafts.thrice(desk_office)
    preview = drafts.previewed(desk_office, draft)
    path = f"/rulebook-drafts/{draft['id']}/publish"
    given = {"version": draft["version"], "preview": preview["digest"], "reason": "x"}
    answers = [
        desk_office.ask("publisher", "POST", path, json=given, headers={"Idempotency-Key": "0123456789"})
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 201
    assert len(desk_office.get("policy", "/rulebooks")) == 2


def test_the_same_rules_again_are_not_published(desk_office: Office) -> None:
    draft = drafts.begun(desk_office)
    preview = drafts.previewed(desk_office, draft)
    assert preview["changed"] == 0
    assert drafts.publish(desk_office, draft, preview)[1]["code"] == "refused"
    content = drafts.text_of(desk_office, draft)
    drafts.write(desk_office, draft, "# 只改说明\n" + content)
    assert drafts.published(desk_office, draft)["digest"] == desk_office.get("policy", "/rulebooks")[0]["digest"]


def test_another_plan_is_refused(desk_office: Office) -> None:
    draft = drafts.begun(desk_office)
    plan = drafts.text_of(desk_office, draft, "plan.yaml")
    drafts.write(desk_office, draft, plan.replace("id: pingluo-2021-2025", "id: other"), "plan.yaml")
    assert desk_office.ask("policy", "POST", f"/rulebook-drafts/{draft['id']}/preview", json={})[0] == 409


def test_what_two_publications_mean_is_told_in_words(desk_office: Office) -> None:
    drafts.published(desk_office, drafts.thrice(desk_office))
    old, new = (one["digest"] for one in desk_office.get("policy", "/rulebooks"))
    (told,) = desk_office.get("auditor", "/rulebooks/changes", old=old, new=new)
    assert (told["kind"], told["id"], told["key"], told["decides"]) == ("rule", RULE, "target", True)
    assert ("2" in told["old"], "3" in told["new"]) == (True, True)
    (back,) = desk_office.get("auditor", "/rulebooks/changes", old=new, new=old)
    assert (back["old"], back["new"]) == (told["new"], told["old"])


def test_the_database_keeps_what_was_published(office: Office) -> None:
    for statement in (
        "update publications set reason = 'x'", "delete from publications", "delete from published_files",
        "update published_files set content = ''", "delete from rulebook_draft_changes",
    ):  # fmt: skip
        drafts.thrice(office)
        with pytest.raises(DBAPIError), office.ground.database.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_submissions_go_on_while_a_draft_is_compared(desk_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office = desk_office
    draft = drafts.thrice(office)
    run = office.ground.sandbox.run

    def meanwhile(task: str, patience: float, **given: object) -> Any:
        if task == "compare":
            office.handed_in()
        return run(task, patience, **given)

    monkeypatch.setattr(office.ground.sandbox, "run", meanwhile)
    assert drafts.previewed(office, draft)["flipped"] == 0
    assert office.verdict("school-1", RULE, PERIOD) == "met"


def _withdrawn(office: Office) -> None:
    (held,) = office.get("auditor", "/submissions")["items"]
    assert office.step("auditor", held, "return", reason="弄错了")[0] == 200


def _waived(office: Office) -> None:
    place, until = Place("waivers.csv", 2), date(2026, 1, 1)
    with office.ground.database.write() as tx:
        county.add_waivers(tx, [Waiver("w-1", RULE, "school-1", (), None, until, "扩建", "县政府", place)])


def _enrolled(office: Office) -> None:
    with office.ground.database.write() as tx:
        county.set_units(tx, [*county.units(tx.connection), Unit("school-9", "九小", "school", "baofeng")])


def _midnight(office: Office) -> None:
    office.clock.move(hours=13)


def _reported(office: Office) -> None:
    office.handed_in("other", {**LECTURES, "unit": "school-3"})


@pytest.mark.parametrize("meanwhile", [_reported, _withdrawn, _waived, _enrolled, _midnight])
def test_what_changes_between_looking_and_publishing_stops_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[Office], None]
) -> None:
    office.handed_in()
    draft = drafts.thrice(office)
    preview = drafts.previewed(office, draft)
    looked = publishing.prepare

    def prepare(ground: Ground, draft_id: str) -> Previewed | None:
        found = looked(ground, draft_id)
        meanwhile(office)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "prepare", prepare)
        status, told = drafts.publish(office, draft, preview)
        assert (status, told["code"]) == (409, "preview_outdated")
    assert len(office.get("policy", "/rulebooks")) == 1
    assert drafts.publish(office, draft, drafts.previewed(office, draft))[0] == 201
    office.rolling.finish()
    agree(office)


def test_what_judges_nothing_does_not_stop_a_publication(desk_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office = desk_office
    held = office.handed_in()
    draft = drafts.thrice(office)
    preview = drafts.previewed(office, draft)
    looked = publishing.prepare

    def prepare(ground: Ground, draft_id: str) -> Previewed | None:
        found = looked(ground, draft_id)
        assert office.step("auditor", held, "accept")[0] == 200
        drafts.begun(office)
        return found

    monkeypatch.setattr(publishing, "prepare", prepare)
    assert drafts.publish(office, draft, preview)[0] == 201


def test_a_preview_is_on_record(desk_office: Office) -> None:
    office = desk_office
    draft = drafts.thrice(office)
    shown = drafts.previewed(office, draft, as_of="2025-06-29")
    entry = last_audit(office)
    assert (entry.action, entry.subject) == ("draft.preview", f"draft:{draft['id']}")
    counted = {name: shown[name] for name in ("version", "rulebook", "as_of", "findings", "changed", "flipped")}
    assert entry.public()["detail"] == {"preview": shown["digest"], **counted}


def test_rules_after_the_first_are_not_loaded_past_the_second_person(desk_office: Office) -> None:
    office = desk_office
    new = load(default_folder()).rulebook
    assert new is not None
    other = Rulebook.model_validate({**{name: getattr(new, name) for name in Rulebook.model_fields}, "follow_ups": ()})
    with pytest.raises(SecondPersonNeeded):
        load_rulebook(office.ground, other)
    assert len(office.get("policy", "/rulebooks")) == 1
    assert load_rulebook(office.ground, other, alone="数据库刚恢复") is True
    assert office.get("policy", "/rulebooks")[-1]["reason"] == "数据库刚恢复"
    detail = last_audit(office).public()["detail"]
    assert (detail["alone"], detail["reason"]) == (True, "数据库刚恢复")

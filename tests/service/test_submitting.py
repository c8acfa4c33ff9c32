"""A submission from its first draft to its lock, and what each step does to findings."""

from __future__ import annotations

import pytest

from tests.service.office import LECTURES, Office

RULE, PERIOD = "youth.lectures", "2024-2025-1"


def lectures(value: object, unit: str = "school-1") -> dict[str, object]:
    return {"unit": unit, "period": PERIOD, "values": {"science_lectures": value}}


def test_a_submission_is_judged_at_once_and_the_county_follows(office: Office) -> None:
    assert office.verdict("school-1", RULE, PERIOD) == "unknown"
    status, told = office.hand_in()
    assert status == 201, told
    assert (told["submission"]["state"], told["problems"]) == ("reported", [])
    own = next(one for one in told["findings"] if (one["rule"], one["period"]) == (RULE, PERIOD))
    assert (own["verdict"], own["causes"], own["relation"]) == ("met", ["data"], "own")
    assert office.woken
    assert office.rolling.turn()
    assert not office.rolling.turn()
    assert office.get("auditor", "/runs")["items"][0]["causes"] == ["data"]


def test_everything_that_is_wrong_is_said_and_nothing_is_stored(office: Office) -> None:
    wrong = {"science_lectures": "two", "students_enrolled": "-1", "no_such": "1", "science_budget": "5"}
    status, told = office.hand_in(document={**LECTURES, "values": wrong})
    assert (status, told["code"]) == (422, "faulty_submission")
    codes = sorted(problem["code"] for problem in told["problems"])
    assert codes == ["bad_value", "bad_value", "unknown_indicator", "wrong_reporter"]
    assert office.get("school", "/submissions")["items"] == []
    assert office.verdict("school-1", RULE, PERIOD) == "unknown"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({**LECTURES, "reported_at": "2025-01-01"}, "bad_value"),
        ({**LECTURES, "unit": "school-2"}, "unknown_unit"),
        ({**LECTURES, "period": "2026"}, "future_period"),
        ({**LECTURES, "values": {}}, "malformed_file"),
        ([], "malformed_file"),
        ("hello", "malformed_file"),
    ],
)
def test_what_nobody_may_state_is_refused(desk_office: Office, document: object, code: str) -> None:
    status, told = desk_office.hand_in(document=document)
    assert (status, told["problems"][0]["code"]) == (422, code)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/csv", "单位,指标,期间,数值\n一小,科普讲座次数,2024-2025-1,2\n"),
        ("application/yaml", "unit: school-1\nperiod: 2024-2025-1\nvalues: {science_lectures: 2}\n"),
    ],
)
def test_files_are_read_as_they_are(desk_office: Office, kind: str, content: str) -> None:
    headers = {"Content-Type": kind}
    status, told = desk_office.ask(
        "school", "POST", "/submissions?file=我的.txt", content=content.encode(), headers=headers
    )
    assert status == 201, told
    facts = desk_office.get("school", f"/submissions/{told['submission']['id']}/facts")
    assert [(fact["indicator"], fact["value"]) for fact in facts] == [("science_lectures", "2")]


def test_another_kind_of_file_is_refused(desk_office: Office) -> None:
    status, told = desk_office.ask(
        "school", "POST", "/submissions", content=b"x", headers={"Content-Type": "text/html"}
    )
    assert (status, told["code"]) == (415, "unsupported_media_type")


def test_looking_through_stores_nothing(desk_office: Office) -> None:
    status, told = desk_office.ask("school", "POST", "/submissions/check", json=lectures("x"))
    assert (status, told["acceptable"], told["problems"][0]["code"]) == (200, False, "bad_value")
    status, told = desk_office.ask("school", "POST", "/submissions/check", json=LECTURES)
    assert (status, told["acceptable"], told["facts"]) == (200, True, 1)
    assert desk_office.get("school", "/submissions")["items"] == []


def test_a_draft_is_its_units_own_until_it_is_handed_in(office: Office) -> None:
    draft = office.handed_in(query="?draft=true")
    path = f"/submissions/{draft['id']}"
    assert draft["state"] == "draft"
    assert office.verdict("school-1", RULE, PERIOD) == "unknown"
    assert office.ask("auditor", "GET", path)[0] == 404
    status, changed = office.ask("school", "PUT", f"{path}?version=1", json=lectures(1))
    assert (status, changed["version"]) == (200, 2)
    assert office.step("school", draft, "submit")[1]["code"] == "stale_version"
    status, told = office.step("school", changed, "submit")
    assert (status, told["submission"]["state"]) == (200, "reported")
    assert office.verdict("school-1", RULE, PERIOD) == "not_met"
    assert office.ask("auditor", "GET", path)[0] == 200
    assert office.ask("school", "DELETE", f"{path}?version=3")[1]["code"] == "refused"


def test_a_draft_can_be_thrown_away(desk_office: Office) -> None:
    draft = desk_office.handed_in(query="?draft=true")
    path = f"/submissions/{draft['id']}"
    assert desk_office.ask("school", "DELETE", f"{path}?version=2")[1]["code"] == "stale_version"
    assert desk_office.ask("school", "DELETE", f"{path}?version=1")[0] == 204
    assert desk_office.ask("school", "GET", path)[0] == 404


def test_a_returned_submission_counts_no_longer_and_the_one_before_counts_again(office: Office) -> None:
    office.handed_in()
    later = office.handed_in(document=lectures(0))
    assert office.verdict("school-1", RULE, PERIOD) == "not_met"
    status, returned = office.step("auditor", later, "return", reason="与台账不符")
    assert (status, returned["state"], returned["reason"]) == (200, "returned", "与台账不符")
    assert office.verdict("school-1", RULE, PERIOD) == "met"


def test_a_return_that_would_contradict_what_was_reported_before_is_refused(office: Office) -> None:
    months = {"unit": "school-1", "values": {"science_lectures": 1}}
    office.handed_in(document={**months, "period": "2024-10"})
    withdrawing = office.handed_in(document={**months, "period": "2024-10", "values": {"science_lectures": "撤回"}})
    office.handed_in()
    status, told = office.step("auditor", withdrawing, "return", reason="不该撤回")
    assert (status, told["code"]) == (409, "refused")
    assert "2024" in told["detail"]
    assert office.get("school", f"/submissions/{withdrawing['id']}")["state"] == "reported"


def test_what_is_locked_stays_until_it_is_unlocked_and_only_so_long(office: Office) -> None:
    submission = office.handed_in()
    assert office.step("auditor", submission, "lock")[1]["code"] == "refused"
    _, accepted = office.step("auditor", submission, "accept")
    _, locked = office.step("auditor", accepted, "lock")
    assert locked["state"] == "locked"
    assert office.hand_in(document=lectures(3))[1]["problems"][0]["code"] == "conflicting_fact"
    past, soon = "2025-06-01T00:00:00Z", "2025-07-01T00:00:00Z"
    for never in (past, "9999-12-31T23:59:59-12:00"):
        assert office.step("auditor", locked, "unlock", reason="漏报", until=never)[1]["code"] == "refused"
    status, _ = office.step("auditor", locked, "unlock", reason="漏报", until=soon)
    assert status == 200
    assert office.hand_in(document=lectures(3))[0] == 201
    office.clock.move(days=2)
    assert office.hand_in(document=lectures(4))[1]["problems"][0]["code"] == "conflicting_fact"


def test_nobody_judges_the_own_units_submission(desk_office: Office) -> None:
    submission = desk_office.handed_in("town", lectures(2, "school-2"), "?unit=school-2")
    assert submission["on_behalf"] is True
    assert desk_office.step("town-auditor", submission, "accept")[1]["code"] == "own_unit"
    assert desk_office.step("auditor", submission, "accept")[0] == 200


def test_a_township_reports_for_those_below_it_and_no_one_else_does(desk_office: Office) -> None:
    village = {"unit": "village-1", "period": "2024", "values": {"info_officers": 1}}
    assert desk_office.handed_in("town", village, "?unit=village-1")["on_behalf"] is True
    assert desk_office.hand_in("town", {**village, "unit": "village-2"}, "?unit=village-2")[0] == 404
    assert desk_office.hand_in("school", village, "?unit=village-1")[0] == 404


def test_a_retry_with_the_same_key_does_nothing_twice(office: Office) -> None:
    key = "the-same-key-1"
    first = office.hand_in(Idempotency_Key=key)
    again = office.hand_in(Idempotency_Key=key)
    assert first == again
    assert len(office.get("school", "/submissions")["items"]) == 1
    assert office.hand_in(document=lectures(5), Idempotency_Key=key)[1]["code"] == "idempotency_key_reused"
    assert office.hand_in("other", lectures(1, "school-3"), Idempotency_Key=key)[0] == 201
    office.clock.move(days=8)
    office.hand_in(Idempotency_Key="another-key")
    assert office.hand_in(Idempotency_Key=key)[0] == 201
    assert len(office.get("school", "/submissions")["items"]) == 3


def test_evidence_is_kept_listed_and_only_downloaded(office: Office) -> None:
    submission = office.handed_in()
    path = f"/submissions/{submission['id']}/evidence"
    png = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    status, kept = office.ask(
        "school", "POST", f"{path}?file=../活动.png", content=png, headers={"Content-Type": "image/png"}
    )
    assert (status, kept["name"], kept["size"]) == (201, "活动.png", 108)
    assert office.ask("school", "POST", path, content=b"<html>", headers={"Content-Type": "image/png"})[0] == 415
    assert office.ask("school", "POST", path, content=b"x", headers={"Content-Type": "text/html"})[0] == 415
    big = b"%PDF-" + b"x" * (5 * 1024 * 1024)
    assert office.ask("school", "POST", path, content=big, headers={"Content-Type": "application/pdf"})[0] == 413
    assert office.get("auditor", path) == [kept]
    assert office.ask("auditor", "GET", f"/evidence/{kept['id']}") == (200, png)
    assert office.ask("other", "GET", f"/evidence/{kept['id']}")[0] == 404


def test_what_no_database_can_hold_is_left_out_of_a_note(office: Office) -> None:
    note = b'{"value": 2, "note": "a\\u0000\\ud800b"}'
    body = b'{"unit": "school-1", "period": "2024-2025-1", "values": {"science_lectures": ' + note + b"}}"
    status, told = office.ask(
        "school", "POST", "/submissions", content=body, headers={"Content-Type": "application/json"}
    )
    assert status in {201, 422}, told
    if status == 201:
        assert office.get("school", f"/submissions/{told['submission']['id']}/facts")[0]["note"] == "ab"


def test_nothing_strange_gets_into_a_query(office: Office) -> None:
    for path in ("/findings?unit=%00", "/findings?cursor=WyJcdTAwMDAiLCAiYSJd", "/submissions?cursor=WyJcdTAwMDAiXQ==",
                 "/units?type=%E2%80%AE", "/audit?subject=%00"):  # fmt: skip
        assert office.ask("auditor", "GET", path)[0] == 422, path

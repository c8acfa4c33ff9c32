"""Signing in, sessions, forged requests, lock-out, resets, tokens, limits: who one is and how one proves it."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from checker.service.api.acting import _digest
from checker.service.api.app import application
from checker.service.api.desk import Desk
from checker.service.api.identity import Limits
from checker.service.api.metrics import Metrics
from checker.service.passwords import weakness
from tests.service.office import LECTURES, PEOPLE, SECRET, Office, passwords


@pytest.fixture
def signed(office: Office) -> Office:
    """An office where `school` has a password."""
    give_password(office)
    return office


def give_password(office: Office, name: str = "school") -> None:
    account = office.get(name, "/accounts/me")["id"]
    status, reset = office.ask("admin", "POST", f"/accounts/{account}/reset")
    assert status == 201
    given = {"name": name, "code": reset["code"], "new": SECRET}
    assert office.ask(None, "POST", "/password/reset", json=given)[0] == 204
    assert office.ask(None, "POST", "/password/reset", json=given)[0] == 401, "a code works once"


def sign_in(office: Office, password: str = SECRET, **headers: str) -> tuple[int, Any]:
    return office.ask(None, "POST", "/sessions", json={"name": "school", "password": password}, headers=headers)


def test_a_session_is_a_cookie_of_this_host_alone(signed: Office) -> None:
    answer = signed.client.post("/api/v1/sessions", json={"name": "school", "password": SECRET})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert signed.ask(None, "GET", "/accounts/me")[1]["name"] == "school"


def test_a_write_by_cookie_takes_the_sessions_token_and_this_origin(signed: Office) -> None:
    csrf = sign_in(signed)[1]["csrf"]
    here, there = "https://checker.test", "https://evil.test"
    for headers, status in (
        ({}, 403), ({"X-CSRF-Token": "x"}, 403), ({"X-CSRF-Token": csrf, "Origin": there}, 403),
        ({"X-CSRF-Token": csrf, "Origin": here}, 201), ({"X-CSRF-Token": csrf}, 201),
    ):  # fmt: skip
        assert signed.ask(None, "POST", "/submissions", json=LECTURES, headers=headers)[0] == status, headers
    assert sign_in(signed, Origin=there)[1]["code"] == "forged_request"


def test_a_session_ends_on_the_server_and_after_a_while(signed: Office) -> None:
    csrf = sign_in(signed)[1]["csrf"]
    assert signed.ask(None, "GET", "/sessions/current")[1]["csrf"] == csrf
    assert signed.ask("other", "GET", "/sessions/current")[0] == 404
    assert signed.ask("other", "DELETE", "/sessions/current")[0] == 404
    kept = signed.client.cookies.get("__Host-session")
    assert signed.ask(None, "DELETE", "/sessions/current", headers={"X-CSRF-Token": csrf})[0] == 204
    signed.client.cookies.set("__Host-session", str(kept), domain="checker.test")
    assert signed.ask(None, "GET", "/accounts/me")[0] == 401
    signed.client.cookies.clear()
    sign_in(signed)
    signed.clock.move(hours=13)
    assert signed.ask(None, "GET", "/accounts/me")[0] == 401


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(signed: Office) -> None:
    for _ in range(5):
        assert sign_in(signed, "wrong")[0] == 401
    assert sign_in(signed)[0] == 401
    signed.clock.move(minutes=16)
    assert sign_in(signed)[0] == 201
    refused = [one["action"] for one in signed.get("admin", "/audit", limit=200)["items"]].count("session.refuse")
    assert refused == 5


def test_nobody_learns_whether_an_account_exists(signed: Office) -> None:
    wrong = sign_in(signed, "wrong")
    absent = signed.ask(None, "POST", "/sessions", json={"name": "nobody", "password": "wrong"})
    for told in (wrong[1], absent[1]):
        told.pop("request_id")
    assert wrong == absent


def test_a_new_password_ends_all_sessions(signed: Office) -> None:
    csrf = sign_in(signed)[1]["csrf"]
    given = {"current": "wrong", "new": "another long sentence"}
    assert signed.ask(None, "PUT", "/password", json=given, headers={"X-CSRF-Token": csrf})[0] == 422
    given["current"] = SECRET
    assert (
        signed.ask(None, "PUT", "/password", json={**given, "new": "short"}, headers={"X-CSRF-Token": csrf})[0] == 422
    )
    assert signed.ask(None, "PUT", "/password", json=given, headers={"X-CSRF-Token": csrf})[0] == 204
    assert signed.ask(None, "GET", "/accounts/me")[0] == 401
    assert sign_in(signed)[0] == 401
    assert sign_in(signed, "another long sentence")[0] == 201


@pytest.mark.parametrize(
    "password", ["short", "x" * 129, "my school is school-001", "password123456", "aaaaaaaaaaaaaaaa"]
)
def test_weak_passwords_are_told_why(password: str) -> None:
    assert weakness(password, "school-001") is not None
    assert weakness("three words of mine", "school-001") is None


def test_a_retry_of_signing_in_or_of_a_new_password_does_nothing_twice_and_keeps_no_secret(office: Office) -> None:
    key = {"Idempotency-Key": "the-same-key-1"}
    account = office.get("school", "/accounts/me")["id"]
    code = office.ask("admin", "POST", f"/accounts/{account}/reset")[1]["code"]
    given = {"name": "school", "code": code, "new": SECRET}
    assert [office.ask(None, "POST", "/password/reset", json=given, headers=key)[0] for _ in range(2)] == [204, 204]
    other = {**given, "new": "quite another sentence"}
    assert office.ask(None, "POST", "/password/reset", json=other, headers=key)[0] == 401
    assert sign_in(office, **key)[0] == 201
    assert sign_in(office, **key)[1]["code"] == "done_already"
    change = {"current": SECRET, "new": "another long sentence"}
    assert [office.ask("school", "PUT", "/password", json=change, headers=key)[0] for _ in range(2)] == [204, 204]
    other = {**change, "new": "quite another sentence"}
    assert office.ask("school", "PUT", "/password", json=other, headers=key)[1]["code"] == "idempotency_key_reused"
    assert sign_in(office, "another long sentence")[0] == 201
    with office.ground.database.read() as reading:
        kept = str(reading.exec_driver_sql("select route, digest, body from idempotency").all())
    assert kept.count("/api/v1/") == 3
    guesses = (SECRET, code, "another long sentence", office.client.cookies["__Host-session"])
    assert not any(secret in kept for secret in guesses)
    asked = _digest("", SECRET, "another long sentence")
    assert asked not in kept, "a digest without the key would let passwords be guessed"


def test_a_code_does_not_bring_back_an_account_that_is_no_longer_active(office: Office) -> None:
    account = office.get("school", "/accounts/me")
    code = office.ask("admin", "POST", f"/accounts/{account['id']}/reset")[1]["code"]
    office.ask("admin", "PATCH", f"/accounts/{account['id']}", json={"version": 1, "active": False})
    given = {"name": "school", "code": code, "new": SECRET}
    assert office.ask(None, "POST", "/password/reset", json=given)[0] == 401


def test_an_account_that_is_no_longer_active_is_out_at_once(signed: Office) -> None:
    sign_in(signed)
    account = signed.get("school", "/accounts/me")
    path, given = f"/accounts/{account['id']}", {"version": account["version"], "active": False}
    assert signed.ask("admin", "PATCH", path, json=given)[1]["active"] is False
    assert signed.ask("admin", "PATCH", path, json=given)[1]["code"] == "stale_version"
    signed.client.cookies.clear()
    assert signed.ask("school", "GET", "/accounts/me")[0] == 401
    assert sign_in(signed)[0] == 401


def test_a_name_can_be_erased_and_the_audit_trail_still_verifies(office: Office) -> None:
    office.handed_in()
    account = office.get("school", "/accounts/me")
    _, erased = office.ask("admin", "POST", f"/accounts/{account['id']}/erase", json={"version": 1})
    assert erased["name"].startswith(f"erased-{account['id']}-"), "nobody can take the name before"
    assert (erased["full_name"], erased["active"]) == ("—", False)
    with office.ground.database.read() as reading:
        assert office.ground.audit.verify(reading) is None
    told = office.get("admin", "/audit", limit=200)["items"]
    assert "王老师" not in str(told)
    assert account["id"] in {one["account"] for one in told}


def test_a_token_is_shown_once_and_can_be_ended(office: Office) -> None:
    headers = {"Idempotency-Key": "make-a-token"}
    status, made = office.ask("school", "POST", "/tokens", json={"label": "系统", "days": 1}, headers=headers)
    assert status == 201
    again = office.ask("school", "POST", "/tokens", json={"label": "系统", "days": 1}, headers=headers)
    assert (again[0], again[1]["code"]) == (409, "done_already")
    office.tokens["new"] = made["token"]
    assert office.ask("new", "GET", "/accounts/me")[0] == 200
    assert "token" not in office.get("school", "/tokens")[0]
    office.clock.move(days=2)
    assert office.ask("new", "GET", "/accounts/me")[0] == 401
    assert office.ask("school", "DELETE", f"/tokens/{made['id']}")[0] == 204
    assert office.ask("school", "DELETE", f"/tokens/{made['id']}")[0] == 404


def test_accounts_are_made_with_what_their_role_needs(office: Office) -> None:
    good = {"name": "school-2", "full_name": "何老师", "role": "submitter", "unit": "school-2"}
    assert office.ask("admin", "POST", "/accounts", json={**good, "unit": None})[0] == 422
    assert office.ask("admin", "POST", "/accounts", json={**good, "unit": "nowhere"})[0] == 422
    status, made = office.ask("admin", "POST", "/accounts", json=good)
    assert (status, made["unit"]) == (201, "school-2")
    assert office.ask("admin", "POST", "/accounts", json=good)[1]["code"] == "already_taken"
    first = office.get("admin", "/accounts", limit=2)
    second = office.get("admin", "/accounts", limit=200, cursor=first["next"])
    assert [one["id"] for one in first["items"] + second["items"]] == list(range(1, len(PEOPLE) + 2))
    assert office.get("admin", f"/accounts/{made['id']}") == made


def test_too_many_requests_and_too_large_ones_are_refused(office: Office) -> None:
    limits = Limits("3/minute", "1/minute")
    desk = Desk(office.ground, passwords(), limits, Metrics(lambda: 0), lambda: None)
    client = TestClient(
        application(desk, most_bytes=100), base_url="https://checker.test", raise_server_exceptions=False
    )
    headers = {"Authorization": f"Bearer {office.tokens['school']}"}

    def pieces() -> Any:
        yield from (b"x" * 60, b"x" * 60)

    csv = {**headers, "Content-Type": "text/csv"}
    announced = client.post("/api/v1/submissions", content=b"x" * 101, headers=csv)
    in_pieces = client.post("/api/v1/submissions", content=pieces(), headers=csv)
    as_json = client.post("/api/v1/tokens", content=pieces(), headers={**headers, "Content-Type": "application/json"})
    assert [one.status_code for one in (announced, in_pieces, as_json)] == [413, 413, 413]
    statuses = [client.get("/api/v1/accounts/me", headers=headers).status_code for _ in range(4)]
    assert statuses[-1] == 429
    assert [client.post("/api/v1/sessions", json={"name": "a", "password": "b"}).status_code for _ in range(2)] == [
        401,
        429,
    ]

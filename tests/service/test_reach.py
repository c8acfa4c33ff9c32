"""Who reaches what: every role, every route, the own unit, one that it contributes to, and a foreign one."""

from __future__ import annotations

import re
from typing import Any

import pytest

from checker.model.finding import identity_of
from tests.service.office import LECTURES, Office

PLAN = "pingluo-2021-2025"
S, A, P, M = "school", "auditor", "policy", "admin"
EVERYONE = {S, A, P, M}
ALLOWED = {
    "PUT /password": EVERYONE, "GET /sessions/current": EVERYONE, "DELETE /sessions/current": EVERYONE,
    "GET /accounts": {M}, "POST /accounts": {M}, "GET /accounts/me": EVERYONE, "GET /accounts/{account_id}": {M},
    "PATCH /accounts/{account_id}": {M}, "POST /accounts/{account_id}/erase": {M},
    "POST /accounts/{account_id}/reset": {M},
    "GET /tokens": EVERYONE, "POST /tokens": EVERYONE, "DELETE /tokens/{token_id}": EVERYONE,
    "GET /units": EVERYONE, "GET /units/{unit_id}": EVERYONE, "GET /units/{unit_id}/children": EVERYONE,
    "GET /submissions": {S, A}, "POST /submissions": {S}, "POST /submissions/check": {S},
    "GET /submissions/{submission_id}": {S, A}, "GET /submissions/{submission_id}/facts": {S, A},
    "PUT /submissions/{submission_id}": {S}, "DELETE /submissions/{submission_id}": {S},
    "POST /submissions/{submission_id}/submit": {S}, "POST /submissions/{submission_id}/accept": {A},
    "POST /submissions/{submission_id}/return": {A}, "POST /submissions/{submission_id}/lock": {A},
    "POST /submissions/{submission_id}/unlock": {A}, "GET /submissions/{submission_id}/evidence": {S, A},
    "POST /submissions/{submission_id}/evidence": {S}, "GET /evidence/{evidence_id}": {S, A},
    "GET /findings": {S, A, P}, "GET /findings/{finding_id}": {S, A, P},
    "GET /findings/{finding_id}/history": {S, A, P},
    "GET /summaries/{by}": {S, A, P}, "GET /reminders": {S, A, P}, "GET /reports/{name}": {S, A, P},
    "GET /runs": {A, P, M}, "GET /runs/{run_id}": {A, P, M}, "GET /alerts": {S, A, P}, "GET /rulebooks": EVERYONE,
    "GET /rulebooks/changes": {A, P, M}, "GET /rulebooks/what-if": {P}, "GET /rulebooks/{publication_id}": EVERYONE,
    "GET /rulebooks/{publication_id}/files": {P}, "POST /rulebooks/{publication_id}/withdraw": {P},
    "GET /rulebook-drafts": {P}, "POST /rulebook-drafts": {P}, "GET /rulebook-drafts/{draft_id}": {P},
    "POST /rulebook-drafts/{draft_id}/discard": {P}, "GET /rulebook-drafts/{draft_id}/files/{file_name}": {P},
    "PUT /rulebook-drafts/{draft_id}/files/{file_name}": {P},
    "DELETE /rulebook-drafts/{draft_id}/files/{file_name}": {P},
    "POST /rulebook-drafts/{draft_id}/lint": {P}, "POST /rulebook-drafts/{draft_id}/completion": {P},
    "POST /rulebook-drafts/{draft_id}/coverage": {P}, "POST /rulebook-drafts/{draft_id}/tests": {P},
    "GET /rulebook-drafts/{draft_id}/changes": {P}, "GET /rulebook-drafts/{draft_id}/what-if": {P},
    "POST /rulebook-drafts/{draft_id}/preview": {P}, "GET /rulebook-drafts/{draft_id}/preview": {P},
    "GET /rulebook-drafts/{draft_id}/preview/findings": {P}, "POST /rulebook-drafts/{draft_id}/publish": {P},
    "GET /audit-samples": {A}, "POST /audit-samples": {A}, "GET /audit-samples/{sample_id}": {A},
    "GET /audit-samples/{sample_id}/findings": {A}, "PUT /audit-samples/{sample_id}/findings/{finding_id}": {A},
    "GET /audit": {A, M}, "GET /audit/head": {A, M},
    "GET /template": {S}, "GET /notices/{unit_id}/{kind}": {S, A},
}  # fmt: skip
OF_A_UNIT = ["POST /submissions", "POST /submissions/check", "GET /template"]
OPEN = {"POST /sessions", "POST /password/reset"}


def every_route(office: Office) -> set[str]:
    schema = office.client.get("/api/v1/openapi.json").json()
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in schema["paths"].items()
        for method in methods
        if path.startswith("/api/v1")
    }


def test_every_route_is_in_the_table(office: Office) -> None:
    assert every_route(office) == {*ALLOWED, *OPEN}


@pytest.fixture
def things(office: Office) -> dict[str, Any]:
    """One thing of each kind that belongs to the foreign unit school-3, or to the whole county, and the office."""
    foreign = office.handed_in("other", {**LECTURES, "unit": "school-3"})
    path = f"/submissions/{foreign['id']}/evidence"
    _, evidence = office.ask("other", "POST", path, content=b"%PDF-1", headers={"Content-Type": "application/pdf"})
    finding = identity_of(PLAN, "youth.lectures", "school-3", "2024-2025-1")
    wish = {"title": "x", "confidence": "90%", "margin": "20%"}
    _, sample = office.ask("auditor", "POST", "/audit-samples", json=wish)
    things = {"submission_id": foreign["id"], "evidence_id": evidence["id"], "sample_id": sample["id"]}
    return {**things, "finding_id": finding, "unit_id": "school-3"}


def fill(path: str, things: dict[str, Any]) -> str:
    known = {
        "draft_id": "3" * 16,
        "file_name": "plan.yaml",
        "publication_id": 1,
        "account_id": 1,
        "token_id": "0" * 16,
        "by": "section",
        "name": "json",
        "run_id": 1,
        "kind": "docx",
        **things,
    }
    return re.sub(r"\{(\w+)\}", lambda match: str(known[match[1]]), path)


BODIES: dict[str, Any] = {
    "/accept": {"version": 99}, "/lock": {"version": 99}, "/submit": {"version": 99}, "/erase": {"version": 99},
    "/return": {"version": 99, "reason": "x"},
    "/unlock": {"version": 99, "reason": "x", "until": "2030-01-01T00:00:00Z"},
    "/withdraw": {"reason": "x"}, "/discard": {"version": 99}, "/lint": {}, "/completion": {}, "/preview": {},
    "/coverage": {"document": "x"}, "/tests": {"features": {"a.feature": "x"}}, "/files/{file_name}": {"content": ""},
    "/publish": {"version": 99, "preview": "0" * 64, "reason": "x"}, "POST /rulebook-drafts": {"title": "x"},
    "POST /audit-samples": {"title": "x", "confidence": "95%", "margin": "10%"},
    "/findings/{finding_id}": {"version": 99, "outcome": "agrees"},
    "PATCH": {"version": 99}, "/password": {"current": "x", "new": "a long enough one"},
    "POST /accounts": {"name": "school", "full_name": "x", "role": "policy_editor"}, "POST /tokens": {"label": "x"},
}  # fmt: skip


def request(office: Office, who: str | None, route: str, things: dict[str, Any]) -> int:
    method, path = route.split(" ")
    body = next((given for key, given in BODIES.items() if route == key or path.endswith(key) or method == key), None)
    more: dict[str, Any] = {"json": body} if body is not None and method != "GET" else {}
    if path.endswith("/evidence") and method == "POST":
        more = {"content": b"%PDF-1", "headers": {"Content-Type": "application/pdf"}}
    elif method in {"POST", "PUT"} and body is None:
        more = {"json": {**LECTURES, "unit": things["unit_id"]}}
    query = "?version=99" if path == "/submissions/{submission_id}" and method in {"PUT", "DELETE"} else ""
    query = f"?unit={things['unit_id']}" if route in OF_A_UNIT else query
    return office.ask(who, method, fill(path, things) + query, **more)[0]


def test_every_role_on_every_route_is_let_in_or_kept_out(office: Office, things: dict[str, Any]) -> None:
    for route, allowed in ALLOWED.items():
        assert request(office, None, route, things) == 401, route
        for who in (P, M, A, S):
            status = request(office, who, route, things)
            assert (status != 403) is (who in allowed), (who, route, status)


def test_what_is_foreign_is_not_there(office: Office, things: dict[str, Any]) -> None:
    of_a_unit = [route for route in ALLOWED if any(f"{{{name}}}" in route for name in things)]
    of_a_unit += OF_A_UNIT
    assert len(of_a_unit) == 23
    for route in of_a_unit:
        for who in (S, "town-auditor"):
            if (S if who == S else A) in ALLOWED[route]:
                assert request(office, who, route, things) == 404, (who, route)


def test_what_one_contributes_to_is_not_ones_own(office: Office) -> None:
    above = office.handed_in("town", {"unit": "chengguan", "period": "2024", "values": {"farmers_cultivated": 9}})
    theirs = {"submission_id": above["id"], "evidence_id": "0" * 16, "unit_id": "chengguan"}
    for route in ("GET {}", "GET {}/facts", "POST {}/submit", "POST {}/evidence"):
        assert request(office, "village", route.format("/submissions/{submission_id}"), theirs) == 404, route
    assert request(office, "village", "POST /submissions", theirs) == 404


def test_what_is_not_there_answers_as_what_is_foreign(office: Office, things: dict[str, Any]) -> None:
    nothing = {"submission_id": "0" * 16, "evidence_id": "1" * 16, "finding_id": "2" * 16, "unit_id": "nobody"}
    for path in (
        "/submissions/{submission_id}",
        "/evidence/{evidence_id}",
        "/findings/{finding_id}",
        "/units/{unit_id}",
    ):
        foreign, absent = (office.ask(S, "GET", fill(path, one)) for one in (things, nothing))
        for told in (foreign[1], absent[1]):
            told.pop("request_id")
        assert foreign == absent


def test_a_unit_sees_of_what_it_contributes_to_its_own_part_alone(office: Office) -> None:
    shares = [one for one in office.get("village", "/findings", limit=200)["items"] if one["relation"] == "contributes"]
    assert shares, "a village is counted by shares of the county"
    assert {one["unit"] for one in shares} <= {"pingluo", "chengguan"}
    for one in shares:
        assert (one["explanation"], one["observed"], one["bounds"], one["shortfall"]) == (
            None,
            None,
            [None, None],
            None,
        )
        dossier = office.get("village", f"/findings/{one['id']}")["dossier"]
        assert {part["unit"] for part in dossier["parts"]} <= {"village-1"}
        assert (dossier["explanation"], dossier["measure"], dossier["to_be_met"]) == (None, None, None)
        changes = office.get("village", f"/findings/{one['id']}/history")
        assert {change["explanation"] for change in changes} == {None}
    report = office.get("village", "/reports/json")
    assert {one["unit"] for one in report["findings"]} <= {"village-1"}


def test_who_answers_for_a_finding_sees_it_whole(office: Office) -> None:
    found = office.get("education", "/findings", limit=200)["items"]
    answered = [one for one in found if one["relation"] == "answers"]
    assert answered
    assert all(one["explanation"] for one in answered)
    assert {one["unit"] for one in answered} == {"pingluo"}
    assert all("education-sports" in one["answerable"] for one in answered)
    past = office.get("education", "/findings", limit=200, as_of="2025-06-29")["items"]
    assert {one["id"] for one in past} == {one["id"] for one in found}


def test_an_auditor_reaches_the_area_and_nothing_beyond(office: Office) -> None:
    units = {one["unit"] for one in office.get("town-auditor", "/findings", limit=200)["items"]}
    assert "school-1" in units
    assert units <= {"chengguan", "school-1", "school-2", "village-1"}
    known = [one["id"] for one in office.get("town-auditor", "/units")["items"]]
    assert known == ["chengguan", "school-1", "school-2", "village-1"]
    assert [one["id"] for one in office.get("school", "/units")["items"]] == ["chengguan", "pingluo", "school-1"]
    assert [one["id"] for one in office.get("school", "/units/chengguan/children")] == ["school-1"]


def test_the_routes_are_all_documented_with_their_errors(office: Office) -> None:
    schema = office.client.get("/api/v1/openapi.json").json()
    for path, methods in schema["paths"].items():
        for told in methods.values():
            assert told["summary"], path
            if path.startswith("/api/v1"):
                assert {"401", "403", "422", "429", "503", "507"} <= set(told["responses"]), path

"""What stands around every request: nothing is read of nobody known, and what is counted and logged tells no secret."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.service.office import LECTURES, Office


def body_read(office: Office, path: str, token: str | None, size: int = 100) -> tuple[int, int]:
    """Give the status of the answer to a body sent in pieces of so many bytes, and how many pieces were read."""
    read, statuses = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b"x" * size, "more_body": read < 40}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = [(b"content-type", b"text/csv" if token else b"application/json"), (b"host", b"checker.test")]
    headers += [(b"authorization", f"Bearer {token}".encode())] if token else []
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
             "headers": headers, "scheme": "https", "server": ("checker.test", 443), "client": ("127.0.0.1", 1),
             "http_version": "1.1", "root_path": ""}  # fmt: skip
    asyncio.run(office.app(scope, receive, send))
    return statuses[0], read


@pytest.mark.parametrize("path", ["/api/v1/submissions", "/api/v1/tokens", "/api/v1/accounts", "/api/v1/none"])
def test_nothing_is_read_of_what_somebody_unknown_sends(desk_office: Office, path: str) -> None:
    assert body_read(desk_office, path, None) == (401, 0)


def test_somebody_unknown_signs_in_with_few_bytes(desk_office: Office) -> None:
    status, read = body_read(desk_office, "/api/v1/sessions", None, 1000)
    assert (status, read) == (413, 17)


def test_somebody_known_may_send_a_file(desk_office: Office) -> None:
    status, read = body_read(desk_office, "/api/v1/submissions", desk_office.tokens["school"], 1000)
    assert (status, read) == (422, 40)


def test_figures_are_for_those_who_watch_over_the_whole(desk_office: Office) -> None:
    asked = {who: {"Authorization": f"Bearer {desk_office.tokens[who]}"} for who in ("school", "auditor", "policy")}
    found = {who: desk_office.client.get("/metrics", headers=headers).status_code for who, headers in asked.items()}
    assert found == {"school": 403, "auditor": 200, "policy": 200}
    assert desk_office.client.get("/metrics").status_code == 401


def test_figures_and_log_have_the_whole_template_of_a_route_and_nothing_that_was_asked(desk_office: Office) -> None:
    with capture_logs() as lines:
        desk_office.handed_in()
        desk_office.get("school", "/units/school-1")
        desk_office.ask("school", "GET", "/nothing/at/all?token=secret")
        desk_office.ask("school", "BREW", "/units/school-1")
    routes = [(line["method"], line["route"]) for line in lines if line["event"] == "request"]
    assert routes == [("POST", "/api/v1/submissions"), ("GET", "/api/v1/units/{unit_id}"), ("GET", "unknown"),
                      ("other", "/api/v1/units/{unit_id}")]  # fmt: skip
    assert not any(secret in str(lines) for secret in ("secret", desk_office.tokens["school"]))
    headers = {"Authorization": f"Bearer {desk_office.tokens['admin']}"}
    text = desk_office.client.get("/metrics", headers=headers).text
    assert 'checker_requests_total{method="GET",route="/api/v1/units/{unit_id}",status="200"} 1.0' in text
    assert "BREW" not in text


def test_a_key_as_long_as_a_book_is_not_said_back(desk_office: Office) -> None:
    status, told = desk_office.ask("school", "POST", "/tokens", json={"label": "x", "k" * 100_000: 1})
    assert status == 422
    assert len(told["detail"]) < 1000


def test_no_answer_is_kept_shown_in_place_or_taken_for_something_else(desk_office: Office) -> None:
    answer = desk_office.client.post("/api/v1/submissions", json=LECTURES)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")

"""The process as its operator runs it: over TLS, behind a proxy, on an address that others reach, told to stop."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from checker.cli import run
from checker.service.enrolling import Enrolled, enrol
from checker.store.accounts import Role
from tests.service.office import SECRET, Office
from tests.service.running import CHECKER, Running

SUBMISSIONS = "/api/v1/submissions"
BODY = {"unit": "school-1", "period": "2024-2025-1", "values": {"science_lectures": 3}}
SIGN_IN = {"name": "reader", "password": SECRET}


@pytest.fixture
def ended() -> Iterator[list[Running]]:
    """Services that end with the test."""
    services: list[Running] = []
    yield services
    for service in services:
        service.kill()


def begun(ended: list[Running], folder: Path, *options: str, tls: ssl.SSLContext | None = None) -> Running:
    service = Running(folder, None, *options, tls=tls)
    ended.append(service)
    with service.ground() as ground:
        enrol(ground, Enrolled("reader", "reader", Role.POLICY, None, None), SECRET)
    service.start()
    return service


def requests(service: Running) -> list[dict[str, Any]]:
    """Give the lines of the log that tell of a request."""
    return [line for line in service.lines() if line["event"] == "request"]


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_closed(service: Running) -> bool:
    """Whether nobody takes connections there any more."""
    try:
        socket.create_connection(("127.0.0.1", service.port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of this machine's address, and its key."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=checker.test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


def test_with_a_certificate_it_speaks_https_and_nothing_else(
    tmp_path: Path, certificate: tuple[Path, Path], ended: list[Running]
) -> None:
    cert, key = certificate
    trusting = ssl.create_default_context(cafile=cert)
    options = ("--host", "0.0.0.0", "--tls-cert", str(cert), "--tls-key", str(key))  # noqa: S104 (what TLS permits)
    service = begun(ended, tmp_path, *options, tls=trusting)
    assert service.ask("POST", SUBMISSIONS, service.tokens["school-1"], BODY)[0] == 201
    connection = service.connect()
    assert isinstance(connection, http.client.HTTPSConnection)
    connection.request("POST", "/api/v1/sessions", json.dumps(SIGN_IN), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 201
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "secure" in cookie.lower()
    service.tls = ssl.create_default_context()
    assert service.ask("GET", "/healthz")[0] == 0  # who does not trust the certificate is told nothing
    service.tls = None
    assert service.ask("GET", "/healthz")[0] == 0  # nor is who asks without TLS
    assert service.stop() == 0


def test_a_key_that_does_not_fit_is_said_before_anything_is_served(
    tmp_path: Path, certificate: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    cert, _ = certificate
    for key in (cert, tmp_path / "none"):
        assert run(["serve", "--database", str(tmp_path / "a.db"), "--tls-cert", str(cert), "--tls-key", str(key)]) == 2
        assert "证书或私钥用不了" in capsys.readouterr().err


def forwarded(service: Running, source: str, **said: str) -> tuple[int, Any]:
    """Sign in from `source` as a browser does behind TLS, and give the status and the address that is logged."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60, source_address=(source, 0))
    headers = {f"X-Forwarded-{name}": value for name, value in said.items()}
    origin = {"Origin": "https://checker.test", "Host": "checker.test", "Content-Type": "application/json"}
    before = len(requests(service))
    connection.request("POST", "/api/v1/sessions", json.dumps(SIGN_IN), {**headers, **origin})
    status = connection.getresponse().status
    until(lambda: len(requests(service)) > before)
    return status, requests(service)[-1]["address"]


def test_only_the_named_proxy_says_where_a_request_comes_from(tmp_path: Path, ended: list[Running]) -> None:
    """A browser's Origin has to be this service's, so that whether it came over TLS shows in the answer."""
    service = begun(ended, tmp_path, "--trusted-proxy", "127.0.0.2")
    told = {"For": "203.0.113.9", "Proto": "https"}
    assert forwarded(service, "127.0.0.2", **told) == (201, "203.0.113.9")
    assert forwarded(service, "127.0.0.3", **told) == (403, "127.0.0.3")
    assert forwarded(service, "127.0.0.1", **told) == (403, "127.0.0.1")
    invented = {**told, "For": "198.51.100.1, 203.0.113.9"}
    assert forwarded(service, "127.0.0.2", **invented) == (201, "203.0.113.9")  # the rest is what the sender says
    assert forwarded(service, "127.0.0.2") == (403, "127.0.0.2")


def test_without_a_named_proxy_nobody_says_where_a_request_comes_from(tmp_path: Path, ended: list[Running]) -> None:
    service = begun(ended, tmp_path)
    assert forwarded(service, "127.0.0.1", For="203.0.113.9", Proto="https") == (403, "127.0.0.1")


@pytest.mark.parametrize(
    "options", [["--host", "192.0.2.1"], ["--tls-cert", "x"], ["--host", "192.0.2.1", "--tls-key", "x"],
                ["--host", "::"], ["--host", "checker.test"]]
)  # fmt: skip
def test_an_address_that_others_reach_needs_tls_or_a_named_proxy(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--database", str(tmp_path / "a.db"), *options]) == 2
    assert "--tls-cert" in capsys.readouterr().err


@pytest.mark.parametrize("proxy", ["*", "0.0.0.0/0", "::/0", "proxy.test", "", "127.0.0.1,*"])
def test_a_proxy_that_could_be_anyone_or_is_never_met_is_refused(
    tmp_path: Path, proxy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--database", str(tmp_path / "a.db"), "--trusted-proxy", proxy]) == 2
    assert "--trusted-proxy" in capsys.readouterr().err


def test_a_stop_answers_what_is_running_and_ends_well(tmp_path: Path, ended: list[Running]) -> None:
    """The request that is running has said what it is and was bidden to go on; the rest comes after the stop."""
    service = begun(ended, tmp_path)
    assert service.ask("GET", "/healthz") == (200, {"status": "ok"})
    assert service.process is not None
    body = json.dumps(BODY).encode()
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as running:
        running.sendall(
            f"POST {SUBMISSIONS} HTTP/1.1\r\nHost: checker.test\r\n"
            f"Authorization: Bearer {service.tokens['school-1']}\r\n"
            "X-Request-ID: handed-in-late\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
        )
        assert running.recv(1000).startswith(b"HTTP/1.1 100 ")
        service.process.send_signal(signal.SIGTERM)
        until(lambda: is_closed(service))
        # A command of its own meanwhile: a server that does not wait has long gone by its end.
        place = ["--database", service.database, "--audit-key", str(tmp_path / "audit.key")]
        subprocess.run([CHECKER, "admin", "verify-audit", *place], check=True, capture_output=True)
        assert service.process.poll() is None
        running.sendall(body)
        answer = http.client.HTTPResponse(running)
        answer.begin()
        told = json.loads(answer.read())
        assert (answer.status, answer.headers["x-request-id"]) == (201, "handed-in-late")
    assert service.process.wait(60) == 0
    lines = service.lines()
    assert [lines[0]["event"], lines[-1]["event"]] == ["serving", "stopped"]
    asked = next(line for line in lines if line.get("request_id") == "handed-in-late")
    assert (asked["status"], asked["account"], asked["address"]) == (201, 1, "127.0.0.1")
    assert json.loads((tmp_path / "audit.key.head").read_text())["seq"] > 0
    service.start()
    assert [one["id"] for one in service.submissions("school-1")] == [told["submission"]["id"]]


def test_it_says_that_it_is_stopping_before_it_takes_no_more(tmp_path: Path, ended: list[Running]) -> None:
    service = begun(ended, tmp_path, "--drain", "3600")
    assert service.process is not None
    service.process.send_signal(signal.SIGTERM)
    until(lambda: service.ask("GET", "/readyz")[0] == 503)
    assert service.ask("GET", "/readyz")[1]["code"] == "stopping"
    assert service.ask("GET", "/healthz")[0] == 200
    assert service.ask("POST", SUBMISSIONS, service.tokens["school-1"], BODY)[0] == 201
    assert service.stop() == 0  # whoever asks twice does not wait


def test_it_is_not_ready_on_a_database_of_another_version(office: Office) -> None:
    assert office.client.get("/readyz").status_code == 200
    with office.ground.database.write() as tx:
        tx.connection.execute(text("update alembic_version set version_num = '0001'"))
    answer = office.client.get("/readyz", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unprepared")
    assert "another version" in answer.json()["detail"]
    assert office.client.get("/healthz").status_code == 200


def test_a_county_with_a_single_auditor_is_told_so_when_it_starts(tmp_path: Path, ended: list[Running]) -> None:
    service = begun(ended, tmp_path)
    warned = [line for line in service.lines() if line["event"] == "too few auditors"]
    assert [(line["level"], line["auditors"]) for line in warned] == [("warning", 1)]
    assert service.stop() == 0
    service.log_file.unlink()
    with service.ground() as ground:
        enrol(ground, Enrolled("auditor-2", "auditor", Role.AUDITOR, None, "pingluo"), None)
    service.start()
    assert not [line for line in service.lines() if line["event"] == "too few auditors"]


def test_a_trail_that_lost_its_exported_head_is_told_at_the_start_and_the_head_is_kept(
    tmp_path: Path, ended: list[Running]
) -> None:
    service = begun(ended, tmp_path)
    head = tmp_path / "audit.key.head"
    assert service.ask("POST", SUBMISSIONS, service.tokens["school-1"], BODY)[0] == 201
    assert service.stop() == 0
    assert run(["admin", "verify-audit", "--database", service.database, "--audit-key", str(tmp_path / "audit.key"),
                "--export", str(head)]) == 0  # fmt: skip
    kept = head.read_bytes()
    with service.ground() as ground, ground.database.write() as tx:
        tx.connection.execute(text("drop trigger audit_no_delete"))
        tx.connection.execute(text("delete from audit where seq = (select max(seq) from audit)"))
    service.start()
    told = [line for line in service.lines() if line["event"] == "audit trail broken"]
    assert [(line["level"], line["record"]) for line in told] == [("error", json.loads(kept)["seq"])]
    assert head.read_bytes() == kept
    connection = service.connect()
    connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {service.tokens['auditor']}"})
    assert "checker_audit_trail_broken 1.0" in connection.getresponse().read().decode()

"""A disk that is really full, and a database that is gone: an answer that says so, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import string
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.service.office import Office
from tests.service.running import Running
from tests.stores import postgres_url

__all__ = ["postgres_url"]

SUBMISSIONS = "/api/v1/submissions"
BODY = {"unit": "school-1", "period": "2024-2025-1"}
# Of what is alike a database stores little.
NOTE = "".join(random.Random(1).choices(string.ascii_letters, k=60_000))
LONG = {**BODY, "values": {"science_lectures": {"value": 2, "note": NOTE}}}
SHORT = {**BODY, "values": {"science_lectures": 3}}
_NAME = "tiny_disk"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of a few megabytes, where a server of another account finds it too."""
    place = Path(tempfile.mkdtemp(prefix="checker-disk-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(place)], check=False)
    if mounted.returncode == 0:
        yield place
        subprocess.run(["umount", "--lazy", str(place)], check=True)
    place.rmdir()
    if mounted.returncode != 0:
        pytest.skip("这里不能挂载一个小文件系统  no file system can be mounted here")


@pytest.fixture
def on_a_small_disk(small_disk: Path) -> Iterator[Running]:
    """A service whose SQLite file, key and log lie on the small disk."""
    service = Running(small_disk)
    yield service
    service.kill()


@pytest.fixture
def with_a_small_server(small_disk: Path, tmp_path: Path, postgres_url: str) -> Iterator[Running]:
    """A service whose PostgreSQL database lies on the small disk; what the server logs ahead does not."""
    if os.getuid() == 0:
        shutil.chown(small_disk, "postgres", "postgres")
    server = create_engine(postgres_url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"create tablespace {_NAME} location '{small_disk}'"))
        connection.execute(text(f"create database {_NAME} tablespace {_NAME}"))
    service = Running(tmp_path, postgres_url.removesuffix("postgres") + _NAME)
    yield service
    service.kill()
    with server.connect() as connection:
        connection.execute(text(f"drop database {_NAME} with (force)"))
        connection.execute(text(f"drop tablespace {_NAME}"))
    server.dispose()


@pytest.fixture(params=["on_a_small_disk", "with_a_small_server"])
def cramped(request: pytest.FixtureRequest) -> Running:
    service: Running = request.getfixturevalue(request.param)
    return service


def hand_in_until_full(service: Running) -> list[str]:
    """Hand in until the disk is full, and give what was acknowledged."""
    acknowledged: list[str] = []
    for _ in range(500):
        status, told = service.ask("POST", SUBMISSIONS, service.tokens["school-1"], LONG)
        if status != 201:
            assert (status, told["code"]) == (507, "storage_full"), told
            return acknowledged
        acknowledged.append(told["submission"]["id"])
    raise AssertionError


def said(service: Running, language: str) -> tuple[int, str | None, Any]:
    """Give status, kind and content of an answer to something that has no room."""
    connection = service.connect()
    headers = {"Content-Type": "application/json", "Accept-Language": language, "Idempotency-Key": "one-and-the-same",
               "Authorization": f"Bearer {service.tokens['school-1']}"}  # fmt: skip
    connection.request("POST", SUBMISSIONS, json.dumps(LONG), headers)
    answer = connection.getresponse()
    return answer.status, answer.headers["content-type"], json.loads(answer.read())


def there(service: Running) -> set[str]:
    return {one["id"] for one in service.submissions("school-1")}


def test_a_full_disk_is_said_in_both_languages_and_what_was_acknowledged_is_kept(
    cramped: Running, small_disk: Path
) -> None:
    cramped.start()
    acknowledged = hand_in_until_full(cramped)
    kind = "application/problem+json"
    for language, words in (("zh-CN", "磁盘已满"), ("en-GB", "no room left on the disk")):
        status, media, told = said(cramped, language)
        assert (status, media, words in told["detail"]) == (507, kind, True), told
    assert cramped.ask("GET", "/api/v1/findings", cramped.tokens["school-1"])[0] == 200
    assert there(cramped) == set(acknowledged)
    cramped.kill()
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    cramped.start()
    assert there(cramped) == set(acknowledged)
    status, _, told = said(cramped, "zh")
    assert status == 201
    assert there(cramped) == {*acknowledged, told["submission"]["id"]}
    cramped.kill()
    cramped.prove()


def test_a_service_goes_on_by_itself_once_there_is_room_again(on_a_small_disk: Running, small_disk: Path) -> None:
    on_a_small_disk.start()
    acknowledged = hand_in_until_full(on_a_small_disk)
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "rest").write_bytes(b"x" * 12 * 2**20)
    for path in ("/api/v1/findings", "/api/v1/summaries/section", "/readyz"):
        assert on_a_small_disk.ask("GET", path, on_a_small_disk.tokens["auditor"])[0] == 200
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    status, told = on_a_small_disk.ask("POST", SUBMISSIONS, on_a_small_disk.tokens["school-1"], SHORT)
    assert status == 201
    assert there(on_a_small_disk) == {*acknowledged, told["submission"]["id"]}
    on_a_small_disk.await_roll_ups()
    assert on_a_small_disk.stop() == 0
    on_a_small_disk.prove()


def test_a_limit_on_files_is_a_full_disk_too(tmp_path: Path) -> None:
    """Holds also where no file system can be mounted."""
    service = Running(tmp_path)
    service.start()
    token = service.tokens["school-1"]
    assert service.ask("POST", SUBMISSIONS, token, SHORT)[0] == 201
    assert service.process is not None
    limit = max(file.stat().st_size for file in tmp_path.glob("checker.db*")) + 600_000
    resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (limit, limit))
    acknowledged = hand_in_until_full(service)
    assert service.ask("GET", "/api/v1/findings", token)[0] == 200
    service.kill()
    service.start()
    assert set(acknowledged) < there(service)
    assert len(there(service)) == len(acknowledged) + 1
    assert service.ask("POST", SUBMISSIONS, token, SHORT)[0] == 201
    service.kill()
    service.prove()


def test_a_database_that_may_not_grow_keeps_nothing_of_what_it_refuses(desk_office: Office) -> None:
    """By injection: SQLite itself is told that there are no more pages, in the middle of what is written."""
    desk_office.handed_in()
    database = desk_office.ground.database
    with database.write() as tx:
        pages = tx.connection.exec_driver_sql("pragma page_count").scalar_one()
        tx.connection.exec_driver_sql(f"pragma max_page_count = {pages + 1}")
    kept = desk_office.get("school", "/submissions")
    status, told = desk_office.hand_in("school", LONG)
    assert (status, told["code"]) == (507, "storage_full")
    assert desk_office.get("school", "/submissions") == kept
    with database.read() as reading:
        assert desk_office.ground.audit.verify(reading) is None


def test_a_server_that_is_gone_gives_503_until_it_is_back(tmp_path: Path, postgres_url: str) -> None:
    server = create_engine(postgres_url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    asked = (("GET", "/api/v1/findings", None), ("POST", SUBMISSIONS, SHORT), ("GET", "/readyz", None))
    with server.connect() as connection:
        connection.execute(text("create database gone"))
        service = Running(tmp_path, postgres_url.removesuffix("postgres") + "gone")
        service.start()
        token = service.tokens["school-1"]
        assert service.ask("POST", SUBMISSIONS, token, SHORT)[0] == 201
        connection.execute(text("alter database gone with allow_connections false"))
        connection.execute(text("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'gone'"))
        for method, path, body in asked:
            status, told = service.ask(method, path, token, body)
            assert (status, told["code"]) == (503, "storage_unreachable"), told
        assert service.ask("GET", "/healthz")[0] == 200
        connection.execute(text("alter database gone with allow_connections true"))
        assert [service.ask(method, path, token, body)[0] for method, path, body in asked] == [200, 201, 200]
    assert service.stop() == 0
    service.prove()
    server.dispose()


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    service = Running(tmp_path)
    service.log_file = Path("/dev/full")
    service.start()
    assert service.ask("POST", SUBMISSIONS, service.tokens["school-1"], SHORT)[0] == 201
    service.await_roll_ups()
    assert service.stop() == 0
    service.prove()

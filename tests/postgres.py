"""A PostgreSQL server of the tests' own: on loopback, under an unprivileged account, gone when they end.

``python -m tests.postgres`` says whether one can be started here.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ABSENT = "没有安装 PostgreSQL（Debian: postgresql），这个数据库上没有查"
_INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def is_installed() -> bool:
    """Whether there is a server to start."""
    return bool(_INSTALLED)


@contextmanager
def server() -> Iterator[str]:
    """Run a server and give the URL of its first database."""
    folder = Path(tempfile.mkdtemp(prefix="checker-postgres-"))
    tools = _INSTALLED[-1].parent
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    password = secrets.token_hex(16)
    secret = folder / "password"
    secret.write_text(password)
    if os.getuid() == 0:
        shutil.chown(secret, "postgres", "postgres")
    port = _free_port()
    data = folder / "data"
    _as_nobody(tools / "initdb", "-D", data, "-U", "checker", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8",
               "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    _as_nobody(tools / "pg_ctl", "-D", data, "-w", "-o", settings, "-l", folder / "log", "start")
    try:
        yield f"postgresql://checker:{password}@127.0.0.1:{port}/postgres"
    finally:
        _as_nobody(tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _as_nobody(*command: str | Path) -> None:
    rights = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    # Its output goes to a file: a server that inherited a pipe would keep whoever reads it waiting.
    subprocess.run(
        [*rights, *map(str, command)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
    )


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port


if __name__ == "__main__":
    if not is_installed():
        raise SystemExit(ABSENT)
    with server() as url:
        print(f"PostgreSQL: {url.rpartition('@')[2]}")  # noqa: T201 (a check run by hand)

"""One running service: migrations, worker, log, server, and a graceful end."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import structlog
import uvicorn

from checker.service.api.app import application
from checker.service.api.desk import Desk
from checker.service.api.identity import Limits
from checker.service.api.metrics import Metrics
from checker.service.ground import Ground
from checker.service.log import log_as_json
from checker.service.passwords import Passwords
from checker.service.rolling import Rolling, Worker
from checker.service.trail import write_head
from checker.store import journal
from checker.store.database import Unusable

_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Serving:
    """Where and how to serve. `head` is where the head of the audit trail is exported to, every day.

    `is_quiet`: only what goes wrong is logged.
    """

    host: str
    port: int
    head: Path
    tls_cert: Path | None = None
    tls_key: Path | None = None
    trusted_proxy: str | None = None
    requests: str = "600/minute"
    sign_ins: str = "10/minute"
    is_quiet: bool = False

    def check(self) -> None:
        """Refuse an address that others reach without TLS. Raises Unusable."""
        secured = self.tls_cert is not None and self.tls_key is not None
        if (self.tls_cert is None) is not (self.tls_key is None):
            raise Unusable("--tls-cert 和 --tls-key 要一起给  give both --tls-cert and --tls-key")
        if not is_loopback(self.host) and not secured and self.trusted_proxy is None:
            raise Unusable(
                f"{self.host} 不是本机地址：请给 --tls-cert 和 --tls-key，或 --trusted-proxy  "
                "is not loopback: give a TLS key, or name the proxy that has one"
            )


def is_loopback(host: str) -> bool:
    """Whether `host` can be reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def at_work(ground: Ground, head: Path, limits: Limits) -> Iterator[Desk]:
    """Run the worker and give the desk; at the end the turn that is running is finished."""
    log = structlog.get_logger("checker.worker")

    def outstanding() -> float:
        with ground.database.read() as reading:
            return len(journal.outstanding(reading))

    metrics = Metrics(outstanding)

    def complain(fault: Exception) -> None:
        metrics.note_failure()
        log.error("turn failed", exc_info=fault)

    worker = Worker(Rolling(ground, lambda exported: write_head(head, exported)), complain)
    worker.start()
    try:
        yield Desk(ground, Passwords(), limits, metrics, worker.wake)
    finally:
        worker.stop()


def serve(ground: Ground, serving: Serving) -> None:
    """Serve until told to stop; requests that are running are answered first. Raises Unusable."""
    serving.check()
    log_as_json(logging.WARNING if serving.is_quiet else logging.INFO)
    with at_work(ground, serving.head, Limits(serving.requests, serving.sign_ins)) as desk:
        config = uvicorn.Config(
            application(desk),
            host=serving.host,
            port=serving.port,
            ssl_certfile=serving.tls_cert,
            ssl_keyfile=serving.tls_key,
            proxy_headers=serving.trusted_proxy is not None,
            forwarded_allow_ips=serving.trusted_proxy,
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
        log = structlog.get_logger("checker.server")
        # The server raises the signal that ended it once more; by then it has done its work.
        signal.signal(signal.SIGTERM, lambda *_: None)
        log.info("serving", host=serving.host, port=serving.port, engine=ground.judge.name)
        uvicorn.Server(config).run()
        log.info("stopped")

"""One running service: migrations, worker, log, server, and a graceful end."""

from __future__ import annotations

import logging
import signal
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from threading import Event, Timer
from types import FrameType

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
from checker.service.trail import export_head
from checker.store import accounts, journal
from checker.store.accounts import Role
from checker.store.database import Unusable

_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Serving:
    """Where and how to serve. `head` is where the head of the audit trail is exported to, every day.

    `drain`: for how many seconds it says that it is stopping before it takes no more connections.
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
    drain: int = 0
    is_quiet: bool = False

    def check(self) -> None:
        """Refuse what would not be safe, or not work: an address that others reach without TLS. Raises Unusable."""
        secured = self.tls_cert is not None and self.tls_key is not None
        if (self.tls_cert is None) is not (self.tls_key is None):
            raise Unusable("--tls-cert 和 --tls-key 要一起给  give both --tls-cert and --tls-key")
        if not is_loopback(self.host) and not secured and self.trusted_proxy is None:
            raise Unusable(
                f"{self.host} 不是本机地址：请给 --tls-cert 和 --tls-key，或 --trusted-proxy  "
                "is not loopback: give a TLS key, or name the proxy that has one"
            )
        if self.tls_cert is not None:
            try:
                ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(self.tls_cert, self.tls_key)
            except OSError as fault:
                raise Unusable(f"证书或私钥用不了  the certificate or its key cannot be used: {fault}") from fault
        if self.trusted_proxy is not None:
            for one in self.trusted_proxy.split(","):
                _refuse_anyone(one.strip())


def is_loopback(host: str) -> bool:
    """Whether `host` can be reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_anyone(proxy: str) -> None:
    """Raise Unusable where `proxy` is no address and no network of some: a name would never match, ``*`` everybody."""
    try:
        is_narrow = ip_network(proxy).prefixlen > 0
    except ValueError:
        is_narrow = False
    if not is_narrow:
        raise Unusable(f"--trusted-proxy {proxy!r} 不是 IP 地址或网段  is no address of a proxy, nor a network of some")


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

    export = _exporter(ground, head, metrics)
    try:
        export()
    except (OSError, Unusable) as fault:
        complain(fault)
    worker = Worker(Rolling(ground, export), complain)
    worker.start()
    try:
        yield Desk(ground, Passwords(), limits, metrics, worker.wake)
    finally:
        worker.stop()


def _exporter(ground: Ground, head: Path, metrics: Metrics) -> Callable[[], None]:
    """Give what exports the head of the audit trail, or says that the trail lost the one exported before."""
    log = structlog.get_logger("checker.audit")

    def export() -> None:
        with ground.database.read() as reading:
            broken = export_head(ground.audit, reading, head)
        metrics.note_trail(is_broken=broken is not None)
        if broken is not None:
            log.error("audit trail broken", record=broken.seq, head=str(head), zh=broken.why.zh, en=broken.why.en)

    return export


class _Server(uvicorn.Server):
    """Told to stop, it says so at once, and for `drain` seconds, before it takes no more connections."""

    def __init__(self, config: uvicorn.Config, drain: int, stopping: Event) -> None:
        super().__init__(config)
        self._drain, self._stopping = drain, stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; whoever asks again, or from the keyboard, does not wait."""
        is_first = not self._stopping.is_set()
        self._stopping.set()
        if is_first and self._drain and sig == signal.SIGTERM:
            timer = Timer(self._drain, super().handle_exit, (sig, frame))
            timer.daemon = True
            timer.start()
        else:
            super().handle_exit(sig, frame)


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
        _warn_of_one_auditor(ground)
        _Server(config, serving.drain, desk.stopping).run()
        log.info("stopped")


def _warn_of_one_auditor(ground: Ground) -> None:
    with ground.database.read() as reading:
        count = accounts.active(reading, Role.AUDITOR)
    if count < 2:
        structlog.get_logger("checker.server").warning(
            "too few auditors", auditors=count,
            zh="审核员不足两人：不能相互复核，必须类的“不成立”和豁免没有第二人批准",
            en="nobody can give a second opinion: must-rules cannot be dismissed, nor waivers be approved",
        )  # fmt: skip

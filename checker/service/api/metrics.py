"""Figures for Prometheus: requests by route and status with their times, and what is outstanding."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The figures of one process; `outstanding` counts the roll-ups that are still to be done."""

    def __init__(self, outstanding: Callable[[], float]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "checker_requests", "requests answered", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "checker_request_seconds", "time to answer", ["route"], buckets=_BUCKETS, registry=self._registry
        )
        Gauge("checker_outstanding_rollups", "roll-ups still to be done", registry=self._registry).set_function(
            outstanding
        )
        self._broken = Gauge(
            "checker_audit_trail_broken", "1: it lost the head that was exported before", registry=self._registry
        )
        self._failures = Counter("checker_worker_failures", "turns of the worker that failed", registry=self._registry)

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def note_failure(self) -> None:
        """Count a turn of the worker that failed."""
        self._failures.inc()

    def note_trail(self, *, is_broken: bool) -> None:
        """Note whether the audit trail lost the head that was exported before."""
        self._broken.set(is_broken)

    def text(self) -> bytes:
        """Give all figures as Prometheus reads them."""
        return generate_latest(self._registry)

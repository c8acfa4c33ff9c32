"""Around every request: an id for it, a limit to its body, a line in the log, figures for Prometheus, safe headers."""

from __future__ import annotations

import re
import secrets
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checker.service.api.door import PREFIX
from checker.service.api.metrics import Metrics

_MOST_OF_NOBODY = 16 * 1024
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Guard:
    """Wraps `app`; a body of more than `most_bytes` ends with 413, however it is sent; nobody known may send little."""

    def __init__(self, app: ASGIApp, metrics: Metrics, most_bytes: int) -> None:
        self._app, self._metrics, self._most = app, metrics, most_bytes
        self._log = structlog.get_logger("checker.request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        named = Headers(scope=scope).get("x-request-id", "")
        name = named if _REQUEST_ID.fullmatch(named) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = name
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=name)
        began, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = name
                for key, value in _SAFE.items():
                    headers.setdefault(key, value)
            await send(message)

        try:
            await self._app(scope, _limited(receive, scope, self._most), sending)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _template(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.note(method, route, status, seconds)
        told = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        address = scope["client"][0] if scope.get("client") else None
        self._log.info("request", **told, account=scope["state"].get("account"), address=address)


def _template(scope: Scope) -> str:
    """Give the whole template of the route that was asked, never what was asked: that would be a label without end."""
    path: str = getattr(scope.get("route"), "path", "")
    if not path:
        return "unknown"
    below = scope["path"].startswith(f"{PREFIX}/") and not path.startswith(PREFIX)
    return f"{PREFIX}{path}" if below else path


def _limited(receive: Receive, scope: Scope, known: int) -> Receive:
    """Give `receive`, ended with 413 once more bytes came than its sender may send, announced or not."""
    came = 0

    async def receiving() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        most = known if "account" in scope["state"] else min(known, _MOST_OF_NOBODY)
        if came > most:
            raise HTTPException(413, f"最多 {most} 字节  at most {most} bytes")
        return message

    return receiving

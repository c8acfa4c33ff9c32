"""The door to the interface: nobody's body is read before it is known who sends it, but to sign in."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from checker.service.api.identity import identify
from checker.service.api.problems import answer_to

PREFIX = "/api/v1"
OPEN = frozenset({
    ("POST", f"{PREFIX}/sessions"), ("POST", f"{PREFIX}/password/reset"), ("GET", f"{PREFIX}/openapi.json"),
})  # fmt: skip
"""What is asked without an account."""


class Door:
    """Wraps `app`: whatever is asked below the prefix by nobody known is answered here, and what was sent is not read.

    The framework itself reads bodies first and looks for the account afterwards.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] == "http" and scope["path"].startswith(f"{PREFIX}/") and not _is_open(scope):
            request = Request(scope)
            try:
                await run_in_threadpool(identify, request)
            except Exception as fault:
                await answer_to(request, fault)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_open(scope: Scope) -> bool:
    return (scope["method"], scope["path"]) in OPEN

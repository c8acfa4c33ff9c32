"""Who asks: by a bearer token or a session cookie, with which role, and how often.

A cookie that a browser sends by itself proves nothing for a write: that takes the session's own token in a header, and
an Origin that is this service's.
"""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import Depends, Request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from checker.model.language import Text
from checker.service.api.desk import desk_of
from checker.service.api.problems import ApiFault, Reason
from checker.service.passwords import kept_as
from checker.store import accounts
from checker.store.accounts import Account, Role, Session

COOKIE = "__Host-session"
CSRF_HEADER = "X-CSRF-Token"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Limits:
    """How often one account or address may ask; each limit as ``600/minute``."""

    def __init__(self, requests: str, sign_ins: str) -> None:
        self._requests, self._sign_ins = parse(requests), parse(sign_ins)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def request(self, who: str) -> None:
        """Count a request. Raises ApiFault where there were too many."""
        if not self._limiter.hit(self._requests, "request", who):
            raise _too_many(self._requests.get_expiry())

    def sign_in(self, *who: str) -> None:
        """Count an attempt to sign in, by each of `who`. Raises ApiFault where there were too many."""
        for one in who:
            if not self._limiter.hit(self._sign_ins, "sign_in", one):
                raise _too_many(self._sign_ins.get_expiry())


def identify(request: Request) -> Account:
    """Give the account that asks. Raises ApiFault where nobody known does, too often, or from elsewhere."""
    known: Account | None = getattr(request.state, "who", None)
    if known is not None:
        return known
    desk = desk_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        with desk.ground.database.read() as reading:
            account = accounts.bearer(reading, kept_as(token.strip()), desk.ground.database.now())
        csrf = None
    else:
        session = session_of(request)
        account, csrf = (session.account, session.csrf) if session else (None, None)
    if account is None:
        desk.limits.request(f"address:{address_of(request)}")
        raise unauthenticated()
    desk.limits.request(f"account:{account.id}")
    if csrf is not None and request.method not in _READS:
        _refuse_forged(request, csrf)
    request.state.account, request.state.who = account.id, account
    return account


def session_of(request: Request) -> Session | None:
    """Give the session that the browser's cookie names, if it has not ended."""
    desk, cookie = desk_of(request), request.cookies.get(COOKIE, "")
    if not cookie:
        return None
    with desk.ground.database.read() as reading:
        return accounts.session(reading, kept_as(cookie), desk.ground.database.now())


def admitted(account: Account, *roles: Role) -> Account:
    """Give `account`, which has one of `roles`. Raises ApiFault where it has not."""
    if account.role not in roles:
        names = ", ".join(role.value for role in roles)
        raise ApiFault(403, Reason.FORBIDDEN, Text(f"只有 {names} 可以", f"only for {names}"))
    return account


def allow(*roles: Role) -> Any:
    """Give a dependency: the account that asks, which has one of `roles`."""

    def allowed(account: Annotated[Account, Depends(identify)]) -> Account:
        return admitted(account, *roles)

    return Depends(allowed)


def unauthenticated() -> ApiFault:
    """Give the answer to somebody who is not known."""
    return ApiFault(
        401, Reason.UNAUTHENTICATED, Text("请先登录或带上令牌", "sign in first, or send a token"),
        {"WWW-Authenticate": "Bearer"},
    )  # fmt: skip


def address_of(request: Request) -> str:
    """Give the address that a request came from, as the server knows it."""
    return request.client.host if request.client else "unknown"


def is_from_here(request: Request) -> bool:
    """Whether a browser says that the request came from this service's own pages, or no browser sent it."""
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"


def _refuse_forged(request: Request, csrf: str) -> None:
    given = request.headers.get(CSRF_HEADER, "")
    if not is_from_here(request) or not hmac.compare_digest(given.encode(), csrf.encode()):
        raise ApiFault(
            403, Reason.FORGED, Text(f"缺少或不符：{CSRF_HEADER}、Origin", f"{CSRF_HEADER} or Origin is wrong")
        )


def _too_many(seconds: int) -> ApiFault:
    why = Text("请求太频繁，请稍后再试", "too many requests: try again later")
    return ApiFault(429, Reason.TOO_MANY, why, {"Retry-After": str(seconds)})


Anyone = Annotated[Account, Depends(identify)]
Submitting = Annotated[Account, allow(Role.SUBMITTER)]
Auditing = Annotated[Account, allow(Role.AUDITOR)]
Drafting = Annotated[Account, allow(Role.POLICY)]
Administering = Annotated[Account, allow(Role.ADMINISTRATOR)]
Reporting = Annotated[Account, allow(Role.SUBMITTER, Role.AUDITOR)]
Reading = Annotated[Account, allow(Role.SUBMITTER, Role.AUDITOR, Role.POLICY)]
Watching = Annotated[Account, allow(Role.AUDITOR, Role.POLICY, Role.ADMINISTRATOR)]
Overseeing = Annotated[Account, allow(Role.AUDITOR, Role.ADMINISTRATOR)]

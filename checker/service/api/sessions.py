"""Signing in and out, and passwords."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Depends, Request, Response

from checker.model.language import Text
from checker.service.api.acting import Key, Once, done_already
from checker.service.api.desk import AtDesk, Desk
from checker.service.api.identity import COOKIE, Anyone, address_of, is_from_here, unauthenticated
from checker.service.api.problems import ApiFault, Reason, documented
from checker.service.api.values.people import NewPassword, ResetPassword, SignedIn, SignIn
from checker.service.passwords import (
    LOCKED_FOR,
    MOST_FAILURES,
    SESSION_FOR,
    kept_as,
    new_secret,
    weakness,
)
from checker.store import accounts
from checker.store.accounts import Secret
from checker.store.database import Reading, Writing, time_of

router = APIRouter(tags=["会话 sessions"])


def _from_here(request: Request) -> None:
    if not is_from_here(request):
        raise ApiFault(403, Reason.FORGED, Text("请求来自别的网站", "the request comes from another site"))


@router.post("/sessions", status_code=201, response_model=SignedIn, responses=documented(409),
             dependencies=[Depends(_from_here)])  # fmt: skip
def sign_in(given: SignIn, request: Request, response: Response, desk: AtDesk, key: Key = None) -> SignedIn:
    """登录：给出会话 cookie 和写操作要用的 csrf。Sign in: sets the session's cookie and gives the token for writes.

    五次密码不对锁定 15 分钟；同一个 Idempotency-Key 只登录一次。Five wrong passwords lock the account for 15 minutes; a
    key signs in once, for what it gives is never shown again.
    """
    desk.limits.sign_in(f"address:{address_of(request)}", f"name:{given.name}")
    once = Once(request, desk, key, given.name)
    with desk.ground.database.read() as reading:
        secret = accounts.named(reading, given.name)
    matches = desk.passwords.verify(secret.password if secret else None, given.password)
    with desk.ground.database.write() as tx:
        account = _proven(desk, tx, accounts.named(tx.connection, given.name), matches)
        if account is not None:
            if once.held(tx.connection, account.account.id) is not None:
                raise done_already()
            token, csrf, expires = new_secret(), new_secret(), tx.at + SESSION_FOR
            accounts.sign_in(tx, account.account.id, kept_as(token), csrf, expires)
            desk.ground.audit.record(tx, account.account.id, "session.begin", f"account:{account.account.id}", {})
            once.keep(tx, account.account.id, 201)
    if account is None:
        raise unauthenticated()
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="strict", path="/")
    return SignedIn(account=account.account.id, role=account.account.role, csrf=csrf, expires=time_of(expires))


def _proven(desk: Desk, tx: Writing, secret: Secret | None, matches: bool) -> Secret | None:
    """Give the account that proved itself; count what went wrong, and lock after too much of it."""
    if secret is None or not secret.account.active or secret.locked_until > tx.at:
        return None
    if matches:
        accounts.note_failure(tx, secret.account.id, 0, 0)
        return secret
    failures = secret.failures + 1
    locked = failures >= MOST_FAILURES
    accounts.note_failure(tx, secret.account.id, 0 if locked else failures, tx.at + LOCKED_FOR if locked else 0)
    told = {"failures": failures, "locked": locked}
    desk.ground.audit.record(tx, secret.account.id, "session.refuse", f"account:{secret.account.id}", told)
    return None


@router.get("/sessions/current", response_model=SignedIn, responses=documented(404))
def current(request: Request, account: Anyone, desk: AtDesk) -> SignedIn:
    """当前会话。The session that this request belongs to; 404 for a bearer token, which has none."""
    with desk.ground.database.read() as reading:
        cookie = request.cookies.get(COOKIE, "")
        session = accounts.session(reading, kept_as(cookie), desk.ground.database.now()) if cookie else None
    if session is None or session.account.id != account.id:
        raise _no_session()
    return SignedIn(account=account.id, role=account.role, csrf=session.csrf, expires=time_of(session.expires))


@router.delete("/sessions/current", status_code=204, responses=documented(404))
def sign_out(request: Request, response: Response, account: Anyone, desk: AtDesk, key: Key = None) -> None:
    """退出。Sign out: the session ends on the server too; 404 for a bearer token, which has none."""
    once, token = Once(request, desk, key), kept_as(request.cookies.get(COOKIE, ""))
    with desk.ground.database.write() as tx:
        if once.held(tx.connection, account.id) is None:
            session = accounts.session(tx.connection, token, tx.at)
            if session is None or session.account.id != account.id:
                raise _no_session()
            accounts.sign_out(tx, token)
            desk.ground.audit.record(tx, account.id, "session.end", f"account:{account.id}", {})
            once.keep(tx, account.id, 204)
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="strict", path="/")


@router.put("/password", status_code=204, responses=documented())
def change_password(
    given: NewPassword, request: Request, account: Anyone, desk: AtDesk, key: Key = None
) -> None:  # fmt: skip
    """改密码：所有会话随之结束。Change the password; all sessions end."""
    desk.limits.sign_in(f"address:{address_of(request)}", f"name:{account.name}")
    _refuse_weak(given.new, account.name)
    once = Once(request, desk, key, given.current, given.new)
    with desk.ground.database.read() as reading:
        done, secret = once.held(reading, account.id), accounts.named(reading, account.name)
    if done is not None:
        return
    if secret is None or not desk.passwords.verify(secret.password, given.current):
        raise _wrong_password()
    hashed = desk.passwords.hashed(given.new)
    with desk.ground.database.write() as tx:
        held = accounts.named(tx.connection, account.name)
        if held is None or held.password != secret.password:
            raise _wrong_password()
        _set(desk, tx, account.id, hashed, "password.change")
        once.keep(tx, account.id, 204)


@router.post("/password/reset", status_code=204, responses=documented(), dependencies=[Depends(_from_here)])
def reset_password(given: ResetPassword, request: Request, desk: AtDesk, key: Key = None) -> None:
    """用管理员给的一次性代码设新密码。Set a new password with the code that an administrator gave."""
    desk.limits.sign_in(f"address:{address_of(request)}", f"name:{given.name}")
    _refuse_weak(given.new, given.name)
    once = Once(request, desk, key, given.code, given.new)
    with desk.ground.database.read() as reading:
        account = _bearing(reading, given, once, desk.ground.database.now())
    if account is None:
        return
    hashed = desk.passwords.hashed(given.new)
    with desk.ground.database.write() as tx:
        # Looked at once more: somebody else may have used the code meanwhile.
        if _bearing(tx.connection, given, once, tx.at) is not None:
            _set(desk, tx, account, hashed, "password.reset")
            once.keep(tx, account, 204)


def _bearing(reading: Reading, given: ResetPassword, once: Once, at: int) -> int | None:
    """Give the account whose code was given, None where the same was done before. Raises ApiFault for a wrong code."""
    secret = accounts.named(reading, given.name)
    if secret is None or not secret.account.active:
        raise unauthenticated()
    if once.is_done(reading, secret.account.id):
        return None
    reset = accounts.reset_of(reading, secret.account.id)
    if reset is None or reset.until <= at or not hmac.compare_digest(reset.hash, kept_as(given.code)):
        raise unauthenticated()
    return secret.account.id


def _refuse_weak(password: str, name: str) -> None:
    if why := weakness(password, name):
        raise ApiFault(422, Reason.INVALID, why)


def _set(desk: Desk, tx: Writing, account: int, hashed: str, action: str) -> None:
    accounts.set_password(tx, account, hashed)
    desk.ground.audit.record(tx, account, action, f"account:{account}", {})


def _no_session() -> ApiFault:
    return ApiFault(404, Reason.NOT_FOUND, Text("用令牌没有会话", "a token has no session"))


def _wrong_password() -> ApiFault:
    return ApiFault(422, Reason.INVALID, Text("原密码不对", "the current password is wrong"))

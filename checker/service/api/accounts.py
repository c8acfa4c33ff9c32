"""Accounts and API tokens."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Path, Response

from checker.model.language import Text
from checker.service.api.acting import Writes
from checker.service.api.desk import AtDesk, Desk
from checker.service.api.identity import Administering, Anyone
from checker.service.api.problems import ApiFault, Reason, documented, not_found
from checker.service.api.shown import Cursor, Most, account_out, page, position
from checker.service.api.values.base import AtVersion, Key, Page
from checker.service.api.values.people import (
    AccountChange,
    AccountIn,
    AccountOut,
    NewToken,
    ResetCode,
    TokenIn,
    TokenOut,
)
from checker.service.enrolling import misplaced
from checker.service.passwords import RESET_FOR, kept_as, new_secret
from checker.store import accounts
from checker.store.accounts import Account, Reset, Role, Token
from checker.store.database import Reading, Writing, time_of

router = APIRouter(tags=["账号 accounts"])
AccountId = Annotated[int, Path(ge=1, le=2**31 - 1, examples=[3])]
_DAY = 86_400_000_000


@router.get("/accounts", response_model=Page[AccountOut], responses=documented())
def accounts_listed(_: Administering, desk: AtDesk, cursor: Cursor = None, limit: Most = 50) -> Page[AccountOut]:
    """账号列表。All accounts."""
    after = position(cursor, int)
    with desk.ground.database.read() as reading:
        found = accounts.listed(reading, after[0] if after else 0, limit + 1)
    return page(found, limit, lambda one: (one.id,), account_out)


@router.post("/accounts", status_code=201, response_model=AccountOut, responses=documented(409))
def create(given: AccountIn, account: Administering, desk: AtDesk, writes: Writes) -> Response:
    """新账号，还没有密码：另发一次性代码。A new account, without a password: give it a reset code."""

    def act(tx: Writing) -> AccountOut:
        _check_place(desk, tx.connection, given.role, given.unit, given.area)
        if accounts.named(tx.connection, given.name) is not None:
            raise ApiFault(409, Reason.TAKEN, Text(f"已有账号 {given.name}", f"the name {given.name} is taken"))
        made = accounts.add(tx, given.name, given.full_name, given.role, given.unit, given.area)
        told = {"role": given.role.value, "unit": given.unit, "area": given.area}
        desk.ground.audit.record(tx, account.id, "account.create", f"account:{made.id}", told)
        return account_out(made)

    return writes.perform(201, act, given.model_dump_json())


@router.get("/accounts/me", response_model=AccountOut, responses=documented())
def myself(account: Anyone) -> AccountOut:
    """自己的账号。The account that asks."""
    return account_out(account)


@router.get("/accounts/{account_id}", response_model=AccountOut, responses=documented(404))
def one_account(account_id: AccountId, _: Administering, desk: AtDesk) -> AccountOut:
    """一个账号。One account."""
    with desk.ground.database.read() as reading:
        return account_out(_found(reading, account_id))


@router.patch("/accounts/{account_id}", response_model=AccountOut, responses=documented(404, 409))
def change(
    account_id: AccountId, given: AccountChange, account: Administering, desk: AtDesk, writes: Writes
) -> Response:
    """改账号；停用即结束它的会话和令牌。Change an account; one that is no longer active loses sessions and tokens."""

    def act(tx: Writing) -> AccountOut:
        held = _found(tx.connection, account_id)
        values = given.model_dump(exclude_unset=True, exclude={"version"})
        values = {key: value for key, value in values.items() if value is not None}
        _check_place(desk, tx.connection, held.role, values.get("unit", held.unit), values.get("area", held.area))
        _change(tx, account_id, given.version, values)
        if given.active is False:
            _end(tx, account_id)
        desk.ground.audit.record(
            tx, account.id, "account.change", f"account:{account_id}", {"changed": sorted(values), **_safe(values)}
        )
        return account_out(_found(tx.connection, account_id))

    return writes.perform(200, act, given.model_dump_json())


@router.post("/accounts/{account_id}/erase", response_model=AccountOut, responses=documented(404, 409))
def erase(account_id: AccountId, given: AtVersion, account: Administering, desk: AtDesk, writes: Writes) -> Response:
    """抹去姓名和账号名并停用；审计记录只存编号，不受影响。Erase the names; the audit trail holds ids only."""

    def act(tx: Writing) -> AccountOut:
        _found(tx.connection, account_id)
        _change(
            tx,
            account_id,
            given.version,
            {"name": f"erased-{account_id}-{secrets.token_hex(8)}", "full_name": "—", "active": False},
        )
        _end(tx, account_id)
        desk.ground.audit.record(tx, account.id, "account.erase", f"account:{account_id}", {})
        return account_out(_found(tx.connection, account_id))

    return writes.perform(200, act, given.model_dump_json())


@router.post("/accounts/{account_id}/reset", status_code=201, response_model=ResetCode, responses=documented(404, 409))
def offer_reset(account_id: AccountId, account: Administering, desk: AtDesk, writes: Writes) -> Response:
    """发一次性代码，一天内可设新密码。Give a code with which a new password can be set within a day."""

    def act(tx: Writing) -> ResetCode:
        _found(tx.connection, account_id)
        code, until = new_secret(), tx.at + RESET_FOR
        accounts.offer_reset(tx, account_id, Reset(kept_as(code), until))
        desk.ground.audit.record(tx, account.id, "password.offer", f"account:{account_id}", {})
        return ResetCode(code=code, expires=time_of(until))

    return writes.perform(201, act, is_secret=True)


@router.get("/tokens", response_model=list[TokenOut], responses=documented())
def tokens_listed(account: Anyone, desk: AtDesk) -> list[TokenOut]:
    """自己的令牌。One's own API tokens."""
    with desk.ground.database.read() as reading:
        return [_token_out(token) for token in accounts.tokens(reading, account.id)]


@router.post("/tokens", status_code=201, response_model=NewToken, responses=documented(409))
def new_token(given: TokenIn, account: Anyone, desk: AtDesk, writes: Writes) -> Response:
    """新令牌，只显示这一次。A new API token, shown this once."""

    def act(tx: Writing) -> NewToken:
        secret = new_secret()
        token = Token(secrets.token_hex(8), account.id, given.label, tx.at, tx.at + given.days * _DAY)
        accounts.add_token(tx, token, kept_as(secret))
        desk.ground.audit.record(tx, account.id, "token.create", f"token:{token.id}", {"days": given.days})
        return NewToken(**_token_out(token).model_dump(), token=secret)

    return writes.perform(201, act, given.model_dump_json(), is_secret=True)


@router.delete("/tokens/{token_id}", status_code=204, responses=documented(404))
def end_token(token_id: Key, account: Anyone, desk: AtDesk, writes: Writes) -> Response:
    """作废令牌。End one of one's own tokens."""

    def act(tx: Writing) -> None:
        if not accounts.remove_token(tx, account.id, token_id):
            raise not_found()
        desk.ground.audit.record(tx, account.id, "token.end", f"token:{token_id}", {})

    return writes.perform(204, act)


def _found(reading: Reading, account_id: int) -> Account:
    account = accounts.find(reading, account_id)
    if account is None:
        raise not_found()
    return account


def _change(tx: Writing, account_id: int, version: int, values: dict[str, object]) -> None:
    if not accounts.change(tx, account_id, version, **values):
        raise ApiFault(409, Reason.STALE, Text("别人已经改过，请重新读取", "somebody changed it: read it again"))


def _end(tx: Writing, account_id: int) -> None:
    accounts.sign_out_everywhere(tx, account_id)
    accounts.remove_tokens(tx, account_id)


def _check_place(desk: Desk, reading: Reading, role: Role, unit: str | None, area: str | None) -> None:
    if why := misplaced(desk.ground, reading, role, unit, area):
        raise ApiFault(422, Reason.INVALID, why)


def _safe(values: dict[str, object]) -> dict[str, object]:
    """Give what may stay in the audit trail for ever: no names."""
    return {key: value for key, value in values.items() if key != "full_name"}


def _token_out(token: Token) -> TokenOut:
    return TokenOut(id=token.id, label=token.label, created=time_of(token.created), expires=time_of(token.expires))

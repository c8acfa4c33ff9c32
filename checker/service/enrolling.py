"""Accounts and tokens made by the operator, on the machine of the service."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from checker.model.identity import is_id
from checker.model.language import Text
from checker.service.ground import MICRO, Ground
from checker.service.passwords import RESET_FOR, Passwords, kept_as, new_secret, weakness
from checker.store import accounts
from checker.store.accounts import Reset, Role, Token
from checker.store.audit import SYSTEM
from checker.store.database import Reading

_DAY = 86400 * MICRO


class Rejected(Exception):  # noqa: N818 (an answer, not a failure)
    """An account that cannot be made as asked, and why."""

    def __init__(self, why: Text) -> None:
        super().__init__(str(why))
        self.why = why


class Enrolled(NamedTuple):
    """Who an account is for."""

    name: str
    full_name: str
    role: Role
    unit: str | None
    area: str | None


def enrol(ground: Ground, person: Enrolled, password: str | None) -> str | None:
    """Make an account and give the code to set its password with, or None where one was given. Raises Rejected."""
    if not is_id(person.name) or not person.name.isascii():
        raise Rejected(Text("账号名用字母、数字和 . _ - :", "a name is letters, digits and . _ - :"))
    if password is not None and (why := weakness(password, person.name)):
        raise Rejected(why)
    hashed = None if password is None else Passwords().hashed(password)
    code = new_secret()
    with ground.database.write() as tx:
        if why := misplaced(ground, tx.connection, person.role, person.unit, person.area):
            raise Rejected(why)
        if accounts.named(tx.connection, person.name) is not None:
            raise Rejected(Text(f"已有账号 {person.name}", f"the name {person.name} is taken"))
        made = accounts.add(tx, *person)
        told = {"role": person.role.value, "unit": person.unit, "area": person.area}
        ground.audit.record(tx, SYSTEM, "account.create", f"account:{made.id}", told)
        if hashed is not None:
            accounts.set_password(tx, made.id, hashed)
            return None
        accounts.offer_reset(tx, made.id, Reset(kept_as(code), tx.at + RESET_FOR))
    return code


def give_token(ground: Ground, name: str, label: str, days: int) -> str:
    """Make an API token for the account of that name and give it. Raises Rejected where there is none."""
    secret = new_secret()
    with ground.database.write() as tx:
        held = accounts.named(tx.connection, name)
        if held is None or not held.account.active:
            raise Rejected(Text(f"没有账号 {name}", f"there is no account {name}"))
        token = Token(secrets.token_hex(8), held.account.id, label, tx.at, tx.at + days * _DAY)
        accounts.add_token(tx, token, kept_as(secret))
        ground.audit.record(tx, SYSTEM, "token.create", f"token:{token.id}", {"account": held.account.id})
    return secret


def misplaced(ground: Ground, reading: Reading, role: Role, unit: str | None, area: str | None) -> Text | None:
    """Say that a unit or an area is not there or that the role needs one; None where all is well. Raises Unprepared."""
    registry = ground.registry(reading)
    if any(one is not None and one not in registry for one in (unit, area)):
        return Text("名册里没有这个单位", "no such unit in the registry")
    if (role is Role.SUBMITTER and unit is None) or (role is Role.AUDITOR and area is None):
        return Text("填报账号要有单位，审核账号要有范围", "a submitter needs a unit, an auditor an area")
    return None

"""Accounts: who may do what, for which unit or in which area, and how they prove who they are."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update

from checker.store.database import Reading, Writing
from checker.store.tables import ACCOUNTS, SESSIONS, TOKENS


class Role(StrEnum):
    """The kinds of people; each account has one."""

    SUBMITTER = "submitter"
    AUDITOR = "auditor"
    POLICY = "policy_editor"
    ADMINISTRATOR = "administrator"


class Account(NamedTuple):
    """One account. `unit` is its own unit, `area` the unit whose whole tree an auditor looks after."""

    id: int
    name: str
    full_name: str
    role: Role
    unit: str | None
    area: str | None
    active: bool
    version: int
    created: int


class Secret(NamedTuple):
    """How an account proves who it is: a password's hash, wrong attempts in a row, and until when it is locked."""

    account: Account
    password: str | None
    failures: int
    locked_until: int


class Reset(NamedTuple):
    """A code with which a new password may be set once, stored as its hash, and until when."""

    hash: str
    until: int


class Session(NamedTuple):
    """Somebody who signed in: the account, the token against forged requests, and until when."""

    account: Account
    csrf: str
    expires: int


class Token(NamedTuple):
    """An API token without the token itself, of which only a hash is stored."""

    id: str
    account: int
    label: str
    created: int
    expires: int


_PUBLIC = [ACCOUNTS.c[name] for name in Account._fields]


def _account(row: Sequence[Any]) -> Account:
    account = Account(*row[: len(Account._fields)])
    return account._replace(role=Role(account.role))


def add(tx: Writing, name: str, full_name: str, role: Role, unit: str | None, area: str | None) -> Account:
    """Add an account without a password. Raises IntegrityError where the name is taken."""
    values = {"name": name, "full_name": full_name, "role": role.value, "unit": unit, "area": area}
    more = {"active": True, "version": 1, "created": tx.at, "failures": 0, "locked_until": 0}
    row = tx.connection.execute(insert(ACCOUNTS).values(**values, **more).returning(*_PUBLIC)).one()
    return _account(row)


def find(reading: Reading, account: int) -> Account | None:
    """Give the account of that id."""
    row = reading.execute(select(*_PUBLIC).where(ACCOUNTS.c.id == account)).first()
    return _account(row) if row else None


def named(reading: Reading, name: str) -> Secret | None:
    """Give the account of that name, with what proves it."""
    more = (ACCOUNTS.c.password, ACCOUNTS.c.failures, ACCOUNTS.c.locked_until)
    row = reading.execute(select(*_PUBLIC, *more).where(ACCOUNTS.c.name == name)).first()
    return Secret(_account(row), *row[-3:]) if row else None


def listed(reading: Reading, after: int, most: int) -> list[Account]:
    """Give accounts by id, those after `after`, at most so many."""
    asked = select(*_PUBLIC).where(ACCOUNTS.c.id > after).order_by(ACCOUNTS.c.id).limit(most)
    return [_account(row) for row in reading.execute(asked)]


def active(reading: Reading, role: Role) -> int:
    """Give how many accounts of that role may do something."""
    asked = select(func.count()).where(ACCOUNTS.c.role == role.value, ACCOUNTS.c.active)
    return reading.execute(asked).scalar_one()


def change(tx: Writing, account: int, version: int, **values: object) -> bool:
    """Change an account that still has that version, and say whether it had."""
    where = (ACCOUNTS.c.id == account, ACCOUNTS.c.version == version)
    done = tx.connection.execute(update(ACCOUNTS).where(*where).values(version=version + 1, **values))
    return done.rowcount == 1


def note_failure(tx: Writing, account: int, failures: int, locked_until: int) -> None:
    """Remember how often in a row a password was wrong, and until when none is taken."""
    values = {"failures": failures, "locked_until": locked_until}
    tx.connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(**values))


def set_password(tx: Writing, account: int, password: str) -> None:
    """Set the hash of a new password; whoever was signed in, or held a code, no longer is or does."""
    fresh = {"password": password, "failures": 0, "locked_until": 0, "reset_hash": None, "reset_until": None}
    tx.connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(**fresh))
    sign_out_everywhere(tx, account)


def offer_reset(tx: Writing, account: int, reset: Reset) -> None:
    """Let the bearer of a code set a new password once."""
    values = {"reset_hash": reset.hash, "reset_until": reset.until}
    tx.connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(**values))


def reset_of(reading: Reading, account: int) -> Reset | None:
    """Give the code that an account may set a new password with."""
    asked = select(ACCOUNTS.c.reset_hash, ACCOUNTS.c.reset_until).where(ACCOUNTS.c.id == account)
    row = reading.execute(asked).first()
    return Reset(*row) if row and row.reset_hash else None


def sign_in(tx: Writing, account: int, token_hash: str, csrf: str, expires: int) -> None:
    """Begin a session, and forget those that have ended."""
    tx.connection.execute(delete(SESSIONS).where(SESSIONS.c.expires <= tx.at))
    values = {"hash": token_hash, "account": account, "csrf": csrf, "created": tx.at, "expires": expires}
    tx.connection.execute(insert(SESSIONS).values(**values))


def session(reading: Reading, token_hash: str, now: int) -> Session | None:
    """Give the session of that token, if it has not ended and its account is active."""
    asked = select(*_PUBLIC, SESSIONS.c.csrf, SESSIONS.c.expires).join(SESSIONS, SESSIONS.c.account == ACCOUNTS.c.id)
    live = (SESSIONS.c.hash == token_hash, SESSIONS.c.expires > now, ACCOUNTS.c.active)
    row = reading.execute(asked.where(*live)).first()
    return Session(_account(row), *row[-2:]) if row else None


def sign_out(tx: Writing, token_hash: str) -> None:
    """End a session."""
    tx.connection.execute(delete(SESSIONS).where(SESSIONS.c.hash == token_hash))


def sign_out_everywhere(tx: Writing, account: int) -> None:
    """End all sessions of an account."""
    tx.connection.execute(delete(SESSIONS).where(SESSIONS.c.account == account))


def add_token(tx: Writing, token: Token, token_hash: str) -> None:
    """Add an API token by its hash."""
    tx.connection.execute(insert(TOKENS).values(**token._asdict(), hash=token_hash))


def bearer(reading: Reading, token_hash: str, now: int) -> Account | None:
    """Give the active account whose token has that hash and has not ended."""
    live = (TOKENS.c.hash == token_hash, TOKENS.c.expires > now, ACCOUNTS.c.active)
    row = reading.execute(select(*_PUBLIC).join(TOKENS, TOKENS.c.account == ACCOUNTS.c.id).where(*live)).first()
    return _account(row) if row else None


def tokens(reading: Reading, account: int) -> list[Token]:
    """Give the tokens of an account, the newest first."""
    columns = [TOKENS.c[name] for name in Token._fields]
    asked = select(*columns).where(TOKENS.c.account == account).order_by(TOKENS.c.created.desc())
    return [Token(*row) for row in reading.execute(asked)]


def remove_token(tx: Writing, account: int, token: str) -> bool:
    """End a token of an account, and say whether there was one."""
    gone = delete(TOKENS).where(TOKENS.c.id == token, TOKENS.c.account == account)
    return tx.connection.execute(gone).rowcount == 1


def remove_tokens(tx: Writing, account: int) -> None:
    """End all tokens of an account."""
    tx.connection.execute(delete(TOKENS).where(TOKENS.c.account == account))

"""Accounts, sessions and tokens as values."""

from __future__ import annotations

from pydantic import Field

from checker.service.api.values.base import Id, Moment, Name, Number, Password, Said, UnitId, Value, Version
from checker.store.accounts import Role

_SECRET = "Wn2rYp0h3cK8mZ5vQx7tLb1dFg9sJe4uAi6oRwXyTqE"  # noqa: S105 (shows what one looks like)


class SignIn(Value):
    """A name and a password."""

    name: Name = Field(examples=["school-001"])
    password: Password = Field(examples=["correct horse battery"])


class SignedIn(Value):
    """Who signed in; `csrf` goes into the header X-CSRF-Token of every write."""

    account: Number
    role: Role
    csrf: str = Field(examples=[_SECRET])
    expires: Moment


class NewPassword(Value):
    """The password so far and the one from now on."""

    current: Password = Field(examples=["correct horse battery"])
    new: Password = Field(examples=["another long sentence"])


class ResetPassword(Value):
    """The code that an administrator gave, and the password from now on."""

    name: Name
    code: Password = Field(examples=[_SECRET])
    new: Password = Field(examples=["another long sentence"])


class AccountOut(Value):
    """An account."""

    id: int = Field(examples=[3])
    name: str = Field(examples=["school-001"])
    full_name: str = Field(examples=["王老师"])
    role: Role
    unit: str | None = Field(examples=["school-001"], description="所在单位  its own unit")
    area: str | None = Field(examples=[None], description="审核范围：此单位及以下  the tree an auditor looks after")
    active: bool
    version: Number
    created: Moment


class AccountIn(Value):
    """A new account; a submitter needs a unit, an auditor an area."""

    name: Name = Field(examples=["school-001"])
    full_name: Said = Field(examples=["王老师"])
    role: Role = Field(examples=[Role.SUBMITTER])
    unit: UnitId | None = Field(default=None, examples=["school-001"])
    area: UnitId | None = Field(default=None, examples=[None])


class AccountChange(Value):
    """What changes of an account; what is left out stays."""

    version: Version
    full_name: Said | None = Field(default=None, examples=["王老师"])
    unit: UnitId | None = None
    area: UnitId | None = Field(default=None, examples=[None])
    active: bool | None = Field(default=None, examples=[True])


class ResetCode(Value):
    """A code with which a new password can be set once."""

    code: str = Field(examples=[_SECRET])
    expires: Moment


class TokenIn(Value):
    """A new API token: what it is for, and how many days it lasts."""

    label: Said = Field(examples=["学校系统"])
    days: int = Field(default=365, ge=1, le=730, examples=[365])


class TokenOut(Value):
    """An API token; the token itself is shown when it is made and never again."""

    id: Id
    label: str = Field(examples=["学校系统"])
    created: Moment
    expires: Moment = Field(examples=["2026-06-30T04:00:00Z"])


class NewToken(TokenOut):
    """A token that was just made."""

    token: str = Field(examples=[_SECRET])

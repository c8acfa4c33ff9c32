"""Passwords and tokens: what a password has to be, how it is kept, and random secrets that are kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from checker.model.language import Text
from checker.service.ground import MICRO

SHORTEST, LONGEST = 12, 128
MOST_FAILURES = 5
LOCKED_FOR = 15 * 60 * MICRO
SESSION_FOR = 12 * 3600 * MICRO
RESET_FOR = 24 * 3600 * MICRO
_COMMON = ("password", "123456", "qwerty", "abc123", "111111", "admin", "pingluo", "iloveyou", "letmein")


class Passwords:
    """Hashes and verifies passwords by argon2id."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hashed(self, password: str) -> str:
        """Give what is stored of `password`."""
        return self._hasher.hash(password)

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether `password` is the one that was `kept`; takes as long where there is none."""
        try:
            return self._hasher.verify(kept or self._decoy(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    @lru_cache(maxsize=1)  # noqa: B019 (one for each process, which lives as long)
    def _decoy(self) -> str:
        return self._hasher.hash(secrets.token_hex(16))


def weakness(password: str, name: str) -> Text | None:
    """Give what is wrong with a password for the account of that name, or None."""
    plain = password.lower()
    if not SHORTEST <= len(password) <= LONGEST:
        return Text(f"密码要有 {SHORTEST} 到 {LONGEST} 个字符", f"a password has {SHORTEST} to {LONGEST} characters")
    if name.lower() in plain:
        return Text("密码里不能有账号名", "a password does not contain the account's name")
    left = plain
    for word in _COMMON:
        left = left.replace(word, "")
    if len(set(left)) < 5:
        return Text("密码太常见或太单调", "the password is too common or too uniform")
    return None


def new_secret() -> str:
    """Give a random token that nobody can guess: 43 characters fit for headers and cookies."""
    return secrets.token_urlsafe(32)


def kept_as(secret: str) -> str:
    """Give what is stored of a random token: it is long enough that a plain hash does."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()

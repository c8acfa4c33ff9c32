"""A write: one transaction with its effect, its audit record and its remembered answer; a retry doubles nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from checker.model.language import Text
from checker.service.api.desk import Desk, desk_of
from checker.service.api.identity import identify
from checker.service.api.problems import ApiFault, Reason
from checker.store import journal
from checker.store.accounts import Account
from checker.store.database import Reading, Writing
from checker.store.journal import Remembered

_JSON = "application/json"


Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", min_length=8, max_length=100, pattern=r"^[!-~]+$",
        examples=["2f1c9a64-b0a7-4d0c-9a51-3f6f2f5f8f11"],
        description="同一个键重试只做一次，保留 7 天  a retry with the same key does nothing twice; kept 7 days",
    ),
]  # fmt: skip


class Once:
    """What was asked under one key. What is kept of it is sealed: a password that was asked with cannot be guessed."""

    def __init__(self, request: Request, desk: Desk, key: str | None, *asked: str | bytes) -> None:
        self._route, self._key = f"{request.method} {request.url.path}"[:200], key
        self._digest = desk.ground.audit.seal(f"asked|{_digest(request.url.query, *asked)}")

    def held(self, reading: Reading, account: int) -> Remembered | None:
        """Give what was answered to the same before. Raises ApiFault where the key was used for something else."""
        held = journal.answered(reading, account, self._route, self._key) if self._key else None
        if held is not None and held.digest != self._digest:
            why = Text("这个 Idempotency-Key 已用于另一个请求", "the key was used for another request")
            raise ApiFault(422, Reason.KEY_REUSED, why)
        return held

    def is_done(self, reading: Reading, account: int) -> bool:
        """Whether the same was done before; of a key that was used for something else nothing is told."""
        held = journal.answered(reading, account, self._route, self._key) if self._key else None
        return held is not None and held.digest == self._digest

    def keep(self, tx: Writing, account: int, status: int, body: str = "") -> None:
        """Remember an answer, which holds no secret, in the transaction that it speaks of."""
        if self._key:
            journal.remember(tx, account, self._route, self._key, Remembered(self._digest, status, body))


def done_already() -> ApiFault:
    """Give the answer to the same key again where the first answer held a secret."""
    why = Text("已经做过，秘密只显示一次", "it was done already, and the secret is shown only once")
    return ApiFault(409, Reason.DONE_ALREADY, why)


class Acting:
    """Does what one request asks for, at most once for each account, route and key."""

    def __init__(self, request: Request, desk: Desk, account: Account, key: str | None) -> None:
        self._request, self._desk, self._account, self._key = request, desk, account, key

    def perform(
        self, status: int, act: Callable[[Writing], BaseModel | None], *asked: str | bytes, is_secret: bool = False
    ) -> Response:
        """Give the answer of `act`, or the one that was given before to the same key and the same that is `asked`.

        `is_secret`: the answer is shown once and not remembered.
        """
        once = Once(self._request, self._desk, self._key, *asked)
        with self._desk.ground.database.write() as tx:
            if (held := once.held(tx.connection, self._account.id)) is not None:
                return _again(held, is_secret)
            told = act(tx)
            body = told.model_dump_json() if told is not None else ""
            once.keep(tx, self._account.id, status, "" if is_secret else body)
        self._desk.wake()
        return Response(body, status, media_type=_JSON if body else None)


def _again(held: Remembered, is_secret: bool) -> Response:
    if is_secret:
        raise done_already()
    return Response(held.body, held.status, {"Idempotency-Replayed": "true"}, _JSON if held.body else None)


def _digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "replace") if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def _acting(request: Request, account: Annotated[Account, Depends(identify)], idempotency_key: Key = None) -> Acting:
    return Acting(request, desk_of(request), account, idempotency_key)


Writes = Annotated[Acting, Depends(_acting)]

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
from checker.store.database import Writing
from checker.store.journal import Remembered

_JSON = "application/json"


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
        route = f"{self._request.method} {self._request.url.path}"[:200]
        digest = _digest(self._request.url.query, *asked)
        with self._desk.ground.database.write() as tx:
            held = journal.answered(tx.connection, self._account.id, route, self._key) if self._key else None
            if held is not None:
                return _again(held, digest, is_secret)
            told = act(tx)
            body = told.model_dump_json() if told is not None else ""
            if self._key:
                kept = Remembered(digest, status, "" if is_secret else body)
                journal.remember(tx, self._account.id, route, self._key, kept)
        self._desk.wake()
        return Response(body, status, media_type=_JSON if body else None)


def _again(held: Remembered, digest: str, is_secret: bool) -> Response:
    if held.digest != digest:
        why = Text("这个 Idempotency-Key 已用于另一个请求", "the key was used for another request")
        raise ApiFault(422, Reason.KEY_REUSED, why)
    if is_secret:
        why = Text("已经做过，秘密只显示一次", "it was done already, and the secret is shown only once")
        raise ApiFault(409, Reason.DONE_ALREADY, why)
    media = _JSON if held.body else None
    return Response(held.body, held.status, {"Idempotency-Replayed": "true"}, media)


def _digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "replace") if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def _acting(
    request: Request,
    account: Annotated[Account, Depends(identify)],
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=8, max_length=100, pattern=r"^[!-~]+$", examples=["2f1c9a64-b0a7-4d0c-9a51-3f6f2f5f8f11"],
            description="同一个键重试只做一次，保留 7 天  a retry with the same key does nothing twice; kept 7 days",
        ),
    ] = None,
) -> Acting:  # fmt: skip
    return Acting(request, desk_of(request), account, idempotency_key)


Writes = Annotated[Acting, Depends(_acting)]

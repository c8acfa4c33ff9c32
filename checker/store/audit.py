"""The audit trail: it only grows, each record is sealed over the one before, and whoever tampers is found.

The key lies outside the database. A cut tail and a database rolled back to an earlier day are sound in themselves;
they show against a head that was exported before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from checker.model.language import Text
from checker.store.database import Reading, Writing
from checker.store.tables import AUDIT

_ORIGIN = "0" * 64
_REPLACED = Text("与导出的链头不同：数据库被换过或回退过",
                 "differs from the exported head: the database was replaced or rolled back")  # fmt: skip
_FORGED = Text("导出的链头不是用这个密钥封的", "the exported head was not sealed with this key")
SYSTEM = 0
"""Stands where an account's id would: what the program did by itself, or an operator on the machine."""


class Entry(NamedTuple):
    """One record: who did what to what, when, and what else belongs to it."""

    seq: int
    at: int
    account: int
    action: str
    subject: str
    detail: str
    mac: str

    def public(self) -> dict[str, Any]:
        """Give it as plain data; `at` stays an instant."""
        return {**self._asdict(), "detail": json.loads(self.detail)}


class Head(NamedTuple):
    """The last record of a chain as it was exported, sealed so that nobody invents one."""

    seq: int
    at: int
    mac: str
    seal: str


class Broken(NamedTuple):
    """The first record that is not as it was written, and what is wrong with it."""

    seq: int
    why: Text


class Audit:
    """Writes and verifies the chain with `key`."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def record(self, tx: Writing, account: int, action: str, subject: str, detail: Mapping[str, object]) -> int:
        """Add one record to the transaction that it speaks of, and give its number."""
        last = tx.connection.execute(select(AUDIT.c.seq, AUDIT.c.mac).order_by(AUDIT.c.seq.desc()).limit(1)).first()
        seq, before = (last.seq + 1, last.mac) if last else (1, _ORIGIN)
        written = json.dumps(detail, ensure_ascii=False, sort_keys=True)
        entry = Entry(seq, tx.at, account, action, subject, written, "")
        tx.connection.execute(insert(AUDIT).values(**entry._replace(mac=self._mac(entry, before))._asdict()))
        return seq

    def head(self, reading: Reading) -> Head:
        """Give the head of the chain, to be kept elsewhere."""
        last = reading.execute(select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(1)).first()
        seq, at, mac = (last.seq, last.at, last.mac) if last else (0, 0, _ORIGIN)
        return Head(seq, at, mac, self.seal(f"head|{seq}|{at}|{mac}"))

    def is_genuine(self, head: Head) -> bool:
        """Whether `head` was sealed with this key."""
        return hmac.compare_digest(head.seal, self.seal(f"head|{head.seq}|{head.at}|{head.mac}"))

    def verify(self, reading: Reading, head: Head | None = None) -> Broken | None:
        """Give the first broken record, or None; with a `head`, also whether the chain still reaches and holds it."""
        if head is not None and not self.is_genuine(head):
            return Broken(head.seq, _FORGED)
        before, seq = _ORIGIN, 0
        for row in reading.execute(select(AUDIT).order_by(AUDIT.c.seq)).yield_per(1000):
            entry = Entry(*row)
            if entry.seq != seq + 1:
                return Broken(seq + 1, Text("这条记录不见了", "this record is missing"))
            if not hmac.compare_digest(entry.mac, self._mac(entry, before)):
                return Broken(entry.seq, Text("这条记录或它的次序被改过", "this record or its order was changed"))
            if head is not None and entry.seq == head.seq and entry.mac != head.mac:
                return Broken(entry.seq, _REPLACED)
            before, seq = entry.mac, entry.seq
        return _cut(seq, head) if head is not None and seq < head.seq else None

    def held(self, reading: Reading, head: Head) -> Broken | None:
        """Give what is wrong where the chain no longer reaches or holds `head`, without going through it whole."""
        if not self.is_genuine(head):
            return Broken(head.seq, _FORGED)
        last = self.head(reading)
        if last.seq < head.seq:
            return _cut(last.seq, head)
        mac = reading.execute(select(AUDIT.c.mac).where(AUDIT.c.seq == head.seq)).scalar()
        return Broken(head.seq, _REPLACED) if head.seq and mac != head.mac else None

    def _mac(self, entry: Entry, before: str) -> str:
        whole = json.dumps([before, *entry[:6]], ensure_ascii=False)
        return self.seal(whole)

    def seal(self, whole: str) -> str:
        """Give what only the bearer of the key can make of `whole`."""
        return hmac.new(self._key, whole.encode(), hashlib.sha256).hexdigest()


def _cut(seq: int, head: Head) -> Broken:
    zh = f"链到第 {seq} 条为止，导出时有 {head.seq} 条：尾部被截去，或数据库被回退"
    return Broken(seq + 1, Text(zh, f"the chain ends at {seq}, the head was {head.seq}: cut, or rolled back"))


def entries(reading: Reading, after: int, most: int, subject: str | None = None) -> list[Entry]:
    """Give the records after number `after`, at most so many, of one subject or of all."""
    asked = select(AUDIT).where(AUDIT.c.seq > after).order_by(AUDIT.c.seq).limit(most)
    if subject is not None:
        asked = asked.where(AUDIT.c.subject == subject)
    return [Entry(*row) for row in reading.execute(asked)]

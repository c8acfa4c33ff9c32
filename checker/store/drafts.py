"""Drafts of rulebooks: their files with versions, who changed what, and the newest preview of each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from checker.store.batches import batches
from checker.store.database import Reading, Writing
from checker.store.tables import DRAFT_CHANGES, DRAFT_FILES, DRAFTS, PREVIEW_CHANGES, PREVIEWS


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Draft(NamedTuple):
    """A draft. `base`: the publication it was begun from; `restores`: the one that it publishes anew, unchanged.

    `version` grows with every change of any file.
    """

    id: str
    title: str
    state: DraftState
    author: int
    base: int | None
    restores: int | None
    version: int
    created: int
    changed: int


class DraftFile(NamedTuple):
    """One file of a draft, with a version of its own."""

    name: str
    content: str
    version: int


class DraftChange(NamedTuple):
    """Who did what to a draft; `sha256` of the file as it was from then on."""

    account: int
    at: int
    action: str
    file: str | None
    sha256: str | None


class Preview(NamedTuple):
    """What publishing a draft would change, counted. `digest` stands for exactly this; `rules`: counts by rule, JSON.

    `base`: the last publication when it was made. `changed`: findings that would read differently; `flipped`: those of
    them whose verdict changes or that come or go; `findings`: all on either side.
    """

    digest: str
    version: int
    base: int
    rulebook: str
    as_of: str
    at: int
    findings: int
    changed: int
    flipped: int
    rules: str


class PreviewChange(NamedTuple):
    """One finding that would change; a verdict is None where it is not asked. `state` seals what it becomes."""

    place: int
    finding: str
    rule: str
    unit: str
    unit_name: str
    period: str
    before: str | None
    after: str | None
    way: str
    state: str


_DRAFT = [DRAFTS.c[name] for name in Draft._fields]
_PREVIEW = [PREVIEWS.c[name] for name in Preview._fields]
_CHANGE = [PREVIEW_CHANGES.c[name] for name in PreviewChange._fields]


def add(tx: Writing, draft: Draft, files: dict[str, str]) -> None:
    """Keep a new draft with its files."""
    tx.connection.execute(insert(DRAFTS).values(**draft._asdict()))
    rows = [{"draft": draft.id, "name": name, "content": content, "version": 1} for name, content in files.items()]
    if rows:
        tx.connection.execute(insert(DRAFT_FILES), rows)
    note(tx, draft.id, draft.author, "create")


def find(reading: Reading, draft: str) -> Draft | None:
    """Give the draft of that id."""
    row = reading.execute(select(*_DRAFT).where(DRAFTS.c.id == draft)).first()
    return _draft(row) if row else None


def listed(reading: Reading, state: DraftState | None, after: str, most: int) -> list[Draft]:
    """Give drafts by id, those after the id `after`, at most so many."""
    asked = select(*_DRAFT).where(DRAFTS.c.id > after).order_by(DRAFTS.c.id).limit(most)
    return [_draft(row) for row in reading.execute(asked if state is None else asked.where(DRAFTS.c.state == state))]


def open_ones(reading: Reading) -> int:
    """Count the open drafts."""
    asked = select(func.count()).select_from(DRAFTS).where(DRAFTS.c.state == DraftState.OPEN.value)
    return reading.execute(asked).scalar_one()


def files(reading: Reading, draft: str) -> list[DraftFile]:
    """Give the files of a draft by name."""
    columns = (DRAFT_FILES.c.name, DRAFT_FILES.c.content, DRAFT_FILES.c.version)
    asked = select(*columns).where(DRAFT_FILES.c.draft == draft).order_by(DRAFT_FILES.c.name)
    return [DraftFile(*row) for row in reading.execute(asked)]


def put_file(tx: Writing, draft: str, file: DraftFile) -> None:
    """Let a file of a draft be `file` from now on."""
    remove_file(tx, draft, file.name)
    tx.connection.execute(insert(DRAFT_FILES).values(draft=draft, **file._asdict()))


def remove_file(tx: Writing, draft: str, name: str) -> None:
    """Let a draft have no file of that name."""
    tx.connection.execute(delete(DRAFT_FILES).where(DRAFT_FILES.c.draft == draft, DRAFT_FILES.c.name == name))


def change(tx: Writing, draft: Draft, state: DraftState | None = None) -> bool:
    """Note that a draft changed from the version at hand, perhaps to another state, and say whether it still could."""
    values = {"version": draft.version + 1, "changed": tx.at, "state": (state or draft.state).value}
    held = (DRAFTS.c.id == draft.id, DRAFTS.c.version == draft.version)
    return tx.connection.execute(update(DRAFTS).where(*held).values(**values)).rowcount == 1


def note(tx: Writing, draft: str, account: int, action: str, file: str | None = None, content: str = "") -> None:
    """Note for ever who did what to a draft."""
    digest = hashlib.sha256(content.encode()).hexdigest() if file else None
    told = {"draft": draft, "account": account, "at": tx.at, "action": action, "file": file, "sha256": digest}
    tx.connection.execute(insert(DRAFT_CHANGES).values(**told))


def changes(reading: Reading, draft: str) -> list[DraftChange]:
    """Give everything that was done to a draft, the oldest first."""
    columns = [DRAFT_CHANGES.c[name] for name in DraftChange._fields]
    asked = select(*columns).where(DRAFT_CHANGES.c.draft == draft).order_by(DRAFT_CHANGES.c.seq)
    return [DraftChange(*row) for row in reading.execute(asked)]


def keep_preview(tx: Writing, draft: str, preview: Preview, found: Sequence[PreviewChange]) -> None:
    """Let `preview` be the newest of a draft; the one before goes."""
    drop_preview(tx, draft)
    tx.connection.execute(insert(PREVIEWS).values(draft=draft, **preview._asdict()))
    for some in batches(found):
        tx.connection.execute(insert(PREVIEW_CHANGES), [{"draft": draft, **one._asdict()} for one in some])


def drop_preview(tx: Writing, draft: str) -> None:
    """Forget the preview of a draft."""
    for table in (PREVIEW_CHANGES, PREVIEWS):
        tx.connection.execute(delete(table).where(table.c.draft == draft))


def preview(reading: Reading, draft: str) -> Preview | None:
    """Give the newest preview of a draft."""
    row = reading.execute(select(*_PREVIEW).where(PREVIEWS.c.draft == draft)).first()
    return Preview(*row) if row else None


def previewed(
    reading: Reading, draft: str, rule: str | None, way: str | None, after: int, most: int
) -> list[PreviewChange]:
    """Give the findings that the newest preview changes, of a rule and a way, from a place on, at most so many."""
    asked = select(*_CHANGE).where(PREVIEW_CHANGES.c.draft == draft, PREVIEW_CHANGES.c.place > after)
    for column, wanted in ((PREVIEW_CHANGES.c.rule, rule), (PREVIEW_CHANGES.c.way, way)):
        asked = asked if wanted is None else asked.where(column == wanted)
    return [PreviewChange(*row) for row in reading.execute(asked.order_by(PREVIEW_CHANGES.c.place).limit(most))]


def _draft(row: Sequence[object]) -> Draft:
    found = Draft(*row)  # type: ignore[arg-type] # a row of just these columns
    return found._replace(state=DraftState(found.state))

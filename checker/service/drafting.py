"""Drafts of rulebooks: begun from what is published, edited file by file, looked at in a process of their own.

A draft judges nobody. Each writing function is part of one transaction, with its audit record.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import NamedTuple

from checker.documents.yaml_text import LARGEST
from checker.model.language import Language, Text
from checker.model.problem import Code, Place, Problem, Severity
from checker.model.rulebook import Rulebook
from checker.service.apart.tasks import Record
from checker.service.ground import Ground
from checker.service.submitting import Refused, Stale
from checker.store import drafts, publications
from checker.store.accounts import Account
from checker.store.database import Reading, Writing
from checker.store.drafts import Draft, DraftFile, DraftState

FILE_NAME = r"^[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_-]{0,57}\.yaml$"
"""What a file of a draft may be called."""
MOST_IN_FILE = 200_000
_MOST_FILES, _MOST_OPEN = 60, 100
_AUTHORING = frozenset({"create", "write", "remove"})
_SECONDS_TO_READ, _SECONDS_TO_PROVE = 20.0, 60.0


class NoDraft(LookupError):  # noqa: N818 (a wrong name, and no fault of ours)
    """There is no draft, or no file of a draft, of that name."""


class FaultyRulebook(Exception):  # noqa: N818 (an answer, not a failure)
    """The draft is no rulebook yet: everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


class Remark(NamedTuple):
    """One thing that is to be said of a draft, with its place; rows and columns count from 1."""

    severity: Severity
    code: str
    message: Text
    hint: Text
    file: str
    row: int | None
    column: int | None
    rule: str | None


class Examined(NamedTuple):
    """What reading a draft gave: its rulebook where it is one, what is to be said of it, and how much more there is."""

    rulebook: Rulebook | None
    remarks: list[Remark]
    more: int

    def sound(self) -> Rulebook:
        """Give the rulebook. Raises FaultyRulebook."""
        errors = [one for one in self.remarks if one.severity is Severity.ERROR]
        if self.rulebook is None or errors:
            raise FaultyRulebook([_problem(one) for one in errors])
        return self.rulebook


def found(reading: Reading, draft: str) -> Draft:
    """Give the draft of that id. Raises NoDraft."""
    held = drafts.find(reading, draft)
    if held is None:
        raise NoDraft(draft)
    return held


def begin(ground: Ground, tx: Writing, account: Account, title: str, base: int | None, *, is_rollback: bool) -> Draft:
    """Begin a draft with the files of publication `base` (None: of the one in force). Raises NoDraft and Refused.

    `is_rollback`: it is to publish that one anew, exactly as it was, and cannot be edited.
    """
    if drafts.open_ones(tx.connection) >= _MOST_OPEN:
        raise Refused(Text(f"未完成的草稿已有 {_MOST_OPEN} 份", f"there are {_MOST_OPEN} open drafts already"))
    versions = publications.listed(tx.connection)
    number = base
    if number is None:
        held = publications.before(versions, tx.at + 1)
        number = held and held.seq
    if number is None or all(one.seq != number for one in versions):
        raise NoDraft(str(base))
    draft = Draft(
        id=secrets.token_hex(8), title=title, state=DraftState.OPEN, author=account.id, base=number,
        restores=number if is_rollback else None, version=1, created=tx.at, changed=tx.at,
    )  # fmt: skip
    drafts.add(tx, draft, publications.files_of(tx.connection, number))
    _note(ground, tx, account, "begin", draft, {"base": number, "is_rollback": is_rollback})
    return draft


def write(
    ground: Ground, tx: Writing, account: Account, draft_id: str, name: str, content: str, version: int | None
) -> DraftFile:
    """Let a file say `content`; `version`: the one that was read, None for a new file. Raises as `begin`, and Stale."""
    draft = _editable(tx, draft_id)
    held = {file.name: file for file in drafts.files(tx.connection, draft.id)}
    if (held[name].version if name in held else None) != version:
        raise Stale
    others = sum(len(file.content.encode()) for file in held.values() if file.name != name)
    if len(content.encode()) > MOST_IN_FILE or others + len(content.encode()) > LARGEST:
        raise Refused(Text(f"一个文件最多 {MOST_IN_FILE} 字节，一份草稿最多 {LARGEST} 字节",
                           f"a file has at most {MOST_IN_FILE} bytes, a draft {LARGEST}"))  # fmt: skip
    if name not in held and len(held) >= _MOST_FILES:
        raise Refused(Text(f"一份草稿最多 {_MOST_FILES} 个文件", f"a draft has at most {_MOST_FILES} files"))
    file = DraftFile(name, content, (version or 0) + 1)
    drafts.put_file(tx, draft.id, file)
    _changed(ground, tx, account, "write", draft, file)
    return file


def remove(ground: Ground, tx: Writing, account: Account, draft_id: str, name: str, version: int) -> None:
    """Remove a file from a draft. Raises as `write`."""
    draft = _editable(tx, draft_id)
    held = next((file for file in drafts.files(tx.connection, draft.id) if file.name == name), None)
    if held is None:
        raise NoDraft(name)
    if held.version != version:
        raise Stale
    drafts.remove_file(tx, draft.id, name)
    _changed(ground, tx, account, "remove", draft, held._replace(content=""))


def discard(ground: Ground, tx: Writing, account: Account, draft_id: str, version: int) -> Draft:
    """Give a draft up; who changed what in it stays on record. Raises NoDraft, Refused and Stale."""
    draft = found(tx.connection, draft_id)
    close(tx, account, draft, version, DraftState.DISCARDED)
    _note(ground, tx, account, "discard", draft, {})
    return found(tx.connection, draft_id)


def close(tx: Writing, account: Account, draft: Draft, version: int, state: DraftState) -> None:
    """Let an open draft of that version come to an end. Raises Refused and Stale."""
    _refuse_closed(draft)
    if draft.version != version or not drafts.change(tx, draft, state):
        raise Stale
    drafts.drop_preview(tx, draft.id)
    drafts.note(tx, draft.id, account.id, state.value)


def authors(reading: Reading, draft: Draft) -> frozenset[int]:
    """Give the accounts that began or changed a draft: whoever did does not publish it."""
    done = drafts.changes(reading, draft.id)
    return frozenset((draft.author, *(one.account for one in done if one.action in _AUTHORING)))


def texts(reading: Reading, draft: Draft, unsaved: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the texts of a draft's files by name, those that are `unsaved` instead of what is kept."""
    return {**{file.name: file.content for file in drafts.files(reading, draft.id)}, **(unsaved or {})}


def examine(ground: Ground, files: Mapping[str, str]) -> Examined:
    """Give what is to be said of `files`, as ``checker rules lint`` does. Raises Busy and Exhausted."""
    told = ground.sandbox.ask("examine", _SECONDS_TO_READ, files=dict(sorted(files.items())))
    rulebook = told["rulebook"] and Rulebook.model_validate_json(told["rulebook"])
    return Examined(rulebook, [_remark(one) for one in told["notices"]], told["more"])


def names(ground: Ground, files: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the names that `files` declare, by kind, however faulty they are. Raises Busy and Exhausted."""
    declared: dict[str, list[str]] = ground.sandbox.run("names", _SECONDS_TO_READ, files=dict(files))
    return declared


def coverage(ground: Ground, files: Mapping[str, str], document: str, language: Language) -> Record:
    """Give the plan's text laid beside the rules, as ``checker rules trace`` does. Raises as `prove`."""
    more = {"document": document, "language": language.value}
    return _of_a_rulebook(ground, "coverage", _SECONDS_TO_READ, files, more)


def prove(ground: Ground, files: Mapping[str, str], features: Mapping[str, str], language: Language) -> Record:
    """Give what `features` say of the rules, as ``checker rules test``. Raises FaultyRulebook, Busy and Exhausted.

    It runs here, and not on a policy editor's machine alone, because whoever publishes has to see it hold. Scenarios
    are no code: fixed steps give them a meaning, in a process that is bounded and knows no secret of the service.
    """
    more = {"features": dict(features), "language": language.value}
    return _of_a_rulebook(ground, "proof", _SECONDS_TO_PROVE, files, more)


def _of_a_rulebook(
    ground: Ground, task: str, patience: float, files: Mapping[str, str], more: Mapping[str, object]
) -> Record:
    told: Record | None = ground.sandbox.run(task, patience, files=dict(files), **more)
    if told is None:
        examine(ground, files).sound()
        raise FaultyRulebook([])
    return told


def _editable(tx: Writing, draft_id: str) -> Draft:
    draft = found(tx.connection, draft_id)
    _refuse_closed(draft)
    if draft.restores is not None:
        raise Refused(Text("恢复旧版的草稿不能改；要改请另起一份", "a rollback cannot be edited: begin another draft"))
    return draft


def _refuse_closed(draft: Draft) -> None:
    if draft.state is not DraftState.OPEN:
        raise Refused(Text("草稿已经结束", f"the draft is {draft.state.value}"))


def _changed(ground: Ground, tx: Writing, account: Account, action: str, draft: Draft, file: DraftFile) -> None:
    if not drafts.change(tx, draft):
        raise Stale
    drafts.note(tx, draft.id, account.id, action, file.name, file.content)
    _note(ground, tx, account, action, draft, {"file": file.name, "version": file.version})


def _note(
    ground: Ground, tx: Writing, account: Account, action: str, draft: Draft, detail: Mapping[str, object]
) -> None:
    ground.audit.record(tx, account.id, f"draft.{action}", f"draft:{draft.id}", detail)


def _remark(told: Record) -> Remark:
    words = {"message": Text(*told["message"]), "hint": Text(*told["hint"])}
    return Remark(**{**told, **words, "severity": Severity(told["severity"])})


def _problem(one: Remark) -> Problem:
    place = Place(one.file, one.row, None if one.column is None else str(one.column))
    return Problem(Code(one.code), one.message, one.hint, place)

"""What happens to a submission: 草稿 → 已上报 → 已验收 or 已退回 → 已锁定, each step with its audit record.

Each function is part of one writing transaction, in which facts, findings, causes and audit record are stored together
or not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from checker.model.instant import Instant
from checker.model.language import Text
from checker.model.number import simplest
from checker.model.problem import Problem
from checker.model.unit import Unit
from checker.service.ground import MICRO, Ground
from checker.service.receiving import Document, Received, clash, receive
from checker.service.weighing import pending, settle, weigh
from checker.store import journal, submissions
from checker.store.accounts import Account
from checker.store.database import Reading, Writing
from checker.store.findings import Cause
from checker.store.submissions import State, Submission

_FROM: Mapping[State, frozenset[State]] = {
    State.REPORTED: frozenset({State.DRAFT}),
    State.ACCEPTED: frozenset({State.REPORTED}),
    State.RETURNED: frozenset({State.REPORTED, State.ACCEPTED}),
    State.LOCKED: frozenset({State.ACCEPTED, State.RETURNED}),
}
"""From which states a submission may come into each."""


_LONGEST_UNLOCK = 366 * 86400 * MICRO


class Refused(Exception):  # noqa: N818 (an answer, not a failure)
    """A step that cannot be taken, and why; `problems`: what is wrong with what was handed in."""

    def __init__(self, why: Text, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(str(why))
        self.why, self.problems = why, problems


class Stale(Exception):  # noqa: N818 (an answer, not a failure)
    """Somebody else changed it meanwhile: the version that was named is no longer the newest."""


class HandedIn(NamedTuple):
    """A submission that counts, what was doubtful about it, and the number of the run that judged it."""

    submission: Submission
    received: Received
    run: int


def draft(ground: Ground, tx: Writing, account: Account, unit: Unit, document: Document) -> Submission:
    """Keep what was handed in without letting it count."""
    kept = keep(tx, account, unit, document)
    _note(ground, tx, account, "draft", kept, {"on_behalf": kept.on_behalf})
    return kept


def keep(tx: Writing, account: Account, unit: Unit, document: Document) -> Submission:
    """Keep what was handed in, to be submitted in the same transaction."""
    submission = Submission(
        id=secrets.token_hex(8), unit=unit.id, state=State.DRAFT, before_lock=None, by_account=account.id,
        on_behalf=account.unit != unit.id, file=document.name, created=tx.at, reported=None, changed=tx.at,
        reason="", unlocked_until=None, version=1,
    )  # fmt: skip
    submissions.add(tx, submission, document.content)
    return submission


def look_through(ground: Ground, reading: Reading, unit: Unit, document: Document, at: int) -> Received:
    """Read what would be handed in at an instant, as if it were, and store nothing."""
    rulebook = ground.rulebook(reading)
    counting = submissions.facts(reading, rulebook.plan.calendar, [unit.id])
    locked = submissions.locked_keys(reading, unit.id, at)
    return receive(rulebook, unit, document, _instant(at), counting, locked)


def submit(ground: Ground, tx: Writing, account: Account, submission: Submission, version: int) -> HandedIn:
    """Let a draft count from now on and judge its unit at once. Raises Refused with every problem, and Stale."""
    _allow(submission, State.REPORTED)
    registry = ground.registry(tx.connection)
    unit = registry.get(submission.unit)
    if unit is None:
        raise Refused(Text("名册里已没有这个单位", "the unit is no longer in the registry"))
    document = Document(submission.file, submissions.content(tx.connection, submission.id))
    received = look_through(ground, tx.connection, unit, document, tx.at)
    if received.is_refused:
        raise Refused(Text("报送有错误，改正后再报", "mend what is wrong and hand it in again"), received.problems)
    changed = _change(tx, submission, version, state=State.REPORTED.value, reported=tx.at)
    submissions.add_facts(tx, submission.id, received.facts)
    run = _judge(ground, tx, changed)
    _note(
        ground,
        tx,
        account,
        "submit",
        changed,
        {"facts": len(received.facts), "run": run, "on_behalf": changed.on_behalf},
    )
    return HandedIn(changed, received, run)


def accept(ground: Ground, tx: Writing, account: Account, submission: Submission, version: int) -> Submission:
    """Accept a submission (验收): what its figures meet may be settled now. Raises Refused and Stale."""
    _allow(submission, State.ACCEPTED)
    changed = _change(tx, submission, version, state=State.ACCEPTED.value)
    run = _judge(ground, tx, changed)
    _note(ground, tx, account, "accept", changed, {"run": run})
    return changed


def send_back(
    ground: Ground, tx: Writing, account: Account, submission: Submission, version: int, reason: str
) -> Submission:
    """Return a submission (退回): its facts count no longer from now on. Raises Refused and Stale."""
    _allow(submission, State.RETURNED)
    rulebook = ground.rulebook(tx.connection)
    changed = _change(tx, submission, version, state=State.RETURNED.value, reason=reason)
    submissions.withdraw_facts(tx, submission.id)
    left = submissions.facts(tx.connection, rulebook.plan.calendar, [submission.unit])
    if problem := clash(left, rulebook):
        message = Text(f"退回后，先前的数会相互矛盾：{problem.message.zh}；请先退回后报的那一份",
                       f"what was reported before would contradict itself: {problem.message.en}; "
                       "return the later one first")  # fmt: skip
        raise Refused(message)
    run = _judge(ground, tx, changed)
    _note(ground, tx, account, "return", changed, {"reason": reason, "run": run})
    return changed


def lock(ground: Ground, tx: Writing, account: Account, submission: Submission, version: int) -> Submission:
    """Lock a submission: its figures can no longer be changed. Raises Refused and Stale."""
    _allow(submission, State.LOCKED)
    values = {"state": State.LOCKED.value, "before_lock": submission.state.value, "unlocked_until": None}
    changed = _change(tx, submission, version, **values)
    _note(ground, tx, account, "lock", changed, {})
    return changed


def unlock(
    ground: Ground, tx: Writing, account: Account, submission: Submission, version: int, reason: str, until: int
) -> Submission:
    """Open the figures of a locked submission until an instant, after which it is locked again. Raises as `lock`."""
    if submission.state is not State.LOCKED:
        raise Refused(Text("只有已锁定的才能解锁", "only what is locked can be unlocked"))
    if not tx.at < until <= tx.at + _LONGEST_UNLOCK:
        raise Refused(Text("解锁期限应在今后一年之内", "the deadline lies within a year from now"))
    changed = _change(tx, submission, version, reason=reason, unlocked_until=until)
    _note(ground, tx, account, "unlock", changed, {"reason": reason, "until": until})
    return changed


def rewrite(
    ground: Ground, tx: Writing, account: Account, submission: Submission, version: int, document: Document
) -> Submission:
    """Replace what a draft holds. Raises Refused and Stale."""
    _only_draft(submission)
    changed = _change(tx, submission, version, file=document.name, content=document.content)
    _note(ground, tx, account, "rewrite", changed, {})
    return changed


def discard(ground: Ground, tx: Writing, account: Account, submission: Submission, version: int) -> None:
    """Delete a draft, which never counted. Raises Refused and Stale."""
    _only_draft(submission)
    if not submissions.discard(tx, submission.id, version):
        raise Stale
    _note(ground, tx, account, "discard", submission, {})


def _only_draft(submission: Submission) -> None:
    if submission.state is not State.DRAFT:
        raise Refused(Text("只有草稿才能改动", "only a draft can be changed"))


def _allow(submission: Submission, wanted: State) -> None:
    if submission.state not in _FROM[wanted]:
        came, allowed = submission.state.value, ", ".join(sorted(_FROM[wanted]))
        raise Refused(Text(f"现在是 {came}，只有 {allowed} 才能变为 {wanted.value}",
                           f"it is {came}; only {allowed} can become {wanted.value}"))  # fmt: skip


def _change(tx: Writing, submission: Submission, version: int, **values: object) -> Submission:
    if not submissions.change(tx, submission.id, version, **values):
        raise Stale
    changed = submissions.find(tx.connection, submission.id)
    if changed is None:
        raise Stale
    return changed


def _judge(ground: Ground, tx: Writing, submission: Submission) -> int:
    """Judge the submission's unit at once and leave what stands above it to the roll-up."""
    rulebook = ground.rulebook(tx.connection)
    causes = {Cause.DATA, *pending(tx.connection, rulebook)}
    weighed = weigh(ground, tx.connection, {submission.unit: causes}, ground.today(rulebook, tx.at))
    journal.ask_for(tx, submission.unit, Cause.DATA.value)
    return settle(ground, tx, weighed, submission=submission.id)


def _note(
    ground: Ground, tx: Writing, account: Account, action: str, submission: Submission, detail: Mapping[str, object]
) -> None:
    told = {"unit": submission.unit, "version": submission.version, **detail}
    ground.audit.record(tx, account.id, f"submission.{action}", f"submission:{submission.id}", told)


def _instant(at: int) -> Instant:
    return simplest(Fraction(at, MICRO))

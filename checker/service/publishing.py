"""Publication of a draft by a second person, with a brake; rollback is the same, of an earlier publication.

Whoever changed a draft does not publish it. What is published is what the preview showed, or it is refused.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from checker.authoring.comparing.meaning import changes
from checker.authoring.comparing.report import Comparison, Side, comparison_record
from checker.model.language import Language, Text
from checker.model.number import shown_percent, simplest
from checker.service.drafting import authors, close, found
from checker.service.ground import Ground
from checker.service.previewing import Previewed, present_one, preview
from checker.service.submitting import Refused, Stale
from checker.store import journal, publications
from checker.store.accounts import Account
from checker.store.database import Reading, Writing
from checker.store.drafts import Draft, DraftState
from checker.store.findings import Cause
from checker.store.publications import Publication

_FURTHEST = timedelta(days=366)


class SamePerson(Exception):  # noqa: N818 (an answer, not a failure)
    """Whoever began or changed a draft wants to publish it."""


class Outdated(Exception):  # noqa: N818 (an answer, not a failure)
    """What would be published is not what the preview showed: something changed meanwhile."""


class CountNeeded(Exception):  # noqa: N818 (an answer, not a failure)
    """More findings flip than may without their number being typed, and it was not, or another was."""

    def __init__(self, share: Fraction, brake: Fraction) -> None:
        came, most = (shown_percent(simplest(one)) for one in (share, brake))
        self.why = Text(
            f"结论会变的占 {came}，超过 {most}：请看过预览，把会变的项数填进 typed",
            f"{came} of the findings flip, more than {most}: look at the preview and give their number as typed",
        )
        super().__init__(str(self.why))


class Wish(NamedTuple):
    """What a publisher asks for: which version of a draft, as which preview showed it, why, and from which day.

    `typed`: the number of findings that flip. `from_day` None: from now.
    """

    version: int
    preview: str
    reason: str
    typed: int | None = None
    from_day: date | None = None


def prepare(ground: Ground, draft_id: str) -> Previewed | None:
    """Look once more at what publishing would change, outside any transaction; None where the draft has ended.

    Raises as `preview`.
    """
    with ground.database.read() as reading:
        if found(reading, draft_id).state is not DraftState.OPEN:
            return None
    return preview(ground, draft_id)


def publish(
    ground: Ground, tx: Writing, account: Account, draft_id: str, wish: Wish, prepared: Previewed | None
) -> Publication:
    """Let a draft judge from the wished day on, with its audit record; the roll-up then weighs everything anew.

    Raises SamePerson, Stale, Outdated, CountNeeded and Refused; nothing is changed then.
    """
    draft = found(tx.connection, draft_id)
    if account.id in authors(tx.connection, draft):
        raise SamePerson
    if wish.version != draft.version:
        raise Stale
    if prepared is None:
        raise Refused(Text("草稿已经结束", f"the draft is {draft.state.value}"))
    shown = prepared.preview
    _refuse_outdated(ground, tx, wish, prepared)
    _refuse_other_plans(tx, prepared)
    _brake(ground, prepared, wish.typed)
    close(tx, account, draft, wish.version, DraftState.PUBLISHED)
    candidate = prepared.candidate
    publication = publications.publish(
        tx,
        Publication(
            seq=0, digest=candidate.digest, published=tx.at, in_force=_in_force(ground, tx, wish.from_day),
            by_account=account.id, draft=draft.id, reason=wish.reason, findings=shown.findings, changed=shown.changed,
            flipped=shown.flipped, withdrawn=None,
        ),
        candidate.rulebook,
        candidate.files,
    )  # fmt: skip
    if publication.in_force == tx.at:
        journal.ask_for(tx, None, Cause.RULE.value)
    told = _told(ground, prepared, draft, wish, publication)
    told |= {"authors": sorted(authors(tx.connection, draft))}
    ground.audit.record(tx, account.id, "rulebook.publish", f"rulebook:{candidate.digest}", told)
    return publication


def withdraw(ground: Ground, tx: Writing, account: Account, number: int, reason: str) -> Publication:
    """Take back a publication that has not come into force, so that what judges goes on judging. Raises Refused."""
    if not publications.withdraw(tx, number):
        raise Refused(Text("只有尚未生效的公布才能收回；已生效的请恢复旧版",
                           "only what has not come into force can be withdrawn; roll back what has"))  # fmt: skip
    held = publications.find(tx.connection, number)
    if held is None:
        raise Refused(Text("没有这次公布", "there is no such publication"))
    told = {"publication": number, "reason": reason}
    ground.audit.record(tx, account.id, "rulebook.withdraw", f"rulebook:{held.digest}", told)
    return held


def meaning(ground: Ground, reading: Reading, old: str, new: str, language: Language) -> list[dict[str, object]]:
    """Give what changed in meaning from one published rulebook to another, by digests. Raises Unpublished."""
    before, after = (Side(digest, ground.published(reading, digest)) for digest in (old, new))
    return meaning_between(before, after, language)


def meaning_between(old: Side, new: Side, language: Language) -> list[dict[str, object]]:
    """Give what changed in meaning between two rulebooks, as ``checker rules diff --format json`` has it."""
    comparison = Comparison(old, new, changes(old.rulebook, new.rulebook), date.min, {})
    record = comparison_record(comparison, language)["changes"]
    return list(record) if isinstance(record, list) else []


def _told(ground: Ground, prepared: Previewed, draft: Draft, wish: Wish, publication: Publication) -> dict[str, object]:
    """Give what the audit trail is told of a publication."""
    shown = prepared.preview
    return {
        "publication": publication.seq, "draft": draft.id, "version": draft.version, "restores": draft.restores,
        "before": prepared.in_force.digest, "in_force": publication.in_force, "preview": shown.digest,
        "findings": shown.findings, "changed": shown.changed, "flipped": shown.flipped,
        "doubts": prepared.candidate.doubts, "typed": wish.typed, "brake": shown_percent(simplest(ground.brake)),
        "reason": wish.reason,
    }  # fmt: skip


def _refuse_outdated(ground: Ground, tx: Writing, wish: Wish, prepared: Previewed) -> None:
    shown, draft = prepared.preview, prepared.candidate.draft
    if wish.preview != shown.digest or wish.version != draft.version:
        raise Outdated
    if publications.newest(tx.connection) != shown.base or present_one(ground, tx.connection) != prepared.in_force:
        raise Outdated
    today = ground.today(ground.rulebook(tx.connection), tx.at).isoformat()
    if today != shown.as_of or ground.mark(tx.connection) != prepared.mark:
        raise Outdated


def _refuse_other_plans(tx: Writing, prepared: Previewed) -> None:
    """Refuse what would cross a publication that is still to come, and what changes nothing."""
    later = [one for one in publications.listed(tx.connection) if one.in_force > tx.at and one.withdrawn is None]
    if later:
        raise Refused(Text(f"第 {later[0].seq} 次公布还没有生效，请先收回它",
                           f"publication {later[0].seq} has not come into force yet: withdraw it first"))  # fmt: skip
    held, candidate = prepared.in_force, prepared.candidate
    if candidate.digest == held.digest and candidate.files == publications.files_of(tx.connection, held.seq):
        raise Refused(Text("和现行的规则一样，没有可公布的", "it is the rulebook in force: nothing to publish"))


def _brake(ground: Ground, prepared: Previewed, typed: int | None) -> None:
    shown = prepared.preview
    share = Fraction(shown.flipped, shown.findings) if shown.findings else Fraction(0)
    if (share > ground.brake or typed is not None) and typed != shown.flipped:
        raise CountNeeded(share, ground.brake)


def _in_force(ground: Ground, tx: Writing, from_day: date | None) -> int:
    rulebook = ground.rulebook(tx.connection)
    today = ground.today(rulebook, tx.at)
    if from_day is None or from_day == today:
        return tx.at
    if not today < from_day <= today + _FURTHEST:
        raise Refused(Text("生效日应是今天起一年之内", "it comes into force within a year from today"))
    return ground.end_of(from_day - timedelta(days=1), rulebook)

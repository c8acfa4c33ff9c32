"""What publishing a draft would change, finding by finding, and what other figures would do to one rule.

Judged by the plain engine on a snapshot, in a process of its own: nobody who submits waits for it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from checker.authoring.comparing.flipping import Way
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.service.apart.difference import SAME
from checker.service.apart.tasks import Record
from checker.service.drafting import examine, found, texts
from checker.service.ground import Ground, Mark, Unprepared
from checker.service.looking import Look
from checker.service.submitting import Refused, Stale
from checker.store import drafts, publications
from checker.store.accounts import Account
from checker.store.database import Reading, Writing
from checker.store.drafts import Draft, Preview, PreviewChange
from checker.store.publications import Publication

WAYS = (*(way.value for way in Way), SAME)
_SECONDS_TO_COMPARE, _SECONDS_TO_TRY = 240.0, 60.0


class Candidate(NamedTuple):
    """A draft that is a rulebook: the rulebook and its digest, the files it is made of, how much is doubtful."""

    draft: Draft
    rulebook: Rulebook
    digest: str
    files: dict[str, str]
    doubts: int


class Previewed(NamedTuple):
    """A preview with every finding that would change, and the publication that was in force."""

    candidate: Candidate
    preview: Preview
    changes: list[PreviewChange]
    in_force: Publication
    mark: Mark


def candidate(ground: Ground, draft_id: str) -> Candidate:
    """Give a draft as the rulebook that it would be. Raises NoDraft, FaultyRulebook, Busy and Exhausted."""
    with ground.database.read() as reading:
        draft = found(reading, draft_id)
        files = texts(reading, draft)
        restored = _restored(ground, reading, draft)
    if restored is not None:
        return Candidate(draft, *restored, files, 0)
    examined = examine(ground, files)
    rulebook = examined.sound()
    return Candidate(draft, rulebook, rulebook.digest, files, len(examined.remarks) + examined.more)


def preview(ground: Ground, draft_id: str, as_of: date | None = None) -> Previewed:
    """Give what publishing a draft now would change as of a day, by default today. Raises as `candidate`, and Refused.

    Facts, units and waivers are those known at the end of that day, and it is compared with the rulebook in force then.
    """
    asked = candidate(ground, draft_id)
    with ground.database.read() as reading:
        look = Look(ground, reading, as_of)
        if as_of is not None and as_of > look.today:
            raise Refused(Text(f"{as_of} 还没有到", f"{as_of} has not come yet"))
        if asked.rulebook.plan.id != look.rulebook.plan.id:
            stays = look.rulebook.plan.id
            raise Refused(Text(f"规划的编号不能改，应为 {stays}", f"the id of the plan has to stay {stays}"))
        base, in_force, mark = publications.newest(reading), present_one(ground, reading), ground.mark(reading)
        old, new = ((one, ground.data(reading, None, look.end, one)) for one in (look.rulebook, asked.rulebook))
        at = ground.database.now()
    told = ground.sandbox.run("compare", _SECONDS_TO_COMPARE, old=old, new=new, as_of=look.as_of)
    changes = [PreviewChange(place, *row) for place, row in enumerate(told["changed"], start=1)]
    shown = Preview(
        digest=_digest(old[0].digest, asked.digest, base, look.as_of, changes), version=asked.draft.version, base=base,
        rulebook=asked.digest, as_of=look.as_of.isoformat(), at=at, findings=told["findings"], changed=len(changes),
        flipped=sum(one.way != SAME for one in changes), rules=_by_rule(changes, old[0], new[0]),
    )  # fmt: skip
    return Previewed(asked, shown, changes, in_force, mark)


def keep(ground: Ground, tx: Writing, account: Account, previewed: Previewed) -> Preview:
    """Keep a preview, with its audit record, until the draft changes or the next is made. Raises NoDraft and Stale."""
    draft, shown = previewed.candidate.draft, previewed.preview
    if found(tx.connection, draft.id) != draft:
        raise Stale
    drafts.keep_preview(tx, draft.id, shown, previewed.changes)
    told = {
        "preview": shown.digest, "version": shown.version, "rulebook": shown.rulebook, "as_of": shown.as_of,
        "findings": shown.findings, "changed": shown.changed, "flipped": shown.flipped,
    }  # fmt: skip
    ground.audit.record(tx, account.id, "draft.preview", f"draft:{draft.id}", told)
    return shown


def present_one(ground: Ground, reading: Reading) -> Publication:
    """Give the publication that is in force now. Raises Unprepared."""
    end = publications.present(reading, ground.database.now())
    held = publications.before(publications.listed(reading), end)
    if held is None:
        raise Unprepared
    return held


def what_if(
    ground: Ground, look: Look, reading: Reading, rulebook: Rulebook, rule: str, targets: Sequence[str],
    period: str | None,
) -> list[Record]:  # fmt: skip
    """Give how many findings of a rule would have each verdict under its own figure, then under each of `targets`.

    Raises Refused where the rule, the period or a target is none, Busy and Exhausted.
    """
    asked = rulebook.rules.get(rule)
    if asked is None:
        raise Refused(Text(f"没有规则 {rule}", f"there is no rule {rule}"))
    codes = [one.code for one in rulebook.plan.periods(asked.every)]
    if period is not None and period not in codes:
        raise Refused(Text(f"规则 {rule} 没有期间 {period}", f"the rule {rule} has no period {period}"))
    data = ground.data(reading, None, look.end, rulebook)
    told = ground.sandbox.run(
        "outlook", _SECONDS_TO_TRY, rulebook=rulebook, data=data, rule=rule, targets=list(targets), as_of=look.as_of,
        period=period,
    )  # fmt: skip
    if told["refused"]:
        zh, en = (("；", "; ")[n].join(one[n] for one in told["refused"]) for n in (0, 1))
        raise Refused(Text(zh, en))
    outlooks: list[Record] = told["targets"]
    return outlooks


def _restored(ground: Ground, reading: Reading, draft: Draft) -> tuple[Rulebook, str] | None:
    """Give what a rollback publishes anew: the very rulebook that judged, not what its files would give today."""
    held = draft.restores and publications.find(reading, draft.restores)
    return (ground.published(reading, held.digest), held.digest) if held else None


def _digest(old: str, new: str, base: int, as_of: date, changes: Sequence[PreviewChange]) -> str:
    told = [old, new, base, as_of.isoformat(), [[one.finding, one.before, one.after, one.state] for one in changes]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _by_rule(changes: Sequence[PreviewChange], old: Rulebook, new: Rulebook) -> str:
    counted: dict[str, Counter[str]] = {}
    for one in changes:
        counted.setdefault(one.rule, Counter())[one.way] += 1
    titles = {rule.id: rule.title for rulebook in (old, new) for rule in rulebook.rules.values()}
    rows = [
        {"rule": rule, "title": list(titles[rule]), "ways": {way: ways[way] for way in WAYS}}
        for rule, ways in counted.items()
    ]
    return json.dumps(rows, ensure_ascii=False)

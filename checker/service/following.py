"""What follows for reviews from a change of verdicts: in the same transaction, with its audit record.

Follows "On its own" of the service's design.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from checker.model.fact import Data, Waiver
from checker.model.finding import Finding, Verdict
from checker.model.period import PLAN
from checker.model.review import Review
from checker.model.rulebook import Rulebook
from checker.reviewing.moving import FAILING, Seen, Step, followed
from checker.service.accepting import Acceptance
from checker.service.ground import Ground
from checker.store import reviews, submissions
from checker.store.audit import SYSTEM
from checker.store.batches import batches
from checker.store.database import Reading, Writing
from checker.store.reviews import Happened

UP_FOR_REVIEW = FAILING | {Verdict.WAIVED}
"""The verdicts that put a finding up for review."""
GRANTED = "granted"
"""Stands where a file would: a waiver that was asked for and approved here, and ends as a whole with its last day."""


class Sighting:
    """Gives what a review needs to know of findings of one plan on some data."""

    def __init__(self, reading: Reading, rulebook: Rulebook, data: Data) -> None:
        self._reading, self._rulebook, self._data = reading, rulebook, data

    def of(self, name: str, finding: Finding, digest: str | None) -> Seen:
        """Give what is known of a finding; `digest` None: its facts are those that it stood on before."""
        is_met = finding.verdict is Verdict.MET
        return Seen(
            finding=name, rule=finding.rule.id, unit=finding.unit.id, period=finding.period.code,
            verdict=finding.verdict, facts_digest=digest,
            is_accepted=is_met and self._acceptance.holds(finding.rule, finding.unit, finding.period),
            waived_until=self._last_day(finding),
        )  # fmt: skip

    def _last_day(self, finding: Finding) -> str | None:
        """Give the last day of what waives a finding; what is past stays covered by a waiver that was read in."""
        held = self._waivers.get(finding.waiver) if finding.waiver else None
        if held is None or (finding.rule.every != PLAN and held.place.file != GRANTED):
            return None
        return held.until.isoformat()

    @cached_property
    def _waivers(self) -> dict[str, Waiver]:
        return {waiver.id: waiver for waiver in self._data.waivers}

    @cached_property
    def _acceptance(self) -> Acceptance:
        units = {fact.unit for fact in self._data.facts}
        waiting = submissions.unaccepted(self._reading, self._rulebook.plan.calendar, units)
        return Acceptance(self._rulebook, self._data, waiting)


def follow(ground: Ground, tx: Writing, seen: Sequence[Seen], run: int) -> None:
    """Let reviews follow what was seen of their findings by the run of that number."""
    held = reviews.of(tx.connection, [one.finding for one in seen])
    moving = [(held.get(one.finding), steps) for one in seen if (steps := list(followed(held.get(one.finding), one)))]
    for some in batches(moving):
        told = [
            [step.review.finding, step.event.value, step.before and step.before.value, step.review.state.value]
            for _, steps in some
            for step in steps
        ]
        number = ground.audit.record(tx, SYSTEM, "review.follow", f"run:{run}", {"run": run, "steps": told})
        fresh = [_stored(review, steps[-1].review, tx.at) for review, steps in some]
        reviews.add(tx, [one for (review, _), one in zip(some, fresh, strict=True) if review is None])
        for (review, _), one in zip(some, fresh, strict=True):
            if review is not None:
                reviews.change(tx, one, review.version)
        happened = [
            _happened(step, one, tx.at, number) for (_, steps), one in zip(some, fresh, strict=True) for step in steps
        ]
        reviews.happened(tx, happened)


def _stored(before: Review | None, after: Review, at: int) -> Review:
    if before is None:
        return after._replace(opened=at, changed=at)
    return after._replace(version=before.version + 1, changed=at)


def _happened(step: Step, stored: Review, at: int, audit: int) -> Happened:
    before = step.before.value if step.before else None
    return Happened(0, stored.finding, at, SYSTEM, step.event.value, before, step.review.state.value, "", "{}",
                    stored.version, audit)  # fmt: skip

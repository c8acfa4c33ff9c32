"""Spot checks: a seeded sample of an auditor's findings, what was found at each, and what that says about all."""

from __future__ import annotations

import json
import secrets
from fractions import Fraction
from typing import NamedTuple

from checker.auditing.drawing import digest_of, draw
from checker.auditing.estimating import Estimate, estimate
from checker.auditing.sizing import LARGEST, sample_size
from checker.model.language import Text
from checker.service.ground import Ground
from checker.service.submitting import Refused, Stale
from checker.store import findings as standing
from checker.store import samples
from checker.store.accounts import Account
from checker.store.database import Reading, Writing
from checker.store.findings import Wanted
from checker.store.samples import Outcome, Sample, Sampled

_FILTERS = ("unit", "rule", "verdict", "period", "section", "responsible")


class Wish(NamedTuple):
    """What sample is wanted: of which findings, how sure and how close. `seed` None: let one be drawn by lot."""

    title: str
    wanted: Wanted
    confidence: Fraction
    margin: Fraction
    seed: str | None = None


class Measured(NamedTuple):
    """What a wish comes to: the ids of all findings that it is drawn from, and how many are drawn."""

    drawn_from: list[str]
    size: int


def measure(reading: Reading, wish: Wish) -> Measured:
    """Give how many findings there are and how many a sample needs. Raises Refused where there are none or too many."""
    found = standing.names(reading, wish.wanted)
    if not found:
        raise Refused(Text("没有符合条件的结论，无从抽查", "no finding is asked for, so none can be drawn"))
    size = sample_size(len(found), wish.confidence, wish.margin)
    if size is None:
        why = Text(
            f"要抽查 {LARGEST} 条以上才够精确：请放宽误差或降低把握",
            f"more than {LARGEST} would have to be looked at: widen the margin, or be less sure",
        )
        raise Refused(why)
    return Measured(found, size)


def draw_sample(ground: Ground, tx: Writing, account: Account, area: str, wish: Wish, measured: Measured) -> Sample:
    """Draw a sample and keep it with its seed. Raises Stale where there are other findings than when it was measured.

    The seed is drawn by lot unless one is given, such as a number that was drawn in public.
    """
    if standing.names(tx.connection, wish.wanted) != measured.drawn_from:
        raise Stale
    seed = secrets.token_hex(8) if wish.seed is None else wish.seed
    today = ground.today(ground.rulebook(tx.connection), tx.at)
    asked = {name: value for name in _FILTERS if (value := getattr(wish.wanted, name)) is not None}
    sample = Sample(
        id=secrets.token_hex(8), title=wish.title, seed=seed, confidence=str(wish.confidence), margin=str(wish.margin),
        area=area, filters=json.dumps(asked, ensure_ascii=False, sort_keys=True), size=measured.size,
        population=len(measured.drawn_from), digest=digest_of(measured.drawn_from), as_of=today.isoformat(),
        by_account=account.id, at=tx.at,
    )  # fmt: skip
    drawn = draw(seed, measured.drawn_from, measured.size)
    held = {one.id: one for one in standing.of_names(tx.connection, drawn)}
    rows = [_sampled(sample, place, held[name]) for place, name in enumerate(drawn)]
    samples.add(tx, sample, measured.drawn_from, rows)
    told = {
        "seed": seed, "seed_given": wish.seed is not None, "confidence": sample.confidence, "margin": sample.margin,
        "size": sample.size, "population": sample.population, "digest": sample.digest, "area": area, "filters": asked,
    }  # fmt: skip
    ground.audit.record(tx, account.id, "sample.draw", f"sample:{sample.id}", told)
    return sample


def enter(
    ground: Ground, tx: Writing, account: Account, held: Sampled, version: int, outcome: Outcome, note: str
) -> Sampled:
    """Enter what was found at one finding of a sample, or mend it; each entry stays in the trail. Raises Stale.

    Raises Refused where a finding differs and nobody says how.
    """
    if outcome is Outcome.DIFFERS and not note.strip():
        raise Refused(Text("不符的要写明实际情况", "say what was found where it differs"))
    entered = samples.enter(tx, held, version, outcome, note, account.id)
    if entered is None:
        raise Stale
    told = {"finding": held.finding, "outcome": outcome.value, "before": held.outcome, "note": note}
    ground.audit.record(tx, account.id, "sample.enter", f"sample:{held.sample}", told)
    return entered


def outcome_of(reading: Reading, sample: Sample) -> Estimate | None:
    """Give what a sample says about all findings, None as long as anything is still to be entered."""
    counted = samples.outcomes(reading, sample.id)
    if None in counted:
        return None
    return estimate(sample.population, sample.size, counted.get(Outcome.DIFFERS, 0), Fraction(sample.confidence))


def is_repeatable(reading: Reading, sample: Sample) -> bool:
    """Whether drawing once more by the same seed from the same findings gives the same sample."""
    whole = samples.drawn_from(reading, sample.id)
    drawn = [one.finding for one in samples.sampled(reading, sample.id)]
    return digest_of(whole) == sample.digest and draw(sample.seed, whole, sample.size) == drawn


def _sampled(sample: Sample, place: int, one: standing.Standing) -> Sampled:
    return Sampled(
        sample=sample.id, place=place, finding=one.id, rule=one.rule, unit=one.unit, period=one.period,
        verdict=one.verdict, record=one.record, facts_digest=one.facts_digest, outcome=None, note="", by_account=None,
        at=None, version=1,
    )  # fmt: skip

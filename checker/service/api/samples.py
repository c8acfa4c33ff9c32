"""Audit samples (抽查): drawn by a seed, findings entered one by one, and what they say about all."""

from __future__ import annotations

import json
from fractions import Fraction

from fastapi import APIRouter, Request, Response

from checker.auditing.estimating import Estimate
from checker.auditing.saying import outwards, sentence
from checker.model.language import Language, Text, printable
from checker.model.number import parse_number, shown_percent, shown_rate, simplest
from checker.service import sampling
from checker.service.api.acting import Writes
from checker.service.api.desk import AtDesk, Desk
from checker.service.api.findings import within
from checker.service.api.identity import Auditing
from checker.service.api.problems import ApiFault, Reason, documented, language_of, not_found
from checker.service.api.shown import Cursor, Most, page, position, when
from checker.service.api.values.base import Key, Page
from checker.service.api.values.sampled import EstimateOut, OutcomeIn, SampledOut, SampleIn, SampleOut, SampleWhole
from checker.service.looking import Look
from checker.service.reach import reach_of
from checker.service.sampling import Wish
from checker.store import samples
from checker.store.accounts import Account
from checker.store.database import Reading, Writing, time_of
from checker.store.findings import Wanted
from checker.store.samples import Outcome, Sample, Sampled

router = APIRouter(prefix="/audit-samples", tags=["抽查 samples"])
_SURE = (Fraction(1, 2), Fraction(999, 1000))
_CLOSE = (Fraction(1, 100), Fraction(1, 2))


@router.post("", status_code=201, response_model=SampleOut, responses=documented(404, 409))
def draw(given: SampleIn, request: Request, account: Auditing, desk: AtDesk, writes: Writes) -> Response:
    """抽样：给出把握和误差，由种子决定抽到哪些。Draw a sample, of a size that the margin asks for, by a seed."""
    confidence, margin = _between(given.confidence, *_SURE), _between(given.margin, *_CLOSE)
    asked = given.model_dump(include={"unit", "rule", "verdict", "period", "section", "responsible"}, mode="json")
    with desk.ground.database.read() as reading:
        wanted = within(reach_of(account, Look(desk.ground, reading)), Wanted(**asked))
        wish = Wish(given.title, wanted, confidence, margin, given.seed)
        measured = sampling.measure(reading, wish)
    area = account.area or ""

    def act(tx: Writing) -> SampleOut:
        sample = sampling.draw_sample(desk.ground, tx, account, area, wish, measured)
        return _out(tx.connection, sample, language_of(request))

    return writes.perform(201, act, given.model_dump_json())


@router.get("", response_model=Page[SampleOut], responses=documented())
def listed(
    request: Request, account: Auditing, desk: AtDesk, cursor: Cursor = None, limit: Most = 50
) -> Page[SampleOut]:
    """抽查列表，新的在前。Samples drawn within the area, the newest first."""
    after = position(cursor, int)
    with desk.ground.database.read() as reading:
        areas = reach_of(account, Look(desk.ground, reading)).units()
        found = samples.listed(reading, areas, after[0] if after else None, limit + 1)
        shown = {one.id: _out(reading, one, language_of(request)) for one in found}
    return page(found, limit, lambda one: (one.at,), lambda one: shown[one.id])


@router.get("/{sample_id}", response_model=SampleWhole, responses=documented(404))
def one(sample_id: Key, request: Request, account: Auditing, desk: AtDesk) -> SampleWhole:
    """一次抽查和它的推断；按种子重抽一遍核对。A sample, what it says, and whether it can be drawn again."""
    with desk.ground.database.read() as reading:
        sample = _reached(desk, reading, account, sample_id)
        shown = _out(reading, sample, language_of(request))
        return SampleWhole(**shown.model_dump(), repeatable=sampling.is_repeatable(reading, sample))


@router.get("/{sample_id}/findings", response_model=Page[SampledOut], responses=documented(404))
def sampled(
    sample_id: Key, request: Request, account: Auditing, desk: AtDesk, cursor: Cursor = None, limit: Most = 50
) -> Page[SampledOut]:
    """抽到的结论，按抽出的次序。The findings of a sample as they stood, in the order drawn."""
    after = position(cursor, int)
    with desk.ground.database.read() as reading:
        _reached(desk, reading, account, sample_id)
        found = samples.sampled(reading, sample_id, after[0] if after else -1, limit + 1)
    return page(found, limit, lambda one: (one.place,), lambda one: _sampled_out(one, language_of(request)))


@router.put("/{sample_id}/findings/{finding_id}", response_model=SampledOut, responses=documented(404, 409))
def enter(
    sample_id: Key, finding_id: Key, given: OutcomeIn, request: Request, account: Auditing, desk: AtDesk, writes: Writes
) -> Response:
    """登记核实结果：相符或不符，不符的写明。Enter what was found: it agrees, or differs and how."""

    def act(tx: Writing) -> SampledOut:
        _reached(desk, tx.connection, account, sample_id)
        held = samples.one_sampled(tx.connection, sample_id, finding_id)
        if held is None:
            raise not_found()
        reach = reach_of(account, Look(desk.ground, tx.connection))
        if reach.has_part_in(held.finding, held.unit, json.loads(held.record)["answerable"]):
            raise ApiFault(403, Reason.OWN_UNIT, Text("不能核实本单位的结论", "nobody judges the own unit's"))
        note = printable(given.note)
        entered = sampling.enter(desk.ground, tx, account, held, given.version, given.outcome, note)
        return _sampled_out(entered, language_of(request))

    return writes.perform(200, act, given.model_dump_json())


def _between(written: str, least: Fraction, most: Fraction) -> Fraction:
    read = parse_number(written)
    if read is None or not least <= read[0] <= most:
        low, high = (shown_percent(simplest(one)) for one in (least, most))
        raise ApiFault(
            422, Reason.INVALID, Text(f"{written} 应在 {low} 至 {high}", f"{written} is not within {low} to {high}")
        )
    return Fraction(read[0])


def _reached(desk: Desk, reading: Reading, account: Account, sample_id: str) -> Sample:
    sample = samples.find(reading, sample_id)
    areas = reach_of(account, Look(desk.ground, reading)).units()
    if sample is None or not (areas is None or sample.area in areas):
        raise not_found()
    return sample


def _out(reading: Reading, sample: Sample, language: Language) -> SampleOut:
    counted = samples.outcomes(reading, sample.id)
    estimated = sampling.outcome_of(reading, sample)
    told = {
        **sample._asdict(),
        "confidence": shown_percent(simplest(Fraction(sample.confidence))),
        "margin": shown_percent(simplest(Fraction(sample.margin))),
        "filters": json.loads(sample.filters),
        "at": time_of(sample.at),
        "entered": sum(count for outcome, count in counted.items() if outcome is not None),
        "differing": counted.get(Outcome.DIFFERS, 0),
        "estimate": _estimate_out(estimated, language) if estimated else None,
    }
    return SampleOut.model_validate(told)


def _estimate_out(estimated: Estimate, language: Language) -> EstimateOut:
    low, high = (shown_percent(simplest(one)) for one in outwards(estimated))
    return EstimateOut(
        differing=estimated.differing, share=shown_rate(estimated.differing, estimated.size),
        low=estimated.interval.low, high=estimated.interval.high, low_share=low, high_share=high,
        sentence=sentence(estimated).said(language),
    )  # fmt: skip


def _sampled_out(one: Sampled, language: Language) -> SampledOut:
    told = {name: value for name, value in one._asdict().items() if name not in {"sample", "record", "at"}}
    explanation = json.loads(one.record)["explanation"][language.value]
    return SampledOut(**told, explanation=explanation, at=when(one.at))

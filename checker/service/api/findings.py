"""Findings: filtered, sorted, a page at a time; one with what it rests on, and everything that became of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from checker.model.finding import Verdict
from checker.model.language import Text
from checker.service.api.desk import AtDesk
from checker.service.api.identity import Reading as Allowed
from checker.service.api.problems import ApiFault, Reason, documented, language_of, not_found
from checker.service.api.shown import Cursor, Most, finding_out, page, position
from checker.service.api.values.base import Day, Department, Digest, Key, Page, PeriodCode, RuleId, Section, UnitId
from checker.service.api.values.found import ChangeOut, DossierOut, FindingOut
from checker.service.looking import Look
from checker.service.reach import Reach, Relation, reach_of
from checker.store import findings as standing
from checker.store.accounts import Account
from checker.store.database import Reading, time_of
from checker.store.findings import Order, Standing, Wanted

router = APIRouter(prefix="/findings", tags=["结论 findings"])
AsOf = Annotated[Day | None, Query(description="截至过去哪一天，按当时所知  as known at the end of a past day")]
JudgedBy = Annotated[
    Digest | None,
    Query(description="按公布过的哪一版规则，默认那天现行的  by which published rulebook, by default that day's"),
]
_LEFT_OUT = ("explanation", "measure", "totals", "bounds", "bounds_words", "to_be_met")


def _filters(
    unit: UnitId | None = None, rule: RuleId | None = None, verdict: Verdict | None = None,
    period: PeriodCode | None = None, section: Section | None = None, responsible: Department | None = None,
) -> Wanted:  # fmt: skip
    """Give the findings that a request asks for, whoever asks."""
    told = verdict.value if verdict else None
    return Wanted(unit=unit, rule=rule, verdict=told, period=period, section=section, responsible=responsible)


Filters = Annotated[Wanted, Depends(_filters)]


def within(reach: Reach, filters: Wanted) -> Wanted:
    """Give `filters` within what is reached."""
    mine = reach.wanted()
    return filters._replace(units=mine.units, also=mine.also, answering=mine.answering)


@router.get("", response_model=Page[FindingOut], responses=documented(404))
def listed(
    request: Request, account: Allowed, desk: AtDesk, filters: Filters, as_of: AsOf = None, rulebook: JudgedBy = None,
    sort: Order = Order.UNIT, cursor: Cursor = None, limit: Most = 50,
) -> Page[FindingOut]:  # fmt: skip
    """结论列表；过去某天的只能按单位排序。Findings within reach; those of a past day are sorted by unit."""
    language = language_of(request)
    after = position(cursor, str if sort is Order.UNIT else int, str)
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of, rulebook), as_of)
        reach = reach_of(account, look)
        wanted = within(reach, filters)
        if look.stands:
            found = standing.page(reading, wanted, sort, (after[0], after[1]) if after else None, limit + 1)
        else:
            if sort is not Order.UNIT:
                raise ApiFault(422, Reason.INVALID, Text("过去的只能按单位排序", "the past is sorted by unit only"))
            found = [one for one in look.standing(wanted) if after is None or (one.unit, one.id) > tuple(after)]
    key = _by_unit if sort is Order.UNIT else _by_change
    return page(found[: limit + 1], limit, key, lambda one: finding_out(one, reach, language))


@router.get("/{finding_id}", response_model=DossierOut, responses=documented(404))
def one(
    finding_id: Key, request: Request, account: Allowed, desk: AtDesk, as_of: AsOf = None, rulebook: JudgedBy = None
) -> DossierOut:
    """一条结论和它的依据：每个数、谁没有报、怎样才达标。One finding with every fact that it rests on."""
    language = language_of(request)
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of, rulebook), as_of)
        reach = reach_of(account, look)
        found = _found(look, reading, reach, finding_id)
        unit = look.registry.get(found.unit)
        dossier = look.dossier(finding_id, unit, language) if unit else None
    if dossier is None:
        raise not_found()
    shown = finding_out(found, reach, language)
    return DossierOut(finding=shown, dossier=_own_part(dossier, account, shown))


@router.get("/{finding_id}/history", response_model=list[ChangeOut], responses=documented(404))
def history(finding_id: Key, request: Request, account: Allowed, desk: AtDesk) -> list[ChangeOut]:
    """结论的变化和原因，旧的在前。Every change of a finding and what caused it, the oldest first."""
    language = language_of(request)
    with desk.ground.database.read() as reading:
        reach = reach_of(account, Look(desk.ground, reading))
        changes = standing.history(reading, finding_id)
        record = json.loads(changes[-1].record) if changes else {}
        held = standing.page(reading, reach.wanted()._replace(name=finding_id), Order.UNIT, None, 1)
        reached = reach.units()
        if not changes or not (held or reached is None or record["unit"] in reached):
            raise not_found()
    blind = reach.relation(finding_id, record["unit"], record["answerable"]) is Relation.CONTRIBUTES
    return [
        ChangeOut(
            at=time_of(change.at),
            as_of=date.fromisoformat(change.as_of),
            causes=[cause for cause in change.causes.split(";") if cause],
            before=change.before,
            verdict=change.verdict,
            explanation=None if blind else json.loads(change.record)["explanation"][language.value],
            facts_digest="" if blind else change.facts_digest,
            run=change.run,
        )
        for change in changes
    ]


def look_at(look: Look, as_of: date | None) -> Look:
    """Give `look`. Raises ApiFault for a day that has not come."""
    if as_of is not None and as_of > look.today:
        raise ApiFault(422, Reason.INVALID, Text(f"{as_of} 还没有到", f"{as_of} has not come yet"))
    return look


def _found(look: Look, reading: Reading, reach: Reach, finding_id: str) -> Standing:
    wanted = reach.wanted()._replace(name=finding_id)
    if look.stands:
        found = standing.page(reading, wanted, Order.UNIT, None, 1)
    else:
        found = [one for one in look.standing(wanted) if one.id == finding_id]
    if not found:
        raise not_found()
    return found[0]


def _own_part(dossier: dict[str, object], account: Account, shown: FindingOut) -> dict[str, object]:
    """Give of a finding that one's unit merely contributes to its own contribution alone."""
    if shown.relation != Relation.CONTRIBUTES.value:
        return dossier
    parts = dossier["parts"] if isinstance(dossier["parts"], list) else []
    own = [part for part in parts if part["unit"] == account.unit]
    return {**dossier, **dict.fromkeys(_LEFT_OUT), "parts": own}


def _by_unit(one: Standing) -> tuple[str, str]:
    return one.unit, one.id


def _by_change(one: Standing) -> tuple[int, str]:
    return one.changed, one.id

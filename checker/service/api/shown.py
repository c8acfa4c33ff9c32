"""How what is stored is shown: instants as times, records as the values of the interface, pages with their cursors."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import Query

from checker.model.fact import Fact
from checker.model.instant import shown_instant
from checker.model.language import Language, Text, printable
from checker.model.number import shown
from checker.model.problem import Problem
from checker.model.rulebook import Rulebook
from checker.model.unit import Unit
from checker.reporting.record import problem_record
from checker.service.api.problems import ApiFault, ProblemRecord, Reason
from checker.service.api.values.base import Page
from checker.service.api.values.found import FindingOut
from checker.service.api.values.kept import UnitOut
from checker.service.api.values.people import AccountOut
from checker.service.api.values.submitted import EvidenceOut, FactOut, SubmissionOut
from checker.service.reach import Reach, Relation
from checker.store.accounts import Account
from checker.store.database import time_of
from checker.store.findings import Standing
from checker.store.submissions import Evidence, Submission

Item = TypeVar("Item")
Out = TypeVar("Out")

Most = Annotated[int, Query(ge=1, le=200, examples=[50], description="最多几项  at most so many items")]
Cursor = Annotated[
    str | None,
    Query(max_length=400, pattern=r"^[A-Za-z0-9_=-]+$", examples=["WyJzY2hvb2wtMDAxIl0="],
          description="上一页的 next  `next` of the page before"),
]  # fmt: skip


def when(at: int | None) -> datetime | None:
    """Give the time that an instant is, where there is one."""
    return None if at is None else time_of(at)


def attachment(name: str) -> dict[str, str]:
    """Give the headers with which a browser saves what it gets under `name`, whatever is in it, and never shows it."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def position(cursor: str | None, *kinds: type) -> list[Any] | None:
    """Give what a cursor holds, values of these kinds, or None where there is none. Raises ApiFault for another."""
    if cursor is None:
        return None
    try:
        held = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except ValueError:
        held = None
    if not isinstance(held, list) or [type(one) for one in held] != list(kinds):
        raise _strange_cursor()
    if not all(one.isprintable() if isinstance(one, str) else 0 <= one < 2**63 for one in held):
        raise _strange_cursor()
    return held


def _strange_cursor() -> ApiFault:
    return ApiFault(422, Reason.INVALID, Text("cursor 不是上一页给出的", "the cursor was not given by a page"))


def page(
    found: Sequence[Item], most: int, key: Callable[[Item], Sequence[object]], out: Callable[[Item], Out]
) -> Page[Out]:
    """Give a page of what was found, of which one more than `most` was asked for, and where the next one begins."""
    kept = found[:most]
    more = len(found) > most
    following = base64.urlsafe_b64encode(json.dumps(list(key(kept[-1]))).encode()).decode() if more else None
    return Page(items=[out(one) for one in kept], next=following)


def account_out(account: Account) -> AccountOut:
    """Show an account."""
    return AccountOut(**{**account._asdict(), "created": time_of(account.created)})


def unit_out(unit: Unit) -> UnitOut:
    """Show a unit."""
    told = {name: getattr(unit, name) for name in ("id", "name", "type", "parent", "opened", "closed")}
    return UnitOut(**told, attributes=dict(unit.attributes))


def submission_out(submission: Submission) -> SubmissionOut:
    """Show a submission."""
    times = {name: when(getattr(submission, name)) for name in ("created", "reported", "changed", "unlocked_until")}
    told = {key: value for key, value in submission._asdict().items() if key != "before_lock"}
    return SubmissionOut(**{**told, **times})


def evidence_out(evidence: Evidence) -> EvidenceOut:
    """Show a file of evidence."""
    return EvidenceOut(**{**evidence._asdict(), "created": time_of(evidence.created)})


def fact_out(fact: Fact, rulebook: Rulebook) -> FactOut:
    """Show a reported value."""
    return FactOut(
        unit=fact.unit,
        indicator=fact.indicator,
        period=fact.period.code,
        value=None if fact.value is None else shown(fact.value),
        reported_at=None if fact.reported is None else shown_instant(fact.reported, rulebook.plan.zone),
        evidence=printable(fact.evidence),
        note=printable(fact.note),
        file=printable(fact.place.file),
        row=fact.place.row,
    )


def problems_out(problems: Iterable[Problem], language: Language) -> list[ProblemRecord]:
    """Show problems."""
    found = (problem_record(problem, language) for problem in problems)
    return [
        ProblemRecord.model_validate({k: printable(v) if isinstance(v, str) else v for k, v in one.items()})
        for one in found
    ]


def finding_out(one: Standing, reach: Reach, language: Language) -> FindingOut:
    """Show a finding, and of one that the account merely contributes to nothing about the others."""
    record = json.loads(one.record)
    relation = reach.relation(one.id, one.unit, record["answerable"])
    told = {
        **record,
        "explanation": record["explanation"][language.value],
        "relation": relation.value,
        "as_of": one.as_of,
        "changed": when(one.changed or None),
        "causes": [cause for cause in one.causes.split(";") if cause],
        "facts_digest": one.facts_digest,
    }
    if relation is Relation.CONTRIBUTES:
        told |= {"explanation": None, "observed": None, "bounds": [None, None], "shortfall": None, "facts_digest": None}
    return FindingOut.model_validate(told)

"""Which findings one rulebook would change against another, on equal data: exactly what a publication then changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from checker.authoring.comparing.flipping import Flip
from checker.engines.assessing import Assessment
from checker.engines.deciding import Deciding
from checker.engines.plain import PlainJudge
from checker.model.fact import Data
from checker.model.finding import Finding
from checker.model.language import printable
from checker.model.rulebook import Rulebook
from checker.service.weighing import exact_state, records

SAME = "same"
"""The way of a finding whose verdict stays, while its figures or its words change."""
Side = tuple[Rulebook, Data]


class _Stood(NamedTuple):
    """One finding with all by which the store tells a change."""

    finding: Finding
    content: tuple[str, str, str]


def difference(old: Side, new: Side, as_of: date) -> dict[str, Any]:
    """Give how many findings there are on either side, and those that differ in anything that is stored of them.

    In the order of the new findings, what is gone last: id, rule, unit, its name, period, both verdicts, the way, and
    a seal of what it becomes.
    """
    before, after = _judged(*old, as_of), _judged(*new, as_of)
    names = [name for name in dict.fromkeys([*after, *before]) if _content(before, name) != _content(after, name)]
    rows = [_row(name, before.get(name), after.get(name)) for name in names]
    return {"findings": len(before | after), "changed": rows}


def _judged(rulebook: Rulebook, data: Data, as_of: date) -> dict[str, _Stood]:
    found = list(Assessment(rulebook, data, as_of, PlainJudge()).findings())
    deciding = Deciding(rulebook, data, as_of)
    shown = records(found, rulebook, data.registry, as_of)
    return {
        finding.identity(rulebook.plan.id): _Stood(finding, (exact_state(finding), deciding.digest(finding), record))
        for finding, record in zip(found, shown, strict=True)
    }


def _content(side: Mapping[str, _Stood], name: str) -> tuple[str, str, str] | None:
    return side[name].content if name in side else None


def _row(name: str, was: _Stood | None, now: _Stood | None) -> list[str | None]:
    one = now or was
    assert one is not None, name  # noqa: S101 (a name comes from one side or the other)
    finding = one.finding
    old, new = (side and side.finding.verdict for side in (was, now))
    way = SAME if old is new else Flip(finding.rule, finding.unit, finding.period, old, new).way.value
    seal = hashlib.sha256(repr(now and now.content).encode()).hexdigest()
    unit = finding.unit
    return [name, finding.rule.id, unit.id, printable(unit.name), finding.period.code, old and old.value,
            new and new.value, way, seal]  # fmt: skip

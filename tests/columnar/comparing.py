"""Holds a columnar session equal to the plain engine, in every field of every finding, alert and waiver."""

from __future__ import annotations

from datetime import date

from checker.engines.assessing import Assessment
from checker.engines.columnar.assessing import ColumnarAssessment
from checker.engines.columnar.session import Session
from checker.engines.plain import PlainJudge
from checker.model.fact import Data
from checker.model.rulebook import Rulebook


def differences(rulebook: Rulebook, data: Data, as_of: date, session: Session, drafts: bool = False) -> list[str]:
    """Give in words where the two differ; empty where they are equal."""
    plain = Assessment(rulebook, data, as_of, PlainJudge(), drafts)
    columnar = ColumnarAssessment(rulebook, data, as_of, session, drafts)
    mine, theirs = list(columnar.findings()), list(plain.findings())
    found = [f"{len(mine)} findings ≠ {len(theirs)}"] if len(mine) != len(theirs) else []
    for one, other in zip(mine, theirs, strict=False):
        where = f"{other.rule.id} {other.unit.id} {other.period.code}"
        fields = [name for name in other._fields if getattr(one, name) != getattr(other, name)]
        found += [f"{where} {name}: {getattr(one, name)!r} ≠ {getattr(other, name)!r}" for name in fields]
    alerts, expected = list(columnar.alerts()), list(plain.alerts())
    if alerts != expected:
        found.append(f"alerts {alerts!r} ≠ {expected!r}")
    if columnar.unneeded_waivers() != plain.unneeded_waivers():
        found.append(f"unneeded {columnar.unneeded_waivers()!r} ≠ {plain.unneeded_waivers()!r}")
    if columnar.size() != len(theirs):
        found.append(f"size {columnar.size()} ≠ {len(theirs)}")
    return found

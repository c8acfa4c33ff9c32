"""indicators.yaml -> the indicators of the rulebook and its consistency checks."""

from __future__ import annotations

from checker.documents.node import Mapping
from checker.model.rulebook import Check, Indicator, Reporter
from checker.rulebook.faults import read, sound
from checker.rulebook.plan import text_of
from checker.rulebook.schema import IndicatorEntry, IndicatorsFile, NamedDepartment
from checker.rulebook.source import Spot

_SPARE: dict[str, object] = {"name": "-", "unit": "-", "counts": "-"}


def compile_indicators(spot: Spot) -> tuple[dict[str, Indicator], tuple[Check, ...]]:
    """Give the sound indicators and the checks that the file of `spot` holds, complaining of the others."""
    file = read(spot, IndicatorsFile)
    if file is None:
        whole = spot.source.at(("indicators",))
        keys = [key.text for key, _ in whole.entries] if isinstance(whole, Mapping) else []
        read_alone = {key: sound(spot.source, ("indicators", key), IndicatorEntry, _SPARE) for key in keys}
        return {key: _indicator(key, entry) for key, entry in read_alone.items() if entry}, ()
    checks = tuple(Check(indicator=check.indicator, at_most=check.at_most) for check in file.checks)
    return {code: _indicator(code, entry) for code, entry in file.indicators.items()}, checks


def _indicator(code: str, entry: IndicatorEntry) -> Indicator:
    return Indicator(
        code=code,
        name=text_of(entry.name),
        unit=text_of(entry.unit),
        counts=text_of(entry.counts),
        nature=entry.nature,
        value=entry.value,
        reporter=_reporter(entry.reporter),
    )


def _reporter(given: str | tuple[str, ...] | NamedDepartment) -> Reporter:
    if isinstance(given, NamedDepartment):
        return Reporter(department=given.department)
    return Reporter(unit_types=(given,) if isinstance(given, str) else given)

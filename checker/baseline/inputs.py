"""The inputs of a check as plain data and back, so that a later check can exchange them one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from checker.model.fact import Data, Fact, Spoiled, Waiver
from checker.model.number import Number, simplest
from checker.model.problem import Place
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.model.unit import Registry, Unit

_NOWHERE = Place("")
_NONE = "-"
_NUMBER = r"(?:-|-?[0-9]+(?:/[1-9][0-9]*)?)"
_FACT = re.compile(rf"[^ ]+ [^ ]+ [^ ]+ {_NUMBER} {_NUMBER}")
_SPOILED = re.compile(r"[^ ]+ [^ ]+ [^ ]+")


class Kept(BaseModel):
    """Everything that can decide a finding, and nothing else: no evidence, no notes, no places.

    `facts` are lines of unit, indicator, period, value and time of report, `spoiled` of the first three, parted by
    spaces, which no id holds; ``-`` stands for what is not there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rulebook: Rulebook
    units: tuple[Unit, ...]
    waivers: tuple[Waiver, ...]
    facts: tuple[str, ...]
    spoiled: tuple[str, ...]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        """Refuse what no check keeps, so that an edited record is told from a kept one before it is judged."""
        levels = {unit.id: self.rulebook.plan.level(unit.type) for unit in self.units}
        for unit in self.units:
            level, above = levels[unit.id], -1 if unit.parent is None else levels.get(unit.parent)
            if level is None or above is None or above >= level:
                raise ValueError(f"{unit.id} has no level of the plan, or none below its parent's")
        if not all(map(_FACT.fullmatch, self.facts)) or not all(map(_SPOILED.fullmatch, self.spoiled)):
            raise ValueError("a line is not one of a fact")
        return self

    def data(self) -> Data:
        """Give the data to judge: what `rulebook` and `units` know of it, whichever check they were taken from."""
        registry = Registry(self.units)
        waivers = [one for one in self.waivers if one.unit in registry and one.rule in self.rulebook.rules]
        return Data(registry, tuple(self._facts(registry)), waivers, frozenset(self._spoils(registry)))

    def _facts(self, registry: Registry) -> Iterator[Fact]:
        for unit, indicator, code, value, reported in (line.split(" ") for line in self.facts):
            period = self.rulebook.plan.calendar.read(code)
            if period and self._knows(registry, unit, indicator):
                yield Fact(unit, indicator, period, _number(value), _number(reported), _NOWHERE)

    def _spoils(self, registry: Registry) -> Iterator[Spoiled]:
        for unit, indicator, code in (line.split(" ") for line in self.spoiled):
            if self._knows(registry, unit, indicator):
                yield Spoiled(unit, indicator, None if code == _NONE else self.rulebook.plan.calendar.read(code))

    def _knows(self, registry: Registry, unit: str, indicator: str) -> bool:
        known = unit in registry and indicator in self.rulebook.indicators
        return known and self.rulebook.reports(registry[unit], indicator)


def keep(run: Run) -> Kept | None:
    """Give the inputs of `run`, or None where nothing was judged."""
    if run.rulebook is None or run.data is None:
        return None
    spoiled = (f"{one.unit} {one.indicator} {one.period.code if one.period else _NONE}" for one in run.data.spoiled)
    return Kept(
        rulebook=run.rulebook,
        units=tuple(run.data.registry),
        waivers=tuple(replace(one, place=_NOWHERE) for one in sorted(run.data.waivers, key=lambda one: one.id)),
        facts=tuple(sorted(_lines(run.data))),
        spoiled=tuple(sorted(spoiled)),
    )


def _lines(data: Data) -> Iterator[str]:
    for fact in data.facts:
        yield f"{fact.unit} {fact.indicator} {fact.period.code} {_text(fact.value)} {_text(fact.reported)}"


def _text(value: Number | None) -> str:
    return _NONE if value is None else str(value)


def _number(text: str) -> Number | None:
    return None if text == _NONE else simplest(Fraction(text))

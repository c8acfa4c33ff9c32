"""Records become facts, or problems and spoiled keys: what each record says alone, whatever file it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.intake.header import Header
from checker.intake.lookups import Fault, Lookups, Told
from checker.intake.sources import Source
from checker.intake.wording import joined
from checker.model.fact import Fact, Spoiled
from checker.model.instant import Instant
from checker.model.number import Number
from checker.model.problem import Place, Problem
from checker.model.rulebook import Indicator
from checker.model.unit import Unit
from checker.model.worksheet import Sheet

COLUMNS = ("unit", "indicator", "period", "value", "reported_at", "evidence", "note")


class At(NamedTuple):
    """A fault and the column at which it lies."""

    fault: Fault
    column: str | None


class Answers(NamedTuple):
    """What the cells of one record mean, each its meaning or its fault, in the order of `COLUMNS`."""

    unit: Unit | Fault | None
    indicator: Indicator | Fault
    told: Told | Fault
    value: Number | Fault | None
    reported: Instant | Fault | None


class Heading(NamedTuple):
    """What a record of several values says about all of them: whose they are, of when, and when they were reported."""

    unit: Unit | Fault | None
    told: Told | Fault
    reported: Instant | Fault | None
    has_instant: bool
    is_sound: bool


@dataclass(slots=True)
class Gathering:
    """What a reading has gathered so far: facts without an error of their own, problems, spoiled keys."""

    lookups: Lookups
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    set_aside: dict[Spoiled, list[Place]] = field(default_factory=dict)
    sheets: dict[str, list[Sheet]] | None = None
    """What each workbook holds, by the name of its source, where that is wanted."""

    @property
    def spoiled(self) -> set[Spoiled]:
        """The keys of the facts that were set aside."""
        return set(self.set_aside)

    def complain(self, faults: Iterable[At], place: Place) -> None:
        """Note one problem for each code among the `faults` of one record; the first says which column."""
        by_code: dict[str, list[At]] = {}
        for at in faults:
            by_code.setdefault(at.fault.code, []).append(at)
        for same in by_code.values():
            message = joined(at.fault.message for at in same)
            hint = joined(at.fault.hint for at in same)
            self.problems.append(Problem(same[0].fault.code, message, hint, place._replace(column=same[0].column)))

    def spoil(self, answers: Answers, place: Place) -> None:
        """Remember that a fact was set aside at `place`, where it can be told whose and about what it was."""
        unit, indicator, told, *_ = answers
        if isinstance(unit, Unit) and isinstance(indicator, Indicator):
            period = told.period if isinstance(told, Told) else None
            self.set_aside.setdefault(Spoiled(unit.id, indicator.code, period), []).append(place)

    def take_value(
        self,
        heading: Heading,
        indicator: Indicator | Fault,
        value: Number | Fault | None,
        at: tuple[Place, str],
        evidence: str,
        note: str,
    ) -> None:
        """Take one of the values below `heading`, whose own faults have been told; `at`: its place and its column."""
        place, column = at
        unit, told, reported = heading.unit, heading.told, heading.reported
        wrong = self.lookups.wrong_reporter(unit, indicator)
        if (
            heading.is_sound and wrong is None
            and isinstance(unit, Unit) and isinstance(indicator, Indicator) and isinstance(told, Told)
            and not isinstance(value, Fault) and not isinstance(reported, Fault)
        ):  # fmt: skip
            fact = Fact(unit.id, indicator.code, told.period, value, reported, place, evidence, note)
            self.facts.append(fact)
            return
        self.complain([At(one, column) for one in (indicator, value, wrong) if isinstance(one, Fault)], place)
        self.spoil(Answers(unit, indicator, told, value, reported), place)

    def take_table(self, source: Source, header: Header, records: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Take every record of a table that has the columns of facts; `records` are rows and their cells."""
        # A hundred thousand records pass here, so what can be looked up once is.
        lookups, facts, file, order = self.lookups, self.facts, source.name, source.order
        units, indicators, periods, instants = lookups.units, lookups.indicators, lookups.periods, lookups.instants
        n_unit, n_indicator, n_period, n_value = (header.numbers[name] for name in COLUMNS[:4])
        n_reported, n_evidence, n_note = (header.numbers.get(name, -1) for name in COLUMNS[4:])
        for row, cells in records:
            unit = units[cells[n_unit].strip()]
            indicator = indicators[cells[n_indicator].strip()]
            told = periods[cells[n_period].strip()]
            at = cells[n_reported].strip() if n_reported >= 0 else ""
            reported = instants[at] if at else lookups.handed_in
            value = lookups.value(cells[n_value].strip(), indicator, bool(at))
            place = Place(file, row, None, None, order)
            if (
                isinstance(unit, Unit)
                and isinstance(indicator, Indicator)
                and isinstance(told, Told)
                and not isinstance(value, Fault)
                and not isinstance(reported, Fault)
                and (reported is None or told.begins <= reported)
                and lookups.wrong_reporter(unit, indicator) is None
            ):
                evidence = cells[n_evidence].strip() if n_evidence >= 0 else ""
                note = cells[n_note].strip() if n_note >= 0 else ""
                facts.append(Fact(unit.id, indicator.code, told.period, value, reported, place, evidence, note))
            else:
                self._set_aside(Answers(unit, indicator, told, value, reported), at, header, place)

    def _set_aside(self, answers: Answers, reported_at: str, header: Header, place: Place) -> None:
        unit, indicator, told, _, reported = answers
        faults = [
            At(answer, header.text(name))
            for name, answer in zip(COLUMNS, answers, strict=False)
            if isinstance(answer, Fault)
        ]
        if wrong := self.lookups.wrong_reporter(unit, indicator):
            faults.append(At(wrong, header.text("unit")))
        if future := self.lookups.future(told, reported, reported_at):
            faults.append(At(future, header.text("period")))
        self.complain(faults, place)
        self.spoil(answers, place)

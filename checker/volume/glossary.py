"""What the texts mean that occur in records on volume: each is looked up once, by intake.

Follows "Input data" and "Numbers" of the contract. A text that means nothing is in no table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from checker.engines.columnar.amounts import WITHDRAWN, millionths
from checker.engines.columnar.framing import Frame
from checker.engines.columnar.records import OCCURRING, PLAIN, VALUES
from checker.engines.columnar.session import Store, Table, amounts, numbers
from checker.intake.facts import Gathering
from checker.intake.lookups import WITHDRAWALS, Fault, Told
from checker.model.instant import Instant
from checker.model.number import ValueKind, normalised, parse_value
from checker.model.period import Period
from checker.model.rulebook import Indicator
from checker.model.unit import Unit

_PLAIN = {ValueKind.INTEGER: 1, ValueKind.DECIMAL: 1, ValueKind.BOOLEAN: 2}
"""How plain digits are read: as they stand, or 0 and 1 only."""
_TEXT = ("text", "string")


class Glossary:
    """The meanings of the texts in a store's ``raw`` records, and numbers for all periods and instants that occur.

    `periods` and `moments` also hold those of the facts that `gathering` has read itself.
    """

    def __init__(self, frame: Frame, gathering: Gathering, store: Store) -> None:
        self._frame, self._lookups, self._store = frame, gathering.lookups, store
        self._texts = {column: [str(text) for (text,) in store.rows(query)] for column, query in OCCURRING.items()}
        told = (self._lookups.periods[text.strip()] for text in self._texts["period"])
        periods = [one.period for one in told if isinstance(one, Told)] + [fact.period for fact in gathering.facts]
        self.periods: dict[Period, int] = {period: number for number, period in enumerate(dict.fromkeys(periods))}
        instants = {at for _, at in self._instants()} | {fact.reported for fact in gathering.facts}
        self.moments: Sequence[Instant] = sorted(at for at in instants if at is not None)

    def tables(self) -> Iterator[Table]:
        """Go through the tables of what units, indicators, periods and instants mean."""
        units = ((text, self._lookups.units[text.strip()]) for text in self._texts["unit"])
        found = [(text, *self._place_of(unit)) for text, unit in units if isinstance(unit, Unit)]
        yield Table("unit_other", (_TEXT, *numbers("unit kind")), found)
        indicators = ((text, self._lookups.indicators[text.strip()]) for text in self._texts["indicator"])
        numbered = self._frame.questions.indicators
        meant = [
            (text, numbered[one.code], _PLAIN.get(one.value, 0), one.value.value)
            for text, one in indicators
            if isinstance(one, Indicator)
        ]
        yield Table("indicator_text", (_TEXT, *numbers("indicator plain"), ("value_kind", "string")), meant)
        periods = ((text, self._lookups.periods[text.strip()]) for text in self._texts["period"])
        begun = [(text, self.periods[p.period], self._rank(p.begins)) for text, p in periods if isinstance(p, Told)]
        yield Table("period_text", (_TEXT, *numbers("period begins")), begun)
        ranks = [("", 0), *((text, self._rank(at)) for text, at in self._instants())]
        yield Table("moment_text", (_TEXT, *numbers("reported")), ranks)

    def values(self) -> Table:
        """Give what values mean that are not plain digits; `tables` have to be loaded."""
        self._store.keep(PLAIN)
        rows: list[tuple[str, str, int]] = []
        for kind, text in list(self._store.rows(VALUES)):
            value = parse_value(str(text), ValueKind(str(kind)))
            if value is not None:
                rows.append((str(kind), str(text), millionths(value)))
            elif normalised(str(text)) in WITHDRAWALS:
                rows.append((str(kind), str(text), WITHDRAWN))
        return Table("value_text", (("value_kind", "string"), _TEXT, *amounts("amount")), rows)

    def _instants(self) -> Iterator[tuple[str, Instant]]:
        for text in self._texts["reported_at"]:
            at = self._lookups.instants[text.strip()]
            if at is not None and not isinstance(at, Fault):
                yield text, at

    def _place_of(self, unit: Unit) -> tuple[int, int]:
        """Give the number and the kind of `unit`."""
        population = self._frame.population
        return population.numbers[unit.id], population.kinds.kind_of(unit)

    def _rank(self, instant: Instant) -> int:
        """Give the rank of the first instant that is not before `instant`."""
        return bisect_left(self.moments, instant) + 1

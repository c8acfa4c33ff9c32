"""Submissions, fact by fact, and the problems that one row can have alone: semantics.md, "Input data"."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from .figures import is_withdrawal, read_value
from .periods import Period, day_begins, read_instant, read_period
from .registry import Registry, Unit
from .rulebook import Indicator, Rulebook
from .tables import Problems, Row, Shape, read_table

ENGLISH = ("unit", "indicator", "period", "value", "reported_at", "evidence", "note")
CHINESE = ("单位", "指标", "期间", "数值", "报送时间", "佐证", "备注")
SHAPE = Shape(
    {name: name for name in ENGLISH} | dict(zip(CHINESE, ENGLISH, strict=True)),
    ("unit", "indicator", "period", "value"),
)
Key = tuple[str, str, str]


@dataclass
class Fact:
    """One row as read; what could not be read is None. `value` None and `sound` means a withdrawal."""

    row: Row
    unit: Unit | None
    indicator: Indicator | None
    period: Period | None
    value: Fraction | None
    withdrawn: bool
    reported: Fraction | None
    sound: bool

    @property
    def key(self) -> Key:
        """Unit, indicator and period code of a sound fact."""
        assert self.unit is not None
        assert self.indicator is not None
        assert self.period is not None
        return self.unit.id, self.indicator.code, self.period.code

    @property
    def content(self) -> Fraction | None:
        """What two facts have to share to be "identical by value"."""
        return None if self.withdrawn else self.value

    def earliest(self) -> Fraction:
        """`reported_at`, where "an empty one counts as the earliest"."""
        return Fraction(-(10**18)) if self.reported is None else self.reported


@dataclass
class Reader:
    """Reads rows into facts and notes what is wrong with each."""

    book: Rulebook
    registry: Registry
    problems: Problems
    names: dict[str, list[Indicator]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for indicator in self.book.indicators.values():
            for name in dict.fromkeys(indicator.names):
                self.names.setdefault(name, []).append(indicator)

    def indicator(self, text: str) -> Indicator | None:
        """By code, else by a name that one indicator alone bears."""
        named = self.names.get(text, [])
        return self.book.indicators.get(text) or (named[0] if len(named) == 1 else None)

    def read(self, row: Row) -> Fact:
        """The fact of a row; "a check that needs an unreadable cell is left out"."""
        unit, indicator = self.registry.find(row["unit"]), self.indicator(row["indicator"])
        period = read_period(row["period"], self.book.calendar)
        reported = read_instant(row["reported_at"], self.book.zone)
        withdrawn = is_withdrawal(row["value"])
        value = None if indicator is None else read_value(row["value"], indicator.kind)
        late = row["reported_at"] != "" and reported is None
        faults = {
            ("unknown_unit", "unit"): unit is None,
            ("unknown_indicator", "indicator"): indicator is None,
            ("wrong_reporter", "unit"): unit is not None
            and indicator is not None
            and not self.registry.reports(unit, indicator),
            ("bad_value", "value"): self._bad_value(row, indicator, value, withdrawn),
            ("bad_value", "reported_at"): late,
            ("bad_period", "period"): period is None,
            ("future_period", "period"): period is not None
            and reported is not None
            and day_begins(period.first, self.book.zone) > reported,
        }
        for (code, column), wrong in faults.items():
            if wrong:
                self.problems.error(row, code, column)
        return Fact(row, unit, indicator, period, value, withdrawn, reported, not any(faults.values()))

    def _bad_value(self, row: Row, indicator: Indicator | None, value: Fraction | None, withdrawn: bool) -> bool:
        """An empty value, one unreadable for its indicator, or a withdrawal without a `reported_at`."""
        if withdrawn:
            return row["reported_at"] == ""
        return row["value"] == "" or (indicator is not None and value is None)


def read_facts(folder: Path, book: Rulebook, registry: Registry, problems: Problems) -> list[Fact]:
    """All facts of submissions/, "by relative path with /, by code point"; what is not CSV is unsupported."""
    files = sorted(
        path.relative_to(folder).as_posix() for path in (folder / "submissions").rglob("*") if path.is_file()
    )
    reader = Reader(book, registry, problems)
    facts = []
    for rank, file in enumerate(files, start=2):
        if not file.endswith(".csv"):
            problems.place("error", "unsupported_file", rank, file, None, None)
            continue
        facts += [reader.read(row) for row in read_table(folder, file, rank, SHAPE, problems)]
    return facts

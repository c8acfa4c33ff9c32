"""waivers.csv: semantics.md, "Input data" and "Verdicts" 4."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .periods import read_date
from .registry import Registry
from .rulebook import Rule, Rulebook
from .tables import Problems, Row, Shape, is_id, read_table

COLUMNS = ("id", "rule", "unit", "periods", "from", "until", "reason", "approved_by")
REQUIRED = ("id", "rule", "unit", "until", "reason", "approved_by")
SHAPE = Shape({name: name for name in COLUMNS}, REQUIRED)


@dataclass(frozen=True)
class Waiver:
    """A permission for one unit not to meet one rule; no `periods` means all, no `since` always."""

    row: Row
    id: str
    rule: str
    unit: str
    periods: tuple[str, ...]
    since: date | None
    until: date

    def covers(self, rule: Rule, unit: str, period: str, check_date: date, as_of: date) -> bool:
        """By the check date, "for plan-wide rules it contains as_of, for there it is an extension"."""
        day = as_of if rule.every == "plan" else check_date
        named = not self.periods or period in self.periods
        in_time = (self.since is None or self.since <= day) and day <= self.until
        return self.rule == rule.id and self.unit == unit and named and in_time


def _codes(row: Row) -> tuple[str, ...]:
    """Reads: "periods are separated by ; and empty for all"."""
    pieces = [piece.strip() for piece in row["periods"].split(";")]
    return tuple(piece for piece in pieces if piece)


def _faults(row: Row, rule: Rule | None, registry: Registry, repeated: bool) -> list[str]:
    """The columns at fault of a `bad_waiver`, in the order of the file's columns."""
    unit = registry.units.get(row["unit"])
    since, until = read_date(row["from"]), read_date(row["until"])
    wrong_type = rule is not None and unit is not None and unit.type != rule.unit_type
    asked = {period.code for period in rule.periods} if rule else set()
    backwards = since is not None and until is not None and until < since
    faults = {
        "id": repeated or not is_id(row["id"]),
        "rule": row["rule"] == "",
        "unit": unit is None or wrong_type,
        "periods": rule is not None and any(code not in asked for code in _codes(row)),
        "from": row["from"] != "" and since is None,
        "until": until is None or backwards,
        "reason": row["reason"] == "",
        "approved_by": row["approved_by"] == "",
    }
    return [column for column, wrong in faults.items() if wrong]


def read_waivers(folder: Path, book: Rulebook, registry: Registry, problems: Problems) -> list[Waiver]:
    """The waivers without fault; of an id that stands twice all are set aside."""
    if not (folder / "waivers.csv").exists():
        return []
    rows = read_table(folder, "waivers.csv", 1, SHAPE, problems)
    times = Counter(row["id"] for row in rows)
    rules = {rule.id: rule for rule in book.rules}
    seen: set[str] = set()
    good = []
    for row in rows:
        rule = rules.get(row["rule"])
        faults = _faults(row, rule, registry, row["id"] in seen)
        seen.add(row["id"])
        unknown = rule is None and row["rule"] != ""
        if unknown:
            problems.error(row, "unknown_rule", "rule")
        if faults:
            problems.error(row, "bad_waiver", faults[0])
        until = read_date(row["until"])
        if faults or unknown or times[row["id"]] > 1 or until is None:
            continue
        waiver = Waiver(row, row["id"], row["rule"], row["unit"], _codes(row), read_date(row["from"]), until)
        good.append(waiver)
    return good

"""The frame of a random case: window, calendar, asked periods, units, indicators, and the day of the check."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from .county_words import label, near
from .periods import Calendar, Period, periods_of, read_period

Item = dict[str, object]
GROUPS = [["province"], ["county"], ["township"], ["village", "community"], ["school", "facility", "department"]]
CODES = ["finance", "science", "宣传部", "education-sports"]
LEADS = [*CODES, "townships", "townships", "all-members", "schools"]
STAGES = ["小学", "初中", "幼儿园", ""]
CALENDARS = [
    ("semester", [("09-01", "01-31"), ("02-01", "08-31")]),
    ("semester", [("09-01", "01-31"), ("02-01", "08-31")]),
    ("semester", [("09-10", "01-20"), ("02-20", "07-10")]),
    ("trimester", [("09-01", "12-15"), ("12-16", "04-30"), ("05-01", "08-31")]),
    ("season", [("03-01", "02-28")]),
]
AMOUNTS: list[tuple[str, str, tuple[str, ...]]] = [
    ("flow", "integer", ("1", "1", "1", "1000", "10000", "100000000")),
    ("flow", "integer", ("1",)),
    ("level", "integer", ("1", "1", "1", "10000")),
    ("level", "integer", ("1",)),
    ("level", "boolean", ("1",)),
    ("flow", "decimal", ("0.25", "1.5", "0.000001", "1000")),
    ("level", "decimal", ("0.5", "0.1")),
    ("level", "percent", ("0.05", "0.125")),
]
REPORTERS: list[object] = [
    "school",
    "village",
    "village",
    ["village", "community"],
    ["community", "village"],
    "township",
    "county",
    "department",
    {"department": "finance"},
    {"department": "finance"},
    {"department": "science"},
    "facility",
    ["township", "school"],
]


@dataclass
class Case:
    """A case in the making."""

    rng: random.Random
    window: Period
    grace: int
    calendar: Calendar
    offset: int
    zone: str
    asked: dict[str, tuple[date, date]]
    periods: dict[str, list[Period]]
    as_of: date
    days: list[date]
    groups: list[list[str]]
    units: list[dict[str, str]] = field(default_factory=list)
    indicators: dict[str, Item] = field(default_factory=dict)
    steps: dict[str, Fraction] = field(default_factory=dict)
    rules: list[Item] = field(default_factory=list)
    favourite: str = "plan"

    def rank(self, unit_type: str) -> int:
        """The number of the unit type's group, from the top."""
        return next(n for n, group in enumerate(self.groups) if unit_type in group)

    def below(self, unit_id: str) -> set[str]:
        """The ids of a unit and of all below it."""
        found = {unit_id}
        for unit in self.units:
            found |= {unit["id"]} if unit["parent"] in found else set()
        return found

    def reporters(self, code: str) -> set[str]:
        """The ids of the declared reporters of an indicator."""
        reporter = self.indicators[code]["reporter"]
        if isinstance(reporter, dict):
            wanted = str(reporter["department"])
            return {unit for unit in self.of_type("department") if wanted in (unit, unit.rpartition(":")[2])}
        types = [str(one) for one in reporter] if isinstance(reporter, list) else [str(reporter)]
        return {unit["id"] for unit in self.units if unit["type"] in types}

    def of_type(self, unit_type: str) -> list[str]:
        """The ids of all units of a type."""
        return [unit["id"] for unit in self.units if unit["type"] == unit_type]


def _calendar(rng: random.Random) -> Calendar:
    if rng.random() < 0.15:
        return Calendar("", ())
    kind, parts = rng.choice(CALENDARS)
    pairs = [tuple((int(day[:2]), int(day[3:])) for day in part) for part in parts]
    return Calendar(kind, tuple((pair[0], pair[1]) for pair in pairs))


def _asked(rng: random.Random, window: Period, calendar: Calendar) -> dict[str, tuple[date, date]]:
    """For each kind a span of first days, short for the short kinds, sometimes cut in the middle of a period."""
    spans = {}
    for kind in ("year", "quarter", "month", *((calendar.kind,) if calendar.kind else ())):
        first = date(rng.randint(window.first.year, window.last.year), rng.choice((1, 1, 9)), 1)
        if kind == "year" and rng.random() < 0.7:
            first = window.first
        length = {"year": 1500, "quarter": 400, "month": 130}.get(kind, 600)
        last = min(window.last, first + timedelta(days=rng.randint(length // 3, length)))
        spans[kind] = (first + timedelta(days=rng.choice((0, 0, 0, 1, -1))), last)
    return spans


def frame(rng: random.Random) -> Case:
    """Everything but units, indicators and rules; `as_of` is mostly on or next to an edge of a period."""
    calendar = _calendar(rng)
    window = read_period(rng.choice(("2023", "2023-2024", "2023-2025", "2022-2024", "2021-2025")), calendar)
    assert window is not None
    asked = _asked(rng, window, calendar)
    periods = {kind: periods_of(kind, *span, calendar) for kind, span in asked.items()} | {"plan": [window]}
    grace = rng.choice((0, 0, 0, 1, 5, 31))
    short = [period for kind in periods for period in periods[kind] if kind != "plan"]
    ends = [period.last for period in [*short, window]]
    edges = [period.first for period in [*short, window]] + ends * 2
    edges += [end + timedelta(days=grace) for end in ends]
    as_of = near(rng, edges) if rng.random() < 0.9 else window.first + timedelta(days=rng.randint(-30, 2000))
    close = [day for day in edges if abs((day - as_of).days) < 200]
    days = [as_of, as_of, as_of + timedelta(days=1), *rng.sample(close, min(3, len(close)))]
    offset, zone = (6, "Asia/Urumqi") if rng.random() < 0.02 else (8, "Asia/Shanghai")
    groups = [list(group) for group in GROUPS if group != ["province"] or rng.random() < 0.6]
    case = Case(rng, window, grace, calendar, offset, zone, asked, periods, as_of, days, groups)
    case.favourite = rng.choice(
        sorted(kind for kind in periods if periods[kind][:1] and periods[kind][0].first <= as_of) or ["plan"]
    )
    return case


def _parent(case: Case, unit_type: str) -> str:
    """Any unit of an earlier group, mostly a near one, sometimes none."""
    above = [unit for unit in case.units if case.rank(unit["type"]) < case.rank(unit_type)]
    if not above or case.rng.random() < 0.06:
        return ""
    near_ones = [unit for unit in above if case.rank(unit["type"]) >= min(case.rank(unit_type) - 2, 2)]
    return case.rng.choice(near_ones if near_ones and case.rng.random() < 0.8 else above)["id"]


def _counties(case: Case, unit_id: str) -> set[str]:
    by_id = {unit["id"]: unit for unit in case.units}
    found, step = set(), unit_id
    while step in by_id:
        if by_id[step]["type"] == "county":
            found.add(step)
        step = by_id[step]["parent"]
    return found


def _department(case: Case, parent: str) -> str | None:
    """An id whose code no other department below the same county bears; None when the code is taken."""
    code = case.rng.choice([*CODES, "finance", "science", "other"])
    for unit in case.units:
        same = unit["type"] == "department" and unit["id"].rpartition(":")[2] == code
        if same and _counties(case, unit["id"]) & _counties(case, parent):
            return None
    taken = {unit["id"] for unit in case.units}
    return code if code not in taken and case.rng.random() < 0.6 else f"{parent or 'x'}:{code}"


def _life(case: Case) -> tuple[str, str]:
    """Days of opening and closing, often exactly on an edge."""
    opened = near(case.rng, case.days) if case.rng.random() < 0.08 else None
    closed = near(case.rng, case.days) if case.rng.random() < 0.1 else None
    if opened and closed and closed <= opened:
        closed = opened + timedelta(days=case.rng.choice((1, 1, 40)))
    return opened.isoformat() if opened else "", closed.isoformat() if closed else ""


def add_units(case: Case) -> None:
    """A forest of at most fifteen units."""
    rng = case.rng
    most = {"province": 1, "county": 2, "township": 3, "village": 4, "community": 2, "school": 3}
    wanted = [unit_type for group in case.groups for unit_type in group]
    for unit_type in wanted:
        top = most.get(unit_type, 1 if unit_type == "facility" else 4)
        if unit_type != "county" and rng.random() < 0.35:
            top = 0
        for number in range(rng.choice((1, 1, 2)) if unit_type == "county" else rng.randint(0, top)):
            parent = _parent(case, unit_type)
            mark = rng.choice((unit_type[0], unit_type[:2].upper(), "镇", "a.b_", "z-"))
            unit_id: str | None = f"{mark}{unit_type[1]}{number}"
            if unit_type == "department":
                unit_id = _department(case, parent)
            if unit_id is None or unit_id in {unit["id"] for unit in case.units} or len(case.units) >= 15:
                continue
            name = rng.choice(("名", "单位")) + str(number) if rng.random() < 0.3 else f"{unit_type}-{unit_id}"
            if case.units and rng.random() < 0.04:
                name = rng.choice(case.units)["id"]
            opened, closed = _life(case)
            case.units.append(
                {"id": unit_id, "name": name, "type": unit_type, "parent": parent, "opened": opened}
                | {"closed": closed, "stage": rng.choice(STAGES)}
            )


def add_indicators(case: Case) -> None:
    """Indicators of every nature and kind; two of them bound by a consistency check."""
    rng = case.rng
    present = {unit["type"] for unit in case.units}
    for number in range(rng.randint(2, 6)):
        nature, kind, steps = rng.choice(AMOUNTS)
        reporter = rng.choice(REPORTERS)
        first = reporter[0] if isinstance(reporter, list) else reporter
        if not isinstance(first, dict) and first not in present and rng.random() < 0.9:
            reporter = rng.choice(sorted(present - {"province"}))
        if number in (1, 2) and rng.random() < 0.6:
            before = case.indicators[f"i_{number - 1}"]
            reporter = before["reporter"]
            if number == 1:
                nature, kind = str(before["nature"]), str(before["value"])
                steps = (str(case.steps["i_0"]),)
        code = f"i_{number}"
        case.steps[code] = Fraction(rng.choice(steps))
        name, unit, counts = (label(rng, f"{word}{number}") for word in ("指标", "个", "计数"))
        item: Item = {"name": name, "unit": unit, "counts": counts, "nature": nature, "value": kind}
        case.indicators[code] = item | {"reporter": reporter}

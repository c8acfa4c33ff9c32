"""A rulebook folder, read as format.md lays it out and assumed to be valid."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from .figures import read_ratio_figure, read_value
from .periods import Calendar, Period, periods_of, read_date, read_period

FORMS = ("at_least", "more_than", "at_most", "less_than", "equals", "between")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NOT_SECTIONS = ("plan.yaml", "indicators.yaml", "follow-ups.yaml")


@dataclass(frozen=True)
class Indicator:
    """What is reported, and by whom: units of `types`, or the one department that bears `department`."""

    code: str
    names: tuple[str, ...]
    nature: str
    kind: str
    types: tuple[str, ...]
    department: str | None


@dataclass(frozen=True)
class Target:
    """A form with its figures, as written and as numbers."""

    form: str
    texts: tuple[str, ...]
    figures: tuple[Fraction, ...]

    @property
    def text(self) -> str:
        """For example "at_least 85%" or "between 3 and 5"."""
        return f"{self.form} {' and '.join(self.texts)}"


@dataclass(frozen=True)
class Dated:
    """A target for all units or a table of targets by unit, in force from a day (None: always)."""

    since: date | None
    everyone: Target | None
    table: dict[str, Target]


@dataclass(frozen=True)
class Rule:
    """One rule; `indicators` are the total's, the ratio's two, the change's, or the share's conditions'."""

    id: str
    commitment: str
    force: str
    draft: bool
    unit_type: str
    where: dict[str, tuple[str, ...]]
    every: str
    periods: tuple[Period, ...]
    measure: str
    indicators: tuple[str, ...]
    share_of: str
    conditions: tuple[Target, ...]
    targets: tuple[Dated, ...]
    lead: tuple[str, ...]
    section: str
    clause: str

    def target(self, unit: str, period: Period) -> Target | None:
        """The target in force "on a period's last day"; "a unit not in the table is not asked"."""
        valid = [dated for dated in self.targets if dated.since is None or dated.since <= period.last]
        if not valid:
            return None
        return valid[-1].everyone or valid[-1].table.get(unit)


@dataclass(frozen=True)
class FollowUp:
    """A repeat or a cluster, its number, and the unit types that it looks at."""

    id: str
    kind: str
    number: int
    types: frozenset[str]


@dataclass(frozen=True)
class Rulebook:
    """The plan, whole."""

    id: str
    document: str
    zone: ZoneInfo
    grace: int
    calendar: Calendar
    groups: tuple[tuple[str, ...], ...]
    department_type: str
    county_type: str
    codes: tuple[str, ...]
    every: dict[str, str]
    indicators: dict[str, Indicator]
    checks: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]
    follow_ups: tuple[FollowUp, ...]

    def rank(self, unit_type: str) -> int | None:
        """The number of the group in which a unit type stands, from the top; None when it is unknown."""
        return next((n for n, group in enumerate(self.groups) if unit_type in group), None)


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 (a base loader: it makes texts, nothing else)


def _label(label: Any) -> str:
    return str(label["zh"]) if isinstance(label, dict) else str(label)


def _texts(item: Any) -> tuple[str, ...]:
    return tuple(str(text) for text in item) if isinstance(item, list) else (str(item),)


def _date(text: str) -> date:
    day = read_date(text)
    assert day is not None, text
    return day


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _calendar(item: Any) -> Calendar:
    for kind, cycle in (item or {}).items():
        parts = tuple((_month_day(part["from"]), _month_day(part["until"])) for part in cycle["parts"])
        return Calendar(kind, parts)
    return Calendar("", ())


def _indicator(code: str, item: Any) -> Indicator:
    label, reporter = item["name"], item["reporter"]
    names = tuple(label.values()) if isinstance(label, dict) else (label,)
    department = reporter["department"] if isinstance(reporter, dict) else None
    types = () if isinstance(reporter, dict) else _texts(reporter)
    return Indicator(code, names, item["nature"], item["value"], types, department)


def _target(form: str, written: Any, read: Callable[[str], Fraction | None]) -> Target:
    texts = _texts(written)
    figures = tuple(figure for figure in map(read, texts) if figure is not None)
    assert len(figures) == len(texts) == (2 if form == "between" else 1), (form, written)
    return Target(form, texts, figures)


def _dated(item: Any, read: Callable[[str], Fraction | None]) -> Dated:
    form = next(key for key in item if key in FORMS)
    since = _date(item["from"]) if "from" in item else None
    if isinstance(item[form], dict):
        return Dated(since, None, {unit: _target(form, text, read) for unit, text in item[form].items()})
    return Dated(since, _target(form, item[form], read), {})


def _condition(item: Any, indicator: Indicator) -> Target:
    form, text = next(iter(item.items())) if isinstance(item, dict) else ("equals", item)
    return _target(form, text, lambda figure: read_value(figure, indicator.kind))


def _rule(item: Any, section: Any, indicators: dict[str, Indicator], asked: dict[str, tuple[Period, ...]]) -> Rule:
    """One rule of a section file; figures are read as the measure's indicator is."""
    measure, what = next(iter(item["measure"].items()))
    share: Any = what if measure == "share" else {"of": "", "where": {}}
    codes = tuple(share["where"]) if measure == "share" else _texts(what)

    def read(text: str) -> Fraction | None:
        if measure == "ratio":
            return read_ratio_figure(text)
        return read_value(text, "percent" if measure == "share" else indicators[codes[0]].kind)

    of_each = item["of_each"] if isinstance(item["of_each"], dict) else {"type": item["of_each"]}
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    return Rule(
        id=item["id"],
        commitment=item["commitment"],
        force=item.get("force", "must"),
        draft=item.get("status", "active") == "draft",
        unit_type=of_each["type"],
        where={name: _texts(texts) for name, texts in of_each.get("where", {}).items()},
        every=item["every"],
        periods=asked[item["every"]],
        measure=measure,
        indicators=codes,
        share_of=share["of"],
        conditions=tuple(_condition(test, indicators[code]) for code, test in share["where"].items()),
        targets=tuple(_dated(target, read) for target in targets),
        lead=_texts(section["lead"]),
        section=section["section"] + item["source"].get("paragraph", ""),
        clause=item["source"]["clause"],
    )


def _follow_up(item: Any, types: frozenset[str]) -> FollowUp:
    kind = "repeat" if "repeat" in item else "cluster"
    chosen = item["unit_types"]
    if isinstance(chosen, dict):
        wanted = types - frozenset(_texts(chosen["except"]))
    else:
        wanted = types if chosen == "all" else frozenset(_texts(chosen))
    return FollowUp(item["id"], kind, int(item[kind]), wanted)


def _rules(folder: Path, indicators: dict[str, Indicator], asked: dict[str, tuple[Period, ...]]) -> tuple[Rule, ...]:
    """The rules "in plan order": section files in order of file name, in each the order of the file."""
    paths = sorted(path for path in folder.glob("*.yaml") if path.name not in NOT_SECTIONS)
    sections = [_yaml(path) for path in paths]
    return tuple(_rule(item, section, indicators, asked) for section in sections for item in section.get("rules") or [])


def load(folder: Path) -> Rulebook:
    """The rulebook of a folder."""
    plan = _yaml(folder / "plan.yaml")
    calendar = _calendar(plan.get("calendar"))
    window = read_period(plan["window"], calendar)
    assert window is not None
    asked = {
        kind: tuple(periods_of(kind, _date(span["from"]), _date(span["until"]), calendar))
        for kind, span in (plan.get("asked") or {}).items()
    } | {"plan": (window,)}
    reported = _yaml(folder / "indicators.yaml")
    indicators = {code: _indicator(code, item) for code, item in reported["indicators"].items()}
    groups = tuple(tuple(group) for group in plan["unit_types"])
    types = frozenset(unit_type for group in groups for unit_type in group)
    departments = plan["departments"]
    return Rulebook(
        id=plan["id"],
        document=_label(plan["document"]),
        zone=ZoneInfo(plan["time_zone"]),
        grace=int(plan.get("grace_days", "0")),
        calendar=calendar,
        groups=groups,
        department_type=departments["unit_type"],
        county_type=departments["below"],
        codes=tuple(departments["codes"]),
        every={name: group["every"] for name, group in (departments.get("groups") or {}).items()},
        indicators=indicators,
        checks=tuple((item["indicator"], item["at_most"]) for item in reported.get("checks") or []),
        rules=_rules(folder, indicators, asked),
        follow_ups=tuple(_follow_up(item, types) for item in _yaml(folder / "follow-ups.yaml")["follow_ups"]),
    )

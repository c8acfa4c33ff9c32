"""The facts and waivers of a random case, without faults as far as one row alone can tell."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from .clashes import before
from .county_plan import Case
from .county_words import instant, near, number
from .periods import Period, periods_of, read_period

MOST = 60


@dataclass
class Told:
    """A fact in the making: cells as text; `period` and `value` for whoever changes it later."""

    unit: str
    indicator: str
    period: Period
    value: Fraction
    cells: dict[str, str]


def _wanted(case: Case, code: str) -> list[Period]:
    """The periods in which rules ask for the indicator, the latest that have begun by `as_of` of each rule."""
    found: list[Period] = []
    depth = case.rng.choice((1, 2, 3, 4))
    for rule in case.rules:
        measure = rule["measure"]
        assert isinstance(measure, dict)
        what = next(iter(measure.values()))
        codes = what["where"] if isinstance(what, dict) else what
        if code not in ([codes] if isinstance(codes, str) else list(codes)):
            continue
        begun = [period for period in case.periods[str(rule["every"])] if period.first <= case.as_of]
        found += begun[-depth:]
        if "change" in measure:
            found += [before(period) for period in begun[-depth:]]
    return found


def _inside(case: Case, whole: Period) -> list[Period]:
    """Ways to report on a period: itself, or shorter periods inside it, down to single days."""
    rng = case.rng
    if rng.random() < 0.5:
        return [whole]
    kind = rng.choice(("month", "quarter", "year", "day", case.calendar.kind))
    if kind == "day":
        offsets = {0, whole.days - 1, rng.randint(0, whole.days - 1)}
        days = [whole.first + timedelta(days=offset) for offset in rng.sample(sorted(offsets), 1 + (len(offsets) > 2))]
        return [period for day in days if (period := read_period(day.isoformat(), case.calendar))]
    parts = periods_of(kind, whole.first, whole.last, case.calendar) if kind else []
    parts = [part for part in parts if part.inside(whole)] or [whole]
    return rng.sample(parts, min(len(parts), rng.randint(1, 3)))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time())


def reported(case: Case, period: Period) -> str:
    """Empty, or a moment not before the period begins: on edges of the period, of the check, or anywhere."""
    rng = case.rng
    first = _begin(period.first)
    if rng.random() < 0.6:
        return ""
    days = [period.first, period.first, period.last, period.last + timedelta(days=1), *case.days]
    moment = _begin(near(rng, days))
    if rng.random() < 0.1:
        moment = _begin(case.as_of + timedelta(days=1))
    moment += timedelta(seconds=rng.choice((0, 0, 0, -1, 1, 3600 * 9 + 60, 86399)))
    return instant(rng, max(moment, first), case.offset)


def _value(case: Case, code: str) -> Fraction:
    rng, kind = case.rng, case.indicators[code]["value"]
    if kind == "boolean":
        return Fraction(int(rng.random() < 0.7))
    if kind == "percent":
        return Fraction(rng.choice(("0", "0.05", "0.125", "0.25", "0.5", "1", "0.85", "0.3", "1.2")))
    return case.steps[code] * rng.choice((0, 1, 1, 2, 2, 3, 4, 5, 7, 10))


def told(case: Case, unit: str, code: str, period: Period) -> Told:
    """A fact of this unit, indicator and period, with any value."""
    value = _value(case, code)
    text = number(case.rng, value, str(case.indicators[code]["value"]))
    cells = {"unit": unit, "indicator": code, "period": period.code, "value": text}
    return Told(unit, code, period, value, cells | {"reported_at": reported(case, period)})


def _again(case: Case, fact: Told) -> list[Told]:
    """What may follow a fact: a revision, a withdrawal and perhaps a new report, a copy."""
    rng = case.rng
    choice = rng.random()
    later = told(case, fact.unit, fact.indicator, fact.period)
    if choice < 0.3:
        return [later]
    if choice < 0.6:
        later.cells["value"] = rng.choice(("撤回", "withdrawn", " 撤回 ", "ｗｉｔｈｄｒａｗｎ"))
        later.cells["reported_at"] = later.cells["reported_at"] or instant(rng, _begin(later.period.last), case.offset)
        others = [Told(fact.unit, fact.indicator, later.period, later.value, dict(later.cells))]
        if rng.random() < 0.5:
            ending = _inside(case, rng.choice(_wanted(case, fact.indicator) or [fact.period]))[0]
            others.append(told(case, fact.unit, fact.indicator, ending))
        return others
    if choice < 0.8:
        text = number(rng, fact.value, str(case.indicators[fact.indicator]["value"]))
        return [Told(fact.unit, fact.indicator, fact.period, fact.value, fact.cells | {"value": text})]
    return []


def facts(case: Case) -> list[Told]:
    """At most sixty facts, most of them where rules look."""
    rng = case.rng
    heard = rng.choice((0.5, 0.85, 1, 1))
    made: list[Told] = []
    for code in case.indicators:
        flow = case.indicators[code]["nature"] == "flow"
        wanted = sorted(dict.fromkeys(_wanted(case, code)), key=lambda period: period.days)
        stray = [period for kind in case.periods for period in case.periods[kind]]
        for unit in sorted(case.reporters(code)):
            chosen = [period for period in wanted if rng.random() < heard]
            own: list[Period] = []
            for whole in chosen or (rng.sample(stray, 1) if rng.random() < 0.05 else []):
                for period in _inside(case, whole):
                    if flow and any(period.overlaps(other) for other in own) and rng.random() < 0.97:
                        continue
                    own.append(period)
                    made.append(told(case, unit, code, period))
                    if rng.random() < 0.15:
                        made += _again(case, made[-1])
    rng.shuffle(made)
    return made[:MOST]


def waivers(case: Case) -> list[dict[str, str]]:
    """Up to four waivers: recurring or for periods, always or from a day, ids that sort apart from their order."""
    rng = case.rng
    made: list[dict[str, str]] = []
    for _ in range(rng.choice((0, 1, 1, 2, 3, 4))):
        rule = rng.choice(case.rules)
        of_each = rule["of_each"]
        units = case.of_type(str(of_each["type"] if isinstance(of_each, dict) else of_each))
        asked = case.periods[str(rule["every"])]
        if made and rng.random() < 0.4:
            same = made[-1]
            rule = next(one for one in case.rules if one["id"] == same["rule"])
            units, asked = [same["unit"]], case.periods[str(rule["every"])]
        if not units or not asked:
            continue
        until = near(rng, [*case.days, *(period.last for period in asked[-2:]), date(2030, 1, 1)])
        since = rng.choice((None, None, until - timedelta(days=rng.choice((0, 1, 30, 400)))))
        codes = [period.code for period in rng.sample(asked, min(len(asked), rng.choice((1, 2))))]
        cells = {"id": rng.choice(("w1", "w10", "w2", "W9", "豁免1", "a:b")), "rule": str(rule["id"])}
        cells |= {"unit": rng.choice(units), "periods": rng.choice((";", " ; ")).join(codes)}
        cells |= {"from": since.isoformat() if since else "", "until": until.isoformat()}
        if rng.random() < 0.6:
            cells["periods"] = ""
        if cells["id"] not in {one["id"] for one in made}:
            made.append(cells | {"reason": "疫情", "approved_by": "县政府"})
    return made

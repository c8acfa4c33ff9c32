"""Faults of every kind, sown into the facts, waivers and files of a random case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from .county_facts import Told, told
from .county_plan import Case
from .county_words import number
from .periods import Period

NOT_NUMBERS = (
    "",
    " ",
    "-1",
    "+1",
    "1e3",
    "NaN",
    "1,00",
    "0.9",
    "90%",
    "1.5",
    ".5",
    "5.",
    "1234567890123",
    "99999999万",
    "1.1234567",
    "五",
    "maybe",
    "1 000",
    "1/2",
    "Withdrawn",
    "10千",
    "1万亿",
)
NOT_PERIODS = (
    "",
    "2023-13",
    "2023-Q5",
    "2023-2021",
    "2023-2023",
    "2023-2025-1",
    "2023-2024-9",
    "2023-2024-0",
    "24",
    "2023-2-1",
    "2023-02-30",
    "2023q1",
    "２０２３",
    "2023/01",
    "0000",
)
NOT_MOMENTS = ("2024-02-30", "2024-01-01 10:00", "2024-01-01T25:00", "2024-01-01T10:00+8", "20240101", "昨天")
Sower = Callable[[Case, list[Told]], None]


def _copy(fact: Told, **cells: str) -> Told:
    return replace(fact, cells=fact.cells | cells)


def _victim(case: Case, facts: list[Told]) -> Told:
    """A fact to spoil: one in place, or a copy beside it."""
    fact = case.rng.choice(facts)
    if case.rng.random() < 0.5:
        fact = _copy(fact)
        facts.append(fact)
    return fact


def _bad_value(case: Case, facts: list[Told]) -> None:
    _victim(case, facts).cells["value"] = case.rng.choice(NOT_NUMBERS)


def _bad_moment(case: Case, facts: list[Told]) -> None:
    _victim(case, facts).cells["reported_at"] = case.rng.choice(NOT_MOMENTS)


def _bare_withdrawal(case: Case, facts: list[Told]) -> None:
    _victim(case, facts).cells |= {"value": "撤回", "reported_at": ""}


def _bad_period(case: Case, facts: list[Told]) -> None:
    _victim(case, facts).cells["period"] = case.rng.choice(NOT_PERIODS)


def _future(case: Case, facts: list[Told]) -> None:
    fact = _victim(case, facts)
    day = fact.period.first - timedelta(days=case.rng.choice((1, 1, 30)))
    texts = (day.isoformat(), f"{day}T23:59:59", f"{day}T15:59:59.999Z", f"{day}T16:00Z")
    fact.cells["reported_at"] = case.rng.choice(texts)


def _unknown_unit(case: Case, facts: list[Told]) -> None:
    _victim(case, facts).cells["unit"] = case.rng.choice(("nobody", "", "名0", "名1", "单位0", "c o"))


def _unknown_indicator(case: Case, facts: list[Told]) -> None:
    _victim(case, facts).cells["indicator"] = case.rng.choice(("i_99", "", "指标99", "I_0"))


def _wrong_reporter(case: Case, facts: list[Told]) -> None:
    fact = _victim(case, facts)
    wrong = [unit["id"] for unit in case.units if unit["id"] not in case.reporters(fact.indicator)]
    if wrong:
        fact.cells["unit"] = case.rng.choice(wrong)


def _conflict(case: Case, facts: list[Told]) -> None:
    fact = case.rng.choice(facts)
    kind = str(case.indicators[fact.indicator]["value"])
    other = 1 - fact.value if kind == "boolean" else fact.value + case.steps[fact.indicator]
    text = number(case.rng, other, kind)
    if fact.cells["reported_at"] and case.rng.random() < 0.3:
        text = "撤回"
    facts.append(_copy(fact, value=text))


def _overlap(case: Case, facts: list[Told]) -> None:
    flows = [fact for fact in facts if case.indicators[fact.indicator]["nature"] == "flow"]
    if flows:
        fact = case.rng.choice(flows)
        first, last = fact.period.first, fact.period.last
        codes = {f"{first.year}", f"{last:%Y-%m}", last.isoformat(), f"{first.year}-{first.year + 1}"}
        code = case.rng.choice(sorted(codes - {fact.period.code}))
        facts.append(_copy(told(case, fact.unit, fact.indicator, Period(code, first, last)), period=code))


FACT_SOWERS: tuple[Sower, ...] = (
    _bad_value,
    _bad_value,
    _bad_moment,
    _bare_withdrawal,
    _bad_period,
    _future,
    _unknown_unit,
    _unknown_indicator,
    _wrong_reporter,
    _wrong_reporter,
    _conflict,
    _conflict,
    _overlap,
    _overlap,
)


def sow_facts(case: Case, facts: list[Told]) -> None:
    """One to five faults among the facts, if there are any."""
    for _ in range(case.rng.randint(1, 5)):
        if facts:
            case.rng.choice(FACT_SOWERS)(case, facts)
    case.rng.shuffle(facts)


def sow_waivers(case: Case, waivers: list[dict[str, str]]) -> None:
    """Up to two faults among the waivers."""
    rng = case.rng
    for _ in range(rng.choice((0, 1, 2))):
        if not waivers:
            return
        waiver = dict(rng.choice(waivers))
        faults: list[dict[str, str]] = [
            {"rule": "r.none"},
            {"rule": ""},
            {rng.choice(("id", "until", "reason", "approved_by", "unit")): ""},
            {"from": waiver["until"], "until": "2001-01-01"},
            {"unit": rng.choice(case.units)["id"]},
            {"unit": "nobody"},
            {"unit": rng.choice(case.units)["name"]},
            {"periods": rng.choice(("1999", "2023-Q9", "x;y", "2023-02-01"))},
            {rng.choice(("from", "until")): rng.choice(("2024-02-30", "明天", "2024-1-1"))},
            {"id": rng.choice(("a b", "x" * 65, "n/a", "e\u0301"))},
        ]
        if rng.random() < 0.25:
            waivers.append(waiver | {"until": "2029-12-31"})
            continue
        fault = rng.choice(faults)
        waivers.insert(rng.randint(0, len(waivers)), waiver | {"id": f"bad{len(waivers)}"} | fault)


def sow_units(case: Case) -> None:
    """One fault of the registry, after which nothing can be judged."""
    rng = case.rng
    unit = rng.choice(case.units)
    faults: list[dict[str, str]] = [
        {"type": "planet"},
        {"opened": "2023-02-30"},
        {"opened": "2023-05-05", "closed": "2023-05-05"},
        {"parent": "nobody"},
        {"parent": unit["id"]},
        {"parent": rng.choice(case.of_type("department") or case.of_type("county"))},
        {"id": "a b"},
        {"id": rng.choice(case.units)["id"]},
    ]
    case.units.append(unit | {"id": "sown"} | rng.choice(faults))

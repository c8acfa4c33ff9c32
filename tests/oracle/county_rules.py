"""The rules of a random case, and its rulebook folder."""

import json
import random
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from .county_plan import CODES, LEADS, STAGES, Case, Item
from .county_words import label, near, number

FORMS = ("at_least", "at_least", "at_least", "more_than", "at_most", "less_than", "equals", "between")
SHARES = ("0.5", "0.6", "1", "1", "0.9", "0.333333", "0.07", "0")


def _types(case: Case, code: str) -> list[str]:
    """The unit types that report an indicator."""
    reporter = case.indicators[code]["reporter"]
    if isinstance(reporter, dict):
        return ["department"]
    return [str(one) for one in reporter] if isinstance(reporter, list) else [str(reporter)]


def _askable(case: Case, code: str) -> set[str]:
    """The unit types of which a total of the indicator can be asked: a reporter's, or one that stands above."""
    types = _types(case, code)
    named = isinstance(case.indicators[code]["reporter"], dict)
    lowest = max(case.rank(unit_type) for unit_type in types)
    above = {unit_type for group in case.groups[:lowest] for unit_type in group}
    return above if named else above | set(types)


def _numeric(case: Case) -> list[str]:
    return [code for code, item in case.indicators.items() if item["value"] != "boolean"]


def _figure(case: Case, kind: str, step: Fraction, least: int = 0) -> Fraction:
    """A figure that sums of facts often hit exactly."""
    if kind in ("share", "ratio"):
        return max(Fraction(case.rng.choice(SHARES)), Fraction(least, 10))
    return step * case.rng.randint(least, 7)


def _written(case: Case, kind: str, value: Fraction) -> str:
    """As a figure stands in a rule: % for shares and percents, for ratios that or a plain number."""
    if kind == "ratio":
        kind = case.rng.choice(("percent", "decimal"))
    return number(case.rng, value, "percent" if kind == "share" else kind, odd=False)


def _target(case: Case, kind: str, step: Fraction, form: str | None = None) -> dict[str, object]:
    form = form or case.rng.choice(FORMS)
    if form == "between":
        low, high = sorted((_figure(case, kind, step), _figure(case, kind, step)))
        return {form: [_written(case, kind, low), _written(case, kind, high)]}
    least = 1 if form == "less_than" else 0
    return {form: _written(case, kind, _figure(case, kind, step, least))}


def _targets(case: Case, kind: str, step: Fraction, every: str, unit_type: str) -> object:
    """One target, dated targets whose dates lie on the edges of periods, or a table by unit."""
    rng, choice = case.rng, case.rng.random()
    units = case.of_type(unit_type)
    if choice < 0.12 and units:
        form = rng.choice([one for one in FORMS if one != "between"])
        some = rng.sample(units, rng.randint(1, len(units)))
        return {form: {unit: _target(case, kind, step, form)[form] for unit in some}}
    if choice < 0.3 and case.periods[every]:
        lasts = sorted({near(rng, [period.last]) for period in case.periods[every]})
        cuts = sorted(rng.sample(lasts, min(len(lasts), rng.randint(1, 2))))
        same = rng.choice((None, rng.choice(FORMS)))
        starts = [case.window.first - timedelta(days=400), *cuts]
        return [{"from": day.isoformat()} | _target(case, kind, step, same) for day in starts]
    return _target(case, kind, step)


def _measure(case: Case) -> tuple[Item, str, Fraction, set[str]] | None:
    """A measure with the kind and step of its figures and the unit types that it can be asked of."""
    rng, numeric = case.rng, _numeric(case)
    measure = rng.choice(("total", "total", "total", "ratio", "share", "share", "change"))
    if measure == "share":
        return _share(case)
    if not numeric:
        return None
    code = "i_0" if measure == "ratio" and "i_0" in numeric and rng.random() < 0.6 else rng.choice(numeric)
    kind, step = str(case.indicators[code]["value"]), case.steps[code]
    if measure == "ratio":
        other = "i_1" if code == "i_0" and "i_1" in numeric else rng.choice(numeric)
        askable = _askable(case, code) & _askable(case, other)
        return {"ratio": [code, other]}, "ratio", step, askable
    return {measure: code}, kind, step, _askable(case, code)


def _share(case: Case) -> tuple[Item, str, Fraction, set[str]] | None:
    """A share of the units of one type, with one to three conditions on what they report themselves."""
    rng = case.rng
    kept = [code for code in case.indicators if not isinstance(case.indicators[code]["reporter"], dict)]
    of = rng.choice([unit_type for code in kept for unit_type in _types(case, code)] or ["village"])
    fitting = [code for code in kept if of in _types(case, code)]
    above = {unit_type for group in case.groups[: case.rank(of)] for unit_type in group}
    if not fitting or not above:
        return None
    where: Item = {}
    for code in rng.sample(fitting, rng.randint(1, min(3, len(fitting)))):
        kind = str(case.indicators[code]["value"])
        flag = rng.choice(("是", "是", "true", "否"))
        where[code] = flag if kind == "boolean" else _target(case, kind, case.steps[code])
    return {"share": {"of": of, "where": where}}, "share", Fraction(1), above


def _answered(case: Case, measure: Item, askable: set[str]) -> list[str]:
    """The askable types of which some unit has, at it or below, a reporter of all that is measured."""
    what = next(iter(measure.values()))
    codes = what["where"] if isinstance(what, dict) else [what] if isinstance(what, str) else what
    assert isinstance(codes, list | dict)
    fitting = set()
    for unit in case.units:
        below = case.below(unit["id"])
        if unit["type"] in askable and all(below & case.reporters(code) for code in codes):
            fitting.add(unit["type"])
    return sorted(fitting)


def _rule(case: Case, order: int) -> Item | None:
    measured = _measure(case)
    if measured is None or not measured[3]:
        return None
    rng, (measure, kind, step, askable) = case.rng, measured
    present = _answered(case, measure, askable)
    unit_type = rng.choice(present if present and rng.random() < 0.95 else sorted(askable))
    every = "year" if "change" in measure else rng.choice([*sorted(case.periods), *[case.favourite] * 4])
    of_each: object = unit_type
    if rng.random() < 0.15:
        stages = rng.choice((rng.choice(STAGES[:3]), rng.sample(STAGES[:3], 2)))
        of_each = {"type": unit_type, "where": {"stage": stages}}
    rule: Item = {"id": rng.choice(("r.{}", "规则-{}", "R_{}")).format(order), "commitment": f"C{order:02d}"}
    rule |= {"title": label(rng, f"规则{order}"), "source": {"clause": f"条款{order}，以上"}}
    if rng.random() < 0.6:
        rule["source"] = {"paragraph": rng.choice(("3", "（三）", "12")), "clause": f"条款 {order}"}
    rule |= {"of_each": of_each, "every": every, "measure": measure}
    rule["target"] = _targets(case, kind, step, every, unit_type)
    rule["remedy"] = label(rng, "补办")
    options = {"force": ("strive", 0.2), "status": ("draft", 0.12), "answerable": (rng.choice(CODES), 0.2)}
    rule |= {key: value for key, (value, chance) in options.items() if rng.random() < chance}
    if rng.random() < 0.1:
        rule["reading"] = {"assumed": label(rng, "按单位核算")}
    return rule


def _parts(case: Case, order: int) -> list[Item]:
    """A rule for counties and one with a table of parts for townships that reaches its figure, where it fits."""
    rng, towns = case.rng, case.of_type("township")
    fitting = [code for code in _numeric(case) if {"township", "county"} <= _askable(case, code)]
    made = _rule(case, order)
    again = _rule(case, order + 1)
    if not towns or not fitting or made is None or again is None:
        return []
    code = rng.choice(fitting)
    kind, figure = str(case.indicators[code]["value"]), case.steps[code] * 2
    table = {town: number(rng, figure, kind, odd=False) for town in towns}
    same: Item = {"measure": {"total": code}, "every": "plan"}
    whole = same | {"of_each": "county", "target": {"at_least": number(rng, figure, kind, odd=False)}}
    parts = same | {"of_each": "township", "target": {"at_least": table, "parts_of": made["id"]}}
    return [made | {"force": "must", "status": "active"} | whole, again | parts]


def add_rules(case: Case) -> None:
    """One to eight rules."""
    if case.rng.random() < 0.06:
        case.rules += _parts(case, 90)
    wanted = case.rng.randint(2, 7)
    for order in range(1, 30):
        rule = _rule(case, order)
        if rule is not None and len(case.rules) < wanted:
            case.rules.append(rule)


def _plan(case: Case) -> Item:
    rng = case.rng
    groups: Item = {
        "townships": {"name": label(rng, "各乡镇"), "every": "township"},
        "all-members": {"name": label(rng, "各部门"), "every": "department"},
        "schools": {"name": label(rng, "各学校"), "every": "school"},
    }
    plan: Item = {"id": rng.choice(("plan-a", "规划.2021", "p_1")), "title": label(rng, "规划")}
    plan |= {"document": label(rng, "规划全文"), "number": "平政办发〔2022〕45号", "issued": "2022-05-05"}
    plan |= {"window": case.window.code, "time_zone": case.zone}
    if case.grace or rng.random() < 0.5:
        plan["grace_days"] = str(case.grace)
    if case.calendar.kind:
        ends = [{"from": f"{a:02d}-{b:02d}", "until": f"{c:02d}-{d:02d}"} for (a, b), (c, d) in case.calendar.parts]
        plan["calendar"] = {case.calendar.kind: {"name": label(rng, "学期"), "parts": ends}}
    plan["asked"] = {
        kind: {"from": first.isoformat(), "until": last.isoformat()} for kind, (first, last) in case.asked.items()
    }
    plan["unit_types"] = [{unit_type: label(rng, unit_type) for unit_type in group} for group in case.groups]
    codes = {code: label(rng, code) for code in CODES}
    plan["departments"] = {"unit_type": "department", "below": "county", "codes": codes, "groups": groups}
    return plan


def _sections(rng: random.Random, rules: list[Item]) -> list[Item]:
    """The rules in one to three sections, now and then one without rules."""
    cut = sorted(rng.randint(0, len(rules)) for _ in range(rng.choice((0, 1, 2))))
    sections = []
    for number_, (start, end) in enumerate(zip([0, *cut], [*cut, len(rules)], strict=True)):
        section: Item = {"section": ("一（三）", "二（一）", "四")[number_], "title": label(rng, f"章{number_}")}
        section |= {"lead": list(dict.fromkeys(rng.choices(LEADS, k=rng.randint(1, 3)))), "support": ["all-members"]}
        section["rules"] = rules[start:end]
        if start == end:
            section["no_commitment"] = label(rng, "没有量化承诺")
        sections.append(section)
    return sections


def _follow_ups(case: Case) -> list[Item]:
    """Repeats and clusters with small numbers and every way of naming unit types."""
    rng = case.rng
    types = [unit_type for group in case.groups for unit_type in group]
    chosen: list[object] = [
        "all",
        "all",
        {"except": ["county"]},
        rng.sample(types, 2),
        {"except": rng.sample(types, 2)},
    ]
    made: list[Item] = [
        {"id": "repeat", "title": label(rng, "连续"), "repeat": rng.choice("2223"), "unit_types": rng.choice(chosen)},
        {"id": "cluster", "title": label(rng, "集中"), "cluster": rng.choice("2223"), "unit_types": rng.choice(chosen)},
    ]
    return made if rng.random() < 0.7 else made[::-1]


def write_rulebook(case: Case, folder: Path) -> None:
    """The rulebook as files; JSON text is YAML too."""
    checks: list[Item] = []
    first, second = (case.indicators[code] for code in ("i_0", "i_1"))
    if first["value"] == second["value"] != "boolean" and first["reporter"] == second["reporter"]:
        checks.append({"indicator": "i_0", "at_most": "i_1"})
    indicators: Item = {"indicators": case.indicators}
    files: dict[str, object] = {
        "plan.yaml": _plan(case),
        "indicators.yaml": indicators | ({"checks": checks} if checks else {}),
        "follow-ups.yaml": {"follow_ups": _follow_ups(case)},
    }
    files |= {f"{number_:02d}.yaml": section for number_, section in enumerate(_sections(case.rng, case.rules))}
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

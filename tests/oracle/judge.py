"""Verdicts, shortfalls, waivers and findings: semantics.md, "Verdicts" and "Findings as data"."""

import hashlib
import math
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from .figures import shown, shown_up
from .measures import Measured, World, decides, satisfies
from .periods import Period
from .registry import Unit
from .rulebook import Rule, Target
from .tables import Problems
from .waivers import Waiver

VERDICTS = ("met", "not_met", "pending", "unknown", "waived")
NAMES = {True: "met", False: "not_met", None: "unknown"}


@dataclass(frozen=True)
class Judged:
    """A verdict before any waiver, with its reason and pace."""

    verdict: str
    reason: str | None
    pace: str | None


@dataclass(frozen=True)
class Finding:
    """One finding as data, with the rule and period that it is about."""

    rule: Rule
    period: Period
    data: dict[str, object]


def shortfall(measured: Measured, target: Target) -> Fraction | None:
    """Reads: "From the lower bound, whenever that does not satisfy the target": the least that has to be added."""
    if measured.bounds is None or satisfies(target, measured.bounds.lower):
        return None
    amount, whole = measured.amount, measured.whole
    low, high = target.figures[0] * measured.scale, target.figures[-1] * measured.scale
    if target.form == "more_than" and whole:
        return math.floor(low) + 1 - amount
    if target.form == "less_than" and whole:
        return amount - (math.ceil(low) - 1)
    gap = low - amount if amount < low else amount - high
    return Fraction(math.ceil(gap)) if whole else gap


def _early(world: World, rule: Rule, measured: Measured, target: Target) -> str | None:
    """Verdicts 2: "a total of a flow whose lower bound already decides, which only a correction can undo"."""
    if not _flow(world, rule) or measured.bounds is None:
        return None
    holds = satisfies(target, measured.bounds.lower)
    if target.form in ("at_least", "more_than"):
        return "met" if holds else None
    if target.form in ("at_most", "less_than"):
        return None if holds else "not_met"
    return None


def _flow(world: World, rule: Rule) -> bool:
    return rule.measure == "total" and world.book.indicators[rule.indicators[0]].nature == "flow"


def _pace(world: World, rule: Rule, period: Period, measured: Measured, target: Target) -> str:
    """Verdicts 3; days elapsed count "first day and as_of both", also past the last day."""
    if _flow(world, rule) and target.form not in ("equals", "between"):
        if measured.bounds is None:
            return "unknown"
        elapsed = (world.as_of - period.first).days + 1
        done, due = measured.bounds.lower * period.days, target.figures[0] * elapsed
        behind = done < due if target.form in ("at_least", "more_than") else done > due
        return "behind" if behind else "on_track"
    sure = None if measured.bounds is None else decides(target, measured.bounds)
    return {True: "reached", None: "unknown", False: "behind"}[sure]


def judge(world: World, rule: Rule, period: Period, measured: Measured, target: Target) -> Judged:
    """Verdicts 1 to 3."""
    verdict = NAMES[None if measured.bounds is None else decides(target, measured.bounds)]
    reason = measured.reason if verdict == "unknown" else None
    if world.as_of >= period.last + timedelta(days=world.book.grace):
        return Judged(verdict, reason, None)
    early = _early(world, rule, measured, target)
    if early is not None:
        return Judged(early, None, None)
    return Judged("pending", reason, _pace(world, rule, period, measured, target))


def responsible(world: World, rule: Rule, unit: Unit) -> list[str]:
    """The lead departments; a group's units: itself or its ancestor, else all below, else below an ancestor."""
    codes: list[str] = []
    above = [unit, *world.registry.above(unit.id)]
    for code in rule.lead:
        unit_type = world.book.every.get(code)
        if unit_type is None:
            codes.append(code)
            continue
        own = [one.id for one in above if one.type == unit_type][:1]
        pools = ([one.id for one in world.registry.below[top.id] if one.type == unit_type] for top in above)
        codes += own or next((sorted(pool) for pool in pools if pool), [])
    return list(dict.fromkeys(codes))


def _observed(rule: Rule, measured: Measured) -> dict[str, str | None] | None:
    """From the lower bound; "numerator and denominator only for ratio and share"."""
    if measured.bounds is None:
        return None
    parts = rule.measure in ("ratio", "share")
    return {
        "value": shown(measured.bounds.lower),
        "numerator": shown(measured.amount) if parts else None,
        "denominator": shown(measured.scale) if parts else None,
    }


def _finding(
    world: World, rule: Rule, unit: Unit, period: Period, target: Target, waivers: list[Waiver]
) -> dict[str, object]:
    measured = world.measure(rule, unit.id, period)
    judged = judge(world, rule, period, measured, target)
    day = world.check_date(period)
    fitting = [waiver.id for waiver in waivers if waiver.covers(rule, unit.id, period.code, day, world.as_of)]
    waiver = min(fitting) if fitting and judged.verdict in ("not_met", "unknown") else None
    missing = shortfall(measured, target)
    name = f"{world.book.id}|{rule.id}|{unit.id}|{period.code}"
    bounds = measured.bounds
    lower = None if bounds is None else shown(bounds.lower)
    upper = None if bounds is None or bounds.upper is None else shown(bounds.upper)
    return {
        "id": hashlib.sha256(name.encode()).hexdigest()[:16],
        "rule": rule.id,
        "commitment": rule.commitment,
        "force": rule.force,
        "unit": unit.id,
        "unit_name": unit.name,
        "period": period.code,
        "verdict": "waived" if waiver is not None else judged.verdict,
        "underlying": judged.verdict if waiver is not None else None,
        "observed": _observed(rule, measured),
        "bounds": [lower, upper],
        "target": target.text,
        "shortfall": None if missing is None else shown_up(missing),
        "reason": judged.reason,
        "pace": judged.pace,
        "waiver": waiver,
        "responsible": responsible(world, rule, unit),
        "source": {"document": world.book.document, "section": rule.section, "clause": rule.clause},
    }


def _asked(rule: Rule, unit: Unit) -> bool:
    """True when the rule is asked of the unit: its type, and its attributes where `of_each` narrows."""
    fits = all(unit.attributes.get(name, "") in texts for name, texts in rule.where.items())
    return unit.type == rule.unit_type and fits


def findings(world: World, waivers: list[Waiver], include_drafts: bool) -> list[Finding]:
    """Reads: "In plan order of rules, then unit id, then the period's first day"; only periods begun by `as_of`."""
    found = []
    for rule in world.book.rules:
        if rule.draft and not include_drafts:
            continue
        for unit in sorted(world.registry.units.values(), key=lambda one: one.id):
            for period in rule.periods:
                target = rule.target(unit.id, period)
                if not _asked(rule, unit) or target is None or period.first > world.as_of:
                    continue
                if unit.exists(world.check_date(period)):
                    found.append(Finding(rule, period, _finding(world, rule, unit, period, target, waivers)))
    return found


def summary(found: list[Finding]) -> dict[str, object]:
    """Counts: "the first five of must rules", beside them the same five of the strive rules."""

    def counts(force: str) -> dict[str, object]:
        verdicts = [finding.data["verdict"] for finding in found if finding.rule.force == force]
        return {verdict: verdicts.count(verdict) for verdict in VERDICTS}

    return counts("must") | {"strive": counts("strive")}


def warn_unneeded(world: World, found: list[Finding], waivers: list[Waiver], problems: Problems) -> None:
    """`unneeded_waiver`: "it covers at least one finding, dates included, and all that it covers are met"."""
    for waiver in waivers:
        verdicts = {
            one.data["verdict"]
            for one in found
            if waiver.covers(
                one.rule, str(one.data["unit"]), one.period.code, world.check_date(one.period), world.as_of
            )
        }
        if verdicts == {"met"}:
            problems.warn(waiver.row, "unneeded_waiver")

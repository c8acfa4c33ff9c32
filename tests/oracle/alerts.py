"""Alerts from findings that are `not_met`: semantics.md, "Follow-ups"."""

from collections import defaultdict

from .judge import Finding
from .registry import Registry
from .rulebook import FollowUp, Rulebook

Alert = dict[str, object]


def _alert(follow_up: FollowUp, rule: str | None, of: list[Finding], periods: list[str]) -> Alert:
    """The alert, escalated to the lead departments of the findings' rules, "in the plan's order", each once."""
    leads: dict[str, None] = {}
    for finding in of:
        lead = finding.data["responsible"]
        assert isinstance(lead, list)
        leads |= dict.fromkeys(lead)
    return {
        "follow_up": follow_up.id,
        "unit": of[0].data["unit"],
        "rule": rule,
        "periods": periods,
        "escalate_to": list(leads),
    }


def _repeats(follow_up: FollowUp, failed: list[Finding], book: Rulebook) -> list[Alert]:
    """One alert for each period whose finding "and those of the n - 1 periods before it" are all `not_met`."""
    found = []
    for rule in book.rules:
        mine = {finding.period.code: finding for finding in failed if finding.rule.id == rule.id}
        codes = [period.code for period in rule.periods]
        for end in range(follow_up.number, len(codes) + 1):
            run = codes[end - follow_up.number : end]
            if all(code in mine for code in run):
                found.append(_alert(follow_up, rule.id, [mine[run[-1]]], run))
    return found


def _clusters(follow_up: FollowUp, failed: list[Finding]) -> list[Alert]:
    """Reads: "One alert for each unit and period code with n or more rules not_met; rule is null"."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in failed:
        by_code[finding.period.code].append(finding)
    full = [of for of in by_code.values() if len(of) >= follow_up.number]
    full.sort(key=lambda of: (of[0].period.first, of[0].period.code))
    return [_alert(follow_up, None, of, [of[0].period.code]) for of in full]


def alerts(found: list[Finding], book: Rulebook, registry: Registry) -> list[Alert]:
    """Reads: "In the order of follow-ups, then unit id, rule, period"."""
    failed: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        if finding.data["verdict"] == "not_met":
            failed[str(finding.data["unit"])].append(finding)
    result = []
    for follow_up in book.follow_ups:
        for unit in sorted(failed):
            if registry.units[unit].type not in follow_up.types:
                continue
            if follow_up.kind == "repeat":
                result += _repeats(follow_up, failed[unit], book)
            else:
                result += _clusters(follow_up, failed[unit])
    return result

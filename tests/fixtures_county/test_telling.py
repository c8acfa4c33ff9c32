"""The telling cases come out as the county's README says, by the independent reading of the contract."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from fixtures.county.folder import write_plain
from tests import oracle

RULES = Path(__file__).parents[2] / "rules" / "pingluo-2021-2025"
A23, S23, A24, S24, A25, PLAN = "2023-2024-1", "2023-2024-2", "2024-2025-1", "2024-2025-2", "2025-2026-1", "2021-2025"
LECTURES, OUTINGS, TEACHER = "youth.lectures", "youth.study-practice", "youth.science-teacher"
PART = "youth.participation"
Answer = dict[str, Any]


@cache
def _answer(as_of: str) -> Answer:
    with TemporaryDirectory() as folder:
        write_plain(Path(folder), seed=2025, scale=1, counties=1)
        return oracle.check(RULES, Path(folder), date.fromisoformat(as_of))


def _finding(as_of: str, unit: str, rule: str, period: str) -> Answer | None:
    found = {(f["unit"], f["rule"], f["period"]): f for f in _answer(as_of)["findings"]}
    return found.get((unit, rule, period))


@pytest.mark.parametrize(
    ("unit", "rule", "period", "verdicts"),
    [
        ("school-002", PART, A24, {"2025-06-30": "not_met"}),
        ("school-003", PART, A24, {"2025-06-30": "met"}),
        ("school-014", LECTURES, A24, {"2025-06-30": "unknown", "2026-02-01": "unknown"}),
        ("school-017", LECTURES, A24, {"2025-02-15": "unknown", "2025-03-14": "met"}),
        ("school-018", LECTURES, A24, {"2025-06-30": "unknown", "2025-08-20": "met"}),
        ("school-062", LECTURES, A24, {"2025-06-29": "unknown", "2025-06-30": "met"}),
        ("school-063", LECTURES, A24, {"2025-06-30": "unknown", "2025-07-01": "met"}),
        ("school-070", LECTURES, A25, {"2026-02-01": "unknown", "2026-02-10": "met"}),
        ("school-020", LECTURES, A24, {"2025-06-30": "met", "2026-02-01": "not_met"}),
        ("school-024", PART, A24, {"2025-06-30": "not_met", "2026-02-01": "met"}),
        ("school-028", LECTURES, A24, {"2025-05-05": "met", "2025-06-30": "unknown", "2026-02-01": "met"}),
        ("school-033", LECTURES, A24, {"2025-06-30": "waived"}),
        ("school-040", LECTURES, A23, {"2025-06-30": "waived"}),
        ("school-040", OUTINGS, A23, {"2025-06-30": "unknown"}),
        ("school-045", OUTINGS, A23, {"2025-06-30": "waived"}),
        ("school-045", OUTINGS, S23, {"2025-06-30": "not_met"}),
        ("school-051", LECTURES, A23, {"2025-06-30": "not_met"}),
        ("school-060", TEACHER, "2022-2023-1", {"2025-06-30": "not_met"}),
        ("school-066", PART, A24, {"2025-06-30": "unknown"}),
        ("school-066", LECTURES, S24, {"2026-02-01": "waived"}),
        (
            "yaofu-v03",
            "rural.demo-household",
            PLAN,
            {"2025-06-30": "pending", "2025-12-31": "waived", "2026-02-01": "not_met"},
        ),
        ("tongfu-v05", "rural.info-officer", PLAN, {"2026-02-01": "unknown"}),
        ("gaozhuang-v04", "rural.tech-leader", PLAN, {"2025-06-30": "pending", "2026-02-01": "met"}),
        ("pingluo", "literacy.citizens", PLAN, {"2025-06-30": "pending", "2026-02-01": "met"}),
        ("pingluo", "youth.teacher-training", PLAN, {"2025-06-30": "met"}),
        ("pingluo", "rural.farmers", PLAN, {"2025-06-30": "pending", "2026-02-01": "met"}),
        ("pingluo", "rural.entrepreneurs", PLAN, {"2025-06-30": "pending", "2026-02-01": "met"}),
        ("pingluo", "rural.village-cadres", PLAN, {"2026-02-01": "unknown"}),
        ("pingluo", "rural.demo-household-coverage", PLAN, {"2026-02-01": "not_met"}),
        ("pingluo", "rural.tech-leader-coverage", PLAN, {"2026-02-01": "met"}),
        ("pingluo", "rural.info-officer-coverage", PLAN, {"2026-02-01": "unknown"}),
        (
            "pingluo",
            "workers.engineer-class",
            PLAN,
            {"2024-12-31": "met", "2025-06-30": "pending", "2026-02-01": "met"},
        ),
        ("pingluo", "officials.training", PLAN, {"2024-06-30": "pending", "2024-12-31": "met"}),
        ("pingluo", "facilities.openness", PLAN, {"2025-06-30": "pending", "2026-02-01": "not_met"}),
        ("pingluo", "digital.registrations-growth", "2024", {"2025-06-30": "not_met"}),
        ("pingluo", "digital.reach-growth", "2022", {"2025-06-30": "waived"}),
        (
            "pingluo",
            "venues.national-base",
            PLAN,
            {"2025-06-30": "pending", "2026-02-01": "waived", "2027-01-01": "not_met"},
        ),
        ("pingluo", "venues.regional-bases", PLAN, {"2026-02-01": "met"}),
        ("pingluo", "talent.volunteers", PLAN, {"2025-06-30": "met", "2026-02-01": "not_met"}),
        ("pingluo", "funding.budget-growth", "2023", {"2025-06-30": "not_met"}),
        ("pingluo", "grassroots.communities", PLAN, {"2025-06-30": "pending", "2026-02-01": "met"}),
        ("pingluo", "grassroots.villages", PLAN, {"2025-06-30": "pending", "2026-02-01": "not_met"}),
    ],
)
def test_a_telling_case_gets_its_verdict(unit: str, rule: str, period: str, verdicts: dict[str, str]) -> None:
    for as_of, verdict in verdicts.items():
        finding = _finding(as_of, unit, rule, period)
        assert finding is not None
        assert finding["verdict"] == verdict, as_of


@pytest.mark.parametrize(
    ("unit", "rule", "period", "value", "shortfall"),
    [
        ("school-002", PART, A24, "0.849", "1"),
        ("school-003", PART, A24, "0.85", None),
        ("pingluo", "facilities.openness", PLAN, "0.866667", "1"),
        ("pingluo", "rural.entrepreneurs", PLAN, "1500", None),
        ("pingluo", "rural.village-cadres", PLAN, "6212", "198"),
        ("pingluo", "rural.demo-household-coverage", PLAN, "0.993007", "1"),
        ("pingluo", "digital.registrations-growth", "2024", "0", "1"),
        ("pingluo", "venues.regional-bases", PLAN, "5", None),
        ("pingluo", "talent.volunteers", PLAN, "287", "13"),
        ("pingluo", "funding.budget-growth", "2023", "-6000", "6000"),
        ("pingluo", "grassroots.communities", PLAN, "0.6", None),
        ("pingluo", "grassroots.villages", PLAN, "0.496503", "1"),
    ],
)
def test_a_telling_figure_is_as_close_as_it_is_said_to_be(
    unit: str, rule: str, period: str, value: str, shortfall: str | None
) -> None:
    finding = _finding("2026-02-01", unit, rule, period)
    assert finding is not None
    assert (finding["observed"]["value"], finding["shortfall"]) == (value, shortfall)


def test_a_school_without_students_has_no_share_of_them() -> None:
    finding = _finding("2025-06-30", "school-066", PART, A24)
    assert finding is not None
    assert finding["reason"] == "zero_denominator"


def test_units_that_were_closed_are_no_longer_judged() -> None:
    assert _finding("2025-06-30", "school-055", LECTURES, A23) is not None
    assert _finding("2025-06-30", "school-055", LECTURES, S23) is None
    assert _finding("2025-06-30", "lingsha-v07", "rural.tech-leader", PLAN) is None


def test_failures_in_a_row_and_at_once_raise_alerts() -> None:
    alerts = [(a["follow_up"], a["unit"], a["rule"], *a["periods"]) for a in _answer("2026-02-01")["alerts"]]
    assert alerts == [
        ("repeat", "school-005", LECTURES, A23, S23),
        ("repeat", "school-007", OUTINGS, S23, A24),
        ("repeat", "school-007", OUTINGS, A24, S24),
        ("repeat", "school-060", TEACHER, "2022-2023-1", "2022-2023-2"),
        ("cluster", "school-010", None, A24),
        ("cluster", "school-068", None, S24),
    ]


def test_all_five_verdicts_show_in_the_middle_of_2025_and_nothing_is_pending_in_the_end() -> None:
    middle, end = _answer("2025-06-30")["summary"], _answer("2026-02-01")["summary"]
    assert all(middle[verdict] for verdict in ("met", "not_met", "pending", "unknown", "waived"))
    assert end["pending"] == end["strive"]["pending"] == 0
    assert end["strive"]["met"] == end["strive"]["not_met"] == 1


def test_nothing_in_it_is_an_error_and_each_warning_comes_once() -> None:
    problems = _answer("2026-02-01")["problems"]
    assert Counter((problem["severity"], problem["code"]) for problem in problems) == {
        ("warning", "unneeded_waiver"): 1,
        ("warning", "unused_fact"): 1,
        ("warning", "repeated_fact"): 1,
        ("warning", "implausible"): 1,
    }

"""A Run in numbers: rates as checked and after waivers, areas, trends, and the geometry drawn from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.model.fact import Data
from checker.model.language import same
from checker.model.number import shown_rate
from checker.model.rulebook import Force, Total
from checker.model.run import Counts, Run
from checker.model.unit import Registry, Unit
from checker.reporting.charts import bar, line, path
from checker.reporting.overview import Areas, Group, Trend, areas, sections, trends, whole
from tests.engines.building import COUNTY, fact, indicator, rule, rulebook, waiver

TOWNS = [Unit(name, name, "township", "county") for name in ("t1", "t2")]
SCHOOLS = [Unit(f"s{n}", f"s{n}", "school", f"t{n % 2 + 1}") for n in range(6)]
BOOK = rulebook(
    [indicator("讲座", "school")],
    [
        rule("r", Total(indicator="讲座"), "at_least 2"),
        rule("c", Total(indicator="讲座"), "at_least 9", of_each="county"),
    ],
)


def run(day: date, *units: Unit) -> Run:
    facts = [fact(f"s{n}", "讲座", code, n % 3) for n in range(6) for code in ("2022-2023-1", "2022-2023-2")]
    waived = replace(waiver("w", "r", "2023-12-31"), unit="s0")
    county = Data(Registry([COUNTY, *units]), facts, [waived])
    findings = tuple(Assessment(BOOK, county, day, PlainJudge()).findings())
    return Run("1.0", day, "plain", BOOK, county.registry, "", findings, (), ())


DONE = run(date(2023, 8, 31), *TOWNS, *SCHOOLS)


def test_the_rate_as_checked_counts_waived_ones_and_the_other_leaves_them_out() -> None:
    all_of_it = whole(DONE)
    assert all_of_it.counts == Counts(met=4, not_met=8, pending=0, unknown=0, waived=2)
    assert (all_of_it.checked, all_of_it.after) == ((4, 14), (4, 12))
    assert (all_of_it.checked_rate, all_of_it.after_rate) == ("28.6%", "33.3%")
    assert [group.key for group in sections(DONE, BOOK)] == ["一"]


def test_areas_are_the_first_level_with_more_than_one_unit_and_the_roots_own() -> None:
    assert [(one.name.zh, sum(one.counts)) for one in areas(DONE, BOOK)] == [
        ("county（本级）", 2),
        ("t1", 6),
        ("t2", 6),
    ]
    counties = Registry([COUNTY, Unit("other", "other", "county"), *TOWNS])
    assert Areas(counties, BOOK).of(TOWNS[0]) == COUNTY
    assert areas(run(date(2023, 8, 31), TOWNS[0], *(one for one in SCHOOLS if one.parent == "t1")), BOOK) == []


def test_trends_have_a_point_for_each_period_that_is_over() -> None:
    whole_kind, of_rule = trends(DONE, BOOK)
    assert [(point.key, point.checked) for point in of_rule.points] == [
        ("2022-2023-1", (2, 6)),
        ("2022-2023-2", (2, 6)),
    ]
    assert [point.checked for point in whole_kind.points] == [(2, 7), (2, 7)]
    assert list(trends(run(date(2023, 8, 30), *TOWNS, *SCHOOLS), BOOK)) == []


def test_what_strives_is_in_no_rate() -> None:
    striving = tuple(
        one._replace(rule=one.rule.model_copy(update={"force": Force.STRIVE})) for one in DONE.findings or ()
    )
    alone = Run("1.0", DONE.as_of, "plain", BOOK, DONE.registry, "", striving, (), ())
    assert (sum(whole(alone).counts), sections(alone, BOOK), list(trends(alone, BOOK))) == (0, [], [])


@pytest.mark.parametrize(
    ("part", "of", "shown"), [(0, 0, "–"), (1, 3, "33.3%"), (9999, 10000, "99.9%"), (5, 5, "100.0%"), (0, 5, "0.0%")]
)
def test_a_rate_is_all_only_where_it_is(part: int, of: int, shown: str) -> None:
    assert shown_rate(part, of) == shown


@given(st.builds(Counts, *[st.integers(0, 10**6)] * 5))
def test_a_bar_is_whole_and_hides_nothing(counts: Counts) -> None:
    pieces = bar(Group("", same(""), counts))
    assert {piece.verdict.value for piece in pieces} == {name for name, many in counts._asdict().items() if many}
    assert sum(piece.width for piece in pieces) == (1000 if any(counts) else 0)
    assert all(piece.width >= 6 for piece in pieces)


points = st.builds(Counts, st.integers(0, 50), st.integers(0, 50), st.just(0), st.integers(0, 5), st.integers(0, 5))


@given(st.lists(points.filter(any), min_size=2, max_size=12))
def test_a_line_stays_on_its_canvas(all_counts: list[Counts]) -> None:
    groups = tuple(Group(f"{2000 + n}", same(""), counts) for n, counts in enumerate(all_counts))
    drawn = line(Trend(same(""), groups))
    for dot in (*drawn.checked, *drawn.after):
        assert (38 <= dot.x <= 306, 16 <= dot.y <= 124) == (True, True)
    assert len(drawn.checked) == len(groups)
    assert drawn.checked[-1].labelled
    assert path(drawn.checked).count(",") == len(groups)

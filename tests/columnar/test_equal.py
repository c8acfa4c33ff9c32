from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.engines.columnar.duck import DuckSession
from checker.intake.reading import Inputs, read
from checker.model.number import ValueKind
from checker.model.rulebook import Change, Condition, Measure, Nature, Ratio, Share, Total
from checker.rulebook.loading import default_folder, load
from tests.columnar.comparing import differences, generated
from tests.engines.building import COUNTY, SCHOOL, TOWN, data, fact, figure, indicator, rule, rulebook, spoiled

COUNTY_FOLDER = Path(__file__).parents[2] / "fixtures" / "pingluo"
MANY, IN_ONE = 120, 20
FORMS = (
    *("at_least 0.07", "more_than 0.07", "at_most 0.29", "less_than 0.29"),
    *("between 0.07 and 0.29", "equals 0.29", "at_least 999999999999", "at_least 0"),
)
INDICATORS = [
    indicator("part", "school", nature=Nature.LEVEL),
    indicator("all", "school", nature=Nature.LEVEL),
    indicator("money", "school", value=ValueKind.DECIMAL),
]


@pytest.fixture(scope="module")
def session() -> DuckSession:
    return DuckSession()


@pytest.mark.parametrize("first", range(0, MANY, IN_ONE))
def test_duckdb_equals_plain_on_generated_counties(first: int, tmp_path: Path, session: DuckSession) -> None:
    for seed in range(first, first + IN_ONE):
        case = generated(seed, tmp_path / str(seed))
        found = read(Inputs(folder=case.folder), case.rulebook).data if case else None
        if case and found:
            assert not differences(case.rulebook, found, case.as_of, session, case.drafts), f"seed {seed}"


@pytest.mark.parametrize("as_of", ["2021-01-01", "2023-01-31", "2024-10-15", "2025-12-31", "2027-01-01"])
def test_duckdb_equals_plain_on_the_fixture_county(as_of: str, session: DuckSession) -> None:
    book = load(default_folder()).rulebook
    assert book
    county = read(Inputs(folder=COUNTY_FOLDER), book).data
    assert county
    assert not differences(book, county, date.fromisoformat(as_of), session)


@pytest.mark.parametrize("target", FORMS)
@pytest.mark.parametrize("measure", [Ratio(numerator="part", denominator="all"), Total(indicator="money")])
@pytest.mark.parametrize("part", [0, 6, 7, 8, 28, 29, 30])
def test_a_figure_is_met_exactly(part: int, measure: Measure, target: str, session: DuckSession) -> None:
    book = rulebook(INDICATORS, [rule("r", measure, target)])
    told = [("part", part), ("all", 100), ("money", part)]
    county = data(*(fact("school", code, "2023-2024-1", value) for code, value in told))
    assert not differences(book, county, date(2024, 1, 31), session)
    assert not differences(book, county, date(2023, 10, 1), session)


@pytest.mark.parametrize("whole", [0, 1, 999_999_999_999])
def test_a_ratio_of_the_largest_values_is_exact(whole: int, session: DuckSession) -> None:
    book = rulebook(INDICATORS, [rule("r", Ratio(numerator="part", denominator="all"), "at_least 999999999999")])
    county = data(fact("school", "part", "2023-2024-1", 999_999_999_999), fact("school", "all", "2023-2024-1", whole))
    assert not differences(book, county, date(2024, 1, 31), session)


@pytest.mark.parametrize(
    "spoil", [[], [("school", "money", "2022")], [("town", "part", None)], [("school", "all", None)]]
)
def test_a_record_that_was_set_aside_makes_its_unit_silent(
    spoil: list[tuple[str, str, str | None]], session: DuckSession
) -> None:
    share = Share(of="school", conditions=(Condition(indicator="money", figure=figure("at_most 5")),))
    asked: list[tuple[Measure, str]] = [
        (Total(indicator="money"), "at_least 3"),
        (Change(indicator="money"), "more_than 0"),
        (Ratio(numerator="part", denominator="all"), "at_least 0.5"),
        (share, "at_least 1"),
    ]
    rules = [rule(f"r{n}", measure, target, "county", "year") for n, (measure, target) in enumerate(asked)]
    facts = [fact("school", "money", month, 4) for month in ("2022-01", "2022-02", "2023-01")]
    facts += [fact("school", code, "2022", 7) for code in ("part", "all")]
    county = data(*facts, spoil=[spoiled(*key) for key in spoil], units=(COUNTY, TOWN, SCHOOL))
    assert not differences(rulebook(INDICATORS, rules), county, date(2024, 1, 31), session)

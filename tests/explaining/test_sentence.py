"""Sentences that a person can act on, in both languages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.explaining.sentence import explanation
from checker.model.fact import Data
from checker.model.language import Text, same
from checker.model.number import ValueKind
from checker.model.rulebook import Change, Condition, Measure, Nature, Ratio, Rulebook, Share, Total
from checker.model.spoils import Spoils
from checker.model.unit import Unit
from tests.engines.building import (
    COUNTY,
    SCHOOL,
    TOWN,
    data,
    fact,
    figure,
    indicator,
    rule,
    rulebook,
    spoiled,
    unit,
    waiver,
)

INDICATORS = [
    indicator("讲座", "school"),
    indicator("参与", "school", nature=Nature.LEVEL),
    indicator("在校", "school", nature=Nature.LEVEL),
    indicator("活动室", "village", nature=Nature.LEVEL, value=ValueKind.BOOLEAN),
    indicator("经费", of="finance", value=ValueKind.DECIMAL),
    indicator("素质比例", of="finance", nature=Nature.LEVEL, value=ValueKind.PERCENT),
]
FINANCE = Unit("finance", "财政局", "department", "county")
VILLAGES = [COUNTY, TOWN, *(unit(f"村{n}", "village", "town") for n in range(6))]


def plan(measure: Measure, target: str, of_each: str = "school", every: str = "semester") -> Rulebook:
    remedy = {"remedy": Text("补办", "hold them")}
    return rulebook(INDICATORS, [rule("r", measure, target, of_each, every).model_copy(update=remedy)])


def said(book: Rulebook, county: Data, as_of: str, period: str) -> Text:
    findings = Assessment(book, county, date.fromisoformat(as_of), PlainJudge()).findings()
    finding = next(one for one in findings if one.period.code == period)
    return explanation(finding, book, county.registry, Spoils(county.spoiled))


LECTURES = plan(Total(indicator="讲座"), "at_least 2")


@pytest.mark.parametrize(
    ("value", "as_of", "zh", "en"),
    [
        (2, "2025-01-31", "讲座 2 次，目标不少于 2 次，达标", "讲座 2 次, target at least 2 次, met"),
        (1, "2025-01-31", "未达标，还差 1 次，请补办", "not met, short by 1 次, to do: hold them"),
        (
            1,
            "2025-01-30",
            "目标不少于 2 次，2025-01-31 期满，尚未到期（进度落后），还差 1 次",
            "target at least 2 次, the period ends on 2025-01-31 and is not due yet (behind), short by 1 次",
        ),
        (
            None,
            "2025-01-31",
            "讲座没有可用的数，目标不少于 2 次，无法判定，数据尚未报齐，待school报送讲座",
            "讲座: no figure counts, target at least 2 次, unknown, figures are missing, school must report 讲座",
        ),
    ],
)
def test_a_total_is_said_with_target_verdict_gap_and_what_to_do(
    value: int | None, as_of: str, zh: str, en: str
) -> None:
    facts = [fact("school", "讲座", "2024-09", value)] if value is not None else []
    text = said(LECTURES, data(*facts), as_of, "2024-2025-1")
    assert text.zh.startswith("school 2024-2025-1：讲座")
    assert text.zh.endswith(f"{zh}。")
    assert text.en.startswith("school 2024-2025-1: ")
    assert text.en.endswith(f"{en}.")


def test_a_ratio_shows_both_its_numbers() -> None:
    book = plan(Ratio(numerator="参与", denominator="在校"), "at_least 85%")
    facts = [fact("school", "参与", "2024-2025-1", 670), fact("school", "在校", "2024-2025-1", 800)]
    zh = said(book, data(*facts), "2025-01-31", "2024-2025-1").zh
    assert "参与 670 / 在校 800 = 83.75%，目标不少于 85%，未达标，还差 10 次" in zh
    empty = said(book, data(facts[0]), "2025-01-31", "2024-2025-1").zh
    assert "参与与在校之比算不出来" in empty
    assert "待school报送在校" in empty
    zero = said(book, data(facts[0], fact("school", "在校", "2024-2025-1", 0)), "2025-01-31", "2024-2025-1")
    assert "分母为 0，请核对在校" in zero.zh


def test_a_plain_ratio_is_not_said_as_a_percentage() -> None:
    book = plan(Ratio(numerator="参与", denominator="在校"), "at_least 0.5")
    facts = [fact("school", "参与", "2024-2025-1", 1), fact("school", "在校", "2024-2025-1", 4)]
    assert "= 0.25，目标不少于 0.5" in said(book, data(*facts), "2025-01-31", "2024-2025-1").zh


def test_a_share_names_at_most_three_silent_units_and_their_number() -> None:
    share = Share(of="village", conditions=(Condition(indicator="活动室", figure=figure("at_least 1")),))
    book = plan(share, "at_least 50%", "county", "plan")
    text = said(book, data(fact("村0", "活动室", "2025", 1), units=VILLAGES), "2025-12-31", "2021-2025")
    assert "已确定符合条件的村 1/6 = 16.666667%（待报数据齐后至多 100%）" in text.zh
    assert "还差 2 个村" in text.zh
    assert "待村1、村2、村3等 5 个单位报送活动室" in text.zh
    assert "村1, 村2, 村3 and 2 more must report 活动室" in text.en
    nobody = said(book, data(units=[COUNTY]), "2025-12-31", "2021-2025")
    assert "没有可统计的村" in nobody.zh
    every = data(*(fact(f"村{n}", "活动室", "2025", 1) for n in range(6)), units=VILLAGES)
    assert "符合条件的村 6/6 = 100%，目标不少于 50%，达标" in said(book, every, "2025-12-31", "2021-2025").zh


def test_those_who_are_silent_about_several_figures_are_named_once_and_three_at_most() -> None:
    schools = [COUNTY, TOWN, *(unit(f"校{n}", "school", "town") for n in range(5))]
    book = plan(Ratio(numerator="参与", denominator="在校"), "at_least 85%", "county")
    neither = said(book, data(units=schools), "2025-01-31", "2024-2025-1")
    assert "待校0、校1、校2等 5 个单位报送参与和在校。" in neither.zh
    told = [fact("校0", "参与", "2024-2025-1", 1), *(fact(f"校{n}", "在校", "2024-2025-1", 1) for n in range(2))]
    some = said(book, data(*told, units=schools), "2025-01-31", "2024-2025-1")
    assert "待校1、校2、校3等 4 个单位报送参与，另有 3 个单位未报在校。" in some.zh
    assert "校1, 校2, 校3 and 1 more must report 参与, 3 must report 在校." in some.en


def test_a_change_names_the_year_that_is_missing() -> None:
    book = plan(Change(indicator="经费"), "more_than 0", "county", "year")
    units = [COUNTY, FINANCE]
    missing = said(book, data(fact("finance", "经费", "2024", 5), units=units), "2024-12-31", "2024")
    assert "待财政局报送 2023 经费" in missing.zh
    equal = data(*(fact("finance", "经费", year, 5) for year in ("2023", "2024")), units=units)
    assert "经费与上期持平，目标超过 0 次，未达标，须超过这个数" in said(book, equal, "2024-12-31", "2024").zh


def test_who_reported_what_was_set_aside_is_asked_to_mend_it_not_to_report() -> None:
    other = unit("school2", "school", "town")
    aside = [spoiled("school", "讲座", "2024-10")]
    county = data(units=[COUNTY, TOWN, SCHOOL, other], spoil=aside)
    both = said(plan(Total(indicator="讲座"), "at_least 2", "county"), county, "2025-01-31", "2024-2025-1")
    assert "待school（所报有错，须更正）、school2报送讲座" in both.zh
    assert "school (what it reported is faulty: mend it), school2 must report 讲座" in both.en
    elsewhen = said(LECTURES, county, "2025-08-31", "2024-2025-2")
    assert "待school报送讲座" in elsewhen.zh


def test_a_percent_is_short_by_a_percentage() -> None:
    book = plan(Total(indicator="素质比例"), "at_least 11%", "county", "plan")
    county = data(fact("finance", "素质比例", "2025", Fraction(105, 1000)), units=[COUNTY, FINANCE])
    assert (
        "素质比例 10.5%，目标不少于 11%，未达标，还差 0.5 个百分点" in said(book, county, "2025-12-31", "2021-2025").zh
    )


def test_too_much_is_said_as_too_much() -> None:
    for target, gap in (("at_most 1", "须减少 2 次"), ("between 1 and 2", "须减少 1 次"), ("equals 5", "还差 2 次")):
        book = plan(Total(indicator="讲座"), target)
        assert gap in said(book, data(fact("school", "讲座", "2024-09", 3)), "2025-01-31", "2024-2025-1").zh


def test_a_waiver_is_named_beside_what_it_waives() -> None:
    county = data(fact("school", "讲座", "2024-09", 1), waivers=[waiver("W1", "r", "2025-12-31")])
    text = said(LECTURES, county, "2025-01-31", "2024-2025-1")
    assert "未达标（由豁免 W1 豁免），还差 1 次" in text.zh
    assert "not met (waived by W1)" in text.en


def test_a_name_cannot_steer_a_terminal() -> None:
    nasty = Unit("school", "一\x1b[31m中\u202e\n", "school", "town")
    text = said(LECTURES, data(units=[COUNTY, TOWN, nasty]), "2025-01-31", "2024-2025-1")
    assert text.zh.startswith("一[31m中  2024-2025-1")
    assert text.zh.isprintable()


def test_a_text_is_its_chinese_wording_unless_asked_otherwise() -> None:
    assert str(Text("兑现", "kept")) == "兑现"


def test_a_lower_bound_is_said_to_be_what_was_reported_so_far() -> None:
    book = plan(Total(indicator="讲座"), "at_least 2", "county")
    county = data(fact("school", "讲座", "2024-09", 1), units=[COUNTY, TOWN, SCHOOL, unit("二中", "school", "town")])
    assert "讲座已报 1 次" in said(book, county, "2025-01-31", "2024-2025-1").zh


def test_two_figures_are_said_as_a_range() -> None:
    assert same("x") == Text("x", "x")
    book = plan(Total(indicator="讲座"), "between 1 and 3")
    assert (
        "目标在 1 至 3 次 之间"
        in said(book, data(fact("school", "讲座", "2024-09", 1)), "2025-01-31", "2024-2025-1").zh
    )

"""Figures in running text: which there are, what they are worth, and what only looks like one."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.authoring.numerals import Figure, figures, number


def _said(text: str) -> list[tuple[str, str, str]]:
    """Give each figure as written, its value (a percentage with its sign) and its counter."""
    return [(f.written, f"{f.value * 100}%" if f.percent else str(f.value), f.counter) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每学期举办科普讲座不少于2次", [("2", "2", "次")]),
        ("至少配备一名专（兼）职科技教师", [("一", "1", "名")]),
        ("每年两次", [("两", "2", "次")]),
        ("百分之八十五以上", [("百分之八十五", "85%", "")]),
        ("百分之八十五点五", [("百分之八十五点五", "171/2%", "")]),
        ("百分之百", [("百分之百", "100%", "")]),
        ("百分之1.5", [("百分之1.5", "3/2%", "")]),
        ("千分之三", [("千分之三", "3/1000", "")]),
        ("三分之二以上的村", [("三分之二", "2/3", "")]),
        ("半数以上的村", [("半数", "1/2", "")]),
        ("八成以上", [("八成", "80%", "")]),
        ("七成半左右", [("七成半", "75%", "")]),
        ("覆盖５０％的村", [("５０％", "50%", "")]),
        ("提高5个百分点", [("5", "5%", "个百分点")]),
        ("3‰", [("3‰", "3/1000", "")]),
        ("培训1.2万人次", [("1.2万", "12000", "人次")]),
        ("培训 1.2 万 人次", [("1.2 万", "12000", "人次")]),
        ("1,200人", [("1,200", "1200", "人")]),
        ("１２００人", [("１２００", "1200", "人")]),
        ("2万3千人", [("2万3千", "23000", "人")]),
        ("一万二千三百人", [("一万二千三百", "12300", "人")]),
        ("一百零五人", [("一百零五", "105", "人")]),
        ("一百五十人", [("一百五十", "150", "人")]),
        ("两百五人", [("两百五", "250", "人")]),
        ("三点五万元", [("三点五万", "35000", "元")]),
        ("一亿两千万人", [("一亿两千万", "120000000", "人")]),
        ("二十个", [("二十", "20", "个")]),
        ("百名专家", [("百", "100", "名")]),
        ("300多人", [("300", "300", "人")]),
        ("十余场", [("十", "10", "场")]),
        ("3 次", [("3", "3", "次")]),
        ("3至5次", [("3", "3", ""), ("5", "5", "次")]),
        ("2024年起120册次以上", [("120", "120", "册次")]),
        ("2021至2025年每人一次", [("一", "1", "次")]),
        ("2000人次", [("2000", "2000", "人次")]),
        ("5年内建成3个", [("5", "5", "年"), ("3", "3", "个")]),
    ],
)
def test_a_figure_is_read_exactly(text: str, said: list[tuple[str, str, str]]) -> None:
    assert _said(text) == said


@pytest.mark.parametrize(
    "text",
    ["2021—2025年", "2022年5月5日", "到2025年底", "二〇二五年", "3月", "2024-2025-1", "平政办发〔2022〕45号", "12:30"],
)
def test_a_date_or_the_number_of_a_document_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    "text",
    ["5G", "第一", "第3名", "十四五期间", "十九届", "一线工程师", "五大行动", "五小", "三长", "三下乡", "双减",
     "三微一端", "统一", "一次性", "一体化", "千家万户", "三四个", "十百个", "一完成", "〇", "零分之一", "一亿一亿个",
     "一万一万个"],
)  # fmt: skip
def test_a_name_or_what_counts_nothing_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_its_place_is_that_in_the_text_and_the_text_goes_on_behind_its_counter() -> None:
    text = "培训　１.２万多人次以上"
    (figure,) = figures(text)
    assert figure == Figure(3, 7, 12000, "１.２万", percent=False, counter="人次", after=10)
    assert text[figure.start : figure.end] == figure.written
    assert text[figure.after :] == "以上"


def test_counters_of_a_rulebook_can_be_added() -> None:
    assert figures("两盏") == []
    assert [one.counter for one in figures("两盏", also=["盏"])] == ["盏"]


@pytest.mark.parametrize("piece", ["1", "一", "1,111", "一点一", "1日", "1.", "百分之", "1个", "2021—", "一万"])
def test_no_text_takes_longer_than_its_length_asks_for_or_is_too_long_a_number(piece: str) -> None:
    assert len(figures(piece * 10_000)) <= 10_001


def _spelt(value: int) -> str:
    """Write a whole number below 10^12 as Chinese does."""
    if value >= 10**8:
        low = value % 10**8
        gap = "零" if 0 < low < 10**7 else ""
        return _spelt(value // 10**8) + "亿" + (gap + _spelt(low) if low else "")
    if value >= 10**4:
        low = value % 10**4
        gap = "零" if 0 < low < 1000 else ""
        return _spelt(value // 10**4) + "万" + (gap + _spelt(low) if low else "")
    said, skipped = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            said += ("零" if skipped and said else "") + "零一二三四五六七八九"[digit] + name
        skipped = not digit
    return said


@given(st.integers(1, 10**12 - 1))
def test_every_whole_number_is_read_as_chinese_spells_it(value: int) -> None:
    assert number(_spelt(value)) == value


@given(st.integers(0, 10**9), st.integers(0, 999999), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_every_decimal_is_read_exactly(whole: int, part: int, scale: tuple[str, int]) -> None:
    sign, times = scale
    assert number(f"{whole:,}.{part:06d}{sign}") == (whole + Fraction(part, 10**6)) * times


@given(st.text(alphabet="零〇一二两三十百千万亿点分之成半数%‰,.0123456789次人年月第 ", max_size=24))
def test_whatever_the_text_places_are_right_and_in_order(text: str) -> None:
    found = figures(text)
    assert all(text[f.start : f.end] == f.written and f.end <= f.after <= len(text) and f.value >= 0 for f in found)
    assert all(one.end <= other.start for one, other in pairwise(found))

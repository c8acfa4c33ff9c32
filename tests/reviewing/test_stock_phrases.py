"""Explanations that explain nothing are refused, however they are padded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reviewing.stock_phrases import LEAST, PHRASES, REFUSALS, Emptiness, emptiness

REAL = (
    "因暴雨停课两周，讲座改到下学期",
    "情况属实：因疫情停课三周未能举办，九月补办",
    "今年九月校舍改造，讲座推迟到十一月，已联系县科协",
    "教师休产假，缺一名科学教师，十月到岗",
    "The hall was flooded in May; both lectures move to October.",
)


@pytest.mark.parametrize("said", REAL)
def test_what_says_something_of_its_own_is_taken(said: str) -> None:
    assert emptiness(said) is None


@pytest.mark.parametrize(
    "said",
    ["情况属实", "情况属实。情况属实！！情况属实", "已知悉，正在整改，情况属实，特此说明", "情 况 属 实 1234567890",
     "收到，我校高度重视，将立即整改", "Noted. In progress. Noted. Confirmed.", "情况属实情况属实情况属实正在整改",
     "情况属实２０２４０１０１", "正在整改、正在整改、已知悉的了吧啊", "已知悉" + "。" * 50],
)  # fmt: skip
def test_stock_phrases_are_refused(said: str) -> None:
    assert emptiness(said) is Emptiness.STOCK


@pytest.mark.parametrize(
    "said", ["", "。。。。。。。。。。。。", "下雨停课", "哈" * 30, "abc" * 20, "ok " * 9, "停课停课停课停课停课"]
)
def test_what_is_short_without_repetition_is_refused(said: str) -> None:
    assert emptiness(said) is Emptiness.TOO_SHORT


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=6), st.text("。，！ 、…~.\t", max_size=20))
def test_no_row_of_stock_phrases_ever_passes(phrases: list[str], between: str) -> None:
    assert emptiness(between.join(phrases)) is not None


@given(st.text(max_size=LEAST - 1))
def test_nothing_shorter_passes(said: str) -> None:
    assert len(said) < LEAST
    assert emptiness("".join(c for c in said if c.isascii())) is not None


@given(st.text(max_size=2000))
def test_every_text_is_answered(said: str) -> None:
    assert emptiness(said) in {None, *REFUSALS}

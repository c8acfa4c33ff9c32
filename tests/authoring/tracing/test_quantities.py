"""Every quantified clause is found, whatever its wording, and nothing else is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.authoring.tracing.outline import Paragraph, half_width, outline
from checker.authoring.tracing.quantities import Quantity, quantities
from checker.model.target import Form
from tests.authoring.tracing.texts import FOUND, NOISE, TABLE, WRAPPED, pingluo_file


def found(text: str) -> list[Quantity]:
    return [quantity for paragraph in outline(text).paragraphs for quantity in quantities(paragraph)]


def only(text: str) -> Quantity:
    (quantity,) = found(text)
    return quantity


@pytest.mark.parametrize(("written", "clause"), FOUND.items(), ids=FOUND)
def test_a_quantified_clause_is_found(written: str, clause: str) -> None:
    assert half_width(written) in [quantity.written for quantity in found(clause)]


def test_dates_numbers_names_and_slogans_are_not_reported() -> None:
    assert [(quantity.written, quantity.clause) for quantity in found(NOISE)] == []


def test_hard_wraps_and_page_numbers_break_no_figure() -> None:
    told = [(quantity.written, "".join(quantity.paragraph.section), quantity.line) for quantity in found(WRAPPED)]
    assert told == [
        ("不少于三个", "第二章第二条", 5),
        ("不低于1200人次", "第二章第二条", 6),
        ("25万人以上", "第二章第二条", 7),
        ("两次", "第二章第三条", 12),
        ("达百分之百", "第二章第三条", 13),
    ]


def test_a_table_promises_its_last_figure() -> None:
    told = [(quantity.paragraph.cells[-1], quantity.figures, quantity.unit, quantity.form) for quantity in found(TABLE)]
    assert told == [
        ("15", (Fraction(3, 20),), "%", Form.AT_LEAST),
        ("8", (8,), "个", Form.AT_LEAST),
        ("300", (300,), "场次", Form.AT_LEAST),
        ("2.5", (25000,), "人", Form.AT_LEAST),
        ("≥90%", (Fraction(9, 10),), "%", Form.AT_LEAST),
    ]


@pytest.mark.parametrize(
    ("text", "figures", "form"),
    [
        ("培训1.2万人次", (12000,), Form.AT_LEAST),
        ("培训1,200人次以上", (1200,), Form.AT_LEAST),
        ("培训不少于２次", (2,), Form.AT_LEAST),
        ("覆盖超过八成的村", (Fraction(4, 5),), Form.MORE_THAN),
        ("辍学率控制在百分之零点五以内", (Fraction(1, 200),), Form.AT_MOST),
        ("投诉不超过4件", (4,), Form.AT_MOST),
        ("投诉低于4件", (4,), Form.LESS_THAN),
        ("投诉不低于4件", (4,), Form.AT_LEAST),
        ("组织3至5场比赛", (3, 5), Form.BETWEEN),
        ("培训约30人", (30,), None),
        ("培训30人左右", (30,), None),
        ("培训30多人", (30,), None),
        ("0分之3的村", (), None),
        ("每学期讲座两次", (2,), Form.AT_LEAST),
        ("培训一千二百三十人", (1230,), Form.AT_LEAST),
        ("补助1.5万元", (15000,), Form.AT_LEAST),
    ],
)
def test_figures_are_exact_and_compared_as_the_text_says(text: str, figures: tuple[object, ...], form: Form) -> None:
    quantity = only(text)
    assert (quantity.figures, quantity.form) == (figures, form)


def test_an_enumeration_gives_each_figure_its_own_item() -> None:
    told = [
        quantity.clause for quantity in found("培育农民3000人以上、带头人1500人以上、技能人才1000人次，轮训6410人次。")
    ]
    assert told == ["培育农民3000人以上", "带头人1500人以上", "技能人才1000人次", "轮训6410人次"]
    assert {quantity.clause for quantity in found("全县60%以上的社区和50%的村有活动室")} == {
        "全县60%以上的社区和50%的村有活动室"
    }


def test_the_plan_that_ships_has_27_quantified_clauses() -> None:
    told = [quantity.written for quantity in found(pingluo_file().read_text(encoding="utf-8"))]
    assert len(told) == 27
    assert {"一名", "一期", "1.2万人次", "50%", "逐年增加", "持续增长", "覆盖率和利用率"} <= set(told)


_PIECES = st.sampled_from(
    [
        *FOUND.values(),
        *"，。、；：（）“”《》0123456789.%％/一二十百千万零点分之成半每第约近超不少于以上内达到学校村人次个年月日号:-—～",
        "\n",
        "　",
    ]
)


@settings(deadline=None)  # a busy machine is slow
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_whatever_the_text_each_quantity_lies_in_its_clause_and_none_overlap(text: str) -> None:
    for paragraph in outline(text).paragraphs:
        assert len(paragraph.text) == len(paragraph.lines)
        last = 0
        for quantity in quantities(paragraph):
            assert last <= quantity.start < quantity.end
            assert quantity.written in quantity.clause
            assert quantity.clause == paragraph.text[quantity.clause_start :][: len(quantity.clause)]
            last = quantity.end


def test_a_paragraph_without_text_promises_nothing() -> None:
    assert list(quantities(Paragraph((), "", ()))) == []

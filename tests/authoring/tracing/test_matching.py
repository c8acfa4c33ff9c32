"""Each quantified clause answers to a rule or a reason, and each rule and reason to a clause."""

from __future__ import annotations

import pytest

from checker.authoring.tracing.matching import Standing, Trace, trace
from checker.authoring.tracing.outline import FRONT, outline
from checker.authoring.tracing.report import trace_record, trace_text
from checker.model.language import Language
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import default_folder, load
from tests.authoring.tracing.texts import ROOT, pingluo_file
from tests.rulebook.writing import SMALL, loaded

TEXT = "一、目标\n学校每年讲座2次，开放率90%，经费逐年增加，约30人参加。\n"
RULES = """\
section: 一
title: 目标
lead: [books]
rules:
  - id: talks
    commitment: C01
    title: 讲座
    source: {clause: 每年讲座2次}
    of_each: school
    every: year
    measure: {total: talks}
    target: {at_least: "2"}
"""


def book(rules: str = RULES, coverage: str | None = None) -> Rulebook:
    files = {**SMALL, "1.yaml": rules} | ({"coverage.yaml": coverage} if coverage else {})
    told = loaded(files)
    assert told.rulebook is not None, told.problems
    return told.rulebook


def standings(found: Trace) -> dict[str, Standing]:
    return {one.quantity.written: one.standing for one in found.clauses}


def test_a_clause_is_covered_settled_or_open() -> None:
    coverage = "settled:\n  - {section: 一, clause: 经费…增加, reason: 没有数}\n"
    found = trace(book(coverage=coverage), outline(TEXT))
    assert standings(found) == {
        "2次": Standing.COVERED,
        "90%": Standing.OPEN,
        "逐年增加": Standing.SETTLED,
        "约30人": Standing.OPEN,
    }
    assert [one.rules[0].id for one in found.clauses if one.rules] == ["talks"]
    assert not found.complete
    assert "      没有数" in trace_text(found, "plan.txt", Language.ZH, whole=True).splitlines()


def test_a_rule_that_asks_for_another_figure_than_its_clause_is_found_out() -> None:
    found = trace(book(RULES.replace('at_least: "2"', 'at_least: "3"')), outline(TEXT))
    assert standings(found)["2次"] is Standing.DIFFERS


@pytest.mark.parametrize("spelling", ["每年 讲座２次", "每年…2次", "每年......2次"])
def test_spelling_and_omission_make_no_difference_to_a_quote(spelling: str) -> None:
    assert standings(trace(book(RULES.replace("每年讲座2次", spelling)), outline(TEXT)))["2次"] is Standing.COVERED


def test_a_rule_whose_clause_stands_elsewhere_or_nowhere_is_reported() -> None:
    text = "二、别处\n每年讲座2次。\n"
    (astray,) = trace(book(), outline(text)).astray
    assert astray.sections == ("二",)
    (astray,) = trace(book(), outline("讲座")).astray
    assert astray.sections == ()
    (astray,) = trace(book(), outline("每年讲座2次")).astray
    assert astray.sections == (FRONT,)


def test_a_rule_that_says_it_in_other_words_is_shown_the_clauses_of_its_section_with_its_figure() -> None:
    rules = RULES.replace("每年讲座2次", "每年办讲座两次")
    found = trace(book(rules), outline("一、目标\n每年讲座2次，活动3次。\n二、别处\n活动2次。"))
    (astray,) = found.astray
    assert [quantity.clause for quantity in astray.alike] == ["每年讲座2次"]
    assert "是不是“每年讲座2次”？" in trace_text(found, "plan.txt", Language.ZH)


def test_a_quote_does_not_reach_over_a_full_stop() -> None:
    rules = RULES.replace("每年讲座2次", "每年…2次")
    assert len(trace(book(rules), outline("一、目标\n每年讲座。活动2次。")).astray) == 1


def test_a_reason_that_matches_nothing_is_reported() -> None:
    coverage = "settled:\n  - {section: 一, clause: 没有的话, reason: 无}\n"
    found = trace(book(coverage=coverage), outline(TEXT))
    assert [one.entry.clause for one in found.astray] == ["没有的话"]


def test_what_stands_before_the_first_number_can_be_quoted() -> None:
    rules = RULES.replace("section: 一", f"section: {FRONT}")
    assert trace(book(rules), outline("每年讲座2次。\n一、目标\n")).complete


def test_an_enumeration_with_an_item_that_has_no_rule_is_covered_in_part() -> None:
    text = outline("一、目标\n讲座、展览和比赛覆盖率均达到2次。")
    for clause, missing in (("讲座…2次", ["展览"]), ("展览…2次", ["讲座"]), ("比赛…2次", ["讲座", "展览"])):
        rules = RULES.replace("每年讲座2次", clause)
        (one,) = trace(book(rules), text).clauses
        assert one.standing is Standing.PARTLY
        assert set(missing) <= set(one.items)
        assert "      没有规则的项：" in trace_text(trace(book(rules), text), "plan.txt", Language.ZH)
    assert trace(book(RULES.replace("每年讲座2次", "讲座、展览和比赛覆盖率均达到2次")), text).complete


def test_the_parts_of_a_table_and_the_conditions_of_a_share_are_figures_of_a_rule() -> None:
    rules = RULES.replace('{at_least: "2"}', '{at_least: {s: "2", t: "3"}}').replace("每年讲座2次", "讲座5次")
    text = outline("一、目标\n讲座5次。\n")
    assert trace(book(rules), text).complete
    assert standings(trace(book(rules), outline("一、目标\n讲座5次，不超过0次。")))["不超过0次"] is Standing.OPEN
    share = 'measure: {share: {of: school, where: {talks: {at_least: "5"}}}}\n    target: {at_least: "90%"}\n'
    head = rules[: rules.index("measure:")].replace("of_each: school", "of_each: town")
    assert trace(book(head + share), text).complete


def test_the_trace_is_told_in_both_languages_and_as_data() -> None:
    coverage = "settled:\n  - {section: 一, clause: 没有的话, reason: 无}\n"
    rules = RULES.replace('at_least: "2"', 'at_least: "3"').replace("measure:", "status: draft\n    measure:")
    found = trace(book(rules, coverage), outline(TEXT))
    zh, en = (trace_text(found, "plan.txt", language, whole=True) for language in Language)
    assert "引用它的规则目标是别的数 (1)" in zh
    assert "talks（草案）  at_least 3" in zh
    assert "match nothing (1)" in en
    assert "line 2" in en
    record = trace_record(found, "plan.txt", "small", Language.EN)
    assert record["complete"] is False
    assert len(record["settled_astray"]) == 1  # type: ignore[arg-type] # a list


def test_the_made_up_plan_lacks_rules_for_two_clauses() -> None:
    rulebook = load(ROOT / "fixtures" / "tiny-plan").rulebook
    assert rulebook is not None
    found = trace(rulebook, outline((ROOT / "fixtures" / "tiny-plan.txt").read_text(encoding="utf-8")))
    assert found.astray == ()
    assert [(one.quantity.written, one.quantity.line) for one in found.amiss] == [("不少于两处", 15), ("约30人", 16)]


def test_the_plan_that_ships_is_complete() -> None:
    rulebook = load(default_folder()).rulebook
    assert rulebook is not None
    found = trace(rulebook, outline(pingluo_file().read_text(encoding="utf-8")))
    assert found.astray == ()
    assert [(one.quantity.clause, one.items) for one in found.amiss] == []
    assert {rule.id for one in found.clauses for rule in one.rules} == set(rulebook.rules)


def test_no_commitment_of_the_plan_that_ships_can_be_lost_unseen() -> None:
    rulebook = load(default_folder()).rulebook
    assert rulebook is not None
    text = outline(pingluo_file().read_text(encoding="utf-8"))
    for commitment in {rule.commitment for rule in rulebook.rules.values()}:
        sections = tuple(
            section.model_copy(update={"rules": tuple(one for one in section.rules if one.commitment != commitment)})
            for section in rulebook.sections
        )
        parts = {name: getattr(rulebook, name) for name in Rulebook.model_fields}
        assert trace(Rulebook(**{**parts, "sections": sections}), text).amiss, commitment

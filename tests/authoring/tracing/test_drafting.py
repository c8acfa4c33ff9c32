"""What is drafted loads, asks for what the clause says, and asks back where the text is vague."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.authoring.tracing.drafting import Drafts, draft
from checker.authoring.tracing.guessing import guess
from checker.authoring.tracing.inserting import CannotInsert, drafts_text, section_files, texts_of, with_drafts
from checker.authoring.tracing.matching import Standing, trace
from checker.authoring.tracing.outline import outline
from checker.model.rulebook import Change, Force, Ratio, Rulebook, Share, Status
from checker.rulebook.loading import default_folder, load
from tests.authoring.tracing.texts import FOUND, TABLE, pingluo_file
from tests.rulebook.writing import SMALL, loaded

SHIPPED = load(default_folder()).rulebook
assert SHIPPED is not None


def drafted(text: str, files: dict[str, str] = SMALL) -> tuple[Drafts, dict[str, str]]:
    book = loaded(files).rulebook
    assert book is not None
    read = outline(text)
    drafts = draft([one.quantity for one in trace(book, read).clauses if one.standing is Standing.OPEN], book, read)
    return drafts, with_drafts(drafts, files)


def rulebook(files: dict[str, str]) -> Rulebook:
    told = loaded(files)
    assert told.rulebook is not None, [(one.place, one.message.zh) for one in told.problems]
    return told.rulebook


def test_a_clause_becomes_a_draft_in_the_file_of_its_section() -> None:
    drafts, files = drafted("一、目标\n3.每所学校每年讲座不少于3次，力争合格率达到95%以上。\n")
    rules = rulebook(files).rules
    talks, passed = rules["draft.一-3.1"], rules["draft.一-3.2"]
    assert (talks.section, talks.of_each.unit_type, talks.every) == ("一3", "school", "year")
    assert (str(talks.targets[0].figure), talks.status, talks.commitment) == ("at_least 3", Status.DRAFT, "C03")
    assert (passed.force, str(passed.targets[0].figure)) == (Force.STRIVE, "at_least 95%")
    assert drafts.sections[0].head == ()


def test_who_is_asked_is_read_off_the_clause_and_asked_back_where_it_is_unknown() -> None:
    drafts, files = drafted("一、目标\n每校建角3处。每个车间建角4处，每镇建角5处。")
    rules = [rule for name, rule in rulebook(files).rules.items() if name.startswith("draft")]
    assert [rule.of_each.unit_type for rule in rules] == ["school", "town", "town"]
    assert ["每个车间" in question.zh for question in drafts.questions] == [True]


def test_a_known_indicator_is_used_and_asked_about_and_an_unknown_one_gets_a_stub() -> None:
    indicators = SMALL["indicators.yaml"].replace("name: 讲座", "name: 科普讲座次数").replace("unit: 次", "unit: 次")
    drafts, files = drafted("一、目标\n科普讲座次数达到9次，绿道9公里。", {**SMALL, "indicators.yaml": indicators})
    assert "measure: {total: talks}" in files["1.yaml"]
    assert any("科普讲座次数" in question.zh for question in drafts.questions)
    stub = rulebook(files).indicators["draft_1"]
    assert (stub.unit.zh, stub.reporter.department) == ("公里", "books")


def test_what_is_vague_is_asked_and_not_guessed() -> None:
    drafts, files = drafted("一、目标\n培训约30人，产值翻一番，女性不少于三分之一，村村有广播，满意率提高。")
    assert [rule.writable for rule in drafts.sections[0].rules] == [False] * 5
    assert len(drafts.questions) >= 5
    assert set(rulebook(files).rules) == {"a.talks", "a.open"}
    assert "# 问：“约30人”是约数" in files["1.yaml"]


def test_a_section_that_the_rulebook_lacks_gets_a_file_with_its_lead() -> None:
    text = "二、保障\n（一）资金。经费逐年增加，建馆3座。\n牵头部门：财政局\n三、其他\n约30人。"
    _, files = drafted(text)
    book = rulebook(files)
    section = next(one for one in book.sections if one.number == "二（一）")
    assert (section.lead, section.title.zh) == (("money",), "资金")
    assert isinstance(section.rules[0].measure, Change)
    assert next(one for one in book.sections if one.number == "三").no_commitment is not None


def test_a_section_without_rules_gets_its_first_and_no_longer_says_that_it_has_none() -> None:
    empty = (
        "# 说明\nsection: 二\ntitle: 空\nlead: [books]\nno_commitment:\n  zh: 没有\n  en: none\n\n# 没有\nrules: []\n"
    )
    _, files = drafted("二、空\n建馆3座。", {**SMALL, "2.yaml": empty})
    assert len(rulebook(files).sections[1].rules) == 1
    assert files["2.yaml"].startswith("# 说明\nsection: 二\n")
    _, files = drafted("二、空\n约30座。", {**SMALL, "2.yaml": empty})
    assert rulebook(files).sections[1].rules == ()


def test_comments_and_what_follows_the_rules_stay_where_they_were() -> None:
    last = SMALL["1.yaml"].replace("lead: [books, towns]\n", "") + "\n# 牵头\nlead: [books, towns]\n"
    _, files = drafted("一、目标\n建馆3座。", {**SMALL, "1.yaml": last})
    assert files["1.yaml"].endswith("\n# 牵头\nlead: [books, towns]\n")
    assert len(rulebook(files).rules) == 3


@pytest.mark.parametrize("name", ["indicators.yaml", "1.yaml"])
def test_files_that_stand_on_one_line_are_refused_in_words(name: str) -> None:
    lines = {
        "indicators.yaml": "indicators: {talks: {name: a, unit: b, counts: c, nature: flow, value: integer, "
        "reporter: school}}",
        "1.yaml": "section: 一\ntitle: a\nlead: [books]\nrules: [{id: a, commitment: C, title: a, source: {clause: b},"
        ' of_each: school, every: year, measure: {total: talks}, target: {at_least: "1"}}]',
    }
    base = {**SMALL, "1.yaml": lines["1.yaml"], "indicators.yaml": lines["indicators.yaml"]}
    files = (
        base
        if name == "1.yaml"
        else {**base, "1.yaml": lines["1.yaml"].replace("rules: [", "rules:\n  - ").rstrip("]")}
    )
    with pytest.raises(CannotInsert, match=name):
        drafted("一、目标\n建馆3座。", files)


def test_the_drafts_can_be_looked_at_with_the_files_they_belong_to() -> None:
    drafts, _ = drafted("一、目标\n建馆3座。\n二、保障\n经费5万元。")
    text = drafts_text(drafts, section_files(SMALL))
    assert "# ==> 1.yaml  rules" in text
    assert "# ==> 新文件 a new file  二" in text
    assert "# ==> indicators.yaml  indicators" in text


def test_shares_growth_and_ranges_are_drafted_as_such() -> None:
    text = "一、目标\n80%以上的学校有图书角，入学率提高3个百分点，每镇组织3至5场比赛，经费逐年增加。"
    _, files = drafted(text)
    rules = [rule for name, rule in rulebook(files).rules.items() if name.startswith("draft")]
    assert [type(rule.measure).__name__ for rule in rules] == ["Share", "Change", "Total", "Change"]
    assert [str(rule.targets[0].figure) for rule in rules] == [
        "at_least 80%", "at_least 3%", "between 3 and 5", "more_than 0",
    ]  # fmt: skip
    assert rules[2].of_each.unit_type == "town"


def test_without_a_period_to_compare_with_growth_is_asked_about() -> None:
    plan = SMALL["plan.yaml"].replace("asked:\n  year: {from: 2023-01-01, until: 2023-12-31}\n", "")
    section = SMALL["1.yaml"].replace("every: year", "every: plan")
    drafts, files = drafted("一、目标\n经费逐年增加，每季度培训2次。", {**SMALL, "plan.yaml": plan, "1.yaml": section})
    assert [rule.writable for rule in drafts.sections[0].rules] == [False, True]
    assert any("asked" in question.zh for question in drafts.questions)
    assert rulebook(files).rules["draft.一.2"].every == "plan"


@pytest.mark.parametrize("text", [*FOUND.values(), TABLE])
def test_whatever_is_found_the_drafts_of_the_shipped_rulebook_load(text: str, tmp_path: Path) -> None:
    assert SHIPPED is not None
    read = outline(f"二、\n（一）目标\n3.{text}" if text is not TABLE else text)
    drafts = draft([one.quantity for one in trace(SHIPPED, read).clauses], SHIPPED, read)
    for name, content in with_drafts(drafts, texts_of(default_folder())).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert load(tmp_path).problems == []


@settings(max_examples=40, deadline=None)  # a busy machine loads a rulebook slowly
@given(
    st.lists(st.sampled_from([*FOUND.values(), "二、甲", "（一）乙", "\n", "，", "“", ": {", "\\", "'"])).map("".join)
)
def test_drafts_of_any_text_load(text: str) -> None:
    _, files = drafted(text)
    rulebook(files)


def test_the_drafts_for_the_plan_that_ships_say_what_its_rules_say() -> None:
    assert SHIPPED is not None
    right = 0
    for one in trace(SHIPPED, outline(pingluo_file().read_text(encoding="utf-8"))).clauses:
        for rule in one.rules[:1]:
            guessed, figure = guess(one.quantity, SHIPPED), rule.targets[0].figure
            assert guessed.force is rule.force
            assert guessed.of_each == rule.of_each.unit_type
            assert guessed.target is not None
            assert figure is not None
            assert guessed.target.form is figure.form
            same = guessed.every == rule.every and guessed.target.figures == figure.written
            plain = not isinstance(rule.measure, Ratio | Share)
            right += same and (not plain or guessed.measure.word == type(rule.measure).__name__.lower())
    assert right >= 22

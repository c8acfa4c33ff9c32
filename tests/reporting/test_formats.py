"""A Run as bytes: keys and order of the JSON, cells of the CSV, lines of the table."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.model.fact import Data
from checker.model.finding import Alert
from checker.model.language import Language, Text
from checker.model.problem import Code, Place, Problem
from checker.model.rulebook import Condition, FollowUpKind, Force, Nature, Ratio, Rulebook, Section, Share, Total
from checker.model.run import Run, Unchecked
from checker.model.unit import Registry, Unit
from checker.reporting.columns import cut, in_columns, width
from checker.reporting.csv_format import COLUMNS, to_csv
from checker.reporting.json_format import steady_json, to_json
from checker.reporting.record import run_record
from checker.reporting.table import Layout, to_table
from tests.engines.building import COUNTY, TOWN, data, fact, figure, follow_up, indicator, rule, rulebook

ZH, EN = Language.ZH, Language.EN
AS_OF = date(2025, 1, 31)
PROBLEM = Problem(
    Code.BAD_VALUE, Text("“x”不是数", "“x” is no number"), Text("请改正", "mend it"), Place("a.csv", 3, "value")
)
WARNING = Problem(Code.UNUSED_FACT, Text("用不上", "unused"), Text("请核对", "check it"), Place("a.csv", 4))


def book(of_strive: bool = False) -> Rulebook:
    rules = [rule("r", Total(indicator="讲座"), "at_least 2"),
             rule("q", Ratio(numerator="参与", denominator="在校"), "at_least 85%")]  # fmt: skip
    if of_strive:
        rules[1] = rules[1].model_copy(update={"force": Force.STRIVE})
    levels = [indicator(name, "school", nature=Nature.LEVEL) for name in ("参与", "在校")]
    plan = rulebook([indicator("讲座", "school"), *levels], rules, [follow_up(FollowUpKind.REPEAT, 1, "school")])
    empty = Section(number="二", title=Text("老年人", "older people"), lead=(), support=(), rules=(),
                    no_commitment=Text("没有", "none"))  # fmt: skip
    return plan.model_copy(update={"sections": (*plan.sections, empty)})


def run(plan: Rulebook, county: Data, *problems: Problem, unchecked: tuple[Unchecked, ...] = ()) -> Run:
    assessment = Assessment(plan, county, AS_OF, PlainJudge())
    findings = tuple(assessment.findings())
    return Run("1.0", AS_OF, "plain", plan, county.registry, county.digest(), findings, tuple(assessment.alerts()),
               problems, ("b.csv",), ("c.csv",), unchecked)  # fmt: skip


COUNTY_DATA = data(
    fact("school", "讲座", "2024-2025-1", 1),
    fact("school", "参与", "2024-2025-1", 680),
    fact("school", "在校", "2024-2025-1", 800),
)


def test_the_object_has_the_contracts_keys_in_their_order() -> None:
    record = json.loads(b"".join(to_json(run(book(), COUNTY_DATA, PROBLEM), ZH)))
    assert list(record) == [
        "schema", "tool", "plan", "as_of", "engine", "data_digest", "summary", "findings", "alerts", "problems",
    ]  # fmt: skip
    assert record["summary"] == {
        "met": 1, "not_met": 1, "pending": 0, "unknown": 8, "waived": 0,
        "strive": {"met": 0, "not_met": 0, "pending": 0, "unknown": 0, "waived": 0},
    }  # fmt: skip
    assert record["problems"] == [
        {"severity": "error", "code": "bad_value", "message": "“x”不是数", "hint": "请改正", "file": "a.csv",
         "sheet": None, "row": 3, "column": "value"}
    ]  # fmt: skip
    assert record["alerts"] == [
        {"follow_up": "repeat", "unit": "school", "rule": "r", "periods": ["2024-2025-1"], "escalate_to": ["education"]}
    ]


def test_a_finding_has_the_contracts_keys_and_display_values() -> None:
    findings = json.loads(b"".join(to_json(run(book(), COUNTY_DATA), ZH)))["findings"]
    ratio = next(one for one in findings if one["rule"] == "q" and one["period"] == "2024-2025-1")
    assert ratio.pop("explanation").startswith("school 2024-2025-1：参与 680 / 在校 800 = 85%")
    assert ratio == {
        "id": "3ed321b8cf36024b", "rule": "q", "commitment": "C01", "force": "must", "unit": "school",
        "unit_name": "school", "period": "2024-2025-1", "verdict": "met", "underlying": None,
        "observed": {"value": "0.85", "numerator": "680", "denominator": "800"}, "bounds": ["0.85", "0.85"],
        "target": "at_least 85%", "shortfall": None, "reason": None, "pace": None, "waiver": None,
        "responsible": ["education"], "source": {"document": "试", "section": "一", "clause": "…"},
    }  # fmt: skip
    unknown = next(one for one in findings if one["rule"] == "r" and one["verdict"] == "unknown")
    assert (unknown["observed"], unknown["bounds"], unknown["reason"]) == (None, [None, None], "missing_facts")
    short = next(one for one in findings if one["verdict"] == "not_met")
    assert (short["observed"], short["shortfall"]) == ({"value": "1", "numerator": None, "denominator": None}, "1")


def test_findings_written_one_by_one_are_the_bytes_of_the_whole() -> None:
    for one in (run(book(), COUNTY_DATA, PROBLEM), run(book(), data(units=[]))):
        assert b"".join(to_json(one, ZH)) == steady_json(run_record(one, ZH))


def test_without_a_judgement_there_is_no_summary() -> None:
    refused = Run("1.0", AS_OF, "plain", None, Registry(()), None, None, None, (PROBLEM,))
    record = json.loads(b"".join(to_json(refused, EN)))
    assert [record[key] for key in ("plan", "summary", "findings", "alerts", "data_digest")] == [None] * 5
    assert record["problems"][0]["message"] == "“x” is no number"
    assert refused.exit_status() == 2
    assert "没有作出任何结论" in to_table(refused, Layout())


def test_json_shows_steering_characters_as_escapes() -> None:
    nasty = Unit("school", "一\x1b[31m\x9b中\u202e", "school", "town")
    text = b"".join(to_json(run(book(), data(units=[COUNTY, TOWN, nasty])), ZH)).decode()
    assert json.loads(text)["findings"][0]["unit_name"] == nasty.name
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)


def test_csv_has_a_row_for_each_finding_and_no_cell_is_a_formula() -> None:
    nasty = Unit("school", '=HYPERLINK("http://x")', "school", "town")
    content = b"".join(to_csv(run(book(), data(units=[COUNTY, TOWN, nasty])), ZH))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 10
    assert rows[0]["unit_name"] == '\'=HYPERLINK("http://x")'
    found = b"".join(to_csv(run(book(), COUNTY_DATA), ZH)).decode("utf-8-sig")
    ratio = next(row for row in csv.DictReader(io.StringIO(found)) if row["rule"] == "q" and row["verdict"] == "met")
    assert [ratio[key] for key in ("observed", "numerator", "denominator", "lower", "responsible", "section")] == [
        "0.85", "680", "800", "0.85", "education", "一",
    ]  # fmt: skip


def test_the_table_says_in_words_what_a_code_means() -> None:
    run_of_one = run(book(), COUNTY_DATA, PROBLEM)
    assert "a.csv:3 [value] bad_value（数值或报送时间读不懂）: “x”不是数 → 请改正" in to_table(run_of_one, Layout())
    english = to_table(run_of_one, Layout(Language.EN))
    assert "bad_value (unreadable value or time of report): “x” is no number → mend it" in english


def test_the_table_opens_with_a_glance_and_ends_with_what_to_act_on() -> None:
    text = to_table(run(book(), COUNTY_DATA, PROBLEM, WARNING), Layout())
    heads = [
        "截至 2025-01-31", "未采用的文件（视同没有报送）：b.csv", "没有读取 c.csv", "错误 1 处",
        "a.csv:3 [value] bad_value", "承诺", "没有量化承诺的节：二 老年人", "预警 1 条", "待处理 9 项",
        "[未达标] school 2024-2025-1", "责任：school（牵头：教育局）；C01 一“…”", "提示 1 处",
    ]  # fmt: skip
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_the_table_is_cut_where_it_would_be_long_and_says_so() -> None:
    text = to_table(run(book(), data()), Layout(ZH, most=3))
    assert text.count("[无法判定]") == 3
    assert "另有 7 项" in text
    assert to_table(run(book(), data()), Layout(ZH, most=0)).count("[无法判定]") == 10


def test_strive_stands_apart_and_does_not_fail() -> None:
    both = run(book(of_strive=True), COUNTY_DATA)
    text = to_table(both, Layout(EN))
    assert text.index("Commitments") < text.index("Strive for (counted apart)")
    met = data(fact("school", "讲座", "2022-2023-1", 2), fact("school", "讲座", "2022-2023-2", 2),
               fact("school", "讲座", "2023-2024-1", 2), fact("school", "讲座", "2023-2024-2", 2),
               fact("school", "讲座", "2024-2025-1", 2))  # fmt: skip
    assert run(book(of_strive=True), met).exit_status() == 0
    assert run(book(), met).exit_status() == 1
    assert run(book(), met).exit_status(allow_unknown=True) == 0


def test_nothing_to_act_on_is_said() -> None:
    plan = rulebook([indicator("讲座", "school")], [])
    text = to_table(Run("1", AS_OF, "plain", plan, Registry(()), "", (), (), ()), Layout())
    assert "没有需要处理的结论" in text


def test_what_files_do_not_suffice_for_is_listed() -> None:
    text = to_table(run(book(), COUNTY_DATA, unchecked=(Unchecked("r", "school", ("2022-2023-1",)),)), Layout())
    assert "未检查" in text
    assert "school  r  2022-2023-1" in text


def test_many_leads_are_named_three_and_counted() -> None:
    towns = [Unit(f"t{n}", f"镇{n}", "township", "county") for n in range(5)]
    share = Share(of="school", conditions=(Condition(indicator="讲座", figure=figure("at_least 1")),))
    asked = rule("r", share, "at_least 1", "county", "plan").model_copy(update={"lead": ("townships", "finance")})
    plan = rulebook([indicator("讲座", "school")], [asked], [follow_up(FollowUpKind.REPEAT, 1, "county")])
    county = data(fact("school", "讲座", "2024", 0), units=[COUNTY, *towns, Unit("school", "校", "school", "t0")])
    over = Run("1", AS_OF, "plain", plan, county.registry, "", tuple(
        finding for finding in Assessment(plan, county, date(2026, 1, 1), PlainJudge()).findings()
    ), (Alert("repeat", "county", None, ("2024",), ("nobody",)),), ())  # fmt: skip
    assert "责任：镇0、镇1、镇2等 6 个" in to_table(over, Layout())
    assert "镇0, 镇1, 镇2 and 3 more" in to_table(over, Layout(EN))


def test_a_chinese_character_takes_two_cells() -> None:
    assert (width("ab"), width("兑现"), width("e\u0301")) == (2, 4, 1)
    assert (cut("兑现承诺", 5), cut("兑现", 4)) == ("兑现…", "兑现")
    assert list(in_columns([["兑", "1"], ["abc", "10"]], [4, 4], right=[1])) == ["兑    1", "abc  10"]

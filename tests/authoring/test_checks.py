"""Each check by its own examples: the bad one gives exactly that code where it is marked, the good one nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.authoring.check import Check, Example
from checker.authoring.checks import CHECKS
from checker.authoring.checks.sample import rule
from checker.model.problem import Code, Severity
from tests.authoring.linting import linted, marked, said, texts_of


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_the_bad_example_is_found_at_its_mark_and_the_good_one_is_clean(check: Check, tmp_path: Path) -> None:
    texts = texts_of(check.bad)
    notices = linted(tmp_path, texts)
    assert said(notices) == [f"{marked(texts)} {check.code}"]
    assert all(one.severity is Severity.WARNING and one.message.en and one.hint.en for one in notices)
    assert marked(texts_of(check.good)) is None
    assert linted(tmp_path, texts_of(check.good)) == []


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_rule_can_be_exempt_from_each_check_that_is_of_rules(check: Check, tmp_path: Path) -> None:
    if check.code in ("reused_indicator", "unused_indicator", "unknown_exemption", "needless_exemption"):
        return
    exempt = check.bad.rules.rstrip() + f"\n  lint_off: {{{check.code}: 原文如此}}\n"
    assert linted(tmp_path, texts_of(check.bad._replace(rules=exempt))) == []


def test_codes_are_those_of_no_problem_and_each_check_stands_once() -> None:
    assert not set(CHECKS) & {code.value for code in Code}
    assert all(code == check.code for code, check in CHECKS.items())
    assert len({check.title for check in CHECKS.values()}) == len(CHECKS)


PERCENT = {"of_each": "county", "every": "plan", "measure": '{share: {of: school, where: {lectures: {at_least: "1"}}}}'}
BARE = {"title": "讲座", "source": "{clause: 讲座}"}


@pytest.mark.parametrize(
    "written",
    [
        {"title": "讲座不少于两次"},
        {"title": "讲座3场，每场2人"},
        {"title": "到2025年每学期讲座", "source": "{clause: 第3条}"},
        {**PERCENT, "title": "八成以上的学校", "source": "{clause: 五分之四的学校}", "target": '{at_least: "80%"}'},
        {"title": "1次，2024年起2次", "target": '[{at_least: "1"}, {from: 2024-01-01, at_least: "2"}]'},
        {"title": "2至3次", "target": '{between: ["2", "3"]}'},
        {"title": "讲座超过2次", "source": "{clause: 超过2次}", "target": '{more_than: "2"}'},
        {"title": "讲座不超过2次", "target": '{at_most: "2"}'},
        {"title": "讲座2次", "target": '{equals: "2"}'},
        {"title": "超过往年，讲座2次"},
    ],
)
def test_a_rule_whose_words_and_figures_agree_is_clean(written: dict[str, str], tmp_path: Path) -> None:
    assert linted(tmp_path, texts_of(Example(rule(**written)))) == []


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("figure_differs", {"title": "»讲座不少于3次"}),
        ("figure_differs", {"title": "»讲座3次，每次2人"}),
        ("figure_differs", {"title": "{zh: 讲座2次, en: »At least 3 lectures}"}),
        ("figure_differs", {"title": "讲座", "source": "{clause: »讲座100%}", "target": '{at_least: "1"}'}),
        ("figure_differs", {**PERCENT, **BARE, "title": "»1所学校", "target": '{at_least: "100%"}'}),
        ("figure_differs", {**PERCENT, **BARE, "title": "»半数学校", "target": '{at_least: "60%"}'}),
        (
            "figure_differs",
            {"title": "»1次，2024年起3次", "target": '[{at_least: "1"}, {from: 2024-01-01, at_least: "2"}]'},
        ),
        ("comparison_differs", {"title": "»讲座超过2次"}),
        ("comparison_differs", {"title": "»讲座不超过2次"}),
        ("comparison_differs", {"title": "»讲座2次以内", "target": '{less_than: "2"}'}),
        ("comparison_differs", {"title": "{zh: 讲座, en: »More than 2 lectures}"}),
        ("idle_target", {"target": '[{from: 2020-01-01, at_least: "2"}, {from: »2026-02-01, at_least: "2"}]'}),
        ("nobody_reports", {**BARE, "of_each": "office", "measure": "{change: »lectures}"}),
    ],
)
def test_a_rule_is_found_at_the_text_at_fault(code: str, written: dict[str, str], tmp_path: Path) -> None:
    texts = texts_of(Example(rule(**written)))
    assert said(linted(tmp_path, texts)) == [f"{marked(texts)} {code}"]


def test_both_parts_of_a_ratio_are_looked_at(tmp_path: Path) -> None:
    asked = rule(**BARE, of_each="village", measure="{ratio: [lectures, attendances]}")
    notices = linted(tmp_path, texts_of(Example(asked)))
    assert said(notices) == ["1.yaml:11:23 nobody_reports", "1.yaml:11:33 nobody_reports"]


RATE = "rate: {{name: 率, unit: '%', counts: 查, nature: level, value: percent, reporter: {}}}\n"


@pytest.mark.parametrize(
    ("reporter", "of_each", "codes"),
    [
        ("school", "school", []),
        ("[school, township]", "school", []),
        ("[school, township]", "township", ["added_percentages"]),
        ("{department: education}", "county", []),
        ("{department: education}", "village", ["nobody_reports"]),
        ("{department: education}", "office", []),
    ],
)
def test_a_percentage_is_that_of_one_reporter(reporter: str, of_each: str, codes: list[str], tmp_path: Path) -> None:
    asked = rule(of_each=of_each, measure="{total: rate}", target='{at_least: "2%"}', title="率", source="{clause: 率}")
    notices = linted(tmp_path, texts_of(Example(asked, indicators=RATE.format(reporter))))
    assert [one.code for one in notices] == codes


def test_what_loading_finds_comes_instead_with_its_places(tmp_path: Path) -> None:
    texts = texts_of(Example(rule(measure="{total: »lecturs}", remedy="")))
    (one,) = linted(tmp_path, texts)
    assert said([one]) == [f"{marked(texts)} bad_rulebook"]
    assert (one.severity, one.hint.zh) == (Severity.ERROR, "是不是 lectures？")


def test_notices_stand_in_order_of_file_line_and_column(tmp_path: Path) -> None:
    first = rule(id="b", remedy="", title="讲座超过2次")
    second = rule(id="a", every="year", remedy="", title="讲座5次")
    assert said(linted(tmp_path, texts_of(Example(first + second, indicators=RATE.format("school"))))) == [
        "indicators.yaml:6:3 unused_indicator",
        "1.yaml:5:9 no_remedy",
        "1.yaml:7:12 comparison_differs",
        "1.yaml:13:9 no_remedy",
        "1.yaml:15:12 figure_differs",
    ]


def test_the_shipped_rules_are_clean_and_each_exemption_is_needed() -> None:
    from checker.authoring.linting import lint
    from checker.rulebook.loading import default_folder

    assert lint(default_folder()) == []

"""``checker rules what-if``: who would meet another target, measured once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.rulebook.loading import default_folder
from tests.authoring.tracing.texts import ROOT
from tests.cli.rules.conftest import Told
from tests.rulebook.writing import SMALL

PINGLUO = str(ROOT / "fixtures" / "pingluo")
ON = [PINGLUO, "--as-of", "2025-06-30"]


def record(told: Told, *options: str) -> dict[str, object]:
    status, out, err = told("what-if", *ON, *options, "--format", "json")
    assert status == 0, err
    found: dict[str, object] = json.loads(out)
    return found


def test_each_figure_gives_what_the_rule_would_give_with_it(told: Told, changed: Path) -> None:
    tried = record(told, "--rule", "youth.lectures", "--target", "2,3")["targets"]
    out = told("diff", default_folder(), changed, "--data", PINGLUO, *ON[1:], "--format", "json")[1]
    flips = [flip for flip in json.loads(out)["data"][0]["flips"] if flip["rule"] == "youth.lectures"]
    assert isinstance(tried, list)
    own, same, three = tried
    assert (own["target"], own["flips"]) == (None, [])
    assert (same["findings"], same["units_meeting"]) == (own["findings"], own["units_meeting"])
    assert three["target"] == "at_least 3"
    assert three["flips"] == flips


def test_units_that_meet_it_and_flips_are_told(told: Told) -> None:
    options = ["--rule", "youth.participation", "--target", "80%，85%", "--target", "90%", "--most", "1"]
    status, out, _ = told("what-if", *ON, *options)
    assert status == 0
    lines = out.splitlines()
    for line in (
        "现行：不少于 85%     54/70   329       5        12      69     0",
        "不少于 90%            9/70   233     101        12      69     0",
        "不少于 80%：2 项结论变化",
        "    未达标 → 达标  露川小学  2024-2025-1",
        "    …… 另有 1 项（--most 0 显示全部）",
    ):
        assert line in lines
    english = told("what-if", *ON, *options, "--period", "2024-2025-1", "--lang", "en")[1]
    assert "units meeting it" in english
    assert "2023-2024" not in english


def test_a_draft_a_range_and_a_table_can_be_tried(told: Told, tmp_path: Path) -> None:
    rules = SMALL["1.yaml"].replace('{at_least: "2"}', '{between: ["1", "3"]}\n    status: draft')
    rules = rules.replace("of_each: {type: town, where: {size: 大}}", "of_each: town")
    rules = rules.replace('target: {at_least: "90%"}', 'target: {at_least: {t: "90%"}}')
    book, data = tmp_path / "book", tmp_path / "data"
    (data / "submissions").mkdir(parents=True)
    book.mkdir()
    for name, text in {**SMALL, "1.yaml": rules}.items():
        (book / name).write_text(text, encoding="utf-8")
    (data / "units.csv").write_text("id,name,type,parent\nt,镇,town,\nu,乡,town,\ns,校,school,t\n", encoding="utf-8")
    (data / "submissions" / "a.csv").write_text(
        "unit,indicator,period,value\ns,talks,2023,4\ns,open,2023,是\n", encoding="utf-8"
    )
    asked = ["what-if", data, "--rules", book, "--as-of", "2024-01-01"]
    status, out, _ = told(*asked, "--rule", "a.talks", "--target", "4-5")
    assert (status, "未达标 → 达标  校  2023" in out) == (0, True)
    status, out, _ = told(*asked, "--rule", "a.open", "--target", "100%")
    assert (status, "1/1" in out) == (0, True)
    assert "3-5" in told(*asked, "--rule", "a.talks", "--target", "4")[2]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--rule", "youth.lecture", "--target", "1"], "youth.lectures"),
        (["--rule", "youth.lectures", "--target", "9x"], "9x"),
        (["--rule", "youth.lectures", "--target", "2%"], "2%"),
        (["--rule", "youth.participation", "--target", "80"], "带 % 的数"),
        (["--rule", "youth.lectures", "--target", "1-2"], "'1-2'"),
        (["--rule", "youth.lectures", "--target", ","], "没有数"),
        (["--rule", "youth.lectures", "--target", "1", "--period", "2024"], "--period"),
        (["--rule", "youth.lectures", "--target", "1", "--rules", "."], "plan.yaml"),
        (["--rule", "youth.lectures", "--target", "1", "--units", "none.csv"], "none.csv"),
    ],
)
def test_what_cannot_be_tried_is_said(options: list[str], words: str, told: Told) -> None:
    status, out, err = told("what-if", *ON, *options)
    assert (status, out, words in err) == (2, "", True), err

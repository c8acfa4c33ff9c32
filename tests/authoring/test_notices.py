"""Notices as text, JSON and SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from checker.authoring.check import Example, Notice
from checker.authoring.checks import CHECKS
from checker.authoring.checks.sample import rule
from checker.authoring.notices import Report, to_json, to_sarif, to_text
from checker.model.language import Language
from tests.authoring.linting import linted, texts_of

SARIF = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))


def _report(folder: Path, notices: list[Notice], language: Language = Language.ZH) -> Report:
    return Report(folder, notices, "1.0", language)


@pytest.fixture
def doubtful(tmp_path: Path) -> Report:
    folder = tmp_path / "我的 规则"
    folder.mkdir()
    texts = texts_of(Example(rule(remedy="", title="讲座3次\\u202e")))
    texts["1.yaml"] = texts["1.yaml"].replace("讲座3次\\u202e", '"讲座3次\\u202e"')
    return _report(folder, linted(folder, texts))


def test_text_gives_a_line_for_each_with_its_place_and_the_way_out_and_steers_no_terminal(doubtful: Report) -> None:
    first, second, total = to_text(doubtful).splitlines()
    assert first == (
        f"{doubtful.folder}/1.yaml:5:9 no_remedy（规则没有写未达到时怎么办）: youth.lectures 没有 remedy"
        " → 请写一句能照着做的话，如 remedy: 补办讲座"
    )
    assert ":7:12 figure_differs" in second
    assert "\u202e" not in second
    assert total == "2 处"


def test_text_says_when_nothing_was_found_in_both_languages() -> None:
    assert to_text(_report(Path("a"), [])) == "没有发现问题\n"
    assert to_text(_report(Path("a"), [], Language.EN)) == "nothing found\n"


def test_json_holds_the_same_with_numbers_for_places(doubtful: Report) -> None:
    record = json.loads(to_json(doubtful))
    assert record["schema"] == "checker.lint/1"
    assert record["tool"] == {"name": "checker", "version": "1.0"}
    one = record["notices"][0]
    assert list(one) == ["severity", "code", "message", "hint", "file", "row", "column", "rule"]
    assert (one["severity"], one["row"], one["column"], one["rule"]) == ("warning", 5, 9, "youth.lectures")


def test_sarif_is_valid_and_its_paths_are_uris(doubtful: Report) -> None:
    log = json.loads(to_sarif(doubtful))
    jsonschema.Draft4Validator(SARIF).validate(log)
    (run,) = log["runs"]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == [*CHECKS]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 7, "startColumn": 12}
    assert place["artifactLocation"]["uri"].startswith("file:///")
    assert "%E6%88%91%E7%9A%84%20" in place["artifactLocation"]["uri"]
    assert run["tool"]["driver"]["rules"][run["results"][1]["ruleIndex"]]["id"] == run["results"][1]["ruleId"]


def test_sarif_of_a_broken_rulebook_names_the_faults_of_loading(tmp_path: Path) -> None:
    texts = texts_of(Example(rule(measure="{total: nothing}")))
    log = json.loads(to_sarif(_report(tmp_path, linted(tmp_path, texts), Language.EN)))
    jsonschema.Draft4Validator(SARIF).validate(log)
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("bad_rulebook", "error")
    (tmp_path / "plan.yaml").unlink()
    jsonschema.Draft4Validator(SARIF).validate(json.loads(to_sarif(_report(tmp_path, linted(tmp_path, {})))))


def test_the_validator_can_fail(doubtful: Report) -> None:
    log = json.loads(to_sarif(doubtful))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not jsonschema.Draft4Validator(SARIF).is_valid(log)


def test_a_fault_of_the_folder_itself_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    notices = linted(tmp_path / "empty", {})
    record = json.loads(to_json(_report(tmp_path / "empty", notices)))
    assert [one["file"].rpartition("/")[2] for one in record["notices"]] == ["plan.yaml", "indicators.yaml", "empty"]
    assert record["notices"][0]["row"] is None

"""SARIF and JUnit hold to their schemas, name input problems as such, and never let `unknown` pass."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import jsonschema
import pytest
import xmlschema

from checker.checking import Question, check, witnessed
from checker.engines.plain import PlainJudge
from checker.intake.layout import Inputs
from checker.model.finding import Verdict
from checker.model.language import Language
from checker.model.run import Run, Unchecked
from checker.model.unit import Registry
from checker.reporting.junit_format import to_junit
from checker.reporting.sarif_format import is_listed, to_sarif
from checker.rulebook.loading import default_folder, load
from tests.reporting.nasty import NASTY, nasty_run
from tests.reporting.test_formats import AS_OF, COUNTY_DATA, PROBLEM, WARNING, book, run

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests" / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
LANGUAGES = list(Language)
REFUSED = Run("1.0", AS_OF, "plain", None, Registry(()), None, None, None, (PROBLEM, WARNING))


@pytest.fixture(scope="module")
def county() -> Run:
    """The made-up county, with waivers, unknown and striving findings."""
    rulebook = load(default_folder()).rulebook
    assert rulebook is not None
    inputs = Inputs(folder=ROOT / "fixtures" / "pingluo", files=(), units=None)
    return witnessed(check(rulebook, inputs, Question(as_of=date(2025, 12, 31)), PlainJudge()), is_listed)


def sarif(run: Run, language: Language = Language.ZH) -> dict[str, Any]:
    log = json.loads(b"".join(to_sarif(run, language)))
    SARIF.validate(log)
    found: dict[str, Any] = log["runs"][0]
    return found


def junit(run: Run, language: Language = Language.ZH) -> Element:
    content = b"".join(to_junit(run, language)).decode()
    JUNIT.validate(content)
    return fromstring(content)  # noqa: S314 (our own output)


def test_the_schemas_refuse_what_is_wrong() -> None:
    with pytest.raises(jsonschema.ValidationError):
        SARIF.validate({"version": "2.1.0"})
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        JUNIT.validate("<testsuites><testcase/></testsuites>")


@pytest.mark.parametrize("text", NASTY)
def test_any_names_give_valid_documents(text: str) -> None:
    sarif(nasty_run(text))
    junit(nasty_run(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_input_problems_are_notifications_and_errors(language: Language) -> None:
    log, suites = sarif(REFUSED, language), junit(REFUSED, language)
    told = log["invocations"][0]
    assert told["executionSuccessful"] is False
    assert [(one["level"], one["descriptor"]["id"]) for one in told["toolExecutionNotifications"]] == [
        ("error", "bad_value"), ("warning", "unused_fact"),
    ]  # fmt: skip
    place = told["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a.csv", "uriBaseId": "DATA"}, "region": {"startLine": 3}}
    assert "results" not in log
    assert [[case[0].tag for case in suite] for suite in suites] == [["error", "skipped"]]
    assert (suites.get("errors"), suites.get("failures")) == ("1", "0")


def test_each_verdict_has_its_result_and_only_met_passes(county: Run) -> None:
    expected = {
        "must": {Verdict.MET: "pass", Verdict.NOT_MET: "failure", Verdict.UNKNOWN: "error"},
        "strive": {Verdict.MET: "pass"},
    }
    found: Counter[str] = Counter()
    for finding in county.findings or ():
        found[expected[finding.rule.force.value].get(finding.verdict, "skipped")] += 1
    cases = [case for suite in junit(county) if suite.get("name") != "输入" for case in suite]
    assert Counter(case[0].tag if len(case) else "pass" for case in cases) == found
    assert {"pass", "failure", "error", "skipped"} == set(found)
    whole = junit(county)
    assert [whole.get(name) for name in ("failures", "errors")] == [str(found["failure"]), str(found["error"])]


def test_unknown_is_open_and_waived_is_suppressed_in_sarif(county: Run) -> None:
    log = sarif(county)
    by_verdict: dict[str, set[tuple[str, str, bool]]] = {}
    for one in log["results"]:
        told = (one["kind"], one["level"], "suppressions" in one)
        by_verdict.setdefault(one["properties"]["verdict"], set()).add(told)
    assert by_verdict == {
        "not_met": {("fail", "error", False), ("fail", "warning", False)},
        "unknown": {("open", "none", False)},
        "waived": {("fail", "error", True), ("open", "none", True)},
    }
    waived = next(one for one in log["results"] if one["properties"]["verdict"] == "waived")
    assert waived["suppressions"][0]["kind"] == "external"
    assert log["properties"]["summary"]["met"] > 2000


def test_a_result_has_its_finding_as_fingerprint_its_rule_with_help_and_its_places(county: Run) -> None:
    log = sarif(county)
    findings = {one.identity("pingluo-2021-2025"): one for one in county.findings or ()}
    for one in log["results"]:
        finding = findings[one["fingerprints"]["checkerFinding/v1"]]
        rule = log["tool"]["driver"]["rules"][one["ruleIndex"]]
        assert one["ruleId"] == rule["id"] == finding.rule.id
        assert finding.rule.clause in rule["help"]["text"]
        assert one["locations"][0]["logicalLocations"][0]["name"] == finding.unit.name
    placed = [one for one in log["results"] if "physicalLocation" in one["locations"][0]]
    uri = placed[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert (ROOT / "fixtures" / "pingluo" / uri).is_file()
    assert len(placed) > len(log["results"]) // 3


def test_what_was_not_checked_is_skipped() -> None:
    suites = junit(run(book(), COUNTY_DATA, unchecked=(Unchecked("r", "school", ("2021-2022-1",)),)))
    skipped = [case for suite in suites for case in suite if len(case) and case[0].get("type") == "unchecked"]
    assert [case.get("name") for case in skipped] == ["school 2021-2022-1"]


def test_striving_fails_nothing() -> None:
    striving = run(book(of_strive=True), COUNTY_DATA)
    cases = [case for suite in junit(striving) for case in suite if case.get("classname") == "test.q"]
    assert {case[0].tag for case in cases if len(case)} == {"skipped"}


def test_places_outside_the_folder_keep_their_own_address() -> None:
    away = PROBLEM._replace(place=PROBLEM.place._replace(file="/数据/a b.csv", row=None))
    place = sarif(replace(REFUSED, problems=(away,)))["invocations"][0]["toolExecutionNotifications"][0]["locations"][0]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "/%E6%95%B0%E6%8D%AE/a%20b.csv"}}

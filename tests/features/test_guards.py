"""The specification stays the plan's and the contract's: no rule, word or kind without a scenario, no block that lies.

It also stays readable: short features, few steps, each step defined once, no code words. What is a gap is found in
`specification`; that each guard can fail is shown in `test_guards_can_fail`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd.parser import Feature, ScenarioTemplate

from checker.explaining.words import PROBLEMS
from checker.model.finding import Verdict
from checker.model.problem import Code
from checker.model.rulebook import Rule, Section
from tests.features.plans import PLANS, ROOT, rulebook_of
from tests.features.specification import Specification, definitions, rules_named, surplus, tags_of, title_of

FILES = sorted((ROOT / "features").glob("*.feature"))
NAMES = [file.name for file in FILES]
SPECIFICATION = Specification(FILES)
SCENARIOS = SPECIFICATION.scenarios
NAMED = [f"{Path(feature.filename).name}: {one.name}" for feature, one in SCENARIOS]
PINGLUO = rulebook_of("平罗县")
TITLES = {title_of(rule, PINGLUO): rule for rule in PINGLUO.rules.values()}
MOST_LINES, MOST_STEPS, MOST_DEFINITIONS = 80, 8, 33


@pytest.mark.parametrize("plan", PLANS)
def test_every_rule_has_a_scenario_tagged_with_its_commitment(plan: str) -> None:
    assert SPECIFICATION.untagged(rulebook_of(plan)) == []


def test_every_rule_has_one_block_that_quotes_its_clause_and_its_target() -> None:
    assert len(TITLES) == len(PINGLUO.rules), "两条规则的条文和目标都一样，标题分不开"
    assert SPECIFICATION.strange_blocks(PINGLUO) == []
    assert SPECIFICATION.missing_blocks(PINGLUO) == []


@pytest.mark.parametrize("section", PINGLUO.sections, ids=lambda section: section.number)
def test_every_section_has_its_feature_with_its_rules_in_the_plans_order(section: Section) -> None:
    start = f"{section.number} {section.title.zh}"
    named = [feature.name for feature in SPECIFICATION.features if feature.name.startswith(start)]
    assert named
    for name in named:
        blocks = [TITLES[title] for feature, title in SPECIFICATION.blocks if feature == name]
        assert blocks == [rule for rule in section.rules if rule in blocks]
    assert sum(feature in named for feature, _ in SPECIFICATION.blocks) == len(section.rules)


@pytest.mark.parametrize("rule", PINGLUO.rules.values(), ids=lambda rule: rule.id)
def test_every_rule_is_shown_at_below_and_above_its_figure_silent_and_waived(rule: Rule) -> None:
    shown = SPECIFICATION.verdicts(rule)
    full = rule.targets[0].figure is not None and rule.targets[0].figure.written == ("100%",)
    assert shown[Verdict.MET] >= 1
    assert shown[Verdict.NOT_MET] >= 1
    assert shown[Verdict.MET] + shown[Verdict.NOT_MET] >= (2 if full else 3)
    assert shown[Verdict.UNKNOWN] >= 1
    assert shown[Verdict.WAIVED] >= 1


def test_every_verdict_reason_pace_and_problem_is_said_by_some_step() -> None:
    assert set(PROBLEMS) == set(Code)
    assert len({words.zh for words in PROBLEMS.values()}) == len({words.en for words in PROBLEMS.values()}) == len(Code)
    assert SPECIFICATION.unshown_words() == []


def test_every_measure_target_form_and_kind_of_period_is_shown_with_every_verdict() -> None:
    assert SPECIFICATION.unshown_kinds() == []


def test_figures_are_reported_in_every_form_of_period() -> None:
    assert SPECIFICATION.unreported_periods() == []


def test_every_step_has_one_definition_and_every_definition_is_used_twice() -> None:
    assert SPECIFICATION.not_one_definition() == []
    assert SPECIFICATION.unused(definitions()) == []


def test_there_are_few_step_definitions() -> None:
    assert surplus(definitions(), MOST_DEFINITIONS) == []


@pytest.mark.parametrize(("feature", "scenario"), SCENARIOS, ids=NAMED)
def test_a_scenario_is_tagged_with_the_commitments_that_it_speaks_of(
    feature: Feature, scenario: ScenarioTemplate
) -> None:
    tags = tags_of(feature, scenario)
    # What is refused before it is judged speaks of no commitment.
    assert {rule.commitment for rule in rules_named(scenario)} in (tags, set())
    if scenario.rule:
        assert tags == {TITLES[scenario.rule.name].commitment}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_feature_is_short_and_every_scenario_in_it_runs(file: Path) -> None:
    assert file.name.isascii()
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# language: zh-CN"
    assert len(lines) <= MOST_LINES
    # pytest-bdd keeps the last of two scenarios that share a name, and says nothing.
    said = sum(line.strip().startswith(("场景:", "场景大纲:")) for line in lines)
    assert said == sum(Path(feature.filename).name == file.name for feature, _ in SCENARIOS)


@pytest.mark.parametrize(("feature", "scenario"), SCENARIOS, ids=NAMED)
def test_a_scenario_has_few_steps_and_one_event(feature: Feature, scenario: ScenarioTemplate) -> None:
    own = scenario.steps[len(scenario.all_background_steps) :]
    assert len(own) <= MOST_STEPS, feature.name
    assert sum(step.type == "when" for step in own) <= 1
    assert own[-1].type == "then"
    for examples in scenario.examples:
        assert all(f"<{name}>" in repr((scenario.name, scenario.steps)) for name in examples.example_params)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_policy_officer_can_read_every_line_aloud(file: Path) -> None:
    text = file.read_text(encoding="utf-8").removeprefix("# language: zh-CN")
    for rulebook in map(rulebook_of, PLANS):
        departments = rulebook.plan.departments
        codes = [*rulebook.rules, *rulebook.indicators, *departments.codes, *departments.groups]
        assert [code for code in codes if code in text] == []
    assert [sign for sign in ("_", ".csv", ".yaml", "/", "\\", "{") if sign in text] == []

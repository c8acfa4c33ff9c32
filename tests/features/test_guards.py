"""The specification stays the plan's: every rule has its block, every block says what the rulebook says.

It also stays readable: short features, few steps, each step defined once, no code words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd.parser import Feature, FeatureParser, Scenario, ScenarioTemplate
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from checker.explaining.words import VERDICTS, target_words, unit_of
from checker.model.finding import Verdict
from checker.model.language import NOTHING
from checker.model.rulebook import Ratio, Rule, Rulebook, Section, Share
from tests.features.world import PLANS, ROOT, rulebook_of

FOLDER = ROOT / "features"
FILES = sorted(FOLDER.glob("*.feature"))
NAMES = [file.name for file in FILES]
PINGLUO = rulebook_of("平罗县")
MOST_LINES, MOST_STEPS, MOST_DEFINITIONS = 80, 8, 25


@pytest.fixture(autouse=True)
def engine() -> None:
    """No engine is asked here, so nothing runs twice."""


def _parsed(file: Path) -> Feature:
    return FeatureParser(str(FOLDER), file.name).parse()


FEATURES = [_parsed(file) for file in FILES]
SCENARIOS = [(feature, one) for feature in FEATURES for one in feature.scenarios.values()]
NAMED = [f"{Path(feature.filename).name}: {one.name}" for feature, one in SCENARIOS]
BLOCKS = list(dict.fromkeys((feature.name, one.rule.name) for feature, one in SCENARIOS if one.rule))


def _title(rule: Rule) -> str:
    figure = rule.targets[0].figure
    assert figure is not None
    unit = NOTHING if isinstance(rule.measure, Ratio | Share) else unit_of(rule.measure, PINGLUO)
    return f"“{rule.clause}”，目标：{target_words(figure, unit).zh}"


TITLES = {_title(rule): rule for rule in PINGLUO.rules.values()}


def _rows(scenario: ScenarioTemplate) -> Iterator[Scenario]:
    """Go through what a scenario runs: itself, or an outline once for each of its examples."""
    contexts = [context for examples in scenario.examples for context in examples.as_contexts()]
    return (scenario.render(context) for context in contexts or [{}])


def _of_block(rule: Rule) -> list[ScenarioTemplate]:
    return [one for _, one in SCENARIOS if one.rule and one.rule.name == _title(rule)]


def _commitments(scenario: ScenarioTemplate) -> set[str]:
    """Give the commitments of all rules whose title stands in a step."""
    text = "\n".join(step.name + (repr(step.datatable.raw()) if step.datatable else "") for step in scenario.steps)
    rulebooks = [rulebook for plan, rulebook in _rulebooks() if f"按“{plan}”的规划" in text]
    rules = [rule for rulebook in rulebooks for rule in rulebook.rules.values()]
    return {rule.commitment for rule in rules if f"“{rule.title.zh}”" in text or f"'{rule.title.zh}'" in text}


def _rulebooks() -> Iterator[tuple[str, Rulebook]]:
    return ((plan, rulebook_of(plan)) for plan in PLANS)


def _definitions() -> list[StepFunctionContext]:
    contexts = step_function_context_registry.values()
    return [one for one in contexts if one.step_func.__module__ == "tests.features.conftest"]


def test_every_rule_has_one_block_that_quotes_its_clause_and_its_target() -> None:
    assert len(TITLES) == len(PINGLUO.rules), "两条规则的条文和目标都一样，标题分不开"
    assert sorted(title for _, title in BLOCKS) == sorted(TITLES)


@pytest.mark.parametrize("section", PINGLUO.sections, ids=lambda section: section.number)
def test_every_section_has_its_feature_with_its_rules_in_the_plans_order(section: Section) -> None:
    named = [feature.name for feature in FEATURES if feature.name.startswith(f"{section.number} {section.title.zh}")]
    assert named
    for name in named:
        blocks = [TITLES[title] for feature, title in BLOCKS if feature == name]
        assert blocks == [rule for rule in section.rules if rule in blocks]
    assert sum(feature in named for feature, _ in BLOCKS) == len(section.rules)


@pytest.mark.parametrize("rule", PINGLUO.rules.values(), ids=lambda rule: rule.id)
def test_every_rule_is_shown_at_below_and_above_its_figure_silent_and_waived(rule: Rule) -> None:
    shown = Counter(
        verdict
        for scenario in _of_block(rule)
        for row in _rows(scenario)
        for verdict, word in VERDICTS.items()
        if any(f"的“{rule.title.zh}”是“{word.zh}”" in step.name for step in row.steps)
    )
    full = rule.targets[0].figure is not None and rule.targets[0].figure.written == ("100%",)
    assert shown[Verdict.MET] >= 1
    assert shown[Verdict.NOT_MET] >= 1
    assert shown[Verdict.MET] + shown[Verdict.NOT_MET] >= (2 if full else 3)
    assert shown[Verdict.UNKNOWN] >= 1
    assert shown[Verdict.WAIVED] >= 1


@pytest.mark.parametrize(("feature", "scenario"), SCENARIOS, ids=NAMED)
def test_a_scenario_is_tagged_with_the_commitments_that_it_speaks_of(
    feature: Feature, scenario: ScenarioTemplate
) -> None:
    tags = scenario.tags | feature.tags | (scenario.rule.tags if scenario.rule else set())
    # What is refused before it is judged speaks of no commitment.
    assert _commitments(scenario) in (tags, set())
    if scenario.rule:
        assert tags == {TITLES[scenario.rule.name].commitment}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_feature_is_short_and_every_scenario_in_it_runs(file: Path) -> None:
    assert file.name.isascii()
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# language: zh-CN"
    assert len(lines) <= MOST_LINES
    # pytest-bdd keeps the last of two scenarios that share a name, and says nothing.
    assert sum(line.strip().startswith(("场景:", "场景大纲:")) for line in lines) == len(_parsed(file).scenarios)


@pytest.mark.parametrize(("feature", "scenario"), SCENARIOS, ids=NAMED)
def test_a_scenario_has_few_steps_and_one_event(feature: Feature, scenario: ScenarioTemplate) -> None:
    own = scenario.steps[len(scenario.all_background_steps) :]
    assert len(own) <= MOST_STEPS, feature.name
    assert sum(step.type == "when" for step in own) <= 1
    assert own[-1].type == "then"
    for examples in scenario.examples:
        assert all(f"<{name}>" in repr((scenario.name, scenario.steps)) for name in examples.example_params)


def test_every_step_has_one_definition_and_every_definition_is_used() -> None:
    definitions = _definitions()
    assert len(definitions) <= MOST_DEFINITIONS
    used: Counter[str] = Counter()
    for _, scenario in SCENARIOS:
        for step in (step for row in _rows(scenario) for step in row.steps):
            fitting = [one for one in definitions if one.type == step.type and one.parser.is_matching(step.name)]
            assert len(fitting) == 1, step.name
            used[fitting[0].parser.name] += 1
    assert {one.parser.name: used[one.parser.name] for one in definitions if used[one.parser.name] < 2} == {}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_policy_officer_can_read_every_line_aloud(file: Path) -> None:
    text = file.read_text(encoding="utf-8").removeprefix("# language: zh-CN")
    for _, rulebook in _rulebooks():
        codes = [
            *rulebook.rules,
            *rulebook.indicators,
            *rulebook.plan.departments.codes,
            *rulebook.plan.departments.groups,
        ]
        assert [code for code in codes if code in text] == []
    assert [sign for sign in ("_", ".csv", ".yaml", "/", "\\", "{") if sign in text] == []

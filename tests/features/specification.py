"""The specification as text: its features, what they show, and where it falls short of the contract and the plans.

Each method that finds gaps gives them as a list, empty where all is well, so that it can be shown to find some.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pytest_bdd.parser import Feature, FeatureParser, Scenario, ScenarioTemplate, Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from checker.authoring.testing import STEPS
from checker.explaining.words import PACES, PROBLEMS, REASONS, VERDICTS, target_words, unit_of
from checker.model.finding import Verdict
from checker.model.language import NOTHING
from checker.model.problem import Code
from checker.model.rulebook import Measure, Ratio, Rule, Rulebook, Share
from checker.model.target import Form
from tests.features.plans import PLANS, rulebook_of

SHAPES = {
    "9999": "年",
    "9999-9999": "几年",
    "9999-Q9": "季度",
    "9999-99": "月",
    "9999-99-99": "日",
    "9999-9999-9": "学期",
}
_ABOVE_ALL = frozenset({Code.BAD_RULEBOOK})


class Shown(NamedTuple):
    """One word that a step says of one rule of a plan."""

    rule: Rule
    word: str


class Specification:
    """Some feature files, parsed."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.features = [FeatureParser(str(file.parent), file.name).parse() for file in files]
        self.scenarios = [(feature, one) for feature in self.features for one in feature.scenarios.values()]

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """The titles of all 规则 blocks, each with its feature's name, in order."""
        return list(dict.fromkeys((feature.name, one.rule.name) for feature, one in self.scenarios if one.rule))

    def untagged(self, rulebook: Rulebook) -> list[str]:
        """Give the rules whose commitment no scenario with a verdict of that rule is tagged with."""
        tagged = {
            (rule.id, tag)
            for feature, scenario in self.scenarios
            for rule in rules_named(scenario)
            for tag in tags_of(feature, scenario)
        }
        return [rule.id for rule in rulebook.rules.values() if (rule.id, rule.commitment) not in tagged]

    def strange_blocks(self, rulebook: Rulebook) -> list[str]:
        """Give the 规则 blocks that do not say what a rule of the rulebook says: its clause and its target."""
        known = {title_of(rule, rulebook) for rule in rulebook.rules.values()}
        return [title for _, title in self.blocks if title not in known]

    def missing_blocks(self, rulebook: Rulebook) -> list[str]:
        """Give the titles of the rules that have no 规则 block of their own."""
        counted = Counter(title for _, title in self.blocks)
        titles = [title_of(rule, rulebook) for rule in rulebook.rules.values()]
        return [title for title in titles if counted[title] != 1]

    def unused(self, definitions: Iterable[StepFunctionContext]) -> list[str]:
        """Give the step definitions that fewer than two steps use."""
        return [one.parser.name for one in definitions if self._used[one.parser.name] < 2]

    def not_one_definition(self) -> list[str]:
        """Give the steps that no definition fits, or more than one."""
        return sorted({step.name for step in self._steps if len(_fitting(step)) != 1})

    def unshown_words(self) -> list[str]:
        """Give the verdicts, reasons, paces and problems that no step says."""
        said = {
            "verdict": VERDICTS.values(),
            "reason": REASONS.values(),
            "pace": PACES.values(),
            "problem": [words for code, words in PROBLEMS.items() if code not in _ABOVE_ALL],
        }
        return [words.zh for name, all_words in said.items() for words in all_words if words.zh not in self._said[name]]

    def unshown_kinds(self) -> list[str]:
        """Give the pairs of a measure, target form or kind of period and a verdict that no step shows."""
        kinds = [one.__name__ for one in get_args(Measure)] + [form.value for form in Form]
        kinds += sorted({every for rulebook in _rulebooks() for every in (*rulebook.plan.asked, "plan")})
        pairs = {(kind, one.word) for one in self._judged for kind in _kinds(one.rule)}
        return [f"{kind} {words.zh}" for kind in kinds for words in VERDICTS.values() if (kind, words.zh) not in pairs]

    def unreported_periods(self) -> list[str]:
        """Give the forms of periods in which no step reports a figure."""
        shapes = {re.sub("[0-9]", "9", code) for code in self._said["period"]}
        return [name for shape, name in SHAPES.items() if shape not in shapes]

    def verdicts(self, rule: Rule) -> Counter[Verdict]:
        """Count the verdicts that the scenarios in the block of `rule` show for it."""
        words = {text.zh: verdict for verdict, text in VERDICTS.items()}
        own = [one for _, one in self.scenarios if one.rule and one.rule.name == title_of(rule, rulebook_of("平罗县"))]
        said = (one for scenario in own for row in rows(scenario) for one in _judgements(row))
        return Counter(words[one.word] for one in said if one.rule == rule)

    @cached_property
    def _steps(self) -> list[Step]:
        return [step for _, scenario in self.scenarios for row in rows(scenario) for step in row.steps]

    @cached_property
    def _used(self) -> Counter[str]:
        return Counter(one.parser.name for step in self._steps for one in _fitting(step))

    @cached_property
    def _judged(self) -> list[Shown]:
        every = (one for _, scenario in self.scenarios for row in rows(scenario) for one in _judgements(row))
        return list(every)

    @cached_property
    def _said(self) -> dict[str, set[str]]:
        said: dict[str, set[str]] = {name: set() for name in ("verdict", "reason", "pace", "problem", "period")}
        for step in self._steps:
            told = _arguments(step)
            for name in said.keys() & told.keys():
                if name == "period" or step.type == "then":
                    said[name].add(told[name])
            for row in table(step):
                said["problem"] |= {row["意思"]} if step.type == "then" and "意思" in row else set()
                said["period"] |= {row["期间"]} if step.type == "given" and "指标" in row else set()
        return said


ON_SPARK = "spark"
"""The tag of a scenario that Spark judges too."""


def tags_of(feature: Feature, scenario: ScenarioTemplate) -> set[str]:
    """Give the commitments that a scenario is tagged with, its block's and its feature's among them."""
    return (scenario.tags | feature.tags | (scenario.rule.tags if scenario.rule else set())) - {ON_SPARK}


def rows(scenario: ScenarioTemplate) -> Iterator[Scenario]:
    """Go through what a scenario runs: itself, or an outline once for each of its examples."""
    contexts = [context for examples in scenario.examples for context in examples.as_contexts()]
    return (scenario.render(context) for context in contexts or [{}])


def rules_named(scenario: ScenarioTemplate) -> list[Rule]:
    """Give all rules whose title stands in a step of a scenario."""
    text = "\n".join(step.name + (repr(step.datatable.raw()) if step.datatable else "") for step in scenario.steps)
    rules = [rule for plan in PLANS if f"按“{plan}”的规划" in text for rule in rulebook_of(plan).rules.values()]
    return [rule for rule in rules if f"“{rule.title.zh}”" in text or f"'{rule.title.zh}'" in text]


def title_of(rule: Rule, rulebook: Rulebook) -> str:
    """Give the title that the 规则 block of `rule` bears."""
    figure = rule.targets[0].figure
    assert figure is not None
    unit = NOTHING if isinstance(rule.measure, Ratio | Share) else unit_of(rule.measure, rulebook)
    return f"“{rule.clause}”，目标：{target_words(figure, unit).zh}"


def definitions() -> list[StepFunctionContext]:
    """Give the step definitions of the specification."""
    contexts = step_function_context_registry.values()
    return [one for one in contexts if one.step_func.__module__ in STEPS]


def surplus(defined: Iterable[StepFunctionContext], most: int) -> list[str]:
    """Give the step definitions beyond the `most` that there may be."""
    return [one.parser.name for one in defined][most:]


def _rulebooks() -> Iterator[Rulebook]:
    return (rulebook_of(plan) for plan in PLANS)


def _fitting(step: Step) -> list[StepFunctionContext]:
    return [one for one in definitions() if one.type == step.type and one.parser.is_matching(step.name)]


def _arguments(step: Step) -> Mapping[str, Any]:
    told: dict[str, Any] = {}
    for one in _fitting(step):
        told.update(one.parser.parse_arguments(step.name) or {})
    return told


def table(step: Step) -> list[dict[str, str]]:
    """Give the rows of the table below a step, by header."""
    if step.datatable is None:
        return []
    header, *records = ([str(cell) for cell in line] for line in step.datatable.raw())
    return [dict(zip(header, record, strict=True)) for record in records]


def _judgements(row: Scenario) -> Iterator[Shown]:
    """Go through what the steps of one row say of rules: their verdicts."""
    told = [_arguments(step) for step in row.steps]
    plan = next(one["plan"] for one in told if "plan" in one)
    titles = {rule.title.zh: rule for rule in rulebook_of(plan).rules.values()}
    return (Shown(titles[one["rule"]], one["verdict"]) for one in told if {"rule", "verdict"} <= one.keys())


def _kinds(rule: Rule) -> set[str]:
    """Give the kinds that a rule stands for: its measure, the forms of its targets, its periods."""
    figures = [figure for target in rule.targets for figure in (target.figure, *(target.table or {}).values())]
    return {type(rule.measure).__name__, rule.every, *(figure.form.value for figure in figures if figure)}

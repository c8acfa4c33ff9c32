"""The mutants of both plans: each says something else than its plan, under a name and at a place of its own."""

from __future__ import annotations

from collections import Counter

import pytest

from checker.authoring.mutating.placing import Placing
from checker.authoring.mutating.slips import mutants_of
from checker.model.language import Text
from tests.features.plans import PLANS, ROOT, rulebook_of
from tests.features.specification import Specification, rows

WORDS = (
    "target",
    "indicator",
    "numerator",
    "denominator",
    "ratio",
    "where",
    "every",
    "of_each",
    "lead",
    "repeat",
    "cluster",
)


@pytest.mark.parametrize("plan", PLANS)
def test_every_mutant_has_its_own_id_and_says_something_else(plan: str) -> None:
    mutants = list(mutants_of(rulebook_of(plan)))
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    digests = Counter(mutant.rulebook.digest for mutant in mutants)
    assert digests.most_common(1)[0][1] == 1
    assert rulebook_of(plan).digest not in digests


@pytest.mark.parametrize("plan", PLANS)
def test_a_mutant_of_a_rule_changes_that_rule_alone(plan: str) -> None:
    true = rulebook_of(plan)
    for mutant in mutants_of(true):
        changed = {one for one, rule in mutant.rulebook.rules.items() if rule != true.rules[one]}
        assert changed == mutant.rules
        assert (mutant.rulebook.follow_ups != true.follow_ups) is (mutant.section is None)


def test_every_kind_of_slip_is_made() -> None:
    kinds = {mutant.id.split(" ")[1] for plan in PLANS for mutant in mutants_of(rulebook_of(plan))}
    assert kinds == set(WORDS)


@pytest.mark.parametrize("plan", PLANS)
def test_every_mutant_is_placed_at_the_line_that_it_changes(plan: str) -> None:
    placing = Placing(PLANS[plan])
    for mutant in mutants_of(rulebook_of(plan)):
        place = placing(mutant)
        assert place.row is not None
        lines = (PLANS[plan] / place.file).read_text(encoding="utf-8").splitlines()
        key = mutant.id.split(" ")[1]
        owner = next((rule for rule in mutant.rules if mutant.id.startswith(rule)), None)
        if owner:
            above = [line for line in lines[: place.row] if line.strip().startswith("- id:")]
            assert above[-1].split()[-1] == owner
        elif key != "lead":
            assert key in lines[place.row - 1]


@pytest.mark.parametrize("plan", PLANS)
def test_every_survivor_could_be_told_in_both_languages(plan: str) -> None:
    for mutant in mutants_of(rulebook_of(plan)):
        for text in (mutant.wrote, mutant.missing):
            assert isinstance(text, Text)
            assert text.zh
            assert text.en


def test_the_readme_counts_the_slips_and_the_scenarios() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    slips = len(list(mutants_of(rulebook_of("平罗县"))))
    assert f"{slips} 处笔误，场景看得出 {slips} 处：100%" in readme
    told = Specification(sorted((ROOT / "features").glob("*.feature"))).scenarios
    ran = [any("平罗县”的规划" in step.name for step in row.steps) for _, one in told for row in rows(one)]
    assert f"{sum(ran)} 个场景，成立 {sum(ran)}" in readme
    assert f"另有 {len(ran) - sum(ran)} 个场景讲的是别的规划" in readme

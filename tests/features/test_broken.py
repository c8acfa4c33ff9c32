"""Each broken input has exactly the problems of its expected.txt, and the features tell all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from checker.authoring.testing.vocabulary import NOTHING
from checker.checking import Question, check
from checker.engines.choosing import EngineName, choose
from checker.explaining.words import PROBLEMS
from checker.intake.reading import Inputs
from checker.model.problem import Code, Problem
from checker.model.run import Run
from tests.features.plans import BROKEN, rulebook_of
from tests.features.specification import rows, table
from tests.features.test_guards import SCENARIOS

FOLDERS = sorted(path for path in BROKEN.iterdir() if path.is_dir())


def run(folder: Path, *, keep_going: bool) -> Run:
    question = Question(as_of=date(2023, 1, 31), keep_going=keep_going)
    return check(rulebook_of("平罗县"), Inputs(folder=folder), question, choose(EngineName.PLAIN))


def line(problem: Problem) -> str:
    return f"{problem.place} {problem.code.value}"


def expected(folder: Path) -> list[str]:
    return (folder / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("keep_going", [False, True], ids=["refused", "set aside"])
def test_a_broken_input_has_its_problems_and_no_other(folder: Path, keep_going: bool) -> None:
    found = run(folder, keep_going=keep_going)
    assert [line(problem) for problem in found.problems] == expected(folder)
    assert found.stray == ()


def test_every_code_but_that_of_rulebooks_has_a_broken_input() -> None:
    codes = {one.split(" ")[-1] for folder in FOLDERS for one in expected(folder)}
    assert codes == {code.value for code in Code} - {Code.BAD_RULEBOOK}


def told() -> Iterator[tuple[str, str, str]]:
    """Go through what the features say of broken inputs: folder, row and what is wrong, in words."""
    for _, scenario in SCENARIOS:
        for row in rows(scenario):
            inputs = [step.name.split("“")[1][:-1] for step in row.steps if step.name.startswith("输入是“")]
            for step in row.steps if inputs else ():
                for record in table(step) if step.name == "指出了下列问题" else ():
                    yield inputs[0], record["行"], record["意思"]


def test_the_features_tell_every_problem_of_every_broken_input() -> None:
    found = {
        (folder.name, str(problem.place.row or NOTHING), PROBLEMS[problem.code].zh)
        for folder in FOLDERS
        for problem in run(folder, keep_going=False).problems
    }
    assert set(told()) == found

"""Verdicts that change, counted exactly and both ways."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from checker.authoring.comparing.flipping import Flip, Flips, Way, flips_between, share_of
from checker.checking import Question, check
from checker.engines.plain import PlainJudge
from checker.intake.reading import Inputs
from checker.model.finding import Finding, Verdict
from checker.rulebook.loading import default_folder, load
from tests.authoring.tracing.texts import ROOT


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    rulebook = load(default_folder()).rulebook
    assert rulebook is not None
    question = Question(as_of=date(2025, 6, 30))
    return check(rulebook, Inputs(folder=ROOT / "fixtures" / "pingluo"), question, PlainJudge()).findings or ()


def test_the_same_findings_have_no_change(findings: tuple[Finding, ...]) -> None:
    assert flips_between(findings, findings) == Flips((), len(findings))


def test_what_stands_on_one_side_only_has_changed_and_counts(findings: tuple[Finding, ...]) -> None:
    found = flips_between(findings[1:], findings[:-1])
    assert found.total == len(findings)
    assert [one.way for one in found.changed] == [Way.ASKED, Way.DROPPED]
    assert share_of([found]) == Fraction(2, len(findings))
    assert share_of([found, Flips((), 0)]) == Fraction(2, len(findings))
    assert share_of([]) == 0


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        (Verdict.MET, Verdict.NOT_MET, Way.WORSE),
        (Verdict.MET, Verdict.PENDING, Way.WORSE),
        (Verdict.UNKNOWN, Verdict.NOT_MET, Way.WORSE),
        (Verdict.NOT_MET, Verdict.MET, Way.BETTER),
        (Verdict.PENDING, Verdict.MET, Way.BETTER),
        (Verdict.NOT_MET, Verdict.UNKNOWN, Way.BETTER),
        (Verdict.PENDING, Verdict.UNKNOWN, Way.SIDEWAYS),
        (None, Verdict.MET, Way.ASKED),
        (Verdict.MET, None, Way.DROPPED),
    ],
)
def test_every_change_goes_one_way(
    old: Verdict | None, new: Verdict | None, way: Way, findings: tuple[Finding, ...]
) -> None:
    one = findings[0]
    assert Flip(one.rule, one.unit, one.period, old, new).way is way

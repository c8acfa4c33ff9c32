from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from checker.checking import Question, check
from checker.cli.asking import Asking
from checker.engines import choosing
from checker.engines.choosing import MANY, EngineName, choose, suited
from checker.intake.reading import Inputs
from checker.rulebook.loading import default_folder, load

COUNTY = Path(__file__).parents[2] / "fixtures" / "pingluo"

ORDINARY = (EngineName.AUTO, EngineName.PLAIN, EngineName.DURABLE)


def test_durable_serves_where_it_is_installed_and_plain_where_asked_for() -> None:
    assert [choose(name).name for name in ORDINARY] == ["durable", "plain", "durable"]


def test_duckdb_serves_from_a_stated_number_of_facts_on() -> None:
    few, many = (suited(choose(EngineName.AUTO), facts).name for facts in (MANY - 1, MANY))
    assert (few, many) == ("durable", "duckdb")
    assert suited(choose(EngineName.PLAIN), MANY).name == "plain"


def test_the_run_says_which_engine_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MANY", 1)
    book = load(default_folder()).rulebook
    assert book
    question = Question(date(2025, 12, 31))
    chosen, plain = (
        check(book, Inputs(folder=COUNTY), question, choose(n)) for n in (EngineName.AUTO, EngineName.PLAIN)
    )
    assert (chosen.engine, chosen.findings, chosen.alerts) == ("duckdb", plain.findings, plain.alerts)


def test_plain_serves_where_durable_rules_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "find_spec", lambda _: None)
    assert [choose(name).name for name in ORDINARY] == ["plain", "plain", "plain"]


def test_plain_serves_where_durable_rules_cannot_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "checker.engines.durable", None)
    assert choose(EngineName.DURABLE).name == "plain"


@pytest.mark.parametrize(("engine", "told"), [("durable", True), ("auto", True), ("plain", False)])
def test_the_user_is_told_that_plain_serves(
    engine: str, told: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(choosing, "find_spec", lambda _: None)
    asking = Asking(
        data=(), units=None, rules=None, as_of=None, engine=engine, lang="zh", include_drafts=False, keep_going=False
    )
    assert asking.judge().name == "plain"
    assert ("结论相同" in capsys.readouterr().err) is told

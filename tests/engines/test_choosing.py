from __future__ import annotations

import sys

import pytest

from checker.cli.asking import Asking
from checker.engines import choosing
from checker.engines.choosing import EngineName, choose

ORDINARY = (EngineName.AUTO, EngineName.PLAIN, EngineName.DURABLE)


def test_durable_serves_where_it_is_installed_and_plain_where_asked_for() -> None:
    assert [choose(name).name for name in ORDINARY] == ["durable", "plain", "durable"]


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

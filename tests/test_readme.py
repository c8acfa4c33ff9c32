"""The README and the guide to rules say what the program does, and their output is its output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.cli import _COMMANDS, run
from checker.cli.admin import COMMANDS as ADMIN
from checker.cli.check import _FORMATS
from checker.engines.choosing import EngineName
from checker.model.finding import Verdict
from checker.model.target import Form

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")


def _said(arguments: str, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    words = [str(ROOT / word) if word.startswith("fixtures/") else word for word in arguments.split()]
    run(words)
    return capsysbinary.readouterr().out.decode().rstrip()


def test_there_are_exactly_two_commands_to_start() -> None:
    assert len(re.findall(r"^python3 -m venv .*", README, re.MULTILINE)) == 2


@pytest.mark.parametrize(
    "command", re.findall(r"(?:\.venv/bin/|^)checker ((?:check|explain) fixtures/.*)$", README, re.M)
)
def test_the_output_shown_is_the_programs(command: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _said(command, capsysbinary) in README


@pytest.mark.parametrize(
    "word",
    [*_COMMANDS, *ADMIN, *_FORMATS,
     *(name.value for name in EngineName), *(verdict.value for verdict in Verdict), *Form,
     "total", "ratio", "share", "change", "--save", "--keep-going", "--allow-unknown", "--include-drafts"],
)  # fmt: skip
def test_every_command_format_engine_verdict_measure_and_target_is_in_the_readme(word: str) -> None:
    assert word in README


@pytest.mark.parametrize(
    "word", [*Form, "total", "ratio", "share", "change", "parts_of", "no_commitment", "follow_ups"]
)
def test_every_word_of_a_rule_is_in_the_guide(word: str) -> None:
    assert word in GUIDE


def test_the_rule_shown_whole_is_the_rule_of_the_plan() -> None:
    rule = README.split("```yaml\n")[1].split("```")[0]
    assert rule in (ROOT / "rules" / "pingluo-2021-2025" / "2-1-youth.yaml").read_text(encoding="utf-8")


def test_every_room_is_in_the_tree() -> None:
    tree = README.split("## 目录")[1]
    for path in sorted((ROOT / "checker").iterdir()):
        if path.name not in {"__init__.py", "__main__.py", "__pycache__", "rules"}:
            assert path.stem in tree, path.name

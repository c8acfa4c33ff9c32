"""The README and the guide to rules say what the program does, and their output is its output."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker.authoring.check import Check
from checker.authoring.checks import CHECKS
from checker.authoring.notices import FORMATS as NOTICE_FORMATS
from checker.authoring.schemas import KINDS, schema_of
from checker.cli import _COMMANDS, run
from checker.cli.admin import COMMANDS as ADMIN
from checker.cli.reports import FORMATS
from checker.cli.rules import COMMANDS as RULES_COMMANDS
from checker.documents.yaml_text import read_yaml
from checker.engines.choosing import EngineName
from checker.model.finding import Verdict
from checker.model.target import Form
from checker.rulebook.source import plain
from tests.features.specification import definitions

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")


def _said(arguments: str, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    words = [str(ROOT / word) if word.startswith("fixtures/") else word for word in arguments.split()]
    run(words)
    return capsysbinary.readouterr().out.decode().rstrip()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands are typed one after the other, with what they write."""
    return tmp_path_factory.mktemp("desk")


def test_there_are_exactly_two_commands_to_start() -> None:
    assert len(re.findall(r"^python3 -m venv .*", README, re.MULTILINE)) == 2


@pytest.mark.parametrize(
    "command",
    re.findall(
        r"(?:\.venv/bin/|^)checker ((?:(?:check|explain|advise|remind|rules [a-z-]+) fixtures/|rules show ).*)$",
        README,
        re.M,
    ),
)
def test_the_output_shown_is_the_programs(
    command: str, capsysbinary: pytest.CaptureFixture[bytes], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    assert _said(command, capsysbinary) in README


@pytest.mark.parametrize(
    "word",
    [*_COMMANDS, *ADMIN, *FORMATS, *(name.value for name in EngineName),
     *(verdict.value for verdict in Verdict), *Form,
     *(f"checker rules {name}" for name in RULES_COMMANDS), *NOTICE_FORMATS, "--from", "--list", "--explain",
     "lint_off", "total", "ratio", "share", "change", "--save", "--annotate", "--keep-going", "--allow-unknown",
     "--include-drafts"],
)  # fmt: skip
def test_every_command_format_engine_verdict_measure_and_target_is_in_the_readme(word: str) -> None:
    assert word in README


@pytest.mark.parametrize(
    "word", [*Form, "total", "ratio", "share", "change", "parts_of", "no_commitment", "follow_ups"]
)
def test_every_word_of_a_rule_is_in_the_guide(word: str) -> None:
    assert word in GUIDE


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_rulebook_file_is_in_the_guide(kind: str) -> None:
    schema = schema_of(kind)
    keys = {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}
    assert [key for key in keys if not re.search(rf"\b{key}\b", GUIDE)] == []


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_of_lint_is_in_the_guide(check: Check) -> None:
    assert f"| `{check.code}` | {check.title.zh} {check.title.en} |" in GUIDE


def test_the_rule_of_ten_minutes_comes_out_as_the_guide_shows(tmp_path: Path) -> None:
    typed, shown = re.findall(r"```(?:sh|text)\n(.*?)```", GUIDE, re.DOTALL)[:2]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    bash = shutil.which("bash") or "bash"
    env = {**os.environ, "PATH": path}
    done = subprocess.run([bash, "-c", typed], cwd=tmp_path, env=env, stdout=subprocess.PIPE, check=False)
    assert (done.stdout.decode().rstrip(), done.returncode) == (shown.rstrip(), 1)


def test_the_hook_of_pre_commit_is_a_command_that_there_is() -> None:
    (hook,) = read_yaml((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    told = plain(hook)
    assert isinstance(told, list)
    assert told[0]["id"] in GUIDE
    name, *words = told[0]["entry"].split()
    files = [f"rules/pingluo-2021-2025/{name}.yaml" for name in ("plan", "2-1-youth")]
    assert name == "checker"
    assert all(re.search(told[0]["files"], file) for file in files)
    assert not re.search(told[0]["files"], "rules/README.md")
    assert run([*words, *(str(ROOT / file) for file in files)]) == 0


@pytest.mark.parametrize("step", [definition.parser.name for definition in definitions()])
def test_every_step_of_a_feature_is_in_the_guide(step: str) -> None:
    assert step in GUIDE


@pytest.mark.parametrize("word", ["--html", "--features", "equivalent.yaml"])
def test_how_rules_are_proved_is_in_the_readme(word: str) -> None:
    assert word in README


def test_the_feature_shown_in_the_guide_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "guide.feature").write_text(GUIDE.split("```gherkin\n")[1].split("```")[0], encoding="utf-8")
    assert run(["rules", "test", str(ROOT / "rules" / "pingluo-2021-2025"), "--features", str(tmp_path)]) == 0
    assert "2 个场景，成立 2" in capsys.readouterr().out


def test_the_rule_shown_whole_is_the_rule_of_the_plan() -> None:
    rule = README.split("```yaml\n")[1].split("```")[0]
    assert rule in (ROOT / "rules" / "pingluo-2021-2025" / "2-1-youth.yaml").read_text(encoding="utf-8")


def test_every_room_is_in_the_tree() -> None:
    tree = README.split("## 目录")[1]
    for path in sorted((ROOT / "checker").iterdir()):
        if path.name not in {"__init__.py", "__main__.py", "__pycache__", "rules"}:
            assert path.stem in tree, path.name

"""`checker rules lint` at the command line: what it prints, where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.authoring.check import Example
from checker.authoring.checks import CHECKS
from checker.authoring.checks.sample import rule
from checker.cli import run
from tests.authoring.linting import linted, texts_of

ROOT = Path(__file__).parents[2]
SHIPPED = str(ROOT / "rules" / "pingluo-2021-2025")


def test_the_shipped_rulebook_is_clean(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["rules", "lint", SHIPPED]) == 0
    assert capsysbinary.readouterr().out.decode() == "没有发现问题\n"


def test_what_it_finds_makes_it_1_and_files_stand_for_their_folder(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    linted(tmp_path, texts_of(Example(rule(remedy=""))))
    assert run(["rules", "lint", str(tmp_path / "1.yaml"), str(tmp_path / "plan.yaml"), "--lang", "en"]) == 1
    out = capsysbinary.readouterr().out.decode()
    assert out.count("no_remedy") == 1
    assert out.endswith("\n1 found\n")


def test_a_broken_rulebook_is_something_found(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["rules", "lint", str(tmp_path)]) == 1
    assert "missing_file" in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_it_writes_for_machines_into_a_file(form: str, tmp_path: Path) -> None:
    output = tmp_path / "found.json"
    assert run(["rules", "lint", SHIPPED, "--format", form, "--output", str(output)]) == 0
    assert json.loads(output.read_bytes())["version" if form == "sarif" else "schema"]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nowhere"],
        [SHIPPED, "--explain", "no_remedi"],
        [SHIPPED, str(ROOT / "fixtures/tiny-plan"), "--format", "json"],
    ],
)
def test_bad_usage_is_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "lint", *words]) == 2
    assert capsys.readouterr().err


def test_it_lists_its_checks_and_explains_one(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["rules", "lint", "--list"]) == 0
    assert [line.split()[0] for line in capsysbinary.readouterr().out.decode().splitlines()] == [*CHECKS]
    for code, check in CHECKS.items():
        assert run(["rules", "lint", "--explain", code]) == 0
        said = capsysbinary.readouterr().out.decode()
        assert check.title.zh in said
        assert "»" not in said
        assert f"lint_off: {{{code}: " in said

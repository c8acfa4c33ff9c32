"""What tests of the workbench share: how a command ends and what it says, and a rulebook to change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.cli import run
from checker.rulebook.loading import default_folder

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(capsysbinary: pytest.CaptureFixture[bytes]) -> Told:
    def ask(*arguments: str | Path) -> tuple[int, str, str]:
        status = run(["rules", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return status, out.decode(), err.decode()

    return ask


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the shipped rulebook that asks for 3 lectures and 80% of the students."""
    folder = tmp_path / "changed"
    shutil.copytree(default_folder(), folder)
    file = folder / "2-1-youth.yaml"
    text = file.read_text(encoding="utf-8").replace('"2"}', '"3"}').replace('at_least: "85%"', 'at_least: "80%"')
    file.write_text(text, encoding="utf-8")
    return folder

"""How ``checker`` ends: internal errors, interrupts, a closed output, and what starting it loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.cli import check as check_command
from checker.cli import run
from checker.engines.judging import EngineError
from tests.cli.test_check import said

AS_OF = ["--as-of", "2025-12-31"]
PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"


def test_an_internal_error_is_3_and_says_where_its_log_lies(
    county: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise EngineError("lost an answer")

    monkeypatch.setattr(check_command, "check_read", broken)
    assert run(["check", str(county)]) == 3
    log = Path(said(capsysbinary)[1].split()[-1])
    assert "lost an answer" in log.read_text(encoding="utf-8")
    log.unlink()


def test_an_interrupt_is_130(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(check_command, "check_read", interrupted)
    assert run(["check", str(county)]) == 130


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_closed_half_way_is_141(unbuffered: str) -> None:
    command = [sys.executable, "-m", "checker", "check", str(PINGLUO), *AS_OF, "--format", "json"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
    assert process.returncode == 141


def test_a_closed_output_is_141(county: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "checker", "check", str(county), *AS_OF, "--format", "json"]
    assert subprocess.run(command, stdout=writer, check=False).returncode == 141
    os.close(writer)


def test_a_real_interrupt_ends_the_process_with_130(county: Path) -> None:
    code = (
        "import os, signal, sys; from checker.cli import run, check as c\n"
        "c.check_read = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(run(sys.argv[1:]))"
    )
    ended = subprocess.run([sys.executable, "-c", code, "check", str(county)], check=False, capture_output=True)
    assert ended.returncode == 130


def test_help_needs_neither_pydantic_nor_the_engines() -> None:
    code = (
        "import sys; from checker.cli import run; run(['--help'])\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    loaded = told.splitlines()[-1]
    assert "'click'" in loaded
    assert not {"'pydantic'", "'durable'", "'duckdb'", "'yaml'"} & set(loaded.strip("[]").split(", "))


def test_the_module_is_the_command(county: Path) -> None:
    command = [sys.executable, "-m", "checker", "check", str(county), *AS_OF]
    ended = subprocess.run(command, check=False, capture_output=True)
    assert (ended.returncode, "截至 2025-12-31" in ended.stdout.decode()) == (1, True)

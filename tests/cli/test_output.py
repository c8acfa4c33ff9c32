"""Results go where they were sent, whole or not at all, and leave nothing else behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import click
import pytest

from checker.cli import run
from checker.cli.output import OutputClosed, deliver
from tests.hostile.mutating import write


def test_a_file_is_written_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    output = tmp_path / "findings.json"
    output.write_text("old", encoding="utf-8")
    output.chmod(0o600)
    deliver([b"ne", b"w"], output)
    assert (output.read_bytes(), output.stat().st_mode & 0o777) == (b"new", 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["findings.json"]


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "here").symlink_to(tmp_path / "there")
    deliver([b"new"], tmp_path / "here")
    assert (tmp_path / "there").read_bytes() == b"new"
    assert (tmp_path / "here").is_symlink()


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    told: list[bytes] = []
    reader = threading.Thread(target=lambda: told.append(pipe.read_bytes()))
    reader.start()
    deliver([b"all", b" of it"], pipe)
    reader.join()
    assert told == [b"all of it"]
    assert pipe.is_fifo()


def test_what_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    for output in (tmp_path, tmp_path / "no" / "folder"):
        with pytest.raises(click.UsageError, match="写不了"):
            deliver([b"x"], output)

    def broken() -> object:
        raise OSError(28, "No space left on device")

    with pytest.raises(click.UsageError, match="No space left"):
        deliver((broken() for _ in range(1)), tmp_path / "file")  # type: ignore[misc] # it never gives a piece
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_was_closed_before_the_start_is_141(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputClosed):
        deliver([b"x"], None)
    write(tmp_path / "county")
    assert run(["check", str(tmp_path / "county")]) == 141


def test_a_terminal_without_chinese_shows_escapes() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "checker", "check", "--help"]
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (ended.returncode, b"\\u" in ended.stdout) == (0, True)

"""Where results go: to the screen as bytes, or whole into a file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click


class OutputClosed(Exception):  # noqa: N818 (an event, and no fault of ours)
    """Nobody reads standard output any more."""


def deliver(content: Iterable[bytes], output: Path | None) -> None:
    """Write `content` to standard output, or to `output` so that a half-written file is never taken for a result.

    Raises OutputClosed where nobody reads standard output, and click.UsageError where nothing can be written.
    """
    try:
        if output is None:
            _to_screen(content)
        elif output.exists() and not output.is_file():
            _to_device(content, output)
        else:
            _to_file(content, Path(os.path.realpath(output)))
    except BrokenPipeError as closed:
        raise OutputClosed from closed
    except OSError as fault:
        where = output or "stdout"
        raise click.UsageError(f"写不了 {where}  cannot be written ({fault.strerror})") from fault


def _to_screen(content: Iterable[bytes]) -> None:
    if sys.stdout is None:  # as Python leaves it where standard output was closed before the start
        raise OutputClosed
    for piece in content:
        # Where Python runs unbuffered, one write may take only part of it and say nothing.
        rest = memoryview(piece)
        while rest:
            rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def _to_device(content: Iterable[bytes], output: Path) -> None:
    """Write to what is there and is no regular file, such as a pipe; a folder refuses by itself."""
    with output.open("wb") as file:
        file.writelines(content)


def _to_file(content: Iterable[bytes], output: Path) -> None:
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
        beside.chmod(output.stat().st_mode if output.exists() else 0o666 & ~_umask())
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

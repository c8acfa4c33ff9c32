"""Where results go: to the screen as bytes, or whole into a file."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click


def deliver(content: bytes, output: Path | None) -> None:
    """Write `content` to standard output, or to `output` so that a half-written file is never taken for a result."""
    if output is None:
        # Where Python runs unbuffered, one write may take only part of it and say nothing.
        rest = memoryview(content)
        while rest:
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
        return
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(output)
    except OSError as fault:
        raise click.UsageError(f"写不了 {output}  cannot be written ({fault.strerror})") from fault

"""The log: one line of JSON each on standard error, with its time and the id of the request it belongs to."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from io import StringIO
from typing import TextIO

import structlog
from structlog.typing import Processor


class Unfailing(StringIO):
    """Passes on to `out`; a log that cannot be written, on a full disk or into a closed pipe, ends no work."""

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self._out = out

    def write(self, text: str) -> int:
        """Write, or lose it."""
        with suppress(OSError):
            self._out.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, or lose it."""
        with suppress(OSError):
            self._out.flush()


def log_as_json(level: int = logging.INFO) -> None:
    """Let everything that is logged be one line of JSON on standard error, with its time and the request's id."""
    out = Unfailing(sys.stderr)
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.dict_tracebacks,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=shared, logger_factory=structlog.PrintLoggerFactory(out),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )  # fmt: skip
    handler = logging.StreamHandler(out)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[
        structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shared
    ]))  # fmt: skip
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)

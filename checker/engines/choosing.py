"""Which judge serves: durable-rules where it is installed, else the plain one."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec

from checker.engines.judging import Judge
from checker.engines.plain import PlainJudge


class EngineName(StrEnum):
    """What a user can ask for; the choice never changes a finding."""

    AUTO = "auto"
    PLAIN = "plain"
    DURABLE = "durable"


def choose(name: EngineName) -> Judge:
    """Give the judge of that name; the plain one where durable-rules is not installed or cannot be imported."""
    if name is EngineName.PLAIN or find_spec("durable") is None:
        return PlainJudge()
    try:
        # Imported here because compiling its rules costs start-up time, and it fails to import on Python 3.13.
        from checker.engines.durable import DurableJudge  # noqa: PLC0415
    except ImportError:
        return PlainJudge()
    return DurableJudge()

"""The process that looks at one draft: what to do comes in on standard input, the answer goes out as JSON."""

from __future__ import annotations

import json
import os
import pickle
import sys

from checker.service.apart.tasks import TASKS

_MOST_MEMORY = 2_000_000_000
_MOST_WRITTEN = 5_000_000


def main() -> None:
    """Do the one task that standard input names, within limits."""
    told = sys.stdin.buffer.read()
    name, patience, given = pickle.loads(told)  # noqa: S301 (it comes from the process that started this one)
    limit(max(int(patience / 2), 1))
    # What a library prints is no part of the answer.
    answers, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (until it ends)
    json.dump(TASKS[name](**given), answers, ensure_ascii=True, allow_nan=False)
    answers.flush()


def limit(seconds: int) -> None:
    """Bound memory (bytes), processor time and files of this process."""
    # The service is for Linux, but its code is imported elsewhere too.
    import resource  # noqa: PLC0415

    bounds = {
        resource.RLIMIT_AS: _MOST_MEMORY, resource.RLIMIT_CPU: seconds, resource.RLIMIT_FSIZE: _MOST_WRITTEN,
        resource.RLIMIT_CORE: 0,
    }  # fmt: skip
    for kind, most in bounds.items():
        _, hard = resource.getrlimit(kind)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, wanted))

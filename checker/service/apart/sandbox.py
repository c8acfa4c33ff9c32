"""A process of its own for each look at a draft: whatever a draft makes it do, this one goes on answering.

Memory, processor time, the size of files and the clock are bounded; the environment is empty, so that no address or
secret of the service reaches it. It is told what to do once and answers with JSON.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Any

from checker.model.language import Text

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from checker.service.apart.child import main; main()"
_MOST_ANSWERED = 64_000_000
_KEPT = 8


class Busy(Exception):  # noqa: N818 (an answer, not a failure)
    """As many drafts are looked at as may be at once, and none was finished within the time one waits."""


class Exhausted(Exception):  # noqa: N818 (an answer, not a failure)
    """The process was ended, or ended itself, before it answered: it took too much time or memory."""

    def __init__(self) -> None:
        self.why = Text(
            "处理这份草稿用的时间或内存太多，没有做完；请检查它是不是大得不合常理",
            "looking at this draft took too much time or memory and was given up: is it far larger than it should be?",
        )
        super().__init__(str(self.why))


class Sandbox:
    """Runs tasks, at most `slots` at once; `waiting`: how many seconds one waits for a slot."""

    def __init__(self, slots: int = 2, waiting: float = 20.0) -> None:
        self._slots, self._waiting = BoundedSemaphore(slots), waiting
        self._answered: dict[bytes, Any] = {}

    def ask(self, task: str, patience: float, **given: object) -> Any:
        """Give what `run` gives, and of the last few the answer that was given before: it is not to be changed."""
        key = hashlib.sha256(repr((task, sorted(given.items()))).encode()).digest()
        held = self._answered.get(key)
        if held is not None:
            return held
        answer = self.run(task, patience, **given)
        if len(self._answered) >= _KEPT:
            self._answered.clear()
        self._answered[key] = answer
        return answer

    def run(self, task: str, patience: float, **given: object) -> Any:
        """Give what the task of that name answers to what is `given`. Raises Busy and Exhausted.

        `patience`: after so many seconds the process is ended, and half of them it may be at work.
        """
        if not self._slots.acquire(timeout=self._waiting):
            raise Busy
        try:
            return self._answer(pickle.dumps((task, patience, given)), patience)
        finally:
            self._slots.release()

    def _answer(self, told: bytes, patience: float) -> Any:
        command = [sys.executable, "-I", "-S", "-c", _START, json.dumps(sys.path)]
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter and code)
                command, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, timeout=patience,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Exhausted from None
        if done.returncode or len(done.stdout) > _MOST_ANSWERED:
            raise Exhausted
        return json.loads(done.stdout)

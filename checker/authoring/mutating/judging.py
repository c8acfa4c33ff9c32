"""Which mutants the recorded scenarios notice, judged by the plain engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from checker.authoring.mutating.mutant import Mutant
from checker.authoring.testing.recording import Recording


class Outcome(NamedTuple):
    """A mutant, and whether some recorded scenario noticed it."""

    mutant: Mutant
    killed: bool


def judged(mutants: Iterable[Mutant], recordings: Sequence[Recording]) -> Iterator[Outcome]:
    """Go through `mutants`, each asked of the recordings that concern it until one notices."""
    for mutant in mutants:
        yield Outcome(mutant, any(not one.holds_under(mutant.rulebook) for one in _concerning(mutant, recordings)))


def _concerning(mutant: Mutant, recordings: Sequence[Recording]) -> Iterator[Recording]:
    """Go through the recordings that could notice `mutant`, those that speak of its rules first."""
    speaking = [any(map(one.concerns, mutant.rules)) for one in recordings]
    yield from (one for one, speaks in zip(recordings, speaking, strict=True) if speaks)
    yield from (one for one, speaks in zip(recordings, speaking, strict=True) if not speaks and one.speaks_of_all())

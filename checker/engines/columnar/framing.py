"""The frame of a check: what is asked, and of which units, numbered alike in every table."""

from __future__ import annotations

from datetime import date

from checker.engines.columnar.holdings import Population
from checker.engines.columnar.questions import Questions
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry


class Frame:
    """A rulebook's questions at one as-of date and a registry's units."""

    def __init__(self, rulebook: Rulebook, registry: Registry, as_of: date, include_drafts: bool = False) -> None:
        self.rulebook, self.registry, self.as_of = rulebook, registry, as_of
        self.questions = Questions(rulebook, registry, as_of, include_drafts)
        self.population = Population(rulebook, registry, self.questions)

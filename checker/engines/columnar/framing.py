"""The frame of a check: what is asked, and of which units, numbered alike in every table."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from checker.engines.columnar.population import Population
from checker.engines.columnar.questions import Questions
from checker.engines.columnar.roles import Roles
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry


class Frame:
    """A rulebook's questions at one as-of date, and the units that they are asked of."""

    def __init__(self, rulebook: Rulebook, population: Population, as_of: date, include_drafts: bool = False) -> None:
        self.rulebook, self.population, self.as_of = rulebook, population, as_of
        self.questions = Questions(rulebook, population.numbers, as_of, include_drafts)
        self.roles = Roles(rulebook, self.questions, population.kinds)

    @cached_property
    def registry(self) -> Registry:
        """The units as a registry, for what looks up and down their trees."""
        return Registry(self.population.units)

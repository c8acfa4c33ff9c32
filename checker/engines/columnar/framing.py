"""The frame of a check: what is asked, and of which units, numbered alike in every table."""

from __future__ import annotations

from datetime import date

from checker.engines.columnar.population import HeldPopulation, Population
from checker.engines.columnar.questions import Questions
from checker.engines.columnar.roles import Roles
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry


class Frame:
    """A rulebook's questions at one as-of date and a registry's units; `population`: these, if a session has them."""

    def __init__(
        self,
        rulebook: Rulebook,
        registry: Registry,
        as_of: date,
        include_drafts: bool = False,
        population: Population | None = None,
    ) -> None:
        self.rulebook, self.registry, self.as_of = rulebook, registry, as_of
        self.population = population or HeldPopulation(rulebook, registry)
        self.questions = Questions(rulebook, self.population.numbers, as_of, include_drafts)
        self.roles = Roles(rulebook, self.questions, self.population.kinds)

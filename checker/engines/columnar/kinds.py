"""Kinds of units: all that a plan asks about a unit apart from its place and its days, as one small number.

A plan asks for a unit's type, for attributes and for department codes. Units that agree in these are of one kind, so
that who reports and who is asked are tables of a few rows, however many units there are.
"""

from __future__ import annotations

from checker.model.rulebook import Rulebook
from checker.model.unit import Unit

Answers = tuple[str, ...]
_OTHER = "\0"


class Kinds:
    """The kinds of the units met so far under one rulebook, each with the first unit met as its example.

    `named` are the attributes that some rule asks for, with the texts it names; `codes` those of reporting departments.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        wheres = [rule.of_each.where for rule in rulebook.rules.values()]
        self.named = {
            key: frozenset(text for where in wheres for text in where.get(key, ())) for where in wheres for key in where
        }
        reporters = (indicator.reporter.department for indicator in rulebook.indicators.values())
        self.codes = frozenset(code for code in reporters if code is not None)
        self._department = rulebook.plan.departments.unit_type
        self._numbers: dict[Answers, int] = {}
        self.examples: list[Unit] = []

    @property
    def types(self) -> list[str]:
        """The unit types of the kinds, by their numbers."""
        return [unit.type for unit in self.examples]

    def kind_of(self, unit: Unit) -> int:
        """Give the number of the kind of `unit`."""
        answers = (unit.type, *self._departments(unit), *self._attributes(unit))
        if answers not in self._numbers:
            self._numbers[answers] = len(self.examples)
            self.examples.append(unit)
        return self._numbers[answers]

    def _departments(self, unit: Unit) -> Answers:
        if unit.type != self._department:
            return ("", "")
        return tuple(text if text in self.codes else "" for text in (unit.id, unit.code))

    def _attributes(self, unit: Unit) -> Answers:
        """Give the texts that some rule names; all others, which no rule tells apart, are alike."""
        told = ((unit.attributes.get(key), texts) for key, texts in self.named.items())
        return tuple(text if text is not None and text in texts else _OTHER for text, texts in told)

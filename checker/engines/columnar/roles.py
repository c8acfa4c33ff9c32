"""Which kinds of units report, are asked and are counted: a few rows, however many units there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.engines.columnar.kinds import Kinds
from checker.engines.columnar.questions import Questions
from checker.engines.columnar.session import Row, Table, numbers
from checker.model.rulebook import Rule, Rulebook


class Roles:
    """What the kinds of a population do under the questions of a rulebook."""

    def __init__(self, rulebook: Rulebook, questions: Questions, kinds: Kinds) -> None:
        self._rulebook, self._questions, self._kinds = rulebook, questions, kinds

    def tables(self, strays: bool) -> Iterator[Table]:
        """Go through the tables. `strays`: records were set aside that bear units which may not report."""
        kinds = list(enumerate(self._kinds.examples))
        codes = self._questions.indicators.items()
        reporters = [(n, kind) for code, n in codes for kind, unit in kinds if self._rulebook.reports(unit, code)]
        rules = [self._questions.rules[asked.rule] for asked in self._questions.asked]
        asked = [(n, kind) for n, rule in enumerate(rules) for kind, unit in kinds if rule.of_each.includes(unit)]
        yield Table("reporter", numbers("indicator kind"), list(reporters))
        yield Table("asked", numbers("question kind"), asked)
        yield Table("lone", numbers("indicator kind"), [] if strays else list(self._lone(set(reporters))))
        yield Table("counted", numbers("question kind"), list(self._counted(rules)))

    def _lone(self, reporters: set[tuple[int, int]]) -> Iterator[Row]:
        """Go through the kinds that report an indicator themselves and have nobody below who does."""
        levels = [self._rulebook.plan.level(unit.type) for unit in self._kinds.examples]
        for indicator, kind in reporters:
            level = levels[kind]
            others = [levels[other] for code, other in reporters if code == indicator]
            if level is not None and all(other is not None and other <= level for other in others):
                yield indicator, kind

    def _counted(self, rules: Sequence[Rule]) -> Iterator[Row]:
        """Go through the kinds of units that each share counts; `rules` are those of the questions."""
        for number, rule in enumerate(rules):
            of = getattr(rule.measure, "of", None)
            yield from ((number, kind) for kind, unit in enumerate(self._kinds.examples) if unit.type == of)

"""Lays a plan's text and its rules side by side: which clause has its rule, and which rule its clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from checker.authoring.tracing.outline import Outline, split_section
from checker.authoring.tracing.quantities import Quantity, quantities
from checker.authoring.tracing.quoting import Quote, elsewhere, quotes
from checker.authoring.tracing.vocabulary import DISTRIBUTED
from checker.model.coverage import Settled
from checker.model.number import Number
from checker.model.rulebook import Rule, Rulebook, Share
from checker.model.target import Figure

_ITEMS = re.compile("[、和与及]|以及")
_LEAST_ITEM = 2


class Standing(StrEnum):
    """How a quantified clause stands: a rule has it, somebody settled it, or something is amiss.

    `partly`: of an enumeration some items have no rule. `differs`: every rule that quotes it asks for another figure.
    """

    COVERED = "covered"
    SETTLED = "settled"
    PARTLY = "partly"
    DIFFERS = "differs"
    OPEN = "open"


class Traced(NamedTuple):
    """A quantified clause with the rules that quote it, the entry that settles it, and the items without a rule."""

    quantity: Quantity
    standing: Standing
    rules: tuple[Rule, ...] = ()
    settled: Settled | None = None
    items: tuple[str, ...] = ()


class Astray(NamedTuple):
    """A rule, or a settled entry, whose words are not in its section; `sections` are those that hold them.

    `alike`: clauses of its section without a rule that state the rule's figure, and so may be the ones it means.
    """

    entry: Rule | Settled
    sections: tuple[str, ...]
    alike: tuple[Quantity, ...] = ()


class Trace(NamedTuple):
    """Every quantified clause of a text, in order, and every rule and settled entry that the text does not bear out."""

    clauses: tuple[Traced, ...]
    astray: tuple[Astray, ...]

    @property
    def amiss(self) -> list[Traced]:
        """The clauses that are neither covered nor settled."""
        return [one for one in self.clauses if one.standing not in (Standing.COVERED, Standing.SETTLED)]

    @property
    def complete(self) -> bool:
        """Whether every clause has its rule or reason, and every rule and reason its clause."""
        return not self.amiss and not self.astray


class _Quoted(NamedTuple):
    entry: Rule | Settled
    quotes: list[Quote]


def trace(rulebook: Rulebook, outline: Outline) -> Trace:
    """Give how the text of `outline` and the rules of `rulebook`, drafts among them, answer to each other."""
    rules = [_Quoted(rule, quotes(rule.clause, rule.section, outline)) for rule in rulebook.rules.values()]
    settled = [_Quoted(entry, quotes(entry.clause, entry.section, outline)) for entry in rulebook.settled]
    found = (quantity for paragraph in outline.paragraphs for quantity in quantities(paragraph))
    clauses = tuple(_traced(quantity, rules, settled) for quantity in found)
    astray = (
        Astray(one.entry, tuple(elsewhere(one.entry.clause, outline)), tuple(_alike(one.entry, clauses)))
        for one in [*rules, *settled]
        if not one.quotes
    )
    return Trace(clauses, tuple(astray))


def _alike(entry: Rule | Settled, clauses: Iterable[Traced]) -> Iterator[Quantity]:
    if not isinstance(entry, Rule):
        return
    labels = split_section(entry.section)
    for one in clauses:
        quantity = one.quantity
        inside = quantity.paragraph.section[: len(labels)] == labels
        if inside and one.standing is Standing.OPEN and quantity.figures and _agrees(entry, quantity):
            yield quantity


def _traced(quantity: Quantity, rules: list[_Quoted], settled: list[_Quoted]) -> Traced:
    quoting = [one for one in rules if _speaks_of(one, quantity)]
    reasons = [one.entry for one in settled if _speaks_of(one, quantity)]
    reason = next((entry for entry in reasons if isinstance(entry, Settled)), None)
    named = tuple(one.entry for one in quoting if isinstance(one.entry, Rule))
    if not named:
        return Traced(quantity, Standing.SETTLED if reason else Standing.OPEN, (), reason)
    if not any(_agrees(rule, quantity) for rule in named):
        return Traced(quantity, Standing.SETTLED if reason else Standing.DIFFERS, named, reason)
    items = tuple(_without(quantity, [*quoting, *settled]))
    return Traced(quantity, Standing.PARTLY if items else Standing.COVERED, named, reason, items)


def _speaks_of(one: _Quoted, quantity: Quantity) -> bool:
    return any(
        quote.paragraph is quantity.paragraph and quote.covers(quantity.start, quantity.end) for quote in one.quotes
    )


def _agrees(rule: Rule, quantity: Quantity) -> bool:
    """Whether one of the rule's figures is one of the clause's, also as printed before 万 or %."""
    return not quantity.figures or not {*quantity.figures, *quantity.bare}.isdisjoint(_figures(rule))


def _figures(rule: Rule) -> Iterator[Number]:
    for target in rule.targets:
        tables = list((target.table or {}).values())
        for figure in filter(None, (target.figure, *tables)):
            yield from _ends(figure)
        if tables:
            yield sum(figure.low for figure in tables)
    if isinstance(rule.measure, Share):
        for condition in rule.measure.conditions:
            yield from _ends(condition.figure)


def _ends(figure: Figure) -> tuple[Number, Number]:
    return figure.low, figure.high


def _without(quantity: Quantity, quoted: Iterable[_Quoted]) -> Iterator[str]:
    """Go through the items of an enumeration that share the clause's figure and that nobody quotes: 甲、乙各1个.

    An item is known by where it meets its neighbour: the last by its first character, the others by their last.
    """
    clause, offset = quantity.clause, quantity.clause_start
    if quantity.figures and not DISTRIBUTED.search(clause):
        return
    here = [quote for one in quoted for quote in one.quotes if quote.paragraph is quantity.paragraph]
    breaks = [match.span() for match in _ITEMS.finditer(clause)]
    starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(clause)]
    for start, end in zip(starts, ends, strict=True) if breaks else ():
        met = offset + (start if end == len(clause) else end - 1)
        if end - start >= _LEAST_ITEM and not any(quote.covers(met, met + 1) for quote in here):
            yield clause[start:end]

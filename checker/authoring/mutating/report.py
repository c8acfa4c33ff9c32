"""What mutation found, as text: the score, and every slip that the scenarios would let through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from checker.authoring.mutating.equivalents import Settled
from checker.authoring.mutating.mutant import Mutant
from checker.model.language import Language, Text, printable
from checker.model.problem import Place

Placing = Callable[[Mutant], Place]
"""Gives where the slip of a mutant would stand."""


def mutation_text(found: Settled, placing: Placing, language: Language) -> str:
    """Give the survivors with their places and the scenarios that are missing, then the argued ones, then the score."""
    return "\n".join(printable(text.said(language)) for text in _lines(found, placing)) + "\n"


def score(found: Settled) -> str:
    """Give the killed part of the mutants that are not argued, rounded down, so that 100% is all of them."""
    counted = len(found.killed) + len(found.survivors)
    tenths = Fraction(1000 * len(found.killed), counted) // 1 if counted else 1000
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def _lines(found: Settled, placing: Placing) -> Iterator[Text]:
    for outcome in found.survivors:
        mutant = outcome.mutant
        place, head = placing(mutant), f"[{mutant.id}]"
        where = f"{place.file}:{place.row}"
        yield Text(
            f"{where}  {mutant.wrote.zh}，没有场景看得出  {head}", f"{where}  {mutant.wrote.en}: unnoticed  {head}"
        )
        yield Text(f"  {mutant.missing.zh}", f"  {mutant.missing.en}")
    for outcome, one in found.argued:
        wrote = outcome.mutant.wrote
        yield Text(f"等同  {wrote.zh}：{one.reason}", f"equivalent  {wrote.en}: {one.reason}")
    yield from found.stale
    noticed, argued = len(found.killed), len(found.argued)
    total = noticed + len(found.survivors)
    yield Text(
        f"{total} 处笔误，场景看得出 {noticed} 处：{score(found)}；另有 {argued} 处等同",
        f"{total} slips of the pen, {noticed} noticed: {score(found)}; {argued} more are equivalent",
    )

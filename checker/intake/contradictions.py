"""Facts that contradict each other are set aside together; identical ones are counted once.

Follows `conflicting_fact`, `overlapping_flow` and `repeated_fact` of the contract. All of it is sorting and grouping:
a hundred thousand facts take a fraction of a second, however they lie.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.intake.overlaps import MOST_NAMED, overlapping
from checker.model.fact import Fact, Spoiled
from checker.model.instant import Instant
from checker.model.language import Text
from checker.model.number import Number
from checker.model.problem import Code, Problem
from checker.model.rulebook import Nature, Rulebook

_NAMED = MOST_NAMED - 1

Moment = tuple[str, str, str, Instant | None]


@dataclass(frozen=True)
class Settled:
    """Facts that stand: each once (`facts`), and again with their copies (`records`); and what came of the others."""

    facts: list[Fact]
    records: list[Fact]
    copies: list[tuple[Fact, Fact]]
    problems: list[Problem]
    refused: list[Fact]

    @property
    def spoiled(self) -> list[Spoiled]:
        """The keys of the facts that were refused."""
        return [Spoiled(fact.unit, fact.indicator, fact.period) for fact in self.refused]


def settle(facts: Sequence[Fact], rulebook: Rulebook) -> Settled:
    """Give what of `facts`, in the order of reading, stands beside all the others."""
    crowds = _crowds(facts)
    refused: dict[int, Fact] = {}
    problems: list[Problem] = []
    for crowd in crowds.values():
        if len({fact.value for fact in crowd}) > 1:
            named = _few(crowd)
            problems += (_conflict(fact, [other for other in named if other.value != fact.value]) for fact in crowd)
            refused.update((id(fact), fact) for fact in crowd)
    flows = {code for code, indicator in rulebook.indicators.items() if indicator.nature is Nature.FLOW}
    for fact, others in overlapping([fact for fact in facts if fact.indicator in flows]):
        problems.append(_overlap(fact, others))
        refused[id(fact)] = fact
    records = [fact for fact in facts if id(fact) not in refused] if refused else list(facts)
    copies = [
        (copy, crowd[0]) for crowd in crowds.values() if id(crowd[0]) not in refused for copy in crowd[1:]
        if id(copy) not in refused
    ]  # fmt: skip
    return Settled(_once(records, copies), records, copies, problems, list(refused.values()))


def _crowds(facts: Iterable[Fact]) -> dict[Moment, list[Fact]]:
    """Give the facts that share unit, indicator, period and report, where there is more than one."""
    first: dict[Moment, Fact] = {}
    crowds: dict[Moment, list[Fact]] = {}
    for fact in facts:
        moment = (fact.unit, fact.indicator, fact.period.code, fact.reported)
        earlier = first.setdefault(moment, fact)
        if earlier is not fact:
            crowds.setdefault(moment, [earlier]).append(fact)
    return crowds


def _once(records: list[Fact], copies: list[tuple[Fact, Fact]]) -> list[Fact]:
    """Give `records` without copies.

    Of evidence and notes the largest text stays, so that it does not matter which copy was read first.
    """
    if not copies:
        return records
    dropped = {id(copy) for copy, _ in copies}
    told: dict[int, list[Fact]] = defaultdict(list)
    for copy, first in copies:
        told[id(first)].append(copy)
    return [_fullest(fact, told.get(id(fact), [])) for fact in records if id(fact) not in dropped]


def _fullest(fact: Fact, copies: list[Fact]) -> Fact:
    if not copies:
        return fact
    evidence, note = max((copy.evidence, copy.note) for copy in [fact, *copies])
    return fact._replace(evidence=evidence, note=note)


def _few(crowd: list[Fact]) -> list[Fact]:
    """Give enough of `crowd` to name others than any one value: the first few of each value, not the whole crowd."""
    seen: Counter[Number | None] = Counter()
    few: list[Fact] = []
    for fact in crowd:
        seen[fact.value] += 1
        if seen[fact.value] <= MOST_NAMED:
            few.append(fact)
        if len(few) == 2 * MOST_NAMED:
            break
    return few


def _conflict(fact: Fact, others: list[Fact]) -> Problem:
    named = _places(others)
    return Problem(
        Code.CONFLICTING_FACT,
        Text(
            f"{_about(fact)} 与 {named.zh} 数值不同，报送时间却相同",
            f"{_about(fact)} differs from {named.en}, reported at the same time",
        ),
        Text("请核实后只留一条，或写明各自的报送时间", "keep the right one, or say when each was reported"),
        fact.place,
    )


def _overlap(fact: Fact, others: list[Fact]) -> Problem:
    named = _places(others)
    periods = ", ".join(dict.fromkeys(other.period.code for other in others[:_NAMED]))
    return Problem(
        Code.OVERLAPPING_FLOW,
        Text(
            f"{_about(fact)} 的期间与 {named.zh}（{periods}）重叠，会重复计数",
            f"{_about(fact)} covers days of {named.en} ({periods}) too, which would count twice",
        ),
        Text(
            "请只留一种期间；要改换，先用“撤回”撤回旧的",
            "keep one kind of period; to change it, withdraw the old ones first with `withdrawn`",
        ),
        fact.place,
    )


def _about(fact: Fact) -> str:
    return f"{fact.unit} {fact.indicator} {fact.period.code}"


def _places(others: list[Fact]) -> Text:
    """Name where the others stand: three at most."""
    named = [str(other.place) for other in others[:_NAMED]]
    more = len(others) > _NAMED
    return Text("、".join(named) + (" 等" if more else ""), ", ".join(named) + (" and others" if more else ""))

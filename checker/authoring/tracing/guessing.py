"""What a clause without a rule most likely asks: of whom, how often, what is counted and what it must reach.

Whatever the text leaves open is asked and not guessed: 约30人, 翻一番, 明显提高.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from fractions import Fraction
from typing import NamedTuple

from checker.authoring.tracing.quantities import Quantity
from checker.authoring.tracing.vocabulary import GROWTH
from checker.model.language import Text
from checker.model.number import Number, ValueKind, parse_number, shown, shown_percent
from checker.model.period import MONTH, PLAN, QUARTER, YEAR
from checker.model.rulebook import Force, Indicator, Nature, Rulebook
from checker.model.target import Form

_STRIVE = re.compile("力争|争取|努力|力求|尽量")
_EVENTS = re.compile("举办|开展|组织|培训|新增|新建|创建|建成|举行|轮训|招收|发放|新注册|完成")
_PERIODS = ((YEAR, "每年|年均|逐年|每年度|全年|每学年"), (QUARTER, "每季度|每季|逐季"), (MONTH, "每月|逐月|月均"))
_RATE = re.compile("率|比例|比重|占比")
_PERCENT = frozenset({"%", "‰", "成"})
_EACH = re.compile("每(?:个|所|家|座)[\u4e00-\u9fff]{1,4}")
_MULTIPLES = re.compile("倍|番")
_MOVES = re.compile("增长|增加|提高|递增|增速|增幅|下降|减少|降低|降幅|上升")
_LIKE_NAME = Fraction(1, 2)
_LEAST_ALIKE = 4


class Target(NamedTuple):
    """What a drafted rule must reach, as the rulebook writes it."""

    form: Form
    figures: tuple[str, ...]


class Measure(NamedTuple):
    """What a drafted rule computes: a total, a change, or the share of the units of type `of`.

    `known`: an indicator of the rulebook that it may be; None: one has to be made.
    """

    word: str
    kind: ValueKind
    nature: Nature
    of: str | None = None
    known: Indicator | None = None


class Guess(NamedTuple):
    """What a clause most likely asks, and what has to be asked of whoever knows; no `target`: it cannot be judged."""

    of_each: str
    every: str
    measure: Measure
    target: Target | None
    force: Force
    questions: tuple[Text, ...]


def guess(quantity: Quantity, rulebook: Rulebook) -> Guess:
    """Give what `quantity` most likely asks in terms of `rulebook`; what it gives loads as a rule of it."""
    asking: list[Text] = []
    of_each = _of_each(quantity, rulebook, asking)
    every = _every(quantity, rulebook, asking)
    measure = _measure(quantity, rulebook, of_each)
    if measure.word == "change" and every == PLAN:
        every = _recurring(rulebook, asking)
    target = _target(quantity, measure, asking)
    if measure.word == "change" and every == PLAN:
        target = None
    strive = _STRIVE.search(quantity.clause)
    return Guess(of_each, every, measure, target, Force.STRIVE if strive else Force.MUST, tuple(asking))


def _of_each(quantity: Quantity, rulebook: Rulebook, asking: list[Text]) -> str:
    """Give the unit type that is asked: one that the clause names, or its sentence, else the county or the like."""
    text = quantity.paragraph.text
    sentence = text[text.rfind("。", 0, quantity.start) + 1 : quantity.start]
    names = {name.zh: code for group in rulebook.plan.unit_types for code, name in group.items()}
    short = [name[-1] for name in names]
    names |= {name[-1]: code for name, code in names.items() if short.count(name[-1]) == 1 and name[-1] != "区"}
    every = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    for within in (text[quantity.clause_start : quantity.start], sentence):
        match = re.search(rf"(?:每|各|所有|全部|^|[，；])(?:一)?(?:个|所|家|座)?({every})(?!级|域|内|委)", within)
        if match:
            if within is sentence and not text[quantity.clause_start :].startswith(match[0]):
                name = match[1]
                asking.append(
                    Text(f"是每个{name}各自做到，还是合计？", f"is it asked of each {names[name]}, or of all together?")
                )
            return names[match[1]]
    if unknown := _EACH.search(quantity.clause):
        asking.append(
            Text(
                f"“{unknown[0]}”是哪一类单位？先问全体",
                f"which unit type is “{unknown[0]}”? asked of all together for now",
            )
        )
    return rulebook.plan.departments.below


def _every(quantity: Quantity, rulebook: Rulebook, asking: list[Text]) -> str:
    plan, clause = rulebook.plan, quantity.clause
    cycle = plan.calendar.cycle
    kinds = ((cycle.kind, f"每{re.escape(cycle.name.zh)}"), *_PERIODS) if cycle else _PERIODS
    kind = next((kind for kind, words in kinds if re.search(words, clause)), PLAN)
    if kind != PLAN and kind not in plan.asked:
        asking.append(
            Text(
                f"plan.yaml 的 asked 没有 {kind}：从何时查到何时？先按整个规划期写",
                f"asked in plan.yaml has no {kind}: from when to when? the whole plan is written for now",
            )
        )
        return PLAN
    return kind


def _recurring(rulebook: Rulebook, asking: list[Text]) -> str:
    """Give how often a change is asked, which needs a period before."""
    kinds = [kind for kind in (YEAR, *sorted(rulebook.plan.asked)) if kind in rulebook.plan.asked]
    asking.append(
        Text(f"与哪一期比？先写 {kinds[0]}", f"compared with what? {kinds[0]} is written for now")
        if kinds
        else Text(
            "与哪一期比？plan.yaml 的 asked 要先有 year 一类的期间",
            "compared with what? asked in plan.yaml needs a kind such as year first",
        )
    )
    return kinds[0] if kinds else PLAN


def _measure(quantity: Quantity, rulebook: Rulebook, of_each: str) -> Measure:
    clause, unit = quantity.clause, quantity.unit
    nature = Nature.FLOW if _EVENTS.search(clause) else Nature.LEVEL
    if unit in _PERCENT:
        if of := _counted(quantity, rulebook, of_each):
            return Measure("share", ValueKind.BOOLEAN, Nature.LEVEL, of)
        return _named("total", ValueKind.PERCENT, Nature.LEVEL, quantity, rulebook)
    if unit == "个百分点":
        return _named("change", ValueKind.PERCENT, Nature.LEVEL, quantity, rulebook)
    kind = ValueKind.INTEGER if all(isinstance(figure, int) for figure in quantity.figures) else ValueKind.DECIMAL
    kind = ValueKind.DECIMAL if unit in ("元", "吨", "平方米", "亩") else kind
    grows = not quantity.figures and GROWTH.search(clause)
    kind = ValueKind.PERCENT if grows and _RATE.search(quantity.written) else kind
    return _named("change" if grows else "total", kind, nature, quantity, rulebook)


def _counted(quantity: Quantity, rulebook: Rulebook, of_each: str) -> str | None:
    """Give the unit type of which a percentage is asked: 60%以上的社区, 各行政村…覆盖率达到100%."""
    plan, text = rulebook.plan, quantity.paragraph.text
    names = [(code, name.zh) for group in plan.unit_types for code, name in group.items()]
    after, before = text[quantity.end :], quantity.clause[: quantity.start - quantity.clause_start]
    for code, name in names:
        named = after.startswith((name, f"的{name}")) or ("覆盖率" in before and name in before)
        upper, lower = plan.level(of_each), plan.level(code)
        if named and upper is not None and lower is not None and lower > upper:
            return code
    return None


def _named(word: str, kind: ValueKind, nature: Nature, quantity: Quantity, rulebook: Rulebook) -> Measure:
    """Give the measure with the indicator whose name the clause comes closest to, where its unit is the clause's."""
    alike: list[tuple[Fraction, Indicator]] = []
    for indicator in rulebook.indicators.values():
        name, fits = indicator.name.zh, kind is indicator.value
        if fits and (kind is ValueKind.PERCENT or not quantity.unit or indicator.unit.zh == quantity.unit):
            match = SequenceMatcher(None, name, quantity.clause, autojunk=False).find_longest_match()
            if match.size >= _LEAST_ALIKE:
                alike.append((Fraction(match.size, len(name)), indicator))
    best = max(alike, key=lambda one: one[0], default=None)
    return Measure(word, kind, nature, None, best[1] if best and best[0] >= _LIKE_NAME else None)


def _target(quantity: Quantity, measure: Measure, asking: list[Text]) -> Target | None:
    if not quantity.figures:
        if measure.word == "change" and not _MULTIPLES.search(quantity.written):
            return Target(Form.MORE_THAN, ("0%" if measure.kind is ValueKind.PERCENT else "0",))
        asking.append(
            Text(
                f"“{quantity.written}”没有数，达到多少算兑现？",
                f"“{quantity.written}” has no figure: how much keeps the promise?",
            )
        )
        return None
    if quantity.form is None:
        asking.append(
            Text(
                f"“{quantity.written}”是约数，最少（或最多）多少算兑现？",
                f"“{quantity.written}” is a rough figure: what is the least (or most) that keeps the promise?",
            )
        )
        return None
    percent = measure.word == "share" or measure.kind is ValueKind.PERCENT
    figures = tuple(_written(figure, percent) for figure in quantity.figures)
    if _MULTIPLES.search(quantity.unit) or not all(figures):
        asking.append(
            Text(
                f"“{quantity.written}”写不成一个数，与什么比、怎样算？",
                f"“{quantity.written}” is no plain number: compared with what, and how?",
            )
        )
        return None
    if percent and _MOVES.search(quantity.clause):
        asking.append(Text("百分数是增减的幅度吗，比哪一期？", "is it a rate of change, and compared with what?"))
    return Target(quantity.form, tuple(filter(None, figures)))


def _written(figure: Number, percent: bool) -> str | None:
    """Give `figure` as a rulebook writes it, None where it cannot exactly."""
    text = shown_percent(figure) if percent else shown(figure)
    read = parse_number(text)
    return text if read and read[0] == figure else None

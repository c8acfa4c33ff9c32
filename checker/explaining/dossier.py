"""Everything an auditor signs and a school may dispute about one finding, as plain data in one language.

Follows the clause, the measure, both bounds, every fact, the waiver and the target, in that order; each statement is
made from the evidence that the engine gathered, none is computed anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.explaining.gap import gap_of
from checker.explaining.sentence import explanation, observed_words
from checker.explaining.words import FATES, PACES, REASONS, ROLES, VERDICTS, amount, target_words, unit_of
from checker.model.evidence import Evidence, Part, Role, Witness
from checker.model.fact import Fact
from checker.model.finding import Reason, Verdict
from checker.model.instant import shown_instant
from checker.model.language import NOTHING, Language, Text, printable
from checker.model.number import ValueKind, shown
from checker.model.problem import Place
from checker.model.rulebook import Measure, Ratio, Rulebook, Share, Total
from checker.model.spoils import Spoils
from checker.model.target import FLOORS
from checker.model.unit import Registry, Unit

Record = dict[str, object]
_FIRST = {
    Reason.NO_UNITS: Text("要有应统计或应报送的单位", "there must be a unit to count or to report"),
    Reason.MISSING_FACTS: Text("先把应报的数报齐", "first report what is missing"),
    Reason.ZERO_DENOMINATOR: Text("分母不能为 0，请核对", "the denominator must not be 0: check it"),
}


class Dossier:
    """Puts the evidence of one Run's findings into words."""

    def __init__(self, rulebook: Rulebook, registry: Registry, spoils: Spoils, language: Language) -> None:
        self._rulebook, self._registry, self._spoils, self._language = rulebook, registry, spoils, language

    def record(self, evidence: Evidence) -> Record:
        """Give the whole dossier of `evidence` under stable keys."""
        finding, rule = evidence.finding, evidence.finding.rule
        unit = NOTHING if isinstance(rule.measure, Share | Ratio) else unit_of(rule.measure, self._rulebook)
        return {
            "schema": "checker.explanation/1",
            "id": finding.identity(self._rulebook.plan.id),
            "rule": rule.id,
            "title": self._say(rule.title),
            "unit": finding.unit.id,
            "unit_name": printable(finding.unit.name),
            "period": finding.period.code,
            "verdict": finding.verdict.value,
            "verdict_words": self._say(VERDICTS[finding.verdict]),
            "explanation": self._say(explanation(finding, self._rulebook, self._registry, self._spoils)),
            "source": self._source(evidence),
            "reading": self._say(rule.reading) if rule.reading else None,
            "measure": self._say(observed_words(finding, self._rulebook)),
            "totals": list(self._totals(evidence)),
            "bounds": [None if bound is None else shown(bound) for bound in (finding.lower, finding.upper)],
            "bounds_words": self._say(_bounds(evidence)),
            "target": str(finding.figure),
            "target_words": self._say(target_words(finding.figure, unit)),
            "target_since": evidence.target_since.isoformat(),
            "check_date": evidence.check_date.isoformat(),
            "due_on": evidence.due_on.isoformat(),
            "reason": self._say(REASONS[finding.reason]) if finding.reason else None,
            "pace": self._say(PACES[finding.pace]) if finding.pace else None,
            "waiver": self._waiver(evidence),
            "to_be_met": self._say(_to_be_met(evidence, self._rulebook)),
            "parts": [self._part(part, rule.measure) for part in evidence.parts],
        }

    def _totals(self, evidence: Evidence) -> Iterator[Record]:
        """Go through the totals that a change or a ratio is made of, as far as facts count."""
        if isinstance(evidence.finding.rule.measure, Share | Total):
            return
        for period, code in dict.fromkeys((part.period.code, part.indicator) for part in evidence.parts):
            alike = (part.value for part in evidence.parts if (part.period.code, part.indicator) == (period, code))
            values = [value for value in alike if value is not None]
            indicator = self._rulebook.indicators[code]
            told = (
                amount(sum(values), indicator.value, indicator.unit)
                if values
                else Text("没有可用的数", "no figure counts")
            )
            yield {
                "period": period,
                "indicator": code,
                "indicator_name": self._say(indicator.name),
                "value": shown(sum(values)) if values else None,
                "value_words": self._say(told),
            }

    def _say(self, text: Text) -> str:
        return printable(text.said(self._language))

    def _source(self, evidence: Evidence) -> Record:
        rule, plan = evidence.finding.rule, self._rulebook.plan
        return {"document": plan.document.zh, "number": plan.number, "section": rule.section, "clause": rule.clause}

    def _waiver(self, evidence: Evidence) -> Record | None:
        finding = evidence.finding
        if finding.verdict is not Verdict.WAIVED or finding.underlying is None:
            return None
        waiver = evidence.waiver
        return {
            "id": finding.waiver,
            "underlying": finding.underlying.value,
            "underlying_words": self._say(VERDICTS[finding.underlying]),
            "from": waiver.start.isoformat() if waiver and waiver.start else None,
            "until": waiver.until.isoformat() if waiver else None,
            "periods": list(waiver.periods) if waiver else [],
            "reason": printable(waiver.reason) if waiver else None,
            "approved_by": printable(waiver.approved_by) if waiver else None,
            **(_place(waiver.place) if waiver else _NOWHERE),
        }

    def _part(self, part: Part, measure: Measure) -> Record:
        indicator = self._rulebook.indicators[part.indicator]
        unit = self._registry[part.unit]
        return {
            "unit": part.unit,
            "unit_name": printable(unit.name),
            "indicator": part.indicator,
            "indicator_name": self._say(indicator.name),
            "period": part.period.code,
            "role": part.role.value,
            "role_words": self._say(ROLES[part.role]),
            "scope_words": self._say(_scope(unit)) if part.role is Role.ABSENT else None,
            "value": None if part.value is None else shown(part.value),
            "value_words": None
            if part.value is None
            else self._say(amount(part.value, indicator.value, indicator.unit)),
            **self._condition(part, measure),
            "facts": [self._fact(witness) for witness in part.witnesses],
            "set_aside": [_place(place) for place in part.set_aside],
        }

    def _condition(self, part: Part, measure: Measure) -> Record:
        """Give what a share asks of this figure and whether it is so; nothing for other measures."""
        if not isinstance(measure, Share):
            return {"condition_words": None, "satisfies": None, "satisfies_words": None}
        figures = [one.figure for one in measure.conditions if one.indicator == part.indicator]
        bare = self._rulebook.indicators[part.indicator].value is ValueKind.BOOLEAN
        unit = NOTHING if bare else self._rulebook.indicators[part.indicator].unit
        asked = [self._say(target_words(figure, unit)) for figure in figures]
        value, upper = part.value, None if part.set_aside else part.value
        role = Role.UNDECIDED
        if value is not None and all(figure.holds(value, upper) for figure in figures):
            role = Role.SATISFIES
        elif value is not None and any(figure.fails(value, upper) for figure in figures):
            role = Role.FAILS
        words = self._say(ROLES[role])
        return {"condition_words": "; ".join(asked), "satisfies": role.value, "satisfies_words": words}

    def _fact(self, witness: Witness) -> Record:
        fact, zone = witness.fact, self._rulebook.plan.zone
        return {
            "value": None if fact.value is None else shown(fact.value),
            "value_words": self._say(_told(fact, self._rulebook)),
            "period": fact.period.code,
            "reported_at": None if fact.reported is None else shown_instant(fact.reported, zone),
            "fate": witness.fate.value,
            "fate_words": self._say(FATES[witness.fate]),
            **_place(fact.place),
            "evidence": printable(fact.evidence),
            "note": printable(fact.note),
        }


_NOWHERE: Record = {"file": None, "sheet": None, "row": None, "cell": None}


def _place(place: Place) -> Record:
    """Give where a record was read; only what stands in a workbook has a sheet and a cell."""
    sheet = None if place.sheet is None else printable(place.sheet)
    cell = None if place.sheet is None else f"{place.column or ''}{place.row or ''}"
    return {"file": printable(place.file), "sheet": sheet, "row": place.row, "cell": cell}


def _scope(unit: Unit) -> Text:
    """Give from when to when `unit` exists, which is why it does not count."""
    opened = Text(f"{unit.opened} 设立", f"opened {unit.opened}") if unit.opened else NOTHING
    closed = Text(f"{unit.closed} 撤销", f"closed {unit.closed}") if unit.closed else NOTHING
    said = [text for text in (opened, closed) if text != NOTHING]
    return Text("，".join(text.zh for text in said), ", ".join(text.en for text in said))


def _told(fact: Fact, rulebook: Rulebook) -> Text:
    indicator = rulebook.indicators[fact.indicator]
    return Text("撤回", "withdrawn") if fact.value is None else amount(fact.value, indicator.value, NOTHING)


def _bounds(evidence: Evidence) -> Text:
    finding = evidence.finding
    silent = sum(1 for part in evidence.parts if part.role in (Role.SILENT, Role.SPOILED, Role.UNDECIDED))
    if finding.lower is None:
        why = REASONS[finding.reason or Reason.MISSING_FACTS]
        return Text(f"没有上下限：{why.zh}", f"no bounds: {why.en}")
    if finding.lower == finding.upper and isinstance(finding.rule.measure, Share):
        return Text("下限与上限相同：没有未定的单位", "both bounds are equal: no unit is undecided")
    if finding.lower == finding.upper:
        return Text("下限与上限相同：应报的都已报", "both bounds are equal: everyone expected has reported")
    if finding.upper is None:
        return Text(
            f"上限未定：还有 {silent} 个应报的数没有报", f"the upper bound is open: {silent} figures are not reported"
        )
    return Text("下限把未定的都算作不符合，上限都算作符合",
                "the lower bound counts the undecided as failing, the upper as satisfying")  # fmt: skip


def _to_be_met(evidence: Evidence, rulebook: Rulebook) -> Text:
    finding = evidence.finding
    gap = gap_of(finding, rulebook)
    if gap is None:
        return _FIRST[finding.reason] if finding.reason else NOTHING
    if gap.none:
        return Text("须低于这个数", "it must be less") if gap.too_much else Text("须超过这个数", "it must be exceeded")
    zh, en = gap.amount
    if gap.beyond:
        zh, en = f"{zh}以上（不含）", f"more than {en}"
    way = Text("减少", "take away") if gap.too_much else Text("再增加", "add")
    if finding.upper is None and finding.figure.form not in FLOORS:
        return Text(f"{way.zh} {zh}，并把应报的数报齐", f"{way.en} {en}, and report what is missing")
    return Text(f"{way.zh} {zh}，其余不变", f"{way.en} {en}, everything else as it is")

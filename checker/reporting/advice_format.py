"""Advice as JSON and as text: what is over, what is still to come, what is waived; each with its fewest needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from checker.explaining.advice import AdviceWords
from checker.explaining.words import VERDICTS
from checker.model.advice import Advice, Need
from checker.model.finding import Pace, Verdict
from checker.model.language import Language, Text, printable
from checker.model.number import shown, shown_up
from checker.model.rulebook import Force, Rulebook
from checker.model.run import Run
from checker.model.span import Span
from checker.reporting.json_format import steady_json
from checker.reporting.record import Record

SCHEMA = "checker.advice/1"
_UNITS = 12
_PARTS = {
    "over": Text(
        "已到期（期间已过，只有补报或更正才能改变）", "Over (only a late or a mended figure can still change it)"
    ),
    "ahead": Text("未到期", "Not due yet"),
    "waived": Text("豁免中", "Waived"),
}


def advice_to_json(run: Run, rulebook: Rulebook, given: Sequence[Advice], language: Language) -> bytes:
    """Give the advice as one JSON object in UTF-8, the same bytes for the same advice."""
    words = AdviceWords(rulebook, run.registry)
    return steady_json(
        {
            "schema": SCHEMA,
            "tool": {"name": "checker", "version": run.version},
            "plan": {"id": rulebook.plan.id, "title": rulebook.plan.title.said(language), "digest": rulebook.digest},
            "as_of": run.as_of.isoformat(),
            "data_digest": run.data_digest,
            "advice": [_record(one, words, rulebook, language) for one in given],
        }
    )


def advice_to_text(run: Run, rulebook: Rulebook, given: Sequence[Advice], language: Language, most: int) -> str:
    """Give the advice as lines of plain text without control characters; at most `most` of each part, 0 for all."""
    lines = [
        rulebook.plan.title.said(language),
        Text(f"截至 {run.as_of}，每条建议都是最小的改变：少一点就不达标",
             f"As of {run.as_of}; each advice is the least that will do").said(language),
    ]  # fmt: skip
    words = AdviceWords(rulebook, run.registry)
    for part, title in _PARTS.items():
        found = sorted((one for one in given if _part(one) == part), key=_urgency)
        if found:
            count = Text(f"：{len(found)} 项", f": {len(found)}").said(language)
            lines += ["", title.said(language) + count]
            shown_ones = found[: most or None]
            lines += [line for one in shown_ones for line in _lines(one, words, language, whole=most == 0)]
            lines += _more(len(found) - len(shown_ones), language)
    if not given:
        lines += ["", Text("没有需要改变的。", "Nothing has to change.").said(language)]
    return "\n".join(map(printable, lines)) + "\n"


def _part(advice: Advice) -> str:
    if advice.finding.verdict is Verdict.WAIVED:
        return "waived"
    return "ahead" if advice.finding.verdict is Verdict.PENDING else "over"


def _urgency(advice: Advice) -> tuple[bool, bool, bool]:
    """Give what sorts first what binds, has failed or is behind before what is merely unknown."""
    finding = advice.finding
    return finding.rule.force is Force.STRIVE, finding.verdict is Verdict.UNKNOWN, finding.pace is Pace.UNKNOWN


def _more(rest: int, language: Language) -> list[str]:
    more = Text(f"  …… 另有 {rest} 项（--most 0 显示全部）", f"  … {rest} more (--most 0 shows all)")
    return [more.said(language)] if rest else []


def _lines(advice: Advice, words: AdviceWords, language: Language, *, whole: bool) -> Iterator[str]:
    finding = advice.finding
    title = finding.rule.title.said(language)
    who = f"{finding.unit.name or finding.unit.id} {finding.period.code}"
    yield f"  [{VERDICTS[finding.verdict].said(language)}] {who}  {title}"
    yield f"      {words.headline(advice).said(language)}"
    yield from (f"      → {text.said(language)}" for text in words.summary(advice))
    groups = [list(needs) for _, needs in groupby(advice.needs, key=lambda need: need.units)]
    shown_groups = groups if whole else groups[:_UNITS]
    mark = "    · " if advice.units is not None else "    → "
    for needs in shown_groups:
        told = (Text("；", "; ").said(language)).join(words.need(need).said(language) for need in needs)
        yield f"  {mark}{told}"
    yield from (f"    {line}" for line in _more(len(groups) - len(shown_groups), language))


def _record(advice: Advice, words: AdviceWords, rulebook: Rulebook, language: Language) -> Record:
    finding, tempo = advice.finding, advice.tempo
    return {
        "id": finding.identity(rulebook.plan.id),
        "rule": finding.rule.id,
        "commitment": finding.rule.commitment,
        "force": finding.rule.force.value,
        "unit": finding.unit.id,
        "unit_name": printable(finding.unit.name),
        "period": finding.period.code,
        "verdict": finding.verdict.value,
        "target": str(finding.figure),
        "shortfall": None if finding.shortfall is None else shown_up(finding.shortfall),
        "over": advice.over,
        "obstacle": advice.obstacle.value if advice.obstacle else None,
        "relation": advice.relation,
        "units": None if advice.units is None else list(advice.units),
        "needs": [_need(need, words, language) for need in advice.needs],
        "tempo": None
        if tempo is None
        else {"kind": tempo.kind, "periods": [one.code for one in tempo.periods], "each": _amount(tempo.each)},
        "responsible": list(finding.responsible),
        "answerable": list(finding.answerable),
        "words": [printable(text.said(language)) for text in (words.headline(advice), *words.summary(advice))],
    }


def _need(need: Need, words: AdviceWords, language: Language) -> Record:
    return {
        "act": need.act.value,
        "units": list(need.units),
        "every": need.every,
        "faulty": list(need.faulty),
        "indicator": need.indicator,
        "period": need.period.code,
        "amount": None if need.amount is None else _amount(need.amount),
        "words": printable(words.need(need).said(language)),
    }


def _amount(span: Span) -> dict[str, str]:
    """Give a span as the words of targets: ``{"at_least": "3"}``; an end that is none is left out."""
    low, high = ("more_than" if span.low_open else "at_least"), ("less_than" if span.high_open else "at_most")
    ends = {low: span.low, high: span.high}
    return {form: shown(value) for form, value in ends.items() if value is not None}

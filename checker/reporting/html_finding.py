"""One finding as the HTML page shows it: its sentence, and what it rests on down to each fact with file and row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from checker.explaining.dossier import Dossier
from checker.explaining.sentence import explanation
from checker.explaining.words import STATES, VERDICTS
from checker.model.changes import State
from checker.model.evidence import Fate
from checker.model.finding import Finding, Verdict
from checker.model.language import NOTHING, Language, Text
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.reporting.naming import names, place_name
from checker.reporting.overview import Areas, section_numbers
from checker.reporting.since import why

_MOST_PARTS = 10
_FIRST = ("silent", "spoiled", "fails", "undecided")

Record = dict[str, Any]


class Told(NamedTuple):
    """One fact: what became of it, its value, where it was read, and what was written beside it."""

    counted: bool
    fate: Text
    value: Text
    period: str
    reported: str
    place: str
    remarks: str


class Part(NamedTuple):
    """What one unit contributes of one indicator, with its facts and the places of records that were set aside."""

    role: str
    role_words: Text
    unit: str
    indicator: Text
    period: str
    value: Text
    asked: Text
    facts: list[Told]
    set_aside: list[str]

    @property
    def plain(self) -> Told | None:
        """The only fact, where it simply counts, so that its value need not be said twice."""
        alone = len(self.facts) == 1 and not self.set_aside and self.facts[0].period == self.period
        return self.facts[0] if alone and self.facts[0].counted else None


class Entry(NamedTuple):
    """One finding; `place` is its place in the plan's order, `more` how many parts are not shown."""

    id: str
    place: int
    verdict: Verdict
    verdict_words: Text
    unit: str
    period: str
    title: Text
    sentence: Text
    commitment: str
    section: str
    paragraph: str
    clause: str
    area: str
    answerable: Text
    lead: Text
    lines: list[tuple[Text, Text]]
    parts: list[Part]
    more: int
    state: State | None
    state_words: Text
    why: Text


class Findings:
    """Makes the entries of one Run."""

    def __init__(self, run: Run, rulebook: Rulebook, divided: bool) -> None:
        self._run, self._rulebook = run, rulebook
        self._areas = Areas(run.registry, rulebook) if divided else None
        self._sections = section_numbers(rulebook)
        self._dossiers = [Dossier(rulebook, run.registry, run.spoils, language) for language in Language]

    def entry(self, finding: Finding, place: int) -> Entry:
        """Give the entry of `finding`, which stands at `place` in the plan's order."""
        rule, run = finding.rule, self._run
        one = finding.identity(self._rulebook.plan.id)
        change = run.changes.found.get(one) if run.changes else None
        evidence = run.evidence.get(one)
        dossier = _Dossier(*(dossier.record(evidence) for dossier in self._dossiers)) if evidence else None
        parts = sorted(dossier.parts(), key=lambda part: part.role not in _FIRST) if dossier else []
        return Entry(
            id=one,
            place=place,
            verdict=finding.verdict,
            verdict_words=VERDICTS[finding.verdict],
            unit=finding.unit.name or finding.unit.id,
            period=finding.period.code,
            title=rule.title,
            sentence=explanation(finding, self._rulebook, run.registry, run.spoils),
            commitment=rule.commitment,
            section=self._sections[rule.id],
            paragraph=rule.section,
            clause=rule.clause,
            area=self._areas.of(finding.unit).id if self._areas else "",
            answerable=names(finding.answerable, run, self._rulebook),
            lead=names(finding.responsible, run, self._rulebook),
            lines=list(dossier.lines()) if dossier else [],
            parts=parts[:_MOST_PARTS],
            more=max(len(parts) - _MOST_PARTS, 0),
            state=change.state if change else None,
            state_words=STATES[change.state] if change else NOTHING,
            why=why(change) if change else NOTHING,
        )


class _Dossier:
    """The same dossier in Chinese and in English, side by side."""

    def __init__(self, zh: Record, en: Record) -> None:
        self._zh, self._en = zh, en

    def lines(self) -> Iterator[tuple[Text, Text]]:
        """Go through what the sentence does not say, each statement with its heading; what is met needs none."""
        if self._zh["verdict"] == Verdict.MET:
            return
        if self._zh["reading"]:
            yield Text("我们的理解", "Our reading"), self._said("reading")
        if self._zh["bounds"][0] != self._zh["bounds"][1]:
            yield Text("上下限", "Bounds"), self._bounds()
        checked, due = self._zh["check_date"], self._zh["due_on"]
        yield Text("日期", "Dates"), Text(f"核查日 {checked}，到期日 {due}", f"checked on {checked}, due on {due}")
        if self._zh["waiver"]:
            yield Text("豁免", "Waiver"), _waiver(self._zh["waiver"])
        if self._zh["to_be_met"]:
            yield Text("怎样才达标", "To be met"), self._said("to_be_met")

    def _bounds(self) -> Text:
        lower, upper = (bound or "–" for bound in self._zh["bounds"])
        said = self._said("bounds_words")
        return Text(f"{lower}，{upper}：{said.zh}", f"{lower}, {upper}: {said.en}")

    def parts(self) -> Iterator[Part]:
        """Go through the figures it rests on."""
        for zh, en in zip(self._zh["parts"], self._en["parts"], strict=True):
            yield Part(
                role=zh["role"],
                role_words=_pair(zh, en, "role_words"),
                unit=zh["unit_name"] or zh["unit"],
                indicator=_pair(zh, en, "indicator_name"),
                period=zh["period"],
                value=_pair(zh, en, "value_words"),
                asked=_pair(zh, en, "condition_words"),
                facts=[_fact(*fact) for fact in zip(zh["facts"], en["facts"], strict=True)],
                set_aside=[place_name(place) for place in zh["set_aside"]],
            )

    def _said(self, key: str) -> Text:
        return _pair(self._zh, self._en, key)


def _fact(zh: Record, en: Record) -> Told:
    remarks = "；".join(text for text in (zh["evidence"], zh["note"]) if text)
    reported = zh["reported_at"] or ""
    told = _pair(zh, en, "fate_words"), _pair(zh, en, "value_words"), zh["period"], reported, place_name(zh), remarks
    return Told(zh["fate"] == Fate.COUNTED, *told)


def _waiver(waiver: Record) -> Text:
    begins, until = waiver["from"], waiver["until"]
    told = f"{waiver['reason']}；{waiver['approved_by']}；{place_name(waiver)}"
    return Text(
        f"{waiver['id']}：{begins or '一直'} 至 {until}；{told}",
        f"{waiver['id']}: {begins or 'ever'} – {until}; {told}",
    )


def _pair(zh: Record, en: Record, key: str) -> Text:
    return Text(zh[key] or "", en[key] or "")

"""The county at a glance: how many findings of each section have which verdict, `strive` apart."""

from __future__ import annotations

from collections.abc import Iterator

from checker.explaining.words import VERDICTS
from checker.model.finding import Finding, Pace, Verdict
from checker.model.language import Language, Text
from checker.model.rulebook import Force, Rulebook, Section
from checker.model.run import Counts, Run, counts_of
from checker.reporting.columns import in_columns

_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.PENDING, Verdict.WAIVED)
_HEADS = {
    Force.MUST: Text("承诺", "Commitments"),
    Force.STRIVE: Text("力争（另计，不影响结论）", "Strive for (counted apart)"),
}
_TOTAL = Text("合计", "all")
_NONE = Text("没有量化承诺的节", "Sections without a quantified commitment")


def glance(run: Run, rulebook: Rulebook, language: Language) -> Iterator[str]:
    """Go through the lines: sections of `must` rules with their total, those of `strive` rules, those without any."""
    for force in Force:
        found = [finding for finding in run.findings or () if finding.rule.force is force]
        if found:
            yield from _table(rulebook, found, force, language)
            yield ""
    behind = sum(finding.pace is Pace.BEHIND for finding in run.findings or ())
    if behind:
        yield Text(f"未到期的结论中 {behind} 项进度落后", f"{behind} of the pending findings are behind").said(language)
    without = [section for section in rulebook.sections if not section.rules]
    if without:
        names = [f"{section.number} {section.title.said(language)}" for section in without]
        yield _NONE.said(language) + ("：" + "；".join(names) if language is Language.ZH else ": " + "; ".join(names))


def _table(rulebook: Rulebook, found: list[Finding], force: Force, language: Language) -> Iterator[str]:
    by_section: dict[str, list[Finding]] = {}
    section_of = {rule.id: section.number for section in rulebook.sections for rule in section.rules}
    for finding in found:
        by_section.setdefault(section_of[finding.rule.id], []).append(finding)
    rows = [["", _HEADS[force].said(language), *(VERDICTS[verdict].said(language) for verdict in _ORDER)]]
    rows += [
        _row(section, by_section[section.number], language)
        for section in rulebook.sections
        if section.number in by_section
    ]
    if len(rows) > 2:
        rows.append(["", _TOTAL.said(language), *_numbers(counts_of(found))])
    yield from in_columns(rows, [12, 48, 12, 12, 12, 12, 12], right=range(2, 7))


def _row(section: Section, found: list[Finding], language: Language) -> list[str]:
    return [section.number, section.title.said(language), *_numbers(counts_of(found))]


def _numbers(counts: Counts) -> list[str]:
    return [str(getattr(counts, verdict.value)) for verdict in _ORDER]

"""How a rule stands under other figures, as text for a terminal and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checker.authoring.comparing.flipping import Way
from checker.authoring.comparing.report import WAYS, at_most, flip_line, flip_record
from checker.authoring.comparing.wording import measure_words, targets_words
from checker.authoring.trying import Outlook
from checker.explaining.words import VERDICTS, target_words, unit_of
from checker.model.finding import Verdict
from checker.model.language import NOTHING, Language, Text, printable
from checker.model.rulebook import Ratio, Rule, Rulebook, Share
from checker.reporting.columns import in_columns

Record = dict[str, object]
_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.PENDING, Verdict.WAIVED)


def outlooks_record(rule: Rule, found: list[Outlook], as_of: date, language: Language) -> Record:
    """Give the outlooks under stable keys, the rule's own figure first."""
    return {
        "schema": "checker.what-if/1",
        "rule": rule.id,
        "title": rule.title.said(language),
        "as_of": as_of.isoformat(),
        "targets": [
            {
                "target": None if one.figure is None else str(one.figure),
                "findings": one.counts._asdict(),
                "units_meeting": one.units_meeting,
                "units": one.units,
                "flips": [flip_record(flip, language) for flip in one.changed],
            }
            for one in found
        ],
    }


def outlooks_text(
    rulebook: Rulebook, rule: Rule, found: list[Outlook], as_of: date, language: Language, most: int
) -> str:
    """Give the outlooks as lines; at most `most` findings are listed each way, 0 for all."""
    lines = _lines(rulebook, rule, found, as_of, language, most)
    return "\n".join(printable(line) for line in lines) + "\n"


def _lines(
    rulebook: Rulebook, rule: Rule, found: list[Outlook], as_of: date, language: Language, most: int
) -> Iterator[str]:
    measure = measure_words(rule.measure, rulebook).said(language)
    yield f"{rule.id}  {rule.title.said(language)}"
    yield Text(f"截至 {as_of}，{measure}", f"As of {as_of}, {measure}").said(language)
    yield ""
    names = [_name(one, rule, rulebook).said(language) for one in found]
    units = Text("达标单位", "units meeting it").said(language)
    rows = [["", units, *(VERDICTS[verdict].said(language) for verdict in _ORDER)]]
    for name, one in zip(names, found, strict=True):
        counts = (str(getattr(one.counts, verdict.value)) for verdict in _ORDER)
        rows.append([name, f"{one.units_meeting}/{one.units}", *counts])
    yield from in_columns(rows, [48, *[16] * (len(_ORDER) + 1)], right=range(1, len(_ORDER) + 2))
    for name, one in zip(names[1:], found[1:], strict=True):
        yield ""
        yield Text(f"{name}：{len(one.changed)} 项结论变化", f"{name}: {len(one.changed)} finding(s) change").said(
            language
        )
        for way in Way:
            if lines := [f"    {flip_line(flip, language)}" for flip in one.changed if flip.way is way]:
                yield f"  {WAYS[way].said(language)}"
                yield from at_most(most, lines, language)


def _name(one: Outlook, rule: Rule, rulebook: Rulebook) -> Text:
    if one.figure is None:
        now = targets_words(rule, rulebook)
        return Text(f"现行：{now.zh}", f"now: {now.en}")
    return target_words(
        one.figure, NOTHING if isinstance(rule.measure, Share | Ratio) else unit_of(rule.measure, rulebook)
    )

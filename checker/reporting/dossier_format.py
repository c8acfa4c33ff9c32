"""Dossiers as JSON and as text that an auditor can sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from checker.model.language import Language, Text
from checker.reporting.json_format import steady_json
from checker.reporting.naming import place_name

Record = dict[str, Any]
_MANY = 12


def dossiers_to_json(dossiers: Iterable[Record]) -> bytes:
    """Give the dossiers as one JSON list in UTF-8."""
    return steady_json(list(dossiers))


def dossiers_to_text(dossiers: Iterable[Record], language: Language, whole: bool = False) -> str:
    """Give the dossiers as text, an empty line between two; long lists of like parts are cut unless `whole`."""
    return "\n".join("\n".join(_lines(dossier, language, whole)) + "\n" for dossier in dossiers)


def _lines(dossier: Record, language: Language, whole: bool) -> Iterator[str]:
    def say(zh: str, en: str) -> str:
        return Text(zh, en).said(language)

    source = dossier["source"]
    yield f"{dossier['unit_name'] or dossier['unit']}  {dossier['period']}  {dossier['title']}"
    yield f"{say('结论', 'Verdict')}: {dossier['verdict_words']}  [{dossier['id']}]"
    yield f"{say('说明', 'In a sentence')}: {dossier['explanation']}"
    yield f"{say('依据', 'Clause')}: {source['document']} {source['number']} {source['section']} “{source['clause']}”"
    if dossier["reading"]:
        yield f"{say('我们的理解', 'Our reading')}: {dossier['reading']}"
    yield f"{say('计算', 'Measure')}: {dossier['measure']}"
    for total in dossier["totals"]:
        yield f"  {total['period']}  {total['indicator_name']}: {total['value_words']}"
    lower, upper = (bound or "—" for bound in dossier["bounds"])
    yield f"{say('下限、上限', 'Bounds')}: {lower}, {upper}  {dossier['bounds_words']}"
    since = dossier["target_since"]
    held = "  " + say(f"自 {since} 起", f"since {since}")
    yield f"{say('目标', 'Target')}: {dossier['target_words']}{held}"
    checked, due = dossier["check_date"], dossier["due_on"]
    yield say(f"核查日 {checked}，到期日 {due}", f"Checked on {checked}, due on {due}")
    for word, key in ((say("原因", "Reason"), "reason"), (say("进度", "Pace"), "pace")):
        if dossier[key]:
            yield f"{word}: {dossier[key]}"
    if dossier["waiver"]:
        waiver = dossier["waiver"]
        yield f"{say('豁免', 'Waiver')}: {waiver['id']}  {say('不豁免时', 'without it')} {waiver['underlying_words']}"
        begins = waiver["from"] or say("一直", "ever")
        yield (
            "  "
            + say(
                f"有效期 {begins} 至 {waiver['until']}；{waiver['reason']}；批准：{waiver['approved_by']}",
                f"from {begins} to {waiver['until']}; {waiver['reason']}; approved by {waiver['approved_by']}",
            )
            + f"  {place_name(waiver)}"
        )
    if dossier["to_be_met"]:
        yield f"{say('怎样才达标', 'To be met')}: {dossier['to_be_met']}"
    yield from _parts(dossier["parts"], language, whole)


def _parts(parts: list[Record], language: Language, whole: bool) -> Iterator[str]:
    """Go through the parts role by role, a unit with all its figures at a time: who counts, fails or is silent."""
    for role in dict.fromkeys(part["role"] for part in parts):
        units: dict[str, list[Record]] = {}
        for part in parts:
            if part["role"] == role:
                units.setdefault(part["unit"], []).append(part)
        words = next(part["role_words"] for part in parts if part["role"] == role)
        yield f"{words} ({len(units)})"
        shown = list(units.values()) if whole else list(units.values())[:_MANY]
        for one in shown:
            yield from (line for part in one for line in _part(part, language))
        if more := len(units) - len(shown):
            rest = Text(f"  …… 另有 {more} 个单位（--whole 全部列出）", f"  … {more} more (--whole lists all)")
            yield rest.said(language)


def _part(part: Record, language: Language) -> Iterator[str]:
    value = f" = {part['value_words']}" if part["value_words"] is not None else ""
    scope = f"  ({part['scope_words']})" if part["scope_words"] else ""
    asked = f"  ({part['condition_words']}: {part['satisfies_words']})" if part["condition_words"] else ""
    yield f"  {part['unit_name'] or part['unit']}  {part['period']}  {part['indicator_name']}{value}{asked}{scope}"
    for fact in part["facts"]:
        when = f" @{fact['reported_at']}" if fact["reported_at"] else ""
        remarks = "  ".join(text for text in (fact["evidence"], fact["note"]) if text)
        told = f"{fact['fate_words']}: {fact['value_words']}  {fact['period']}{when}"
        line = f"    {told}  {place_name(fact)}  {remarks}"
        yield line.rstrip()
    for place in part["set_aside"]:
        yield f"    {Text('被搁置的记录', 'set aside').said(language)}: {place_name(place)}"

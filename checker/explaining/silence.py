"""Who has still to report what, in a few words: at most three units by name, the others counted.

Follows "Verdicts" 1 of the contract: the explanation names who has to report what.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.finding import Finding, Reason, Silence
from checker.model.language import Text, same
from checker.model.rulebook import Rulebook
from checker.model.spoils import Spoils
from checker.model.unit import Registry, Unit


def silences(finding: Finding, rulebook: Rulebook, registry: Registry, spoils: Spoils) -> Iterator[Text]:
    """Go through what is missing for `finding`: those who are silent about the same are named once.

    Who is named and has reported, but so that it was set aside (`spoils`), is asked to mend it.
    """
    if finding.reason is not Reason.MISSING_FACTS:
        return
    groups: dict[tuple[tuple[str, ...], int], list[Silence]] = {}
    for silence in finding.silent:
        groups.setdefault((silence.units, silence.total), []).append(silence)
    for place, ((units, total), alike) in enumerate(groups.items()):
        what = [_figure(silence, finding, rulebook) for silence in alike]
        zh, en = "和".join(one.zh for one in what), " and ".join(one.en for one in what)
        if place:
            yield Text(f"另有 {total} 个单位未报{zh}", f"{total} must report {en}")
        else:
            periods = {period.code: period for period in rulebook.looked_at(finding.rule, finding.period)}
            keys = [(silence.indicator, periods[silence.period]) for silence in alike]
            names = [reporter_name(registry[unit], any(spoils.touch(unit, *key) for key in keys)) for unit in units]
            yield must_report(names, total, Text(zh, en))


def reporter_name(unit: Unit, spoiled: bool) -> Text:
    """Give what `unit` is called, asked to mend what it reported where that was `spoiled`."""
    name = unit.name or unit.id
    return (
        Text(f"{name}（所报有错，须更正）", f"{name} (what it reported is faulty: mend it)") if spoiled else same(name)
    )


def must_report(names: list[Text], total: int, what: Text) -> Text:
    """Give that `total` units, the first of them by name, must report `what`."""
    more = total - len(names)
    zh = "、".join(name.zh for name in names) + (f"等 {total} 个单位" if more else "")
    en = ", ".join(name.en for name in names) + (f" and {more} more" if more else "")
    return Text(f"待{zh}报送{what.zh}", f"{en} must report {what.en}")


def _figure(silence: Silence, finding: Finding, rulebook: Rulebook) -> Text:
    name = rulebook.indicators[silence.indicator].name
    if silence.period == finding.period.code:
        return name
    return Text(f" {silence.period} {name.zh}", f"{name.en} {silence.period}")

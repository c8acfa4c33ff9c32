"""follow-ups.yaml -> the follow-ups of the rulebook."""

from __future__ import annotations

from checker.model.language import Text
from checker.model.rulebook import FollowUp, FollowUpKind
from checker.rulebook.faults import read
from checker.rulebook.follow_up_schema import Exceptions, FollowUpEntry, FollowUpsFile
from checker.rulebook.plan import text_of
from checker.rulebook.source import Spot


def compile_follow_ups(spot: Spot, unit_types: frozenset[str]) -> tuple[FollowUp, ...]:
    """Give the follow-ups that the file of `spot` holds, complaining of what is wrong; `unit_types`: all there are."""
    file = read(spot, FollowUpsFile)
    return () if file is None else tuple(_follow_ups(spot / "follow_ups", file, unit_types))


def _follow_ups(spot: Spot, file: FollowUpsFile, unit_types: frozenset[str]) -> list[FollowUp]:
    seen: set[str] = set()
    compiled = []
    for number, entry in enumerate(file.follow_ups):
        if entry.id in seen:
            (spot / number / "id").complain(
                Text(f"后续措施编号重复：{entry.id}", f"follow-up {entry.id} stands here twice"),
                Text("请另取编号", "give it another id"),
            )
        seen.add(entry.id)
        chosen = _chosen(entry, unit_types)
        if not chosen and unit_types:
            (spot / number / "unit_types").complain(
                Text("没有剩下任何单位类型", "no unit type is left"),
                Text("请少排除几个", "leave out fewer"),
            )
        compiled.append(_follow_up(entry, chosen))
    return compiled


def _follow_up(entry: FollowUpEntry, unit_types: tuple[str, ...]) -> FollowUp:
    return FollowUp(
        id=entry.id,
        title=text_of(entry.title),
        kind=FollowUpKind.REPEAT if entry.repeat else FollowUpKind.CLUSTER,
        count=int(entry.repeat or entry.cluster or 0),
        unit_types=unit_types,
    )


def _chosen(entry: FollowUpEntry, unit_types: frozenset[str]) -> tuple[str, ...]:
    given = entry.unit_types
    if isinstance(given, str):
        return tuple(sorted(unit_types))
    if isinstance(given, Exceptions):
        return tuple(sorted(unit_types - set(given.excluded)))
    return tuple(sorted(set(given)))

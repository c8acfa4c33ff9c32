"""What people call units and departments that a Run names by id or code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.explaining.words import called
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.reporting.columns import cut

_NAMED = 3


def unit_name(unit_id: str, run: Run) -> str:
    """Give the name of a unit, or its id where it has none or is not known."""
    unit = run.registry.get(unit_id)
    return (unit.name or unit_id) if unit else unit_id


def names(codes: Sequence[str], run: Run, rulebook: Rulebook, longest: int | None = None) -> Text:
    """Give the names of departments by code and of units by id: at most three, each cut to `longest` cells."""
    named = [called(code, rulebook, run.registry) for code in codes[:_NAMED]]
    if longest is not None:
        named = [Text(cut(name.zh, longest), cut(name.en, longest)) for name in named]
    more = len(codes) > len(named)
    return Text(
        "、".join(name.zh for name in named) + (f"等 {len(codes)} 个" if more else ""),
        ", ".join(name.en for name in named) + (f" and {len(codes) - _NAMED} more" if more else ""),
    )


def place_name(place: Mapping[str, object]) -> str:
    """Give where a dossier's record was read: ``file:row``, of a workbook's cell ``file:sheet!C7``."""
    if place["sheet"] is not None:
        return f"{place['file']}:{place['sheet']}!{place['cell']}"
    return f"{place['file']}:{place['row']}" if place["row"] else str(place["file"])

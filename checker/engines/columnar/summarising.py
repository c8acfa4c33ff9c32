"""Rates of kept promises from a file of findings, counted where the file lies and never loaded.

A rate is what is met of all that is decided or owed: `pending` is left out. `raw` counts a waived finding as what it
would be without its waiver, `waived` leaves it out.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from checker.engines.columnar.session import Shelf

GROUPS = ("root", "unit_type", "section")
"""What rates are given for besides the whole: topmost units, unit types and sections of the plan."""
AREAS = "area"


class Rate(NamedTuple):
    """The findings of one `name` of a `group`, counted; `raw` and `waived` are numerators and denominators."""

    group: str
    name: str
    met: int
    not_met: int
    pending: int
    unknown: int
    waived: int
    raw: tuple[int, int]
    after: tuple[int, int]


class Summary(NamedTuple):
    """Rates of the whole and of its groups; the best and the worst areas, by raw rate."""

    whole: Rate
    groups: tuple[Rate, ...]
    best: tuple[Rate, ...]
    worst: tuple[Rate, ...]


def summarise(store: Shelf, path: Path, most: int) -> Summary:
    """Give the rates of the findings in `path`; of areas the `most` best and worst."""
    columns = store.look(str(path.absolute()))
    whole = _rates(store, "all", "''", "")
    groups = tuple(rate for group in GROUPS if group in columns for rate in _rates(store, group, group, "order by 1"))
    areas: list[tuple[Rate, ...]] = [(), ()]
    if AREAS in columns:
        areas = [_rates(store, AREAS, AREAS, _ranked(way, most)) for way in ("desc", "asc")]
    return Summary(whole[0], groups, areas[0], areas[1])


def _ranked(way: str, most: int) -> str:
    """Give the order by raw rate. A rounded quotient only sorts here; the exact numbers are what is shown."""
    return f"order by cast(raw_met as double) / nullif(raw_owed, 0) {way} nulls last, 1 limit {most}"


def _rates(store: Shelf, group: str, column: str, order: str) -> tuple[Rate, ...]:
    query = f"""
select * from (
    select {column} as name,
        count(case when verdict = 'met' then 1 end) as met,
        count(case when verdict = 'not_met' then 1 end) as not_met,
        count(case when verdict = 'pending' then 1 end) as pending,
        count(case when verdict = 'unknown' then 1 end) as unknown,
        count(case when verdict = 'waived' then 1 end) as waived,
        count(case when coalesce(underlying, verdict) = 'met' then 1 end) as raw_met,
        count(case when coalesce(underlying, verdict) <> 'pending' then 1 end) as raw_owed
    from written
    group by 1
) as counted
{order}"""
    rates = []
    for name, *cells in store.rows(query):
        met, not_met, pending, unknown, waived, raw_met, raw_owed = (int(str(cell)) for cell in cells)
        raw, after = (raw_met, raw_owed), (met, met + not_met + unknown)
        rates.append(Rate(group, str(name), met, not_met, pending, unknown, waived, raw, after))
    return tuple(rates)

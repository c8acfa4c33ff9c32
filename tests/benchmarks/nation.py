"""Writes a made-up nation as a data folder: as many alike counties as it takes for so many facts, in Parquet.

Facts are made by DuckDB, so that ten million take seconds. One fact in fifty is reported a second time later; of each
county a school closes in time, and one has a waiver. Where
faults are wanted, of every hundred thousand one contradicts another, one overlaps another, and one bears a unit that
nobody knows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb

FACTS_OF_A_COUNTY = 9_900
_TOWNS, _VILLAGES, _SCHOOLS, _COMMUNITIES, _FACILITIES = 13, 10, 4, 2, 1
_DEPARTMENTS = (
    "science-association",
    "education-sports",
    "human-resources",
    "organization",
    "publicity",
    "finance",
)
_TOLD = """
create table told(type varchar, indicator varchar, often varchar, least bigint, spread bigint);
insert into told values
    ('school', 'study_practice_sessions', 'semester', 0, 12), ('school', 'science_lectures', 'semester', 1, 30),
    ('school', 'students_participating', 'semester', 700, 300), ('school', 'students_enrolled', 'semester', 1000, 20),
    ('school', 'science_teachers', 'semester', 0, 20),
    ('township', 'farmers_cultivated', 'month', 1, 10), ('township', 'rural_entrepreneurs_cultivated', 'month', 0, 6),
    ('township', 'rural_skills_trained', 'month', 0, 5), ('township', 'village_cadres_trained', 'month', 1, 20),
    ('village', 'demo_households', 'year', 0, 50), ('village', 'tech_leaders', 'year', 0, 50),
    ('village', 'info_officers', 'year', 0, 50), ('village', 'has_activity_room', 'year', 0, 2),
    ('village', 'has_library_room', 'year', 0, 2),
    ('community', 'info_officers', 'year', 0, 50), ('community', 'has_activity_room', 'year', 0, 2),
    ('community', 'has_library_room', 'year', 0, 2), ('facility', 'open_to_public', 'year', 0, 2),
    ('science-association', 'museum_visitors', 'month', 500, 1000),
    ('science-association', 'volunteers_registered', 'month', 0, 12),
    ('science-association', 'population', 'year', 300000, 10), ('science-association', 'population_covered', 'year',
    170000, 30000), ('science-association', 'national_bases_created', 'year', 0, 2),
    ('science-association', 'regional_bases_cultivated', 'year', 0, 3),
    ('education-sports', 'science_teachers_trained', 'year', 5, 30),
    ('human-resources', 'workers_trained', 'month', 100, 200), ('organization', 'officials_trained', 'month', 200, 300),
    ('publicity', 'app_registrations', 'year', 1000, 500), ('publicity', 'app_reach', 'month', 1000, 500),
    ('publicity', 'app_info_officers', 'year', 4000, 2000), ('finance', 'science_budget', 'year', 100000, 100000);
create table code(often varchar, period varchar, first date);
insert into code select 'year', cast(year as varchar), make_date(year, 1, 1) from range(2021, 2026) as years(year);
insert into code select 'month', printf('%d-%02d', year, month), make_date(year, month, 1)
    from range(2021, 2026) as years(year), range(1, 13) as months(month);
insert into code select 'semester', printf('%d-%d-%d', year, year + 1, half),
    case when half = 1 then make_date(year, 9, 1) else make_date(year + 1, 2, 1) end
    from range(2022, 2026) as years(year), range(1, 3) as halves(half) where year + half < 2027;
"""
_FACTS = """
create table sound as
select unit.id as unit, told.indicator, code.period,
    cast(told.least + hash(unit.id, told.indicator, code.period) % told.spread as varchar) as value,
    '2026-01-05' as reported_at, hash(unit.id, told.indicator, code.period, 7) % 100000 as chance
from unit
join told on told.type = unit.reports
join code on code.often = told.often
where unit.closed is null or code.first < unit.closed;
create table fact as
select unit, indicator, period, value, reported_at from sound
union all
select unit, indicator, period, value, '2026-01-20T09:30' from sound where chance % 50 = 0;
"""
_FAULTS = """
insert into fact
select unit, indicator, period, cast(cast(value as bigint) + 1 as varchar), reported_at from sound where chance = 1
union all
select unit, 'farmers_cultivated', substr(period, 1, 4), '1', reported_at from sound
where indicator = 'farmers_cultivated' and chance = 2
union all
select 'nobody', indicator, period, value, reported_at from sound where chance = 3;
"""


def write_nation(folder: Path, facts: int, faults: bool = True) -> int:
    """Write a nation of about `facts` facts to `folder` and give how many there are."""
    (folder / "submissions").mkdir(parents=True, exist_ok=True)
    units = list(_units(max(1, round(facts / FACTS_OF_A_COUNTY))))
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "type", "parent", "opened", "closed"])
        writer.writerows((*row, *_LIVES.get(row[0].partition(".")[2], ("", ""))) for row in units)
    with (folder / "waivers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "rule", "unit", "periods", "from", "until", "reason", "approved_by"])
        writer.writerows(_waivers(units))
    with duckdb.connect() as connection:
        connection.execute(_TOLD)
        connection.execute(
            "create table unit as select string_split(id, ':')[-1] as code, id, type, "
            "closed::date as closed, case when type = 'department' "
            "then string_split(id, ':')[-1] else type end as reports "
            f"from read_csv('{folder / 'units.csv'}', all_varchar = true)"
        )
        connection.execute(_FACTS)
        if faults:
            connection.execute(_FAULTS)
        for part in range(4):
            path = folder / "submissions" / f"part{part}.parquet"
            connection.execute(f"copy (select * from fact where hash(unit) % 4 = {part}) to '{path}' (format parquet)")
        counted = connection.execute("select count(*) from fact").fetchone()
    return int(counted[0]) if counted else 0


def _units(counties: int) -> list[tuple[str, str, str, str]]:
    found = []
    for number in range(counties):
        province, county = f"p{number // 100}", f"c{number}"
        if number % 100 == 0:
            found.append((province, f"省{province}", "province", ""))
        found.append((county, f"县{number}", "county", province))
        found += [(f"{county}:{code}", f"{county}:{code}", "department", county) for code in _DEPARTMENTS]
        for town in range(_TOWNS):
            township = f"{county}.t{town}"
            found.append((township, township, "township", county))
            for kind, many in _BELOW.items():
                found += [(f"{township}.{kind}{n}", f"{township}.{kind}{n}", kind, township) for n in range(many)]
    return found


def _waivers(units: list[tuple[str, str, str, str]]) -> Iterator[tuple[str, ...]]:
    for unit, _, kind, _ in units:
        if kind == "county":
            yield (
                f"w-{unit}",
                "youth.study-practice",
                f"{unit}.t1.school1",
                "",
                "",
                "2026-12-31",
                "校舍改建",
                "县教体局",
            )


_LIVES = {"t0.school0": ("2020-09-01", "2024-09-01")}
"""When a unit opened and closed."""
_BELOW = {"village": _VILLAGES, "school": _SCHOOLS, "community": _COMMUNITIES, "facility": _FACILITIES}

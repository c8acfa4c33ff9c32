-- What somebody who knows DuckDB and this one plan would write by hand, to compare with: superseding, conflicts,
-- overlaps, unknown units, indicators and reporters, unreadable values, the consistency checks, and all 32 rules with
-- verdict, reason and shortfall, on a day when everything is due. No waivers, nothing pending, no spoiled keys, no
-- other plan. {facts}, {units} and {output} are paths.
create table unit as
with recursive told as (
    select row_number() over (order by id) as unit, id, type, nullif(parent, '') as parent
    from read_csv('{units}', all_varchar = true)
), path as (
    select unit, id, type, parent, case when type = 'county' then unit end as county from told where parent is null
    union all
    select told.unit, told.id, told.type, told.parent,
        case when told.type = 'county' then told.unit else path.county end
    from told join path on told.parent = path.id
)
select unit, id, type, county, case when type = 'department' then string_split(id, ':')[-1] else type end as reports
from path;

create table indicator(code varchar, indicator int, flow boolean, reports varchar[]);
insert into indicator values
    ('study_practice_sessions', 1, true, ['school']), ('science_lectures', 2, true, ['school']),
    ('students_participating', 3, false, ['school']), ('students_enrolled', 4, false, ['school']),
    ('science_teachers', 5, false, ['school']), ('science_teachers_trained', 6, true, ['education-sports']),
    ('farmers_cultivated', 7, true, ['township']), ('rural_entrepreneurs_cultivated', 8, true, ['township']),
    ('rural_skills_trained', 9, true, ['township']), ('village_cadres_trained', 10, true, ['township']),
    ('demo_households', 11, false, ['village']), ('tech_leaders', 12, false, ['village']),
    ('info_officers', 13, false, ['village', 'community']), ('has_activity_room', 14, false, ['village', 'community']),
    ('has_library_room', 15, false, ['village', 'community']), ('workers_trained', 16, true, ['human-resources']),
    ('innovation_contests', 17, true, ['human-resources']), ('engineer_classes', 18, true, ['human-resources']),
    ('officials_trained', 19, true, ['organization']), ('open_to_public', 20, false, ['facility']),
    ('app_info_officers', 21, false, ['publicity']), ('app_registrations', 22, false, ['publicity']),
    ('app_reach', 23, true, ['publicity']), ('museum_visitors', 24, true, ['science-association']),
    ('population_covered', 25, false, ['science-association']), ('population', 26, false, ['science-association']),
    ('national_bases_created', 27, true, ['science-association']),
    ('regional_bases_cultivated', 28, true, ['science-association']),
    ('volunteers_registered', 29, true, ['science-association']), ('science_budget', 30, true, ['finance']),
    ('citizens_literate_share', 31, false, ['science-association']);

create table period as
select row_number() over () as period, code, first, last,
    case when code like '____-____-_' then row_number() over (order by first) end as semester,
    case when year(first) = year(last) then year(first) end as year
from (
    select period as code,
        case when period like '____' then make_date(cast(period as int), 1, 1)
            when period like '____-__' then make_date(cast(period[1:4] as int), cast(period[6:7] as int), 1)
            when period like '____-____-1' then make_date(cast(period[1:4] as int), 9, 1)
            when period like '____-____-2' then make_date(cast(period[6:9] as int), 2, 1) end as first,
        case when period like '____' then make_date(cast(period as int), 12, 31)
            when period like '____-__' then last_day(make_date(cast(period[1:4] as int), cast(period[6:7] as int), 1))
            when period like '____-____-1' then make_date(cast(period[6:9] as int), 1, 31)
            when period like '____-____-2' then make_date(cast(period[6:9] as int), 8, 31) end as last
    from (select distinct period from read_parquet({facts}))
);

create table problem(code varchar, file varchar, number bigint);
create table fact as
select file_index as file, file_row_number as number, unit.unit, indicator.indicator, period.period, raw.reported_at,
    case when regexp_full_match(value, '[0-9]{{1,12}}') then cast(value as bigint) end as amount,
    list_contains(indicator.reports, unit.reports) as may
from read_parquet({facts}) as raw
left join unit on unit.id = raw.unit
left join indicator on indicator.code = raw.indicator
left join period on period.code = raw.period;
insert into problem
select case when unit is null then 'unknown_unit' when indicator is null then 'unknown_indicator'
    when period is null then 'bad_period' when amount is null then 'bad_value' else 'wrong_reporter' end, file, number
from fact where unit is null or indicator is null or period is null or amount is null or not may;

create table known as
select unit, indicator, period, count(*) as many, arg_max(amount, reported_at) as amount
from fact group by all;
insert into problem
select 'conflicting_fact', fact.file, fact.number
from fact join (
    select fact.unit, fact.indicator, fact.period, fact.reported_at
    from fact join known using (unit, indicator, period)
    where many > 1 group by all having count(*) > 1
) as crowd using (unit, indicator, period, reported_at);
create table crossing as
select indicator, one.period, other.period as other
from (select distinct indicator, period from known) as pair
join indicator using (indicator)
join period as one using (period)
join (select distinct indicator, period from known) as partner using (indicator)
join period as other on other.period = partner.period
where flow and one.period < other.period and one.first <= other.last and other.first <= one.last;
insert into problem
select 'overlapping_flow', null, one.unit
from known as one join crossing using (indicator, period)
join known as two on two.unit = one.unit and two.indicator = one.indicator and two.period = crossing.other;
insert into problem
select 'implausible', null, small.unit
from known as small join known as large using (unit, period)
where small.indicator in (3, 25) and large.indicator = small.indicator + 1 and small.amount > large.amount;

-- one pivot for each kind of unit
create table school as
select unit.unit, span.semester,
    sum(amount) filter (where indicator = 1) as outings, sum(amount) filter (where indicator = 2) as lectures,
    arg_max(amount, known.period) filter (where indicator = 3) as part,
    arg_max(amount, known.period) filter (where indicator = 4) as enrolled,
    arg_max(amount, known.period) filter (where indicator = 5) as teachers
from (select unit from unit where type = 'school') as unit
cross join (select semester, period from period where semester is not null) as span
left join known on known.unit = unit.unit and known.period = span.period
group by all;
create table place as
select unit.unit, unit.county, unit.type, arg_max(amount, last) filter (where indicator = 11) as households,
    arg_max(amount, last) filter (where indicator = 12) as leaders,
    arg_max(amount, last) filter (where indicator = 13) as officers,
    arg_max(amount, last) filter (where indicator = 14) as activity,
    arg_max(amount, last) filter (where indicator = 15) as library,
    arg_max(amount, last) filter (where indicator = 20) as open
from unit left join known using (unit) left join period using (period)
where type in ('village', 'community', 'facility')
group by all;
create table owner as
select unit.county, unit.unit, indicator.indicator, indicator.flow, span.year
from unit join indicator on list_contains(indicator.reports, unit.reports)
join (select 0 as year union all select unnest([2021, 2022, 2023, 2024, 2025])) as span
    on span.year = 0 or indicator.indicator in (22, 23, 30)
where type in ('township', 'department');
create table total as
select county, indicator, year, sum(amount) as amount, count(*) filter (where amount is null) as silent
from (
    select owner.county, owner.unit, owner.indicator, owner.year,
        case when owner.flow then sum(known.amount) else arg_max(known.amount, period.last) end as amount
    from owner
    left join known on known.unit = owner.unit and known.indicator = owner.indicator
    left join period on period.period = known.period and (owner.year = 0 or period.year = owner.year)
    where known.unit is null or period.period is not null
    group by owner.county, owner.unit, owner.indicator, owner.year, owner.flow
) as own
group by all;

create table finding as
select rule, unit, span, lower, unit_of, least, undecided,
    case when lower is null then 'unknown' when lower >= least * unit_of then 'met'
        when undecided = 0 or lower + undecided < least * unit_of then 'not_met' else 'unknown' end as verdict,
    case when lower < least * unit_of then ceil(least * unit_of - lower) end as shortfall,
    case when lower is null or undecided > 0 then 'missing_facts' end as reason
from (
    select 'outings' as rule, unit, semester as span, outings as lower, 1 as unit_of, 1.00 as least, 0 as undecided
    from school
    union all select 'lectures', unit, semester, lectures, 1, 2, 0 from school
    union all select 'part', unit, semester, part, enrolled, 0.85, 0 from school
    union all select 'teachers', unit, semester, teachers, 1, 1, 0 from school
    union all select 'households', unit, 0, households, 1, 1, 0 from place where type = 'village'
    union all select 'leaders', unit, 0, leaders, 1, 1, 0 from place where type = 'village'
    union all select 'officers', unit, 0, officers, 1, 1, 0 from place where type = 'village'
    union all select 'all ' || indicator, county, 0, amount, 1,
        list_extract([80, 3000, 1500, 1000, 6410, 0, 0, 0, 0, 0, 12000, 1, 1, 20000, 0, 5000, 0, 0, 50000, 0, 0, 1, 5,
            300, 0, 0], indicator - 5), case when silent > 0 then 1000000000000 else 0 end
    from total where year = 0 and indicator not in (22, 23, 25, 26, 30)
    union all select 'covered', one.county, 0, one.amount, two.amount, 0.6, 0
    from total as one join total as two using (county)
    where one.year = 0 and two.year = 0 and one.indicator = 25 and two.indicator = 26
    union all select 'growth ' || indicator, county, one.year, one.amount - two.amount, 1, 1, 0
    from total as one join total as two using (county, indicator)
    where one.year = two.year + 1 and two.year > 2020
    union all select 'share ' || asked, county, 0, count(*) filter (where good), count(*), least,
        count(*) filter (where good is null)
    from (
        select county, 'households' as asked, households >= 1 as good, 1.00 as least from place where type = 'village'
        union all select county, 'leaders', leaders >= 1, 1 from place where type = 'village'
        union all select county, 'officers', officers >= 1, 1 from place where type = 'village'
        union all select county, 'open', open = 1, 0.9 from place where type = 'facility'
        union all select county, 'communities', activity = 1 and library = 1 and officers >= 1, 0.6 from place
        where type = 'community'
        union all select county, 'villages', activity = 1 and library = 1 and officers >= 1, 0.5 from place
        where type = 'village'
    ) as counted
    group by all
) as measured;
copy (select finding.*, unit.id, unit.type from finding join unit using (unit)) to '{output}' (format parquet);

-- What somebody who knows DuckDB and this one plan would write by hand for one day on which everything is due: every
-- kind of error and warning with file and row, superseding and withdrawing, who is in scope, all 32 rules with bounds,
-- verdict, reason and shortfall, waivers and follow-ups. Nothing here serves another plan or another day; a problem is
-- a code and a place, no sentence. The names in braces are paths.
create table problem(code varchar, file varchar, number bigint);

create table told as
select file_row_number + 2 as number, id, name, type, parent, opened, closed,
    coalesce(try_cast(opened as date), date '0001-01-01') as opens,
    coalesce(try_cast(closed as date), date '9999-12-31') as closes,
    case type when 'province' then 0 when 'county' then 1 when 'township' then 2 when 'village' then 3
        when 'community' then 3 when 'school' then 4 when 'facility' then 4 when 'department' then 4 end as level
from (
    select row_number() over () - 1 as file_row_number, trim(id) as id, trim(name) as name, trim(type) as type,
        trim(parent) as parent, trim(opened) as opened, trim(closed) as closed
    from read_csv('{units}', all_varchar = true)
);
insert into problem
select 'duplicate_unit', 'units.csv', max(number) from told group by id having count(*) > 1;
insert into problem
select 'bad_unit', 'units.csv', number from told
where level is null or (not regexp_full_match(id, '[A-Za-z0-9._:-]{{1,64}}') and not regexp_full_match(id, '[\p{{L}}\p{{Nd}}._:-]{{1,64}}')) or closes <= opens
    or (opened is not null and try_cast(opened as date) is null)
    or (closed is not null and try_cast(closed as date) is null);
insert into problem
select 'bad_parent', 'units.csv', told.number from told left join told as above on above.id = told.parent
where told.parent is not null and (above.id is null or above.level >= told.level);
create table unit as
with recursive numbered as (
    select row_number() over (order by id) as unit, id, type, parent, opens, closes from told
), path as (
    select unit, id, type, parent, opens, closes, id as root, case when type = 'county' then unit end as county
    from numbered where parent is null
    union all
    select below.unit, below.id, below.type, below.parent, below.opens, below.closes, path.root,
        case when below.type = 'county' then below.unit else path.county end
    from numbered as below join path on below.parent = path.id
)
select path.unit, path.id, path.type, path.opens, path.closes, path.root, path.county,
    coalesce(area.id, path.root) as area,
    case when path.type = 'department' then string_split(path.id, ':')[-1] else path.type end as reports
from path left join numbered as area on area.unit = path.county;
insert into problem
select 'duplicate_unit', 'units.csv', max(unit) from unit
where type = 'department' and county is not null group by county, reports having count(*) > 1;

create table indicator(code varchar, indicator int, flow boolean, reports varchar[], form varchar);
insert into indicator values
    ('study_practice_sessions', 1, true, ['school'], 'integer'), ('science_lectures', 2, true, ['school'], 'integer'),
    ('students_participating', 3, false, ['school'], 'integer'),
    ('students_enrolled', 4, false, ['school'], 'integer'), ('science_teachers', 5, false, ['school'], 'integer'),
    ('science_teachers_trained', 6, true, ['education-sports'], 'integer'),
    ('farmers_cultivated', 7, true, ['township'], 'integer'),
    ('rural_entrepreneurs_cultivated', 8, true, ['township'], 'integer'),
    ('rural_skills_trained', 9, true, ['township'], 'integer'),
    ('village_cadres_trained', 10, true, ['township'], 'integer'),
    ('demo_households', 11, false, ['village'], 'integer'), ('tech_leaders', 12, false, ['village'], 'integer'),
    ('info_officers', 13, false, ['village', 'community'], 'integer'),
    ('has_activity_room', 14, false, ['village', 'community'], 'boolean'),
    ('has_library_room', 15, false, ['village', 'community'], 'boolean'),
    ('workers_trained', 16, true, ['human-resources'], 'integer'),
    ('innovation_contests', 17, true, ['human-resources'], 'integer'),
    ('engineer_classes', 18, true, ['human-resources'], 'integer'),
    ('officials_trained', 19, true, ['organization'], 'integer'),
    ('open_to_public', 20, false, ['facility'], 'boolean'), ('app_info_officers', 21, false, ['publicity'], 'integer'),
    ('app_registrations', 22, false, ['publicity'], 'integer'), ('app_reach', 23, true, ['publicity'], 'integer'),
    ('museum_visitors', 24, true, ['science-association'], 'integer'),
    ('population_covered', 25, false, ['science-association'], 'integer'),
    ('population', 26, false, ['science-association'], 'integer'),
    ('national_bases_created', 27, true, ['science-association'], 'integer'),
    ('regional_bases_cultivated', 28, true, ['science-association'], 'integer'),
    ('volunteers_registered', 29, true, ['science-association'], 'integer'),
    ('science_budget', 30, true, ['finance'], 'decimal'),
    ('citizens_literate_share', 31, false, ['science-association'], 'percent');

create table period as
with dated as (
    select period as code,
        case when period like '____' then make_date(cast(period as int), 1, 1)
            when period like '____-____' then make_date(cast(period[1:4] as int), 1, 1)
            when period like '____-Q_' then make_date(cast(period[1:4] as int), cast(period[7:7] as int) * 3 - 2, 1)
            when period like '____-__' then make_date(cast(period[1:4] as int), cast(period[6:7] as int), 1)
            when period like '____-__-__' then cast(period as date)
            when period like '____-____-1' then make_date(cast(period[1:4] as int), 9, 1)
            when period like '____-____-2' then make_date(cast(period[6:9] as int), 2, 1) end as first,
        case when period like '____' then make_date(cast(period as int), 12, 31)
            when period like '____-____' then make_date(cast(period[6:9] as int), 12, 31)
            when period like '____-Q_' then last_day(make_date(cast(period[1:4] as int), cast(period[7:7] as int) * 3, 1))
            when period like '____-__' then last_day(make_date(cast(period[1:4] as int), cast(period[6:7] as int), 1))
            when period like '____-__-__' then cast(period as date)
            when period like '____-____-1' then make_date(cast(period[6:9] as int), 1, 31)
            when period like '____-____-2' then make_date(cast(period[6:9] as int), 8, 31) end as last
    from (select distinct period from read_parquet({facts}))
)
select row_number() over (order by last, first, code) as period, code, first, last,
    (epoch_us(cast(first as timestamp)) - 28800000000)::bigint as begins,
    first >= '2021-01-01' and last <= '2025-12-31' as inside,
    case when year(first) = year(last) and first >= '2021-01-01' and last <= '2025-12-31' then year(first) end as year,
    semester
from dated left join (
    select code as semester, make_date(year, 9, 1) as starts, make_date(year + 1, 1, 31) as ends
    from (select printf('%d-%d-1', year, year + 1) as code, year from range(2022, 2026) as years(year))
    union all
    select printf('%d-%d-2', year, year + 1), make_date(year + 1, 2, 1), make_date(year + 1, 8, 31)
    from range(2022, 2025) as years(year)
) on first >= starts and last <= ends
where first is not null;

create table moment as
select text, epoch_us(try_cast(
    case when regexp_matches(text, '(Z|[+-]\d\d:\d\d)$') then text
        when length(text) = 10 then text || ' 00:00:00+08:00' else text || '+08:00' end as timestamptz)) as instant
from (select distinct reported_at as text from read_parquet({facts}) where reported_at <> '');

create table fact as
select file_index as file, file_row_number as number, unit.unit, indicator.indicator, period.period,
    case when raw.reported_at is null or raw.reported_at = '' then 0 else moment.instant end as instant, period.begins,
    case when regexp_full_match(value, '[0-9]{{1,12}}') and form in ('integer', 'decimal')
            then cast(value as decimal(18, 6))
        when value in ('撤回', 'withdrawn') and raw.reported_at <> '' then -1
        when form = 'boolean' then case when lower(value) in ('1', '是', 'true', 'yes') then 1
            when lower(value) in ('0', '否', 'false', 'no') then 0 end
        when form = 'percent' then case when value like '%\%' escape '\' then
            try_cast(value[1:-2] as decimal(16, 4)) / 100 end
        when value like '%万' then try_cast(replace(value[1:-2], ',', '') as decimal(16, 6)) * 10000
        else try_cast(replace(value, ',', '') as decimal(18, 6)) end as amount,
    list_contains(indicator.reports, unit.reports) as may
from read_parquet({facts}) as raw
left join unit on unit.id = raw.unit
left join indicator on indicator.code = raw.indicator
left join period on period.code = raw.period
left join moment on moment.text = raw.reported_at;
insert into problem
select case when unit is null then 'unknown_unit' when indicator is null then 'unknown_indicator'
    when period is null then 'bad_period' when amount is null or instant is null then 'bad_value'
    when not may then 'wrong_reporter' else 'future_period' end, file, number
from fact
where unit is null or indicator is null or period is null or amount is null or instant is null or not may
    or (instant <> 0 and instant < begins);

create table known as
select unit, indicator, period, count(*) as many,
    arg_max(amount, instant) filter (where instant < 1769961600000000) as amount -- 2026-02-02 in Shanghai
from fact group by all;
insert into problem
select case when least < most then 'conflicting_fact' else 'repeated_fact' end, fact.file, fact.number
from fact join (
    select fact.unit, fact.indicator, fact.period, fact.instant, min(fact.amount) as least,
        max(fact.amount) as most
    from fact join known using (unit, indicator, period)
    where many > 1 group by all having count(*) > 1
) as crowd using (unit, indicator, period, instant);
create table item as select distinct indicator, period from known;
insert into problem
select 'unused_fact', null, known.unit
from known join (
    select indicator, period from item join period using (period)
    where not case when indicator < 6 then semester is not null
        when indicator in (22, 23, 30) then year is not null else inside end
) as unused using (indicator, period);
create table crossing as
select indicator, one.period, other.period as other
from item as pair
join indicator using (indicator)
join period as one using (period)
join item as partner using (indicator)
join period as other on other.period = partner.period
where flow and one.period < other.period and one.first <= other.last and other.first <= one.last;
insert into problem
select 'overlapping_flow', null, one.unit
from known as one join crossing using (indicator, period)
join known as two on two.unit = one.unit and two.indicator = one.indicator and two.period = crossing.other;
insert into problem
select 'implausible', null, small.unit
from known as small join known as large using (unit, period)
where small.indicator in (3, 25) and large.indicator = small.indicator + 1 and large.amount >= 0
    and small.amount > large.amount
union all
select 'implausible', null, unit from fact where indicator = 31 and amount > 1
union all
select 'implausible', null, known.unit
from known join unit using (unit) join period using (period)
where (opens > '0001-01-01' or closes < '9999-12-31') and (last < opens or closes <= first);

create table rule(
    number int, id varchar, commitment varchar, force varchar, section varchar, target varchar, indicator int,
    least decimal(18, 6), every varchar);
insert into rule values
    (0, 'literacy.citizens', 'C01', 'must', '一（三）', 'at_least 11%', 31, 0.11, 'plan'),
    (1, 'youth.study-practice', 'C02', 'must', '二（一）3', 'at_least 1', 1, 1, 'semester'),
    (2, 'youth.lectures', 'C03', 'must', '二（一）3', 'at_least 2', 2, 2, 'semester'),
    (3, 'youth.participation', 'C04', 'must', '二（一）3', 'at_least 85%', 3, 0.85, 'semester'),
    (4, 'youth.science-teacher', 'C05', 'must', '二（一）4', 'at_least 1', 5, 1, 'semester'),
    (5, 'youth.teacher-training', 'C06', 'must', '二（一）4', 'at_least 80', 6, 80, 'plan'),
    (6, 'rural.farmers', 'C07', 'must', '二（二）2', 'at_least 3000', 7, 3000, 'plan'),
    (7, 'rural.entrepreneurs', 'C08', 'must', '二（二）2', 'at_least 1500', 8, 1500, 'plan'),
    (8, 'rural.skills', 'C09', 'must', '二（二）2', 'at_least 1000', 9, 1000, 'plan'),
    (9, 'rural.village-cadres', 'C10', 'must', '二（二）2', 'at_least 6410', 10, 6410, 'plan'),
    (10, 'rural.demo-household', 'C11', 'must', '二（二）4', 'at_least 1', 11, 1, 'plan'),
    (11, 'rural.demo-household-coverage', 'C11', 'must', '二（二）4', 'at_least 100%', null, 1, 'plan'),
    (12, 'rural.tech-leader', 'C12', 'must', '二（二）4', 'at_least 1', 12, 1, 'plan'),
    (13, 'rural.tech-leader-coverage', 'C12', 'must', '二（二）4', 'at_least 100%', null, 1, 'plan'),
    (14, 'rural.info-officer', 'C13', 'must', '二（二）4', 'at_least 1', 13, 1, 'plan'),
    (15, 'rural.info-officer-coverage', 'C13', 'must', '二（二）4', 'at_least 100%', null, 1, 'plan'),
    (16, 'workers.training', 'C14', 'must', '二（三）1', 'at_least 12000', 16, 12000, 'plan'),
    (17, 'workers.innovation-contest', 'C15', 'must', '二（三）1', 'at_least 1', 17, 1, 'plan'),
    (18, 'workers.engineer-class', 'C16', 'must', '二（三）1', 'at_least 1', 18, 1, 'plan'),
    (19, 'officials.training', 'C17', 'must', '二（五）2', 'at_least 20000', 19, 20000, 'plan'),
    (20, 'facilities.openness', 'C18', 'must', '三（一）2', 'at_least 90%', null, 0.9, 'plan'),
    (21, 'digital.info-officers', 'C19', 'must', '三（二）4', 'at_least 5000', 21, 5000, 'plan'),
    (22, 'digital.registrations-growth', 'C20', 'must', '三（二）4', 'more_than 0', 22, 0, 'year'),
    (23, 'digital.reach-growth', 'C20', 'must', '三（二）4', 'more_than 0', 23, 0, 'year'),
    (24, 'venues.museum-visitors', 'C21', 'must', '三（三）2', 'at_least 50000', 24, 50000, 'plan'),
    (25, 'venues.service-coverage', 'C22', 'must', '三（三）2', 'at_least 60%', 25, 0.6, 'plan'),
    (26, 'venues.national-base', 'C23', 'must', '三（三）3', 'at_least 1', 27, 1, 'plan'),
    (27, 'venues.regional-bases', 'C24', 'must', '三（三）3', 'at_least 5', 28, 5, 'plan'),
    (28, 'grassroots.communities', 'C25', 'strive', '三（三）4', 'at_least 60%', null, 0.6, 'plan'),
    (29, 'grassroots.villages', 'C26', 'strive', '三（三）4', 'at_least 50%', null, 0.5, 'plan'),
    (30, 'talent.volunteers', 'C27', 'must', '三（五）3', 'at_least 300', 29, 300, 'plan'),
    (31, 'funding.budget-growth', 'C28', 'must', '四（三）', 'more_than 0', 30, 0, 'year');

create table span as
select printf('%d-%d-1', year, year + 1) as code, year * 2 - 4044 as turn, make_date(year + 1, 1, 31) as last,
    'semester' as every, null as year
from range(2022, 2026) as years(year)
union all
select printf('%d-%d-2', year, year + 1), year * 2 - 4043, make_date(year + 1, 8, 31), 'semester', null
from range(2022, 2025) as years(year)
union all
select cast(year as varchar), year - 2022, make_date(year, 12, 31), 'year', year from range(2022, 2026) as years(year)
union all
select '2021-2025', 0, date '2025-12-31', 'plan', null;

-- one pivot for each kind of unit
create table school as
select asked.unit, asked.code,
    sum(amount) filter (where indicator = 1) as outings, sum(amount) filter (where indicator = 2) as lectures,
    arg_max(amount, told.period) filter (where indicator = 3) as part,
    arg_max(amount, told.period) filter (where indicator = 4) as enrolled,
    arg_max(amount, told.period) filter (where indicator = 5) as teachers
from (
    select unit, code from unit join span on every = 'semester' and opens <= last and last < closes
    where type = 'school'
) as asked
left join (
    select unit, indicator, period, semester, amount from known join period using (period)
    where semester is not null and indicator < 6 and amount >= 0
) as told on told.unit = asked.unit and told.semester = asked.code
group by all;
create table place as
select unit.unit, unit.county, unit.type, arg_max(amount, known.period) filter (where indicator = 11) as households,
    arg_max(amount, known.period) filter (where indicator = 12) as leaders,
    arg_max(amount, known.period) filter (where indicator = 13) as officers,
    arg_max(amount, known.period) filter (where indicator = 14) as activity,
    arg_max(amount, known.period) filter (where indicator = 15) as library,
    arg_max(amount, known.period) filter (where indicator = 20) as open
from unit
left join (select known.* from known join period using (period) where inside and amount >= 0) as known using (unit)
where type in ('village', 'community', 'facility') and opens <= '2025-12-31' and '2025-12-31' < closes
group by all;
create table owner as
select unit.county, unit.unit, indicator.indicator, indicator.flow, looked.year,
    opens <= looked.last and looked.last < closes as expected
from unit join indicator on list_contains(indicator.reports, unit.reports)
join (
    select 0 as year, date '2025-12-31' as last union all
    select year, make_date(year, 12, 31) from range(2021, 2026) as years(year)
) as looked on looked.year = 0 or indicator.indicator in (22, 23, 30)
where type in ('township', 'department');
create table total as
select county, indicator, year, sum(own.amount) filter (where own.flow or own.expected) as amount,
    count(*) filter (where own.expected and own.amount is null) as silent,
    count(*) filter (where own.expected) as expected
from (
    select owner.county, owner.unit, owner.indicator, owner.year, owner.expected, owner.flow,
        case when owner.flow then sum(known.amount) else arg_max(known.amount, known.period) end as amount
    from owner
    left join (
        select known.*, 0 as year from known join period using (period) where inside and amount >= 0
        union all
        select known.*, period.year from known join period using (period)
        where year is not null and indicator in (22, 23, 30) and amount >= 0
    ) as known on known.unit = owner.unit and known.indicator = owner.indicator and known.year = owner.year
    group by owner.county, owner.unit, owner.indicator, owner.year, owner.expected, owner.flow
) as own
group by county, indicator, year;

create table measured as
select 1 as number, unit, code, outings as lower, outings as upper, 1 as unit_of,
    case when outings is null then 'missing_facts' end as reason from school
union all select 2, unit, code, lectures, lectures, 1, case when lectures is null then 'missing_facts' end from school
union all select 3, unit, code, case when enrolled > 0 then part end, case when enrolled > 0 then part end,
    case when enrolled > 0 and part is not null then enrolled end,
    case when part is null or enrolled is null then 'missing_facts' when enrolled = 0 then 'zero_denominator' end
from school
union all select 4, unit, code, teachers, teachers, 1, case when teachers is null then 'missing_facts' end from school
union all select 10, unit, '2021-2025', households, households, 1,
    case when households is null then 'missing_facts' end from place where type = 'village'
union all select 12, unit, '2021-2025', leaders, leaders, 1,
    case when leaders is null then 'missing_facts' end from place where type = 'village'
union all select 14, unit, '2021-2025', officers, officers, 1,
    case when officers is null then 'missing_facts' end from place where type = 'village'
union all select rule.number, county.unit, '2021-2025', amount, case when silent = 0 then amount end, 1,
    case when amount is not null and silent = 0 then null when expected > 0 then 'missing_facts' else 'no_units' end
from (select * from unit where type = 'county' and opens <= '2025-12-31' and '2025-12-31' < closes) as county
join rule on rule.number in (0, 5, 6, 7, 8, 9, 16, 17, 18, 19, 21, 24, 26, 27, 30)
left join total on total.county = county.unit and total.indicator = rule.indicator and total.year = 0
union all select 25, county.unit, '2021-2025', case when known then one.amount end, case when known then one.amount end,
    case when known then two.amount end,
    case when known then null when one.amount is not null and one.silent = 0 and two.amount = 0 and two.silent = 0
        then 'zero_denominator' when coalesce(one.expected, 0) = 0 or coalesce(two.expected, 0) = 0 then 'no_units'
        else 'missing_facts' end
from (select * from unit where type = 'county' and opens <= '2025-12-31' and '2025-12-31' < closes) as county
left join total as one on one.county = county.unit and one.indicator = 25 and one.year = 0
left join total as two on two.county = county.unit and two.indicator = 26 and two.year = 0
cross join lateral (
    select coalesce(one.amount is not null and one.silent = 0 and two.amount > 0 and two.silent = 0, false) as known)
union all select rule.number, county.unit, span.code, case when known then one.amount - two.amount end,
    case when known then one.amount - two.amount end, 1,
    case when known then null when (not coalesce(one.amount is not null and one.silent = 0, false)
            and coalesce(one.expected, 0) = 0) or (not coalesce(two.amount is not null and two.silent = 0, false)
            and coalesce(two.expected, 0) = 0) then 'no_units' else 'missing_facts' end
from (select * from unit where type = 'county') as county
join span on span.every = 'year' and county.opens <= span.last and span.last < county.closes
join rule on rule.every = 'year'
left join total as one on one.county = county.unit and one.indicator = rule.indicator and one.year = span.year
left join total as two on two.county = county.unit and two.indicator = rule.indicator and two.year = span.year - 1
cross join lateral (
    select coalesce(one.amount is not null and one.silent = 0 and two.amount is not null and two.silent = 0, false)
        as known)
union all select asked.number, county.unit, '2021-2025', good, good + undecided, counted,
    case when counted is null then 'no_units' when undecided > 0 then 'missing_facts' end
from (select * from unit where type = 'county' and opens <= '2025-12-31' and '2025-12-31' < closes) as county
join (select unnest([11, 13, 15, 20, 28, 29]) as number) as asked on true
left join (
    select county, number, count(*) filter (where good) as good, count(*) filter (where good is null) as undecided,
        count(*) as counted
    from (
        select county, 11 as number, households >= 1 as good from place where type = 'village'
        union all select county, 13, leaders >= 1 from place where type = 'village'
        union all select county, 15, officers >= 1 from place where type = 'village'
        union all select county, 20, open = 1 from place where type = 'facility'
        union all select county, 28, activity = 1 and library = 1 and officers >= 1 from place where type = 'community'
        union all select county, 29, activity = 1 and library = 1 and officers >= 1 from place where type = 'village'
    ) as tested
    group by all
) as share on share.county = county.unit and share.number = asked.number;

create table waiver as
select id, rule, unit, nullif(periods, '') as periods, coalesce(try_cast("from" as date), date '0001-01-01') as starts,
    try_cast(until as date) as ends
from read_csv('{waivers}', all_varchar = true);
insert into problem
select 'bad_waiver', 'waivers.csv', null
from waiver left join rule on rule.id = waiver.rule left join unit on unit.id = waiver.unit
where rule.id is null or unit.id is null or ends is null or ends < starts;
create table waived as
select rule.number, unit.unit, span.code, min(waiver.id) as waiver
from waiver join rule on rule.id = waiver.rule join unit on unit.id = waiver.unit join span on span.every = rule.every
where (periods is null or list_contains(string_split(periods, ';'), span.code))
    and case when rule.every = 'plan' then date '2026-02-01' else span.last end between starts and ends
group by all;

create table finding as
select number, unit, code, lower, upper, unit_of,
    case when waiver is not null and plain in ('not_met', 'unknown') then waiver end as waiver,
    case when waiver is not null and plain in ('not_met', 'unknown') then 'waived' else plain end as verdict,
    case when waiver is not null and plain in ('not_met', 'unknown') then plain end as underlying,
    case when plain = 'unknown' then reason end as reason,
    case when number in (22, 23, 31) and lower <= 0 then case when number = 31 then -lower else 1 - lower end
        when lower < least * unit_of then case when number = 0 then least * unit_of - lower
            else ceil(least * unit_of - lower) end end as shortfall
from (
    select measured.*, rule.least, waived.waiver,
        case when lower is null then 'unknown'
            when number in (22, 23, 31) then case when lower > 0 then 'met' else 'not_met' end
            when lower >= least * unit_of then 'met'
            when upper < least * unit_of then 'not_met' else 'unknown' end as plain
    from measured join rule using (number) left join waived using (number, unit, code)
) as judged;
insert into problem
select 'unneeded_waiver', 'waivers.csv', null
from waived join finding using (number, unit, code)
group by waived.waiver having count(*) filter (where verdict <> 'met') = 0;

copy (
    select rule.id as rule, rule.commitment, rule.force, rule.section, unit.id as unit, unit.type as unit_type,
        unit.area, unit.root, finding.code as period, finding.verdict, finding.underlying, finding.reason,
        cast(null as varchar) as pace, finding.lower, finding.upper, finding.unit_of, rule.target, finding.shortfall,
        1 as unity, finding.waiver
    from finding join rule using (number) join unit using (unit)
) to '{output}' (format parquet);
copy (
    select 'repeat' as follow_up, unit.id as unit, rule.id as rule, before as first_period, code as last_period
    from (
        select number, unit, finding.code, turn,
            lag(turn) over (partition by number, unit order by turn) as earlier,
            lag(finding.code) over (partition by number, unit order by turn) as before
        from finding join rule using (number) join span on span.code = finding.code and span.every = rule.every
        where verdict = 'not_met' and rule.every <> 'plan'
    ) as failed join rule using (number) join unit using (unit)
    where earlier = turn - 1
    union all
    select 'cluster', unit.id, rule.id, code, code
    from (
        select number, unit, code from finding where verdict = 'not_met'
        qualify count(*) over (partition by unit, code) >= 3
    ) as crowd join rule using (number) join unit using (unit)
    where unit.type <> 'county'
) to '{alerts}' (format parquet);

"""The rulebook that ships, against a transcript of the register of commitments and against the plan's own text."""

from __future__ import annotations

import re
from datetime import date

from checker.model.language import Text
from checker.model.rulebook import Change, Force, Measure, Ratio, Rulebook, Share, Total
from checker.rulebook.loading import default_folder, load

REGISTER = """\
literacy.citizens              C01 一（三）   county  plan     total citizens_literate_share      at_least 11%
youth.study-practice           C02 二（一）3  school  semester total study_practice_sessions      at_least 1
youth.lectures                 C03 二（一）3  school  semester total science_lectures             at_least 2
youth.participation            C04 二（一）3  school  semester ratio students_participating students_enrolled at_least 85%
youth.science-teacher          C05 二（一）4  school  semester total science_teachers             at_least 1
youth.teacher-training         C06 二（一）4  county  plan     total science_teachers_trained     at_least 80
rural.farmers                  C07 二（二）2  county  plan     total farmers_cultivated           at_least 3000
rural.entrepreneurs            C08 二（二）2  county  plan     total rural_entrepreneurs_cultivated at_least 1500
rural.skills                   C09 二（二）2  county  plan     total rural_skills_trained         at_least 1000
rural.village-cadres           C10 二（二）2  county  plan     total village_cadres_trained       at_least 6410
rural.demo-household           C11 二（二）4  village plan     total demo_households              at_least 1
rural.demo-household-coverage  C11 二（二）4  county  plan     share village demo_households      at_least 100%
rural.tech-leader              C12 二（二）4  village plan     total tech_leaders                 at_least 1
rural.tech-leader-coverage     C12 二（二）4  county  plan     share village tech_leaders         at_least 100%
rural.info-officer             C13 二（二）4  village plan     total info_officers                at_least 1
rural.info-officer-coverage    C13 二（二）4  county  plan     share village info_officers        at_least 100%
workers.training               C14 二（三）1  county  plan     total workers_trained              at_least 12000
workers.innovation-contest     C15 二（三）1  county  plan     total innovation_contests          at_least 1
workers.engineer-class         C16 二（三）1  county  plan     total engineer_classes             at_least 1
officials.training             C17 二（五）2  county  plan     total officials_trained            at_least 20000
facilities.openness            C18 三（一）2  county  plan     share facility open_to_public      at_least 90%
digital.info-officers          C19 三（二）4  county  plan     total app_info_officers            at_least 5000
digital.registrations-growth   C20 三（二）4  county  year     change app_registrations           more_than 0
digital.reach-growth           C20 三（二）4  county  year     change app_reach                   more_than 0
venues.museum-visitors         C21 三（三）2  county  plan     total museum_visitors              at_least 50000
venues.service-coverage        C22 三（三）2  county  plan     ratio population_covered population at_least 60%
venues.national-base           C23 三（三）3  county  plan     total national_bases_created       at_least 1
venues.regional-bases          C24 三（三）3  county  plan     total regional_bases_cultivated    at_least 5
grassroots.communities         C25 三（三）4  county  plan     share community has_activity_room has_library_room info_officers at_least 60%
grassroots.villages            C26 三（三）4  county  plan     share village has_activity_room has_library_room info_officers at_least 50%
talent.volunteers              C27 三（五）3  county  plan     total volunteers_registered        at_least 300
funding.budget-growth          C28 四（三）   county  year     change science_budget              more_than 0
"""  # noqa: E501 (a table)
REPORTED = """\
citizens_literate_share level percent department:science-association
study_practice_sessions flow integer school
science_lectures flow integer school
students_participating level integer school
students_enrolled level integer school
science_teachers level integer school
science_teachers_trained flow integer department:education-sports
farmers_cultivated flow integer township
rural_entrepreneurs_cultivated flow integer township
rural_skills_trained flow integer township
village_cadres_trained flow integer township
demo_households level integer village
tech_leaders level integer village
info_officers level integer village, community
has_activity_room level boolean village, community
has_library_room level boolean village, community
workers_trained flow integer department:human-resources
innovation_contests flow integer department:human-resources
engineer_classes flow integer department:human-resources
officials_trained flow integer department:organization
open_to_public level boolean facility
app_info_officers level integer department:publicity
app_registrations level integer department:publicity
app_reach flow integer department:publicity
museum_visitors flow integer department:science-association
population_covered level integer department:science-association
population level integer department:science-association
national_bases_created flow integer department:science-association
regional_bases_cultivated flow integer department:science-association
volunteers_registered flow integer department:science-association
science_budget flow decimal department:finance
"""


def shipped() -> Rulebook:
    loaded = load(default_folder())
    assert loaded.problems == []
    assert loaded.rulebook is not None
    return loaded.rulebook


def written(measure: Measure) -> str:
    if isinstance(measure, Share):
        return f"share {measure.of} {' '.join(condition.indicator for condition in measure.conditions)}"
    if isinstance(measure, Ratio):
        return f"ratio {measure.numerator} {measure.denominator}"
    return f"{ {Total: 'total', Change: 'change'}[type(measure)] } {measure.indicator}"


def test_it_has_every_rule_of_the_register_in_its_order() -> None:
    lines = [
        f"{rule.id} {rule.commitment} {rule.section} {rule.of_each.unit_type} {rule.every} {written(rule.measure)}"
        f" {rule.targets[0].figure}"
        for rule in shipped().rules.values()
    ]
    assert lines == [" ".join(line.split()) for line in REGISTER.splitlines()]
    assert len(lines) == 32
    assert {line.split()[1] for line in lines} == {f"C{n:02d}" for n in range(1, 29)}


def test_it_has_every_indicator_of_the_register_in_its_order() -> None:
    lines = []
    for code, indicator in shipped().indicators.items():
        reporter = indicator.reporter
        who = f"department:{reporter.department}" if reporter.department else ", ".join(reporter.unit_types)
        lines.append(f"{code} {indicator.nature.value} {indicator.value.value} {who}")
    assert lines == REPORTED.splitlines()
    assert len(lines) == 31


def test_two_commitments_are_striven_for_and_every_other_binds() -> None:
    rules = shipped().rules.values()
    assert [rule.commitment for rule in rules if rule.force is Force.STRIVE] == ["C25", "C26"]


def test_readings_that_are_ours_are_marked() -> None:
    assert [rule.id for rule in shipped().rules.values() if rule.reading] == [
        "literacy.citizens",
        "youth.participation",
        "youth.science-teacher",
        "rural.demo-household",
        "rural.tech-leader",
        "rural.info-officer",
        "funding.budget-growth",
    ]


def test_finance_answers_for_the_budget_and_nobody_else_is_named() -> None:
    assert {rule.id: rule.answerable for rule in shipped().rules.values() if rule.answerable} == {
        "funding.budget-growth": "finance"
    }


def test_shares_count_units_that_have_each_thing_at_least_once() -> None:
    rules = shipped().rules
    for rule in rules.values():
        if isinstance(rule.measure, Share):
            assert {str(condition.figure) for condition in rule.measure.conditions} <= {"at_least 1", "equals 是"}


def test_its_sections_follow_the_plan_and_two_say_that_they_promise_nothing() -> None:
    sections = shipped().sections
    assert [section.number for section in sections] == [
        *("一（三）", "二（一）", "二（二）", "二（三）", "二（四）", "二（五）"),
        *("三（一）", "三（二）", "三（三）", "三（四）", "三（五）", "四"),
    ]
    assert [section.number for section in sections if section.no_commitment] == ["二（四）", "三（四）"]
    youth = sections[1]
    assert youth.lead == ("education-sports", "science-association")
    assert youth.support == ("science-technology", "natural-resources", "ecology", "youth-league", "womens-federation")


def test_its_calendar_asks_seven_semesters_and_four_years() -> None:
    plan = shipped().plan
    assert [period.code for period in plan.periods("semester")] == [
        *("2022-2023-1", "2022-2023-2", "2023-2024-1", "2023-2024-2"),
        *("2024-2025-1", "2024-2025-2", "2025-2026-1"),
    ]
    assert [period.code for period in plan.periods("year")] == ["2022", "2023", "2024", "2025"]
    (whole,) = plan.periods("plan")
    assert (whole.code, whole.first, whole.last) == ("2021-2025", date(2021, 1, 1), date(2025, 12, 31))
    assert plan.grace_days == 0


def test_it_names_every_unit_type_and_department() -> None:
    plan = shipped().plan
    assert [list(group) for group in plan.unit_types] == [
        ["province"],
        ["county"],
        ["township"],
        ["village", "community"],
        ["school", "facility", "department"],
    ]
    assert len(plan.departments.codes) == 24
    assert plan.departments.codes["finance"] == Text("县财政局", "Finance Bureau")
    assert {code: group.every for code, group in plan.departments.groups.items()} == {
        "townships": "township",
        "all-members": "department",
    }


def test_its_follow_ups_leave_the_county_out_of_clusters() -> None:
    repeat, cluster = shipped().follow_ups
    assert (repeat.id, repeat.kind.value, repeat.count, len(repeat.unit_types)) == ("repeat", "repeat", 2, 8)
    assert (cluster.id, cluster.kind.value, cluster.count) == ("cluster", "cluster", 3)
    assert cluster.unit_types == (
        *("community", "department", "facility", "province", "school", "township", "village"),
    )


def test_its_checks_are_the_two_of_the_register() -> None:
    assert [(check.indicator, check.at_most) for check in shipped().checks] == [
        ("students_participating", "students_enrolled"),
        ("population_covered", "population"),
    ]


def test_everything_that_people_read_is_there_in_chinese_and_english() -> None:
    rulebook = shipped()
    texts = [text for rule in rulebook.rules.values() for text in (rule.title, rule.remedy, rule.reading) if text]
    texts += [text for i in rulebook.indicators.values() for text in (i.name, i.counts)]
    texts += [section.title for section in rulebook.sections]
    for text in texts:
        assert re.search("[\u4e00-\u9fff]", text.zh), text
        assert not re.search("[\u4e00-\u9fff]", text.en), text
    assert all(rule.remedy for rule in rulebook.rules.values())


def test_its_digest_stays_while_nothing_is_said_otherwise() -> None:
    assert shipped().digest == shipped().digest


def test_no_line_of_it_is_too_long_to_lay_beside_the_plan() -> None:
    for path in default_folder().iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            assert len(line) < 120, f"{path.name}: {line}"

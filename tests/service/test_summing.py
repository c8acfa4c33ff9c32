"""Findings added up: whatever they are added up by, none is lost and none counts twice."""

from __future__ import annotations

from fractions import Fraction

from checker.model.finding import Verdict
from checker.model.language import same
from checker.service.looking import Look
from checker.service.summing import By, tallies, tallies_below, tally, total, within
from checker.store.findings import Wanted
from tests.service.office import LECTURES, Office


def test_every_way_of_adding_up_counts_the_same(office: Office) -> None:
    office.handed_in("school", LECTURES)
    office.rolling.finish()
    with office.ground.database.read() as reading:
        look = Look(office.ground, reading)
        ways = [total(tallies(reading, look, Wanted(), by)) for by in (By.SECTION, By.TOWNSHIP, By.PERIOD)]
        assert ways[0].must[Verdict.MET] == 1
        assert all(way == ways[0] for way in ways)


def test_what_lies_below_a_unit_is_added_up_by_the_units_just_below_it(office: Office) -> None:
    office.handed_in("school", LECTURES)
    with office.ground.database.read() as reading:
        look = Look(office.ground, reading)
        county, town = look.registry["pingluo"], look.registry["chengguan"]
        towns = {one.key: one for one in tallies_below(reading, look, Wanted(), county)}
        schools = {one.key: one for one in tallies_below(reading, look, Wanted(), town)}
        whole = total(tallies(reading, look, within(Wanted(), town, look), By.SECTION))
        own = total(tallies(reading, look, Wanted(unit="chengguan"), By.SECTION))
    assert towns["chengguan"].must[Verdict.MET] == schools["school-1"].must[Verdict.MET] == 1
    assert {"school-1", "school-2", "village-1"} >= set(schools)
    assert towns["chengguan"].due == whole.due == sum(one.due for one in schools.values()) + own.due
    assert towns["chengguan"].name == same("城关镇")


def test_a_past_day_is_added_up_as_it_was(office: Office) -> None:
    office.clock.move(days=1)
    office.handed_in("school", LECTURES)
    with office.ground.database.read() as reading:
        now, then = (
            Look(office.ground, reading),
            Look(office.ground, reading, office.clock().date().replace(day=30, month=6)),
        )
        for look, met in ((now, 1), (then, 0)):
            town = look.registry["chengguan"]
            assert total(tallies_below(reading, look, Wanted(), town)).must[Verdict.MET] == met


def test_rates_are_of_what_is_due_and_exact() -> None:
    counts = [("", "must", verdict, n) for verdict, n in [("met", 2), ("not_met", 1), ("waived", 3), ("pending", 5)]]
    one = tally("", same(""), counts)
    assert (one.due, one.rate, one.rate_after_waivers) == (6, Fraction(1, 3), Fraction(2, 3))
    nothing = tally("", same(""), [("", "must", "pending", 1), ("", "strive", "met", 1)])
    assert (nothing.rate, nothing.rate_after_waivers) == (None, None)
    waived = tally("", same(""), [("", "must", "waived", 1)])
    assert (waived.rate, waived.rate_after_waivers) == (Fraction(0), None)

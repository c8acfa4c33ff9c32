"""The county at a glance and the way down: what is drawn is what is counted, and nobody sees beyond their area."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model.finding import Verdict
from checker.model.language import same
from checker.service.loading import load_units
from checker.service.pages import chart
from checker.service.summing import tally
from tests.service.office import LECTURES, UNITS, Office
from tests.service.pages.site import Site
from tests.service.pages.visitor import visitor

PROBE = "<img src=/x onerror=alert(1)>'{{1}}"


@pytest.mark.parametrize("script", [True, False])
def test_somebody_goes_down_from_the_county_to_what_a_school_owes(site: Site, script: bool) -> None:
    site.office.handed_in("school", LECTURES)
    with site.window("auditor", script=script) as window:
        window.open("/")
        assert window.path == "/overview"
        assert "平罗县" in window.text
        window.follow("城关镇")
        window.follow("一小")
        assert window.path == "/overview/school-1"
        row = window.page.locator("tr", has_text="每学期举办科普讲座不少于2次")
        assert "2024-2025-1 达标" in row.inner_text()
        window.page.get_by_label("期间").select_option("2024-2025-1")
        if not script:
            window.press("查看")
        window.page.wait_for_url("**period=2024-2025-1")
        window.follow("平罗县")
        assert window.path == "/overview/pingluo"


def test_both_rates_stand_beside_each_other_for_every_section_and_township(site: Site) -> None:
    site.office.handed_in("school", LECTURES)
    told = {row["key"]: row for row in site.office.get("auditor", "/summaries/section")["rows"]}
    with site.window("auditor") as window:
        window.open("/overview")
        table = window.page.locator("table", has_text="按章节")
        assert table.locator("tbody tr").count() == len(told)
        cells = table.locator("tbody tr", has_text="二（一）").locator("td").all_inner_texts()
        youth = told["二（一）"]
        assert [cell.split()[0] for cell in cells[1:6]] == [
            str(youth[one]) for one in ("met", "not_met", "unknown", "waived", "pending")
        ]
        assert window.page.locator("table", has_text="按乡镇和部门").locator("tbody tr", has_text="宝丰镇").count() == 1


def test_an_area_ends_where_it_ends(desk_office: Office) -> None:
    town = visitor(desk_office, "town-auditor")
    within = {town.get(f"/overview/{unit}").status_code for unit in ("school-1", "chengguan")}
    beyond = {town.get(f"/overview/{unit}").status_code for unit in ("school-3", "pingluo", "nowhere")}
    assert (within, beyond) == ({200}, {404})
    assert visitor(desk_office, "school").get("/overview").status_code == 403
    assert visitor(desk_office, "policy").get("/overview").status_code == 200


def test_a_name_of_a_unit_is_text(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(f"{UNITS}probe,{PROBE},school,chengguan,,\n", encoding="utf-8")
    load_units(site.office.ground, file)
    site.office.rolling.finish()
    with site.window("auditor") as window:
        window.open("/overview/chengguan")
        window.follow(PROBE)
        assert window.path == "/overview/probe"
        assert window.page.inner_text("h1") == PROBE


def test_bars_stand_as_high_as_their_rates_and_say_them_exactly() -> None:
    some = [
        tally("2022", same(""), [("", "must", Verdict.MET, 2), ("", "must", Verdict.WAIVED, 1)]),
        tally("2023", same(""), []),
    ]
    drawn = chart.trend(some)
    first, nothing = drawn.pairs
    assert (first.checked and first.checked.height, first.checked and first.checked.label) == (120, "66.7%")
    assert (first.waived and first.waived.height, first.waived and first.waived.label) == (180, "100.0%")
    assert (nothing.checked, nothing.waived) == (None, None)


def test_a_strip_leaves_no_gap_and_nothing_over() -> None:
    counts = [("", "must", verdict, n) for verdict, n in ((Verdict.MET, 3), (Verdict.UNKNOWN, 1), (Verdict.NOT_MET, 3))]
    parts = chart.strip(tally("", same(""), counts))
    assert [verdict for verdict, _, _ in parts] == [Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET]
    assert [start + width for _, start, width in parts] == [428, 571, 1000]
    assert [start for _, start, _ in parts] == [0, 428, 571]
    assert chart.strip(tally("", same(""), [("", "must", Verdict.PENDING, 1)])) == []

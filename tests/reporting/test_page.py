"""The HTML page in a real browser: offline, quiet, within its width, readable by everyone, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from checker.baseline.comparing import changed_since
from checker.baseline.earlier import read_earlier
from checker.checking import Question, check, witnessed
from checker.engines.plain import PlainJudge
from checker.engines.selecting import Filters
from checker.intake.layout import Inputs
from checker.model.language import Language
from checker.model.run import Run
from checker.reporting import html_format
from checker.reporting.html_format import to_html
from checker.reporting.json_format import to_json
from checker.rulebook.loading import default_folder, load
from tests.reporting.looking import CHROMIUM, barred, chromium, fonts, missing, opened, sideways
from tests.reporting.nasty import nasty_run
from tests.reporting.test_formats import PROBLEM

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="没有 chromium，页面没有看  no chromium here: pages are not looked at"
)
FIXTURE = Path(__file__).parents[2] / "fixtures" / "pingluo"
FEW = frozenset({"school-002", "school-004", "school-033", "school-040", "school-066", "finance"})
WIDTHS = (320, 768, 1280)
BAD = """<!doctype html><html><head><title>x</title></head><body><img src="data:,"><p style="color:#ddd">\u0378灰</p>
<div style="width:4000px">宽</div><script>console.log("heard"); alert("asked"); undefinedName</script></body></html>"""


def question(day: date) -> Question:
    return Question(as_of=day, filters=Filters(units=FEW))


def county(day: date) -> Run:
    rulebook = load(default_folder()).rulebook
    assert rulebook is not None
    return check(rulebook, Inputs(folder=FIXTURE, files=(), units=None), question(day), PlainJudge())


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every part of the page, with few findings, so that looking at all of it takes no minute."""
    earlier = read_earlier(b"".join(to_json(county(date(2025, 1, 31)), Language.ZH)))
    assert earlier is not None
    later = date(2025, 12, 31)
    run = witnessed(changed_since(earlier, county(later), question(later)), lambda _: True)
    file = tmp_path_factory.mktemp("page") / "county.html"
    file.write_bytes(b"".join(to_html(replace(run, problems=(*run.problems, PROBLEM), left_out=("b.csv",)))))
    return file


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def english(page: Page) -> None:
    page.get_by_text("English", exact=True).click()


def unfold(page: Page) -> None:
    page.evaluate(
        "for (const one of document.querySelectorAll('li:not([hidden]) > details, figure details')) one.open = true"
    )


def test_looking_finds_what_is_wrong_with_a_bad_page(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "bad.html"
    file.write_text(BAD, encoding="utf-8")
    with opened(browser, file) as (page, said):
        assert sideways(page) > 0
        assert {"image-alt", "color-contrast", "html-has-lang"} <= set(barred(page))
        assert missing(page) == ["\u0378"]
        assert said[:2] == ["heard", "asked"]
        assert "undefinedName" in said[2]


@pytest.mark.parametrize("language", Language)
def test_the_page_bars_nobody(browser: Browser, page_file: Path, language: Language) -> None:
    with opened(browser, page_file, 320 if language is Language.ZH else 1280) as (page, said):
        if language is Language.EN:
            english(page)
        unfold(page)
        assert page.locator("svg.trend").count() > 1
        assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[language]
        assert (barred(page), said) == ([], [])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_keeps_its_width_and_is_quiet(browser: Browser, page_file: Path, width: int) -> None:
    with opened(browser, page_file, width) as (page, said):
        unfold(page)
        assert sideways(page) == 0
        english(page)
        assert (sideways(page), said) == (0, [])


def test_the_style_asks_no_ancestor_what_lies_below_it() -> None:
    style = (Path(html_format.__file__).parent / "page" / "page.css").read_text(encoding="utf-8")
    assert ":has(" not in style.replace(":has()", "")


def test_it_is_drawn_with_chinese_fonts_and_misses_no_glyph(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as (page, _):
        assert fonts(page, "h1 span") == {"Noto Sans CJK SC"}
        assert fonts(page, ".told span") == {"Noto Sans CJK SC"}
        assert missing(page) == []


def test_findings_are_filtered_sorted_found_and_linked(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as (page, _):
        shown = page.locator("#list > li:visible")
        assert set(shown.evaluate_all("all => all.map(one => one.dataset.v)")) == {"not_met", "unknown"}
        page.locator("#reset").click()
        page.locator("label[for=v-waived]").click()
        page.wait_for_function("document.querySelector('#list > li:not([hidden])').dataset.v === 'waived'")
        waived = shown.count()
        page.get_by_label("单位、承诺").fill("不存在的单位")
        assert shown.count() == 0
        assert page.locator("#shown").inner_text().endswith("中的 0 条")
        page.get_by_label("单位、承诺").fill("")
        assert shown.count() == waived
        page.get_by_label("排序").select_option("period")
        periods = shown.evaluate_all("all => all.map(one => one.dataset.p)")
        assert periods == sorted(periods, reverse=True)
        target = page.locator("#list > li[hidden]").first.get_attribute("id")
        page.evaluate(f"location.hash = '{target}'")
        page.wait_for_function(f"document.querySelector('#{target} details').open")
        assert page.locator(f"#{target} .facts, #{target} dl").first.is_visible()


def test_without_script_the_language_is_switched_and_everything_is_there(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, script=False) as (page, _):
        assert page.locator("h2#glance").inner_text() == "一览"
        assert not page.locator("#filters").is_visible()
        assert page.locator("#list > li:visible").count() == page.locator("#list > li").count()
        english(page)
        assert page.locator("h2#glance").inner_text() == "At a glance"


def test_on_paper_there_is_nothing_to_press(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as (page, _):
        page.emulate_media(media="print")
        assert not any(page.locator(one).first.is_visible() for one in ("#filters", ".lang", "nav"))
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("text", ["</script><img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "' onclick='x"])
def test_names_that_are_markup_run_nothing(browser: Browser, tmp_path: Path, text: str) -> None:
    file = tmp_path / "nasty.html"
    file.write_bytes(b"".join(to_html(nasty_run(text))))
    with opened(browser, file, 320) as (page, said):
        unfold(page)
        assert text in page.locator(".who").first.inner_text()
        assert (said, sideways(page)) == ([], 0)

"""Whatever people write comes out as text, in every format and both languages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from checker.model.language import Language, printable
from checker.model.run import Run
from checker.reporting.changes_format import to_changes
from checker.reporting.csv_format import to_csv
from checker.reporting.html_format import to_html
from checker.reporting.json_format import to_json
from checker.reporting.junit_format import to_junit
from checker.reporting.markdown_format import escaped, to_markdown
from checker.reporting.sarif_format import to_sarif
from checker.reporting.table import Layout, to_table
from checker.reporting.xlsx_format import to_xlsx
from tests.reporting.nasty import NASTY, nasty_run

TAGS = frozenset(
    [
        *(
            "html",
            "head",
            "meta",
            "link",
            "title",
            "style",
            "body",
            "header",
            "nav",
            "main",
            "footer",
            "section",
            "script",
        ),
        *("h1", "h2", "h3", "p", "div", "span", "b", "strong", "a", "code", "time", "ul", "ol", "li", "dl", "dt", "dd"),
        *("form", "fieldset", "legend", "input", "label", "select", "option", "button", "details", "summary"),
        *("svg", "rect", "line", "text", "polyline", "circle", "figure", "figcaption"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    ]
)
STEERING = dict.fromkeys((*range(9), 0x7F, 0x1B, 0x202E, 0x2066, 0x2069))
NAMES = st.sampled_from(NASTY) | st.text(max_size=30)
ZH, EN = Language.ZH, Language.EN


def joined(pieces: Iterable[bytes]) -> str:
    return b"".join(pieces).decode()


class Page(HTMLParser):
    """Reads a page: tags, attributes that could run something, and the text outside style and script."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.dangerous: list[str] = []
        self.text = ""
        self.scripts = 0
        self._skipping = False
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.scripts += tag == "script"
        self._skipping = tag in ("style", "script")
        for name, value in attrs:
            link = name in ("src", "href") and not (value or "").startswith(("#", "data:,"))
            if name.startswith("on") or name == "style" or link:
                self.dangerous.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the parser's signature)
        self._skipping = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._skipping else data


def shown(text: str) -> str:
    return " ".join(printable(text).split())


@pytest.mark.parametrize("text", NASTY)
def test_html_shows_it_and_nothing_else(text: str) -> None:
    content = joined(to_html(nasty_run(text)))
    page = Page(content)
    assert page.tags <= TAGS
    assert page.dangerous == []
    assert page.scripts == 1
    assert shown(text) in " ".join(page.text.split())
    assert content == content.translate(STEERING)


@settings(max_examples=12, deadline=None)
@given(NAMES)
def test_no_name_breaks_any_format(text: str) -> None:
    run = nasty_run(text)
    for say in (ZH, EN):
        json.loads(joined(to_json(run, say)))
        json.loads(joined(to_sarif(run, say)))
        fromstring(joined(to_junit(run, say)))  # noqa: S314 (our own output)
        _steers_nothing(to_table(run, Layout(say)))
        markdown = joined(to_markdown(run, say))
        _steers_nothing(markdown)
        assert not re.search(r"<|://|www\.|(?<!\\)[\[`*]", markdown.replace("**没有作出任何结论。**", ""))
        _no_cell_is_a_formula_in_csv(joined(to_csv(run, say)))
    joined(to_changes(run))
    page = Page(joined(to_html(run)))
    assert (page.tags <= TAGS, page.dangerous, page.scripts) == (True, [], 1)


@pytest.mark.parametrize("text", [one for one in NASTY if len(one) < 99])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text: str) -> None:
    book = load_workbook(io.BytesIO(b"".join(to_xlsx(nasty_run(text), ZH))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    if printable(text).strip():
        assert any(printable(text).strip() in str(cell.value) for cell in cells)


@pytest.mark.parametrize("text", [one for one in NASTY if len(one) < 99 and one != "\ud800"])
def test_sarif_and_junit_say_it_as_it_is_but_for_control_characters(text: str) -> None:
    run = nasty_run(text)
    rule = json.loads(joined(to_sarif(run, ZH)))["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"]["text"] == ("\n".join(map(printable, text.split("\n"))) or "–")
    suites = fromstring(joined(to_junit(run, ZH)))  # noqa: S314 (our own output)
    assert suites[1].get("name") == printable(f"C01 {text}")


def test_markdown_escapes_what_it_would_obey() -> None:
    assert escaped("**b** [x](http://e) <i> a|b @me www.e #1") == (
        r"\*\*b\*\* \[x\](http:&\#47;/e) &lt;i&gt; a\|b &\#64;me www&\#46;e \#1"
    )


def test_bytes_are_the_same_for_the_same_run() -> None:
    def every(run: Run) -> list[bytes]:
        return [b"".join(made) for made in (to_html(run), to_xlsx(run, ZH), to_sarif(run, ZH), to_junit(run, EN))]

    assert every(nasty_run("x")) == every(nasty_run("x"))


def _steers_nothing(text: str) -> None:
    assert all(printable(line) == line for line in text.split("\n"))


def _no_cell_is_a_formula_in_csv(text: str) -> None:
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")) for cell in row]
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "＠")) for cell in cells)

"""Rectification notices: what a letter says, and that its PDF and Word file show it, whatever names hold."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import docx
import pytest
from PIL import Image

from checker.advising.ordering import Ordering
from checker.checking import Question, check
from checker.engines.plain import PlainJudge
from checker.engines.witnessing import Witnessing
from checker.explaining.notice import Notice
from checker.explaining.notice_words import NoticeWords, _numeral
from checker.intake.reading import Inputs
from checker.model.language import Language
from checker.model.order import Dispatch, Order
from checker.model.run import Run
from checker.model.unit import Registry
from checker.reporting.notice_docx import notice_to_docx
from checker.reporting.notice_html import notice_to_html
from checker.rulebook.loading import default_folder, load

PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"
DAY = date(2026, 2, 1)
HOSTILE = '露川<img src="http://example.org/x.png">\u202e\x1b[31m&amp;=1+1小学'
SHOWN = '露川<img src="http://example.org/x.png">[31m&amp;=1+1小学'


def _typesetter() -> str:
    """Give why PDFs cannot be looked at here; empty where they can."""
    try:
        import weasyprint  # noqa: F401 (only whether its libraries of the system are there)
    except (ImportError, OSError) as fault:
        return f"WeasyPrint 用不了: {fault}"
    if not shutil.which("pdftoppm"):
        return "没有 poppler-utils"
    found = subprocess.run(["fc-list", "Noto Serif CJK SC"], capture_output=True, check=False).stdout
    return "" if found else "没有 fonts-noto-cjk"


on_paper = pytest.mark.skipif(bool(_typesetter()), reason=_typesetter() or "")


class Orders(NamedTuple):
    run: Run
    orders: dict[str, Order]
    words: NoticeWords

    def notice(self, addressee: str, issuer: str = "平罗县科学技术协会", language: Language = Language.ZH) -> Notice:
        assert self.run.rulebook is not None
        dispatch = Dispatch(issuer, "平科改", DAY, date(2026, 3, 3))
        return NoticeWords(self.run, self.run.rulebook, dispatch, language).notice(self.orders[addressee])


@pytest.fixture(scope="module")
def pingluo() -> Orders:
    book = load(default_folder()).rulebook
    assert book is not None
    run = check(book, Inputs(folder=PINGLUO), Question(as_of=DAY), PlainJudge())
    data = run.data
    assert data is not None
    given = Ordering(book, run.registry, Witnessing(book, data, DAY)).orders(run.findings or ())
    words = NoticeWords(run, book, Dispatch("", "整改", DAY, date(2026, 3, 3)), Language.ZH)
    return Orders(run, {order.addressee: order for order in given}, words)


@pytest.fixture(scope="module")
def hostile(pingluo: Orders) -> Notice:
    units = [replace(one, name=HOSTILE) if one.id == "school-002" else one for one in pingluo.run.registry]
    named = pingluo._replace(run=replace(pingluo.run, registry=Registry(units)))
    return named.notice("school-002", issuer="<script>alert(1)</script>")


def test_a_notice_says_clause_facts_shortfall_deadline_and_who_answers(pingluo: Orders) -> None:
    notice = pingluo.notice("school-002")
    assert notice.number == "平科改〔2026〕0201-7E4127号"
    assert (notice.addressee, notice.issued, notice.signature) == ("露川小学：", "2026年2月1日", "平罗县科学技术协会")
    assert "对截至2026年2月1日的报送数据进行了核查" in notice.opening
    assert "有1项未达标" in notice.opening
    (item,) = notice.items
    assert item.heading == "（一）露川小学：参与科普活动学生人数达到85%以上（2024-2025-1）"
    assert dict(item.fields) == {
        "承诺条款": "C04 二（一）3 “参与科普活动学生人数达到85%以上”",
        "核查事实": "参与科普活动学生人数 849 / 在校学生人数 1000 = 84.9%，目标不少于 85%，未达标。",
        "数据出处": "submissions/schools/2024-2025.csv:14；submissions/schools/2024-2025.csv:15",
        "差额": "还差 1 人",
        "到期日": "2025年1月31日",
        "整改措施": "扩大活动覆盖面，缺口人数见检查结果。",
        "责任单位": "露川小学（牵头：县教体局、县科协）",
        "结论编号": "de27cc06d15f657e",
    }
    assert "请于2026年3月3日前完成整改" in notice.demands[0]
    assert notice.copies == "抄送：县教体局、县科协。"
    assert notice.slip.rows == (("1", "露川小学：参与科普活动学生人数达到85%以上（2024-2025-1）", "", ""),)


def test_what_cannot_be_decided_names_who_has_to_report(pingluo: Orders) -> None:
    fields = dict(pingluo.notice("school-027").items[0].fields)
    assert fields["差额"] == "待霁川学校报送研学实践教育活动次数"
    assert "整改措施" not in fields


def test_a_notice_reads_in_english_too(pingluo: Orders) -> None:
    notice = pingluo.notice("finance", language=Language.EN)
    assert notice.title == "Notice of Rectification"
    assert dict(notice.items[0].fields)["Shortfall"] == "short by more than 6000 yuan"
    assert not notice.copies.startswith("抄送")


def test_strive_waived_pending_and_met_give_no_order(pingluo: Orders) -> None:
    ordered = [one.finding for order in pingluo.orders.values() for one in order.evidence]
    assert {finding.verdict.value for finding in ordered} == {"not_met", "unknown"}
    assert {finding.rule.force.value for finding in ordered} == {"must"}


@pytest.mark.parametrize(
    ("number", "told"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_items_are_numbered_as_chinese_text_does(number: int, told: str) -> None:
    assert _numeral(number) == told


def test_names_in_the_page_are_text(hostile: Notice) -> None:
    page = notice_to_html(hostile)
    assert "<script>" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "&lt;img src=&quot;http://example.org/x.png&quot;&gt;" in page


def test_a_word_file_holds_the_letter_in_order_with_chinese_fonts(pingluo: Orders) -> None:
    notice = pingluo.notice("science-association")
    made = notice_to_docx(notice)
    assert made == notice_to_docx(notice)
    paper = docx.Document(io.BytesIO(made))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert texts[:5] == [notice.issuer, notice.number, notice.title, notice.addressee, notice.opening]
    wanted = [notice.items_title, *(item.heading for item in notice.items), notice.demands_title, notice.signature]
    places = [texts.index(text, 1) for text in [*wanted, notice.issued, notice.copies, notice.slip.title]]
    assert places == sorted(places)
    assert len(paper.tables) == len(notice.items) + 1
    assert [(row.cells[0].text, row.cells[1].text) for row in paper.tables[0].rows] == list(notice.items[0].fields)
    assert [cell.text for cell in paper.tables[-1].rows[0].cells] == list(notice.slip.heads)
    assert set(re.findall('w:eastAsia="([^"]+)"', paper.element.xml)) == {"仿宋", "黑体", "宋体"}
    styles = [paragraph.style.name for paragraph in paper.paragraphs if paragraph.style]
    assert styles.count("Heading 3") == len(notice.items)


def test_names_in_a_word_file_are_text(hostile: Notice) -> None:
    paper = docx.Document(io.BytesIO(notice_to_docx(hostile)))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert texts[0] == "<script>alert(1)</script>"
    assert f"{SHOWN}：" in texts


def _told(command: list[str], pdf: Path) -> str:
    return subprocess.run([*command, str(pdf)], capture_output=True, check=True, text=True).stdout


@on_paper
@pytest.mark.parametrize(("addressee", "language"), [("science-association", Language.ZH), ("finance", Language.EN)])
def test_a_pdf_is_tagged_bears_its_fonts_and_shows_the_letter(
    addressee: str, language: Language, pingluo: Orders, tmp_path: Path
) -> None:
    from checker.reporting.notice_pdf import notice_to_pdf

    notice = pingluo.notice(addressee, language=language)
    printed = notice_to_pdf(notice)
    assert printed.missing == ""
    assert printed.pdf == notice_to_pdf(notice).pdf
    pdf = tmp_path / "n.pdf"
    pdf.write_bytes(printed.pdf)
    assert "Tagged:          yes" in _told(["pdfinfo"], pdf)
    assert 'pdfuaid:part="1"' in _told(["pdfinfo", "-meta"], pdf)
    fonts = _told(["pdffonts"], pdf).splitlines()[2:]
    assert fonts
    for line in fonts:
        assert "CJK-SC" in line, line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], "embedded, subset, with Unicode"
    for told in (notice.title, notice.number, notice.items[0].fields[1][1], notice.issued, notice.slip.title):
        assert "".join(told.split()) in _text(pdf)


def _text(pdf: Path) -> str:
    told = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    return "".join(told.split())


@on_paper
def test_every_page_has_ink_inside_its_margins_and_red_only_in_the_letterhead(pingluo: Orders, tmp_path: Path) -> None:
    from checker.reporting.notice_pdf import notice_to_pdf

    pdf = tmp_path / "n.pdf"
    pdf.write_bytes(notice_to_pdf(pingluo.notice("science-association")).pdf)
    subprocess.run(["pdftoppm", "-r", "40", "-png", str(pdf), str(tmp_path / "page")], check=True)
    pages = [Image.open(file).convert("RGB") for file in sorted(tmp_path.glob("page-*.png"))]
    assert len(pages) >= 3
    for number, page in enumerate(pages):
        dots = [
            (x, y)
            for y in range(page.height)
            for x in range(page.width)
            if min(_dot(page, x, y)) < 200
        ]  # fmt: skip
        left, right = min(x for x, _ in dots), max(x for x, _ in dots)
        millimetres = 210 / page.width
        assert left * millimetres > 26
        assert right * millimetres < 186
        red = [spot for spot in dots if _dot(page, *spot)[0] > 150 and _dot(page, *spot)[1] < 90]
        assert bool(red) == (number == 0)


def _dot(page: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    found = page.getpixel((x, y))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


@on_paper
def test_names_in_a_pdf_are_text_and_nothing_is_fetched(
    hostile: Notice, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from checker.reporting.notice_pdf import notice_to_pdf

    pdf = tmp_path / "n.pdf"
    pdf.write_bytes(notice_to_pdf(hostile).pdf)
    assert '露川<imgsrc="http://example.org/x.png">[31m&amp;=1+1小学' in _text(pdf)
    assert "Failed to load" not in caplog.text


@on_paper
def test_a_character_that_no_font_has_is_named(pingluo: Orders) -> None:
    from checker.reporting.notice_pdf import notice_to_pdf

    assert notice_to_pdf(pingluo.notice("finance", issuer="县\U00012000局")).missing == "\U00012000"

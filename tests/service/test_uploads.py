"""Files that are handed in: the template filled in, CSV, YAML and JSON, for oneself and for those below."""

from __future__ import annotations

import io
import json
import zipfile
from urllib.parse import quote

import openpyxl
import pytest

from checker.service.api.uploads import XLSX
from tests.service.office import Answer, Office

RULE, PERIOD = "youth.lectures", "2024-2025-1"
JSON, YAML, CSV = "application/json", "application/yaml", "text/csv"


def upload(office: Office, content: bytes, kind: str = XLSX, who: str = "school", query: str = "") -> Answer:
    return office.ask(who, "POST", f"/submissions{query}", content=content, headers={"Content-Type": kind})


def template(office: Office, who: str = "school", **query: str) -> bytes:
    content: bytes = office.get(who, "/template", **query)
    return content


def filled(content: bytes, figures: dict[str, object]) -> bytes:
    """Give the template with figures in its last sheet, by the codes of their indicators."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[-1]
    columns = {str(cell.value).split(" ")[0]: cell.column for cell in sheet[1]}
    for code, figure in figures.items():
        sheet.cell(5, columns[code], figure)  # type: ignore[call-overload] # openpyxl takes what a cell can hold
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_template_is_filled_in_and_judged(office: Office) -> None:
    content = filled(template(office, period=PERIOD), {"science_lectures": 1, "students_enrolled": 800})
    status, told = upload(office, content)
    assert status == 201, told
    facts = office.get("school", f"/submissions/{told['submission']['id']}/facts")
    assert {(one["unit"], one["indicator"], one["value"]) for one in facts} == {
        ("school-1", "science_lectures", "1"), ("school-1", "students_enrolled", "800")
    }  # fmt: skip
    assert office.verdict("school-1", RULE, PERIOD) == "not_met"


def test_a_township_fills_in_the_template_of_those_below(office: Office) -> None:
    content = filled(template(office, "town", unit="village-1", period="2024"), {"info_officers": 1})
    status, told = upload(office, content, who="town", query="?unit=village-1")
    assert (status, told["submission"]["on_behalf"]) == (201, True), told
    assert office.get("auditor", "/audit", subject=f"submission:{told['submission']['id']}")["items"]
    for unit in ("village-2", "nobody"):
        assert office.ask("town", "GET", f"/template?unit={unit}")[0] == 404
        assert upload(office, content, who="town", query=f"?unit={unit}")[0] == 404
    status, told = upload(office, content, who="town", query="?unit=school-1")
    assert (status, {one["code"] for one in told["problems"]}) == (422, {"unknown_unit"})


@pytest.mark.parametrize("period", ["2024-13", "1999", "x", "2024-2025-1&period=x"])
def test_a_template_is_of_periods_in_which_there_is_something_to_report(desk_office: Office, period: str) -> None:
    assert desk_office.ask("school", "GET", f"/template?period={period}")[0] == 422


def test_a_fault_is_placed_in_its_cell(desk_office: Office) -> None:
    content = filled(template(desk_office, period=PERIOD), {"science_lectures": "两次"})
    status, told = upload(desk_office, content, query=f"?file={quote('一小 报送.xlsx')}")
    (problem,) = told["problems"]
    assert (status, problem["code"], problem["file"], problem["row"]) == (422, "bad_value", "一小 报送.xlsx", 5)
    assert problem["column"]


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


HUGE_SHEET = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>
</sheetData></worksheet>"""


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"not a workbook", zipped(a=b"x"), zipped(**{"../../etc/passwd": b"x"}),
     zipped(**{"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'a'>]><x>&a;</x>"}),
     zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>",
               "xl/worksheets/sheet1.xml": HUGE_SHEET}),
     zipped(**{"[Content_Types].xml": b"<Types/>", "xl/bomb.xml": b"\0" * 9_000_000 * 20})],
    ids=["empty", "magic", "text", "zip", "path", "entity", "far", "bomb"],
)  # fmt: skip
def test_a_hostile_workbook_is_refused_and_stores_nothing(desk_office: Office, content: bytes) -> None:
    status, told = upload(desk_office, content)
    assert (status, told["code"]) == (422, "faulty_submission")
    assert {one["code"] for one in told["problems"]} <= {"malformed_file", "unsupported_file"}
    assert desk_office.get("school", "/submissions")["items"] == []


DOCUMENT = {"unit": "school-1", "period": PERIOD, "values": {"science_lectures": 2}}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (JSON, json.dumps(DOCUMENT).encode()),
        (JSON, json.dumps([DOCUMENT]).encode()),
        (YAML, b"unit: school-1\nperiod: 2024-2025-1\nvalues: {science_lectures: 2}\n"),
        (CSV, "单位,指标,期间,数值\n一小,科普讲座次数,2024-2025-1,２\n".encode()),
        (CSV, "\ufeffunit,indicator,period,value\nschool-1,science_lectures,2024-2025-1,2\n".encode()),
        (CSV, "单位,指标,期间,数值\n一小,科普讲座次数,2024-2025-1,2\n".encode("gb18030")),
    ],
)
def test_each_kind_of_file_says_the_same(office: Office, kind: str, content: bytes) -> None:
    status, told = upload(office, content, kind)
    assert status == 201, told
    assert office.verdict("school-1", RULE, PERIOD) == "met"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (JSON, b"{" * 50_000), (JSON, b'{"unit": "school-1", "values": {"science_lectures": 1e999}}'),
        (JSON, b'{"unit": "school-1", "period": "2024-2025-1", "values": {"science_lectures": ' + b"9" * 5000 + b"}}"),
        (YAML, b"a: &a [x]\nb: [*a, *a]\n"), (YAML, b"[" * 50_000), (YAML, b"!!python/object/apply:os.system [id]"),
        (YAML, b"\xff\xfe\x00"), (CSV, b"\x00" * 100), (CSV, b"unit,indicator,period,value\n" + b"x," * 5000),
        (CSV, "单位,指标,期间,数值\n一小\u202e,科普讲座次数,2024-2025-1,2\n".encode()),
        (XLSX, json.dumps(DOCUMENT).encode()), (CSV, zipped(a=b"x")),
    ],
)  # fmt: skip
def test_a_hostile_text_is_refused_with_its_place(desk_office: Office, kind: str, content: bytes) -> None:
    status, told = upload(desk_office, content, kind)
    assert (status, told["code"]) == (422, "faulty_submission"), told
    assert told["problems"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.csv"), ("..\\..\\a.csv", "a.csv"), (".csv", "submission.csv"), ("..", "...csv"),
        ("a\r\nSet-Cookie: x=1.csv", "a  Set-Cookie: x=1.csv"), ("a\u202egpj.csv", "agpj.csv"), ("\x00", "file.csv"),
        ("", "submission.csv"), ("名" * 200, "名" * 80 + ".csv"),
    ],
)  # fmt: skip
def test_a_files_name_is_only_a_name(desk_office: Office, name: str, kept: str) -> None:
    content = b"unit,indicator,period,value\nschool-1,science_lectures,2024-2025-1,2\n"
    status, told = upload(desk_office, content, CSV, query=f"?file={quote(name)}")
    assert (status, told["submission"]["file"]) == (201, kept)


@pytest.mark.parametrize("name", ['a"; filename="b.html', "a\r\nX-Evil: 1", "../b.png", ".png"])
def test_what_a_download_is_called_is_no_header_of_its_own(desk_office: Office, name: str) -> None:
    submission = desk_office.handed_in()
    path, headers = f"/submissions/{submission['id']}/evidence?file={quote(name)}", {"Content-Type": "image/png"}
    content = b"\x89PNG\r\n\x1a\n<script>"
    status, kept = desk_office.ask("school", "POST", path, content=content, headers=headers)
    assert status == 201
    bearer = {"Authorization": f"Bearer {desk_office.tokens['school']}"}
    answer = desk_office.client.get(f"/api/v1/evidence/{kept['id']}", headers=bearer)
    disposition = answer.headers["content-disposition"]
    assert disposition == f"attachment; filename*=UTF-8''{quote(kept['name'], safe='')}"
    assert not set(disposition.partition("''")[2]) & set('";\\/ ')
    assert "x-evil" not in answer.headers
    assert answer.headers["content-type"] == "application/octet-stream"

"""CSV files: rows with the line they begin on, and files that are left out whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.documents.node import TextError
from checker.intake import table
from checker.intake.table import split
from checker.model.problem import Place
from tests.intake.building import HEADER, UNITS, reading, spots, values


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("", []),
        ("a,b\n1,2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("a\r\n\r\nb\rc", [(1, ["a"]), (2, [""]), (3, ["b"]), (4, ["c"])]),
        ('"a\n\nb",c\nd', [(1, ["a\n\nb", "c"]), (4, ["d"])]),
        ('"say ""x""",5" pipe\n', [(1, ['say "x"', '5" pipe'])]),
        ('"",""', [(1, ["", ""])]),
        ('a,"b,c",', [(1, ["a", "b,c", ""])]),
    ],
)
def test_records_begin_where_they_are_said_to(text: str, records: list[tuple[int, list[str]]]) -> None:
    assert list(split(text)) == records


@pytest.mark.parametrize(("text", "row"), [('a\n"b\nc\n', 2), ('a\n"b"c\n', 2), ('a\n"b\nc","d\ne', 3), ('"', 1)])
def test_a_quote_that_is_not_closed_is_refused_where_it_opens(text: str, row: int) -> None:
    with pytest.raises(TextError) as fault:
        list(split(text))
    assert fault.value.row == row


CELLS = st.text(st.sampled_from('a1 ,"\n；中'), max_size=5)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_what_python_writes_as_csv_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    assert [cells for _, cells in split(out.getvalue())] == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_the_desks_are_read(tmp_path: Path, encoding: str) -> None:
    text = "单位,指标,期间,数值,备注\n一小,讲座次数,2022-2023-1,2,\n,,,,\n\n二小,讲座次数,2022-2023-1,3\n"
    intake = reading(tmp_path, {"submissions/a.csv": text.encode(encoding)})
    assert intake.problems == []
    assert [(fact[0], fact[3]) for fact in values(intake)] == [("s1", 2), ("s2", 3)]


def test_a_byte_order_mark_of_gb18030_is_no_part_of_the_header(tmp_path: Path) -> None:
    content = ("\ufeff单位,指标,期间,数值\ns1,lectures,2022-2023-1,2\n").encode("gb18030")
    assert len(values(reading(tmp_path, {"submissions/a.csv": content}))) == 1


GOOD = "s1,lectures,2022-2023-1,2\n"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (HEADER + GOOD.strip() + ",,,,\n", ["malformed_file submissions/a.csv:2"]),
        (HEADER + GOOD + "a,b,c,d,e,f,g,h\n,,,,,,,,\n" + 'a,b,c,d,e,f,g,"h"\n', [
            "malformed_file submissions/a.csv:3", "malformed_file submissions/a.csv:5",
        ]),
        (HEADER + "s9,x,y,z\n" + 's1,"lectures\n', ["malformed_file submissions/a.csv:3"]),
        (HEADER + GOOD + "s1,\0\n", ["malformed_file submissions/a.csv:3"]),
        (HEADER.encode() + b"s1\r\n\r\xff\xff\n", ["malformed_file submissions/a.csv:4"]),
        (HEADER.encode("utf-16"), ["malformed_file submissions/a.csv:1"]),
        ("unit,单位,indicator,period,value\n", ["malformed_file submissions/a.csv:1"]),
        ("unit,indicator,period,value,value\n", ["malformed_file submissions/a.csv:1"]),
        ("unit,indicator,period,valeu,x\n", [
            "missing_column submissions/a.csv:1", "unknown_column submissions/a.csv:1 [valeu]",
        ]),
        ("unit,indicator,period,value,\n", ["unknown_column submissions/a.csv:1"]),
        ("Unit,indicator,period,value\n", [
            "missing_column submissions/a.csv:1", "unknown_column submissions/a.csv:1 [Unit]",
        ]),
        ("单位,指标,期间\ns1,lectures\n", ["missing_column submissions/a.csv:1"]),
        ("", ["missing_column submissions/a.csv:1"]),
        (",,\n", ["missing_column submissions/a.csv:1"]),
        ("unit\n" + "a,b\n", ["malformed_file submissions/a.csv:2", "missing_column submissions/a.csv:1"]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_facts_is_left_out_whole(
    tmp_path: Path, content: str | bytes, found: list[str]
) -> None:
    intake = reading(tmp_path, {"submissions/a.csv": content, "submissions/b.csv": HEADER + GOOD})
    assert sorted(spots(intake.problems)) == found
    assert [fact[0] for fact in values(intake)] == ["s1"]
    assert intake.left_out == ("submissions/a.csv",)


def test_one_problem_names_all_columns_that_are_not_known_or_not_there(tmp_path: Path) -> None:
    missing, unknown = reading(tmp_path, {"submissions/a.csv": "单位,指标,数字,日期\n"}).problems
    assert (missing.code, missing.message.zh) == ("missing_column", "表头里缺少：期间、数值")
    assert (unknown.code, unknown.message.en) == ("unknown_column", "the header has unknown columns: 数字, 日期")


@pytest.mark.parametrize("header", ["unit;indicator;period;value", "unit\tindicator\tperiod\tvalue"])
def test_other_separators_than_commas_are_pointed_out(tmp_path: Path, header: str) -> None:
    missing = reading(tmp_path, {"submissions/a.csv": header}).problems[0]
    assert missing.hint.zh == "列之间要用英文逗号分隔"


def test_a_cell_has_a_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEADER + f's1,lectures,2022-2023-1,2,,,"{"长" * 200_000}"\n'
    assert len(values(reading(tmp_path, {"submissions/a.csv": text}))) == 1
    monkeypatch.setattr(table, "LONGEST_CELL", 1000)
    assert spots(reading(tmp_path, {"submissions/a.csv": text}).problems) == ["malformed_file submissions/a.csv:2"]


def test_a_cell_with_line_breaks_moves_the_rows_below_it(tmp_path: Path) -> None:
    text = HEADER + 's1,lectures,2022-2023-1,2,,,"两\n行"\ns1,lectures,2023-2024-1,x\n'
    assert spots(reading(tmp_path, {"submissions/a.csv": text}).problems) == ["bad_value submissions/a.csv:4 [value]"]


def test_a_place_knows_the_order_of_reading(tmp_path: Path) -> None:
    found = reading(tmp_path, {"units.csv": UNITS, "waivers.csv": "id\n", "submissions/a.csv": ""}).problems
    assert [problem.place for problem in found] == [
        Place("waivers.csv", 1, None, order=1),
        Place("submissions/a.csv", 1, None, order=2),
    ]

"""Submissions as YAML and JSON documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.building import reading, spoiled, spots, values

YAML = """unit: 一小
period: 2022-2023-1
reported_at: 2023-02-01
values:
  lectures: 2
  参与人数: {value: "1,200", evidence: 名单, note: 期末}
---
- unit: s2
  period: 2023-2024-1
  values: {lectures: ０3}
- unit: v1
  period: "2024"
  values: {}
"""
JSON = """{"unit": "s1", "period": "2022-2023-1", "values": {"lectures": 2.0}}
{"unit": "v1", "period": "2024", "reported_at": null, "values": {"open": true}}
"""


def test_documents_in_yaml_hold_values_of_one_unit_and_period_each(tmp_path: Path) -> None:
    intake = reading(tmp_path, {"submissions/a.yaml": YAML})
    assert intake.problems == []
    assert values(intake) == [
        ("s1", "lectures", "2022-2023-1", 2),
        ("s1", "taking_part", "2022-2023-1", 1200),
        ("s2", "lectures", "2023-2024-1", 3),
    ]
    assert intake.data is not None
    first, second, third = intake.data.facts
    assert (second.evidence, second.note, str(second.place)) == ("名单", "期末", "submissions/a.yaml:6")
    assert first.reported == second.reported is not None
    assert third.reported is None


def test_json_lines_keep_numbers_as_written(tmp_path: Path) -> None:
    intake = reading(tmp_path, {"submissions/a.json": JSON})
    assert values(intake) == [("s1", "lectures", "2022-2023-1", 2), ("v1", "open", "2024", 1)]
    assert intake.problems == []


@pytest.mark.parametrize(
    ("head", "found", "spoils"),
    [
        ("unit: s9\nperiod: 2022-2023-1", ["unknown_unit submissions/a.yaml:1 [unit]"], set()),
        ("unit:\nperiod: 2022-2023-1", ["unknown_unit submissions/a.yaml:1 [unit]"], set()),
        ("period: 2022-2023-1\n", ["unknown_unit submissions/a.yaml:1 [unit]"], set()),
        ("unit: s1\nperiod: x", ["bad_period submissions/a.yaml:2 [period]"], {None}),
        ("unit: s1\n", ["bad_period submissions/a.yaml:1 [period]"], {None}),
        (
            "unit: s1\nperiod: 2022-2023-1\nreported_at: x",
            ["bad_value submissions/a.yaml:3 [reported_at]"],
            {"2022-2023-1"},
        ),
        (
            "unit: s1\nperiod: 2022-2023-1\nreported_at: 2022-01-01",
            ["future_period submissions/a.yaml:2 [period]"],
            {"2022-2023-1"},
        ),
        (
            "unit: s9\nperiod: x\nreported_at: y",
            [
                "unknown_unit submissions/a.yaml:1 [unit]",
                "bad_period submissions/a.yaml:2 [period]",
                "bad_value submissions/a.yaml:3 [reported_at]",
            ],
            set(),
        ),
    ],
)
def test_a_fault_of_the_whole_document_is_said_once_and_sets_all_its_values_aside(
    tmp_path: Path, head: str, found: list[str], spoils: set[str | None]
) -> None:
    intake = reading(tmp_path, {"submissions/a.yaml": head + "\nvalues: {lectures: 2, pupils: 3}"})
    assert spots(intake.problems) == found
    assert values(intake) == []
    assert spoiled(intake) == {("s1", code, period) for period in spoils for code in ("lectures", "pupils")}


def test_a_fault_of_a_value_sets_that_value_aside_at_the_line_of_its_key(tmp_path: Path) -> None:
    text = """unit: s1
period: 2022-2023-1
values:
  lectures: -2
  pupils:
  参与人数:
    value: 3
  open: {note: 无}
  nothing: 1
  budget: 1
  讲座次数: 撤回
"""
    intake = reading(tmp_path, {"submissions/a.yaml": text})
    assert spots(intake.problems) == [
        "bad_value submissions/a.yaml:4 [lectures]",
        "bad_value submissions/a.yaml:5 [pupils]",
        "bad_value submissions/a.yaml:8 [open]",
        "unknown_indicator submissions/a.yaml:9 [nothing]",
        "wrong_reporter submissions/a.yaml:10 [budget]",
        "bad_value submissions/a.yaml:11 [讲座次数]",
    ]
    assert values(intake) == [("s1", "taking_part", "2022-2023-1", 3)]


def test_a_withdrawal_that_was_reported_at_an_unreadable_time_is_one_fault(tmp_path: Path) -> None:
    text = "unit: s1\nperiod: 2022-2023-1\nreported_at: x\nvalues: {lectures: 撤回}"
    intake = reading(tmp_path, {"submissions/a.yaml": text})
    assert spots(intake.problems) == ["bad_value submissions/a.yaml:3 [reported_at]"]


def test_values_in_json_on_one_line_share_its_row(tmp_path: Path) -> None:
    text = '{"unit": "s1", "period": "2022-2023-1", "values": {"lectures": 1, "讲座次数": 1, "pupils": "x"}}'
    found = reading(tmp_path, {"submissions/a.json": text}).problems
    assert spots(found) == ["bad_value submissions/a.json:1 [pupils]", "repeated_fact submissions/a.json:1"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [1]),
        ("# nothing\n", [1]),
        ("just text\n", [1]),
        ("- a\n- unit: s1\n", [1, 2]),
        ("unit: s1\nperiod: 2023\n", [1]),
        ("unit: s1\nvalues:\n", [2]),
        ("unit: s1\nvalues: [1]\n", [2]),
        ("unit: s1\nvalue: {}\nvalues: {}\n", [2]),
        ("unit: [s1]\nperiod: {a: b}\nvalues: {}\n", [1, 2]),
        ("unit: s1\nvalues:\n  a: [1]\n  b: {value: {c: 1}}\n  d: {vale: 1}\n", [3, 4, 5]),
        ("unit: s1\nunit: s2\n", [2]),
        ("unit: &a s1\n", [1]),
        ("unit: s1\nvalues: {\n", [2]),
    ],
)
def test_a_document_of_another_form_is_left_out_whole(tmp_path: Path, text: str, rows: list[int]) -> None:
    good = "unit: s1\nperiod: 2022-2023-1\nvalues: {lectures: 2}\n"
    intake = reading(tmp_path, {"submissions/a.yml": text, "submissions/b.yaml": good})
    assert spots(intake.problems) == [f"malformed_file submissions/a.yml:{row}" for row in rows]
    assert intake.left_out == ("submissions/a.yml",)
    assert len(values(intake)) == 1


def test_an_unknown_key_is_told_the_nearest_one(tmp_path: Path) -> None:
    unknown, missing = reading(tmp_path, {"submissions/a.json": '{"unit": "s1", "valuse": {}}'}).problems
    assert unknown.hint.en == "did you mean values?"
    assert missing.code == "malformed_file"


def test_a_document_has_to_be_utf_8(tmp_path: Path) -> None:
    content = 'unit: s1\nperiod: "2024"\nvalues: {讲座次数: 2}\n'.encode("gb18030")
    intake = reading(tmp_path, {"submissions/a.yaml": content, "submissions/b.json": b"\xef\xbb\xbf[]"})
    assert spots(intake.problems) == ["malformed_file submissions/a.yaml:3"]

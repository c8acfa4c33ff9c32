"""``checker advise``: text to act on and JSON to go on with, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker.cli import run

PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"


def told(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str, status: int = 1) -> str:
    assert run(["advise", *arguments]) == status
    return capsysbinary.readouterr().out.decode()


def advice(capsysbinary: pytest.CaptureFixture[bytes], rule: str, as_of: str, *more: str) -> list[dict[str, Any]]:
    asked = [str(PINGLUO), "--as-of", as_of, "--rule", rule, "--format", "json", *more]
    found: dict[str, Any] = json.loads(told(capsysbinary, *asked))
    assert found["schema"] == "checker.advice/1"
    given: list[dict[str, Any]] = found["advice"]
    return given


def test_a_total_says_how_much_and_how_much_each_quarter(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (one,) = advice(capsysbinary, "rural.entrepreneurs", "2025-06-30")
    assert [(need["act"], need["amount"], len(need["units"])) for need in one["needs"]] == [
        ("add", {"at_least": "437"}, 13)
    ]
    assert one["tempo"] == {"kind": "quarter", "periods": ["2025-Q3", "2025-Q4"], "each": {"at_least": "219"}}
    assert one["words"][-1] == "到 2025-12-31 还有 2 个季度，平均每季度至少 219 人"


def test_a_share_names_the_fewest_units_and_what_each_lacks(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (one,) = advice(capsysbinary, "grassroots.villages", "2025-06-30")
    assert len(one["units"]) == 8
    assert {need["words"].split()[-1] for need in one["needs"]} == {"改为是"}
    (one,) = advice(capsysbinary, "rural.info-officer-coverage", "2025-06-30", "--lang", "en")
    assert (
        one["needs"][0]["words"]
        == "霁坪村 must report science information officers 2021-2025; at least 1 people is enough"
    )
    assert one["words"][1] == "at least 5 village units have to change, closest first"


def test_a_strict_growth_of_money_is_passed_and_not_reached(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (one,) = advice(capsysbinary, "funding.budget-growth", "2025-06-30", "--unit", "pingluo")
    assert one["needs"][0]["amount"] == {"more_than": "6000"}
    assert one["needs"][0]["words"].endswith("再增加 6000 元以上（不含）")
    assert one["over"] is True


def test_a_figure_of_last_year_that_is_missing_says_which_would_do(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    one = advice(capsysbinary, "digital.reach-growth", "2023-06-30")[0]
    assert (one["period"], one["verdict"]) == ("2022", "waived")
    assert one["needs"][0]["words"] == "待县委宣传部报送 2021 科普中国APP传播量，不超过 901999 次即可"


def test_what_is_silent_about_both_sides_of_a_ratio_says_what_they_must_come_to(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    one = next(one for one in advice(capsysbinary, "youth.participation", "2023-02-01") if one["relation"])
    assert "报齐后，参与科普活动学生人数与在校学生人数之比须不少于 85%" in one["words"]
    assert [need["amount"] for need in one["needs"]] == [None, None]


def test_text_is_parted_by_what_is_over_to_come_and_waived(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = told(capsysbinary, str(PINGLUO), "--as-of", "2025-06-30", "--most", "2", "--lang", "en")
    heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert heads[2:] == [
        "Over (only a late or a mended figure can still change it): 65",
        "Not due yet: 179",
        "Waived: 8",
    ]
    assert "… 63 more (--most 0 shows all)" in text
    whole = told(capsysbinary, str(PINGLUO), "--as-of", "2025-06-30", "--most", "0")
    assert "另有" not in whole
    assert whole.count("\n  [") == 65 + 179 + 8


def test_filters_select_as_check_does_and_nothing_to_change_is_0(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    asked = [str(PINGLUO), "--as-of", "2025-06-30"]
    assert "县财政局 2023" in told(capsysbinary, *asked, "--unit", "finance")
    fine = told(capsysbinary, *asked, "--rule", "officials.training", status=0)
    assert fine.endswith("没有需要改变的。\n")
    told(capsysbinary, *asked, "--responsible", "nobody", status=2)


def test_a_faulty_rulebook_or_input_gives_2(
    county: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert "没有作出任何结论" in told(capsysbinary, str(county), "--rules", str(tmp_path / "none"), status=2)
    (county / "units.csv").unlink()
    assert "missing_file" in told(capsysbinary, str(county), status=2)

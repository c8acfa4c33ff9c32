"""``checker rules mutate`` on a plan and features outside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.cli import run
from tests.authoring.plans import EVENTS, county


def mutated(plan: Path, features: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    status = run(["rules", "mutate", str(plan), "--features", str(features), *options])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_survivor_is_named_with_its_place_and_the_scenario_that_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, _ = mutated(*county(tmp_path, events=EVENTS), capsys)
    assert status == 1
    lines = said.splitlines()
    number = next(n for n, line in enumerate(lines) if line.endswith("[library.events target between 3 and 4]"))
    assert lines[number].startswith("1-libraries.yaml:")
    place = int(lines[number].split(":")[1].split(" ")[0])
    rule = (tmp_path / "plan" / "1-libraries.yaml").read_text(encoding="utf-8").splitlines()[place - 1]
    assert 'between: ["3", "5"]' in rule
    assert lines[number + 1] == "  “每季度举办3至5次读书活动”缺一个场景：实际值正好是 5 次"
    assert "[library.events target between 4 and 5]" not in said


def test_the_missing_scenario_kills_the_survivor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "        | 5    | 达标   |\n        | 6    | 未达标 |\n"
    _, said, _ = mutated(*county(tmp_path, events=EVENTS + more), capsys, "--lang", "en")
    assert "library.events target" not in said
    assert "[library.loans target 2023-01-01 at_least 101]" in said
    assert "the observed value is exactly 100 loans" in said


def argued(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> tuple[int, str, str]:
    plan, features = county(folder, events=EVENTS)
    (features / "equivalent.yaml").write_text(text, encoding="utf-8")
    return mutated(plan, features, capsys)


def test_an_argued_mutant_is_listed_with_its_reason_and_is_no_survivor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said, _ = argued(tmp_path, capsys, "tiny:\n  library.events target between 3 and 4: 试一试\nother:\n  x: y\n")
    assert "[library.events target between 3 and 4]" not in said
    assert "等同  在 3 至 4 次 之间：试一试" in said
    assert "另有 1 处等同" in said


@pytest.mark.parametrize(
    ("mutant", "fault"),
    [
        ("library.events target between 9 and 9", "第 2 行：没有“library.events target between 9 and 9”这个变体"),
        ("library.events target between 4 and 5", "已有场景能看出，请删去"),
    ],
)
def test_an_argument_that_no_longer_fits_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mutant: str, fault: str
) -> None:
    status, said, _ = argued(tmp_path, capsys, f"tiny:\n  {mutant}: 理由\n")
    assert status == 1
    assert fault in said


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("tiny: [a]\n", "equivalent.yaml:1 这里应是映射"),
        ("tiny:\n  library.events every plan: ''\n", "equivalent.yaml:2 没有写理由"),
        ("tiny: {a: b, a: c}\n", "equivalent.yaml:1"),
    ],
)
def test_a_list_of_equivalents_that_cannot_be_read_gives_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, fault: str
) -> None:
    status, _, said = argued(tmp_path, capsys, text)
    assert status == 2
    assert fault in said


def test_features_that_do_not_hold_are_not_mutated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, said = mutated(*county(tmp_path, events=EVENTS.replace("达标", "豁免")), capsys)
    assert status == 2
    assert "2 个场景本来就不成立" in said


def test_a_list_that_was_named_and_is_not_there_gives_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, said = mutated(*county(tmp_path, events=EVENTS), capsys, "--equivalent", str(tmp_path / "none.yaml"))
    assert status == 2
    assert "打不开" in said

"""The made-up county is what its generator writes, and the generator writes counties of any size."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from fixtures.county.folder import write_folder
from fixtures.county.names import DEPARTMENTS, TOWNSHIPS
from fixtures.county.telling import TOLD_OF
from fixtures.generate import generate

COMMITTED = Path(__file__).parents[2] / "fixtures" / "pingluo"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _written(folder: Path, seed: int = 2025, scale: int = 1, counties: int = 1) -> Path:
    write_folder(folder, seed, scale, counties)
    return folder


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _types(folder: Path) -> Counter[str]:
    return Counter(row["type"] for row in _rows(folder / "units.csv"))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _bytes(_written(tmp_path / "one")) == _bytes(_written(tmp_path / "two"))


def test_another_seed_gives_other_figures_for_the_same_units(tmp_path: Path) -> None:
    one, two = _bytes(_written(tmp_path / "one")), _bytes(_written(tmp_path / "two", seed=7))
    assert one["units.csv"] == two["units.csv"]
    assert one["submissions/schools/2022-2023.csv"] != two["submissions/schools/2022-2023.csv"]


def test_the_committed_county_is_what_the_generator_writes(tmp_path: Path) -> None:
    assert _bytes(COMMITTED) == _bytes(_written(tmp_path / "pingluo"))


def test_the_command_writes_the_committed_county_and_says_how_many_files(tmp_path: Path) -> None:
    result = CliRunner().invoke(generate, [str(tmp_path / "out"), "--seed", "2025"])
    assert (result.exit_code, result.output) == (0, f"Wrote 30 files to {tmp_path / 'out'}\n")
    assert _bytes(tmp_path / "out") == _bytes(COMMITTED)


def test_the_command_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    result = CliRunner().invoke(generate, [str(tmp_path)])
    assert result.exit_code == 2
    assert "already holds something" in result.output
    assert _bytes(tmp_path) == {"mine.txt": b"kept"}


def test_pingluo_has_its_townships_villages_communities_schools_facilities_and_departments() -> None:
    assert _types(COMMITTED) == {
        "county": 1,
        "township": 13,
        "department": 24,
        "village": 144,
        "community": 25,
        "school": 70,
        "facility": 15,
    }


def test_unit_ids_are_unique_and_parents_stand_above_their_children() -> None:
    seen: set[str] = {""}
    for row in _rows(COMMITTED / "units.csv"):
        assert row["id"] not in seen
        assert row["parent"] in seen
        seen.add(row["id"])


def test_one_name_alone_is_borne_twice_and_nobody_reports_by_it() -> None:
    bearers = Counter(row["name"] for row in _rows(COMMITTED / "units.csv"))
    assert {name for name, count in bearers.items() if count > 1} == {"鹿鸣村"}
    submissions = COMMITTED / "submissions"
    assert not any("鹿鸣村".encode() in text for text in _bytes(submissions).values())


def test_only_real_names_are_said_to_be_real() -> None:
    for row in _rows(COMMITTED / "units.csv"):
        real = row["name"] in {*TOWNSHIPS.values(), *DEPARTMENTS.values(), "平罗县"}
        assert row["note"].startswith("真实" if real else "虚构")


def test_the_readme_says_first_that_everything_is_made_up_and_names_every_telling_unit() -> None:
    readme = (COMMITTED / "README.md").read_text(encoding="utf-8")
    assert "全部是虚构的" in readme.splitlines()[2]
    assert "Everything in this folder is made up" in readme
    untold = {unit for unit in TOLD_OF if f"`{unit}`" not in readme}
    assert untold == {"chengguan-c11", "qukou-v04"}  # a new community and a village that is silent for two years


@pytest.mark.parametrize(
    ("file", "encoding", "begins"),
    [
        ("schools/2022-2023.csv", "utf-8", "单位,指标,期间,数值,报送时间,佐证,备注\n"),
        ("townships/huangquqiao.csv", "gb18030", "单位,指标,期间,数值,报送时间,佐证,备注\r\n"),
        ("townships/baofeng.csv", "utf-8", "\ufeff单位,指标,期间,数值,报送时间,佐证,备注\r\n"),
        ("townships/gaozhuang.csv", "utf-8", "unit,indicator,period,value,reported_at\n"),
        ("facilities.csv", "utf-8", "单位,指标,期间,数值\n"),
        ("townships/touzha.yaml", "utf-8", "# 头闸镇台账（虚构数据）\nunit: touzha\n"),
        ("departments/organization.json", "utf-8", '[\n {\n  "unit": "organization"'),
    ],
)
def test_offices_report_in_forms_of_their_own(file: str, encoding: str, begins: str) -> None:
    assert (COMMITTED / "submissions" / file).read_bytes().decode(encoding).startswith(begins)


@pytest.mark.parametrize(
    "written", ["撤回", '"1,000"', "3.395万", "１０.４％", "118.5万", ",否", ",TRUE", ",no,", "T15:59:59Z"]
)
def test_figures_and_moments_are_written_in_many_ways(written: str) -> None:
    assert any(written.encode() in text for text in _bytes(COMMITTED / "submissions").values())


def test_one_office_writes_full_width_digits() -> None:
    ledger = (COMMITTED / "submissions/townships/huangquqiao.csv").read_bytes().decode("gb18030")
    assert any(row["数值"] == "１" for row in csv.DictReader(ledger.splitlines()))


def test_documents_are_sound_yaml_and_json() -> None:
    for file in (COMMITTED / "submissions").rglob("*.yaml"):
        documents = list(yaml.safe_load_all(file.read_text(encoding="utf-8")))
        assert all({"unit", "period", "values"} <= document.keys() for document in documents)
    for file in (COMMITTED / "submissions").rglob("*.json"):
        assert all(document["values"] for document in json.loads(file.read_text(encoding="utf-8")))


def _facts(folder: Path) -> Counter[str]:
    return Counter({table.stem: len(_rows(table)) for table in folder.glob("submissions/**/*.csv")})


def test_another_scale_writes_proportionally_many_units_and_facts(tmp_path: Path) -> None:
    twice, fourfold = _written(tmp_path / "two", scale=2), _written(tmp_path / "four", scale=4)
    kinds = {"village": 144, "community": 25, "school": 70, "facility": 15, "township": 13 / 4, "department": 24 / 4}
    for kind, count in kinds.items():
        assert _types(fourfold)[kind] == count * 4
    small, large = _facts(twice), _facts(fourfold)
    for desk in ("schools", "villages", "communities", "facilities"):
        assert large[desk] == pytest.approx(small[desk] * 2, rel=0.02)
    assert large["townships"] == small["townships"]


def test_several_counties_stand_below_one_province_with_prefixed_ids(tmp_path: Path) -> None:
    folder = _written(tmp_path / "three", counties=3)
    units = _rows(folder / "units.csv")
    ids = {row["id"] for row in units}
    assert len(ids) == len(units) == 1 + 3 * 292
    assert [row["id"] for row in units if row["parent"] == "province"] == [
        "c001:pingluo",
        "c002:pingluo",
        "c003:pingluo",
    ]
    assert {"c001:finance", "c002:school-001", "c003:chengguan-v01"} <= ids
    assert {row["unit"] for row in _rows(folder / "submissions" / "c002" / "finance.csv")} == {"c002:finance"}
    waivers = _rows(folder / "waivers.csv")
    assert len({row["id"] for row in waivers}) == len(waivers) == 30


def test_every_county_has_figures_of_its_own(tmp_path: Path) -> None:
    folder = _written(tmp_path / "two", counties=2) / "submissions"
    one, two = (_rows(folder / county / "schools.csv") for county in ("c001", "c002"))
    assert [row["value"] for row in one] != [row["value"] for row in two]

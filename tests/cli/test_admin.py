"""``checker admin``, ``db`` and ``serve`` as an operator types them."""

from __future__ import annotations

import io
import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from checker.cli import lazily, run
from checker.cli import serve as serving
from checker.cli.lazily import LazyGroup
from checker.model.number import shown_percent
from checker.rulebook.loading import default_folder
from tests.service.office import SECRET, UNITS


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    return tmp_path


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = run(list(words))
    out, err = capsys.readouterr()
    return status, out, err


def test_an_operator_brings_a_county_into_service(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(capsys, "db", "upgrade")[:2] == (0, "已升级 upgraded: 0001, 0004, 0005, 0006\n")
    assert typed(capsys, "db", "upgrade")[:2] == (0, "已是最新 up to date\n")
    status, _, err = typed(capsys, "admin", "create-user", "a", "--role", "policy_editor")
    assert (status, "load-rulebook" in err) == (2, True)
    assert typed(capsys, "admin", "load-rulebook")[1].startswith("已公布 published: sha256:")
    assert typed(capsys, "admin", "load-rulebook")[1].startswith("没有变化 unchanged: sha256:")
    assert typed(capsys, "admin", "load-units", "units.csv")[:2] == (0, "变化 changed: 10\n")
    assert typed(capsys, "admin", "load-units", "units.csv")[:2] == (0, "变化 changed: 0\n")
    status, out, _ = typed(capsys, "admin", "create-user", "school-1", "--role", "submitter", "--unit", "school-1")
    assert (status, out.startswith("一次性代码 code: ")) == (0, True)
    assert len(typed(capsys, "admin", "create-token", "school-1")[1].strip()) == 43
    assert typed(capsys, "admin", "recheck")[0] == 0
    assert (place / "checker.db.key").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def county(place: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A county in service."""
    assert run(["admin", "load-rulebook"]) == 0
    assert run(["admin", "load-units", "units.csv"]) == 0
    capsys.readouterr()
    return place


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["create-user", "x", "--role", "submitter"], "填报账号要有单位"),
        (["create-user", "x", "--role", "auditor", "--area", "nowhere"], "名册里没有这个单位"),
        (["create-user", "王", "--role", "policy_editor"], "账号名用字母"),
        (["create-token", "nobody"], "没有账号 nobody"),
        (["verify-audit", "--head", "units.csv"], "不是导出的链头"),
        (["backup", "none/x"], "写不了"),
        (["restore", "none", "--database", "new.db"], "读不出"),
        (["load-rulebook", "../none-such"], ""),
        (["load-units", "none.csv"], "missing_file"),
        (["load-data", "none"], "missing_file"),
        (["recheck", "--database", "none/a.db"], "没有这个文件夹"),
    ],
)
def test_what_an_operator_has_to_mend_is_said(
    county: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    status, _, err = typed(capsys, "admin", *words)
    assert (status, said in err) == (2, True), err
    assert county.exists()


def test_faulty_units_and_data_load_nothing(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "bad.csv").write_text(UNITS + "school-1,又一个,school,chengguan,,\n", encoding="utf-8")
    status, _, err = typed(capsys, "admin", "load-units", "bad.csv")
    assert (status, "duplicate_unit" in err) == (2, True)
    (county / "data" / "submissions").mkdir(parents=True)
    (county / "data" / "units.csv").write_text(UNITS, encoding="utf-8")
    facts = county / "data" / "submissions" / "a.csv"
    facts.write_text(
        "unit,indicator,period,value,reported_at\nschool-1,science_lectures,2024-2025-1,x,\n", encoding="utf-8"
    )
    assert typed(capsys, "admin", "load-data", "data")[0] == 2
    facts.write_text(facts.read_text(encoding="utf-8").replace(",x,", ",2,2025-01-10"), encoding="utf-8")
    waivers = (
        "id,rule,unit,periods,from,until,reason,approved_by\nw-1,youth.lectures,school-2,,,2026-12-31,扩建,县教体局\n"
    )
    (county / "data" / "waivers.csv").write_text(waivers, encoding="utf-8")
    status, out, _ = typed(capsys, "admin", "load-data", "data")
    assert (status, out) == (0, "单位 units: 0  数 facts: 1  豁免 waivers: 1\n")
    assert typed(capsys, "admin", "recheck", "--engine", "plain")[0] == 0


def test_another_plan_does_not_fit_into_the_same_database(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tiny = Path(__file__).parents[2] / "fixtures" / "tiny-plan"
    status, _, err = typed(capsys, "admin", "load-rulebook", str(tiny))
    assert (status, "另一个规划" in err) == (2, True)
    assert county.exists()


def test_a_password_comes_from_standard_input(
    county: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("admin", "create-user", "p", "--role", "policy_editor", "--password-stdin")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert "12" in typed(capsys, *words)[2]
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET + "\n"))
    assert typed(capsys, *words)[:2] == (0, "已建 made: p\n")
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET + "\n"))
    assert "已有账号" in typed(capsys, *words)[2]
    assert county.exists()


def test_a_backup_is_restored_and_a_rolled_back_database_is_found(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(capsys, "admin", "backup", "early.gz")[0] == 0
    typed(capsys, "admin", "create-user", "p", "--role", "policy_editor")
    assert typed(capsys, "admin", "verify-audit", "--export", "head.json")[:2] == (0, "完好 whole: 3\n")
    assert json.loads((county / "head.json").read_text())["seq"] == 3
    assert typed(capsys, "admin", "verify-audit", "--head", "head.json")[0] == 0
    assert typed(capsys, "admin", "restore", "early.gz")[0] == 1
    key = ("--audit-key", "checker.db.key")
    assert typed(capsys, "admin", "restore", "early.gz", "--database", "other.db")[0] == 0
    assert typed(capsys, "admin", "verify-audit", "--database", "other.db", *key)[0] == 0
    status, out, _ = typed(capsys, "admin", "verify-audit", "--database", "other.db", *key, "--head", "head.json")
    assert (status, "record 3" in out) == (1, True)
    assert "没有审计密钥" in typed(capsys, "admin", "verify-audit", "--database", "other.db")[2]


def test_a_database_that_was_not_upgraded_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "checker db upgrade" in typed(capsys, "admin", "recheck")[2]
    assert place.exists()


def test_an_extra_that_is_absent_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def absent(name: str) -> object:
        raise ModuleNotFoundError(name="sqlalchemy" if name == "checker.cli.serve" else "something_else")

    monkeypatch.setattr(lazily, "import_module", absent)
    assert "duixian[service]" in typed(capsys, "serve")[2]
    with pytest.raises(ModuleNotFoundError):
        LazyGroup(commands_by_name={"x": ("x", "x")}).get_command(None, "x")  # type: ignore[arg-type] # not looked at


def test_other_rules_are_loaded_alone_for_a_reason_only(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = county / "rules"
    shutil.copytree(default_folder(), other)
    plan = other / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("平政办发", "平政发"), encoding="utf-8")
    status, _, err = typed(capsys, "admin", "load-rulebook", "rules")
    assert (status, "--alone" in err) == (2, True)
    assert typed(capsys, "admin", "load-rulebook", "rules", "--alone", " ")[0] == 2
    said = typed(capsys, "admin", "load-rulebook", "rules", "--alone", "数据库刚恢复")
    assert said[:1] == (0,)
    assert said[1].startswith("已公布 published: sha256:")


@pytest.mark.parametrize(("share", "given"), [((), "5%"), (("--brake", "0%"), "0%"), (("--brake", "12.5%"), "12.5%")])
def test_the_brake_is_what_the_operator_says(
    county: Path, monkeypatch: pytest.MonkeyPatch, share: tuple[str, ...], given: str
) -> None:
    seen: list[Fraction] = []
    monkeypatch.setattr(serving, "serve", lambda ground, _: seen.append(ground.brake))
    assert run(["serve", *share]) == 0
    assert [shown_percent(one) for one in seen] == [given]
    assert county.exists()


@pytest.mark.parametrize("share", ["0.05", "5", "101%", "-1%", "x"])
def test_a_brake_that_is_no_share_is_refused(county: Path, capsys: pytest.CaptureFixture[str], share: str) -> None:
    status, _, err = typed(capsys, "serve", "--brake", share)
    assert (status, "--brake" in err) == (2, True)
    assert county.exists()

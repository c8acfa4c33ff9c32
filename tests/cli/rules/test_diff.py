"""``checker rules diff``: what a change means, of folders and of revisions, and when it fails."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from checker.rulebook.loading import default_folder
from tests.authoring.tracing.texts import ROOT
from tests.cli.rules.conftest import Told
from tests.rulebook.writing import SMALL

PINGLUO = ROOT / "fixtures" / "pingluo"
ON = ["--data", PINGLUO, "--as-of", "2025-06-30"]


def git(folder: Path, *arguments: str) -> None:
    who = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.c",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "core.hooksPath=/dev/null",
    ]
    words = ["git", "-C", str(folder), *who, *arguments]
    subprocess.run(words, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose folder `book` had one commit and was then changed without another."""
    top = tmp_path / "repository"
    (top / "book").mkdir(parents=True)
    for name, text in SMALL.items():
        (top / "book" / name).write_text(text, encoding="utf-8")
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "first")
    file = top / "book" / "1.yaml"
    file.write_text(SMALL["1.yaml"].replace('at_least: "2"', 'at_least: "3"'), encoding="utf-8")
    return top


def test_meaning_and_verdicts_are_told_both_ways(told: Told, changed: Path) -> None:
    status, out, _ = told("diff", default_folder(), changed, *ON, "--most", "2")
    assert status == 0
    for line in (
        "规则的变化 2 处",
        "    目标: 不少于 2 次 → 不少于 3 次",
        f"{PINGLUO} 截至 2025-06-30：2123 项结论中 103 项变化，占 4.851625%",
        "  变差",
        "    达标 → 未达标  星湾小学  2023-2024-2  每学期举办科普讲座不少于2次",
        "    …… 另有 99 项（--most 0 显示全部）",
        "  变好",
        "    未达标 → 达标  露川小学  2024-2025-1  参与科普活动学生人数达到85%以上",
    ):
        assert line in out.splitlines()


def test_a_share_above_the_limit_fails_and_one_at_it_does_not(told: Told, changed: Path) -> None:
    for limit, status, words in (("4.8%", 1, "超过 4.8%"), ("5%", 0, "不超过 5%"), ("０％", 1, "超过 0%")):
        ended, out, _ = told("diff", default_folder(), changed, *ON, "--fail-above", limit)
        assert (ended, words in out) == (status, True)
    ended, out, _ = told("diff", default_folder(), default_folder(), *ON, "--fail-above", "0%")
    assert (ended, "0/2123，不超过 0%" in out) == (0, True)


def test_as_data_every_change_and_every_finding_is_listed(told: Told, changed: Path) -> None:
    status, out, _ = told("diff", default_folder(), changed, *ON, *ON[:2], "--format", "json", "--lang", "en")
    record = json.loads(out)
    assert (status, record["schema"], record["as_of"]) == (0, "checker.comparison/1", "2025-06-30")
    assert [(one["id"], one["key"], one["new"]) for one in record["changes"]] == [
        ("youth.lectures", "target", "at least 3 lectures"),
        ("youth.participation", "target", "at least 80%"),
    ]
    (data,) = record["data"]
    assert (data["findings"], data["changed"], len(data["flips"])) == (2123, 103, 103)
    assert data["rules"][0] == {
        "rule": "youth.lectures", "worse": 101, "better": 0, "sideways": 0, "asked": 0, "dropped": 0,
    }  # fmt: skip
    assert record["share"] == {"changed": 103, "findings": 2123, "percent": "4.851625%"}
    assert (record["limit"], record["fails"]) == (None, False)


def test_a_revision_of_the_other_folder_is_compared(told: Told, repository: Path) -> None:
    book = repository / "book"
    for old, new, words in (
        ("git:HEAD", book, "不少于 2 次 → 不少于 3 次"),
        (book, "git:HEAD", "不少于 3 次 → 不少于 2 次"),
        (f"git:HEAD:{book}", "git:HEAD", "没有变化"),
    ):
        status, out, _ = told("diff", old, new)
        assert (status, words in out) == (0, True)


def test_a_folder_that_is_no_longer_there_and_a_rulebook_at_the_top_are_found(
    told: Told, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "mv", "book", "moved")
    assert told("diff", f"git:HEAD:{repository / 'book'}", repository / "moved")[0] == 0
    top = repository / "moved"
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "top")
    monkeypatch.chdir(top)
    assert told("diff", "git:HEAD", ".")[0] == 0


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ("git:--output=stolen", "git 里没有 --output=stolen"),
        ("git:-h", "git 里没有 -h"),
        ("git:nothing", "git 里没有 nothing"),
        ("git:HEAD:nothing", "git 里没有 HEAD:nothing"),
        ("git:", "git:版本:文件夹"),
    ],
)
def test_a_revision_is_never_an_option(
    old: str, words: str, told: Told, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    status, out, err = told("diff", old, "book")
    assert (status, out, words in err) == (2, "", True)
    assert {path.name for path in repository.iterdir()} == {".git", "book"}


def test_a_branch_that_begins_like_an_option_is_a_branch_all_the_same(told: Told, repository: Path) -> None:
    git(repository, "update-ref", "refs/heads/-h", "HEAD")
    status, out, _ = told("diff", "git:-h", repository / "book")
    assert (status, "不少于 2 次 → 不少于 3 次" in out) == (0, True)


def test_outside_a_repository_and_without_git_it_is_said(
    told: Told, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "git" in told("diff", "git:HEAD", changed)[2]
    assert "git:版本:文件夹" in told("diff", "git:HEAD", "git:HEAD")[2]
    monkeypatch.setenv("PATH", "")
    assert "没有装 git" in told("diff", "git:HEAD", changed)[2]


def test_links_and_folders_in_a_revision_are_complained_of_and_not_followed(told: Told, repository: Path) -> None:
    (repository / "book" / "9.yaml").symlink_to("/etc/passwd")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "link")
    status, _, err = told("diff", "git:HEAD", repository / "book")
    assert (status, "规则文件夹里的 9.yaml 没有读取" in err) == (2, True)


def test_faults_of_rules_and_data_are_said(told: Told, changed: Path, tmp_path: Path) -> None:
    (changed / "plan.yaml").unlink()
    status, _, err = told("diff", default_folder(), changed)
    assert (status, "plan.yaml" in err, f"{changed} 有错" in err) == (2, True, True)
    status, _, err = told("diff", default_folder(), default_folder(), "--data", tmp_path / "none")
    assert (status, "数据有错" in err) == (2, True)


def test_faulty_records_are_set_aside_when_asked(told: Told, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("id,name,type\ns,一中,school\n", encoding="utf-8")
    facts = tmp_path / "facts.csv"
    facts.write_text("unit,indicator,period,value\ns,science_lectures,2024-2025-1,x\n", encoding="utf-8")
    asked = ["diff", default_folder(), default_folder(), "--data", facts, "--as-of", "2025-06-30"]
    assert told(*asked)[0] == 2
    status, _, err = told(*asked, "--keep-going")
    assert (status, "搁置了 1 条" in err) == (0, True)


@pytest.mark.parametrize(
    "options", [["--fail-above", "5%"], ["--fail-above", "5", *ON], ["--fail-above", "x%", *ON]], ids=str
)
def test_a_limit_needs_data_and_a_percent_sign(options: list[str], told: Told) -> None:
    assert told("diff", default_folder(), default_folder(), *options)[0] == 2


def test_drafts_are_compared_when_asked(told: Told, changed: Path) -> None:
    file = changed / "2-1-youth.yaml"
    text = file.read_text(encoding="utf-8").replace("    remedy:", "    status: draft\n    remedy:", 1)
    file.write_text(text, encoding="utf-8")
    assert "不再核查" in told("diff", default_folder(), changed, *ON)[1]
    record = json.loads(told("diff", default_folder(), changed, *ON, "--include-drafts", "--format", "json")[1])
    assert {one["rule"] for one in record["data"][0]["rules"]} == {"youth.lectures", "youth.participation"}


def test_only_the_other_languages_wording_is_shown_in_both(told: Told, changed: Path) -> None:
    file = changed / "2-1-youth.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("hold the missing outing", "hold it"), encoding="utf-8")
    assert "hold it and attach" in told("diff", default_folder(), changed)[1]

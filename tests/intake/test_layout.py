"""Which files are read, in which order, and what becomes of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.intake.reading import Inputs, read
from checker.model.problem import Place
from tests.intake.building import HEADER, UNITS, reading, rulebook, spots, values, write

ROW = HEADER + "s1,lectures,2022-2023-1,2\n"
BAD = HEADER + "s9,lectures,2022-2023-1,2\n"


def test_submissions_are_read_by_relative_path_by_code_point(tmp_path: Path) -> None:
    names = ("b.csv", "a/z.csv", "a.csv", "Z.CSV", "中/文.csv", "a/b/c.csv")
    found = reading(tmp_path, {f"submissions/{name}": BAD for name in names}).problems
    assert [problem.place for problem in found] == [
        Place(f"submissions/{name}", 2, "unit", order=order)
        for order, name in enumerate(("Z.CSV", "a.csv", "a/b/c.csv", "a/z.csv", "b.csv", "中/文.csv"), start=1)
    ]


def test_only_the_registry_is_required(tmp_path: Path) -> None:
    intake = reading(tmp_path, {})
    assert (intake.problems, intake.left_out, intake.stray) == ([], (), ())
    assert intake.data is not None
    assert len(intake.data.registry) == 6


def test_litter_is_passed_over(tmp_path: Path) -> None:
    names = (".hidden.csv", "~$a.csv", "Thumbs.db", "sub/desktop.ini", ".git/config")
    intake = reading(tmp_path, {f"submissions/{name}": "x" for name in names} | {".DS_Store": "x", "~$b.xlsx": "x"})
    assert (intake.problems, intake.stray) == ([], ())


def test_other_kinds_of_files_are_said_not_to_be_read(tmp_path: Path) -> None:
    names = ("a.xls", "b.txt", "c", "d.csv.bak")
    intake = reading(tmp_path, {f"submissions/{name}": "x" for name in names})
    assert spots(intake.problems) == [f"unsupported_file submissions/{name}" for name in names]
    assert intake.left_out == tuple(f"submissions/{name}" for name in names)
    assert ".csv, .yaml" in intake.problems[0].hint.en


def test_data_in_the_wrong_place_is_named(tmp_path: Path) -> None:
    files = {"a.csv": ROW, "b.XLSX": "x", "waivers.json": "x", "Units.csv": "x", "notes.md": "x", "folder.csv/x": "x"}
    intake = reading(tmp_path, files)
    assert intake.problems == []
    assert intake.stray == ("Units.csv", "a.csv", "b.XLSX", "folder.csv/", "waivers.json")


def test_symbolic_links_in_a_data_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, {"a.csv": ROW, "sub/b.csv": ROW, "waivers.csv": "id\n"})
    folder = tmp_path / "data"
    write(folder, {"units.csv": UNITS, "submissions/c.csv": ROW})
    (folder / "submissions" / "a.csv").symlink_to(outside / "a.csv")
    (folder / "submissions" / "loop").symlink_to(folder / "submissions")
    (folder / "submissions" / "dead.csv").symlink_to(outside / "nothing")
    (folder / "submissions" / ".hidden").symlink_to(outside)
    (folder / "waivers.csv").symlink_to(outside / "waivers.csv")
    intake = read(Inputs(folder), rulebook())
    assert spots(intake.problems) == [
        "unsupported_file waivers.csv",
        "unsupported_file submissions/a.csv",
        "unsupported_file submissions/dead.csv",
        "unsupported_file submissions/loop",
    ]
    assert len(values(intake)) == 1


def test_a_registry_or_submissions_that_are_links_are_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "data"
    write(outside, {"units.csv": UNITS, "a.csv": ROW})
    folder.mkdir()
    (folder / "units.csv").symlink_to(outside / "units.csv")
    (folder / "submissions").symlink_to(outside)
    intake = read(Inputs(folder), rulebook())
    assert spots(intake.problems) == ["unsupported_file units.csv", "unsupported_file submissions"]
    assert intake.data is None


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    write(tmp_path, {"units.csv": UNITS, "submissions/a.csv/b.csv": ROW, "waivers.csv/x": "x"})
    os.mkfifo(tmp_path / "submissions" / "pipe.csv")
    intake = read(Inputs(tmp_path), rulebook())
    assert spots(intake.problems) == ["malformed_file waivers.csv:1", "unsupported_file submissions/pipe.csv"]
    assert len(values(intake)) == 1


def test_a_file_in_place_of_the_folder_of_submissions_is_not_read(tmp_path: Path) -> None:
    assert spots(reading(tmp_path, {"submissions": ROW}).problems) == ["unsupported_file submissions"]


def test_a_name_that_is_no_text_is_shown_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / os.fsdecode(b"\xff.csv")).write_text(BAD)
    assert spots(reading(tmp_path, {}).problems) == ["unknown_unit submissions/\ufffd.csv:2 [unit]"]


def test_a_folder_or_registry_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    missing = read(Inputs(tmp_path / "nothing"), rulebook())
    assert [(problem.code, problem.place.row) for problem in missing.problems] == [("missing_file", None)]
    assert missing.data is None
    write(tmp_path, {"submissions/a.csv": HEADER + "x,lectures,2023,z\n"})
    found = read(Inputs(tmp_path), rulebook())
    assert spots(found.problems) == ["missing_file units.csv", "bad_value submissions/a.csv:2 [value]"]
    assert "--units" in found.problems[0].hint.zh
    assert found.data is None


def test_a_folder_can_be_read_with_another_registry(tmp_path: Path) -> None:
    write(tmp_path, {"data/submissions/a.csv": ROW, "data/other.csv": UNITS, "elsewhere/r.csv": UNITS})
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere" / "r.csv")
    for registry in ("elsewhere/r.csv", "link.csv"):
        intake = read(Inputs(tmp_path / "data", units=tmp_path / registry), rulebook())
        assert (len(values(intake)), intake.stray) == (1, ("other.csv",))
    assert read(Inputs(tmp_path / "data", units=tmp_path / "data" / "other.csv"), rulebook()).stray == ()


def test_single_files_find_their_registry_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"units.csv": UNITS, "b.csv": BAD, "a.csv": ROW, "c.csv": ROW})
    monkeypatch.chdir(tmp_path)
    files = (Path("b.csv"), Path("a.csv"), Path("units.csv"), Path("./b.csv"))
    intake = read(Inputs(None, files), rulebook())
    assert [problem.place for problem in intake.problems] == [Place("b.csv", 2, "unit", order=2)]
    assert len(values(intake)) == 1


def test_single_files_can_name_their_registry_and_waivers(tmp_path: Path) -> None:
    write(tmp_path, {"r/units.csv": UNITS, "waivers.csv": "id\n", "a.csv": ROW})
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    files = (tmp_path / "link.csv", tmp_path / "waivers.csv")
    intake = read(Inputs(None, files, tmp_path / "r" / "units.csv"), rulebook())
    assert spots(intake.problems) == [f"missing_column {(tmp_path / 'waivers.csv').as_posix()}:1"]
    assert len(values(intake)) == 1


def test_single_files_that_are_not_there_or_folders_are_problems(tmp_path: Path) -> None:
    write(tmp_path, {"units.csv": UNITS, "sub/a.csv": ROW})
    files = (tmp_path / "nothing.csv", tmp_path / "sub", tmp_path / "units.csv" / "a.csv", Path("\0"))
    problems = read(Inputs(None, files, tmp_path / "units.csv"), rulebook()).problems
    assert sorted(problem.code for problem in problems) == ["malformed_file", *["missing_file"] * 3]
    alone = read(Inputs(None, (tmp_path / "sub" / "a.csv",)), rulebook())
    assert [(problem.code, problem.place.file) for problem in alone.problems] == [
        ("missing_file", (tmp_path / "sub" / "units.csv").as_posix())
    ]


def test_what_the_system_does_not_let_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path, {"units.csv": UNITS, "submissions/a.csv": ROW, "submissions/b.csv": ROW, "submissions/c/d.csv": ROW}
    )
    opened, listed, looked = Path.read_bytes, Path.iterdir, Path.lstat

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", lambda p: refuse(p) if p.name == "a.csv" else opened(p))
    monkeypatch.setattr(Path, "iterdir", lambda p: refuse(p) if p.name == "c" else listed(p))
    monkeypatch.setattr(Path, "lstat", lambda p: refuse(p) if p.name == "b.csv" else looked(p))
    found = read(Inputs(tmp_path), rulebook()).problems
    assert spots(found) == [f"malformed_file submissions/{name}:1" for name in ("a.csv", "b.csv", "c")]
    assert "Permission denied" in found[0].message.en
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "unreadable" not in read(Inputs(tmp_path), rulebook()).stray


def test_a_file_that_goes_away_meanwhile_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.read_bytes

    def gone(path: Path) -> bytes:
        if path.name == "a.csv":
            raise FileNotFoundError(path)
        return opened(path)

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert spots(reading(tmp_path, {"submissions/a.csv": ROW}).problems) == ["missing_file submissions/a.csv"]

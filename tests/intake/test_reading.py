"""Reading as a whole: order changes nothing but places, and nothing is ever raised."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.intake.reading import Intake
from checker.model.fact import Fact
from checker.model.problem import Place
from tests.intake.building import HEADER, reading, submitted, values

NOWHERE = Place("")
ROWS = [
    f"{unit},{indicator},{period},{value},{reported},{evidence},"
    for unit in ("s1", "s2", "v1", "一小")
    for indicator in ("lectures", "pupils", "taking_part", "open")
    for period in ("2022-2023-1", "2022-10", "2023", "never")
    for value in ("1", "2", "x", "撤回")
    for reported in ("", "2023-02-01", "2023-03-01")
    for evidence in ("", "照片")
]


def _essence(intake: Intake) -> tuple[object, ...]:
    """Give everything but places."""
    assert intake.data is not None
    facts: set[Fact] = {fact._replace(place=NOWHERE) for fact in intake.data.facts}
    codes = sorted((problem.code, problem.severity) for problem in intake.problems)
    return facts, len(intake.data.facts), intake.data.spoiled, intake.data.digest(), codes


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ROWS), max_size=14), st.integers(0, 14), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_changes_nothing_but_places(rows: list[str], at: int, chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        first = submitted(Path(one), *rows)
        parts = {
            "submissions/b.csv": HEADER + "\n".join(shuffled[:at]),
            "submissions/a/c.csv": HEADER + "\n".join(shuffled[at:]),
        }
        second = reading(Path(other), parts)
    assert _essence(first) == _essence(second)


NAMES = ("units.csv", "waivers.csv", "waivers.yaml", "submissions/a.csv", "submissions/a.json", "submissions/a.yml")
TEXTS = st.text(st.sampled_from('unit,id\n"{}[]:- 2024s1\0;\r\t单位值\ufeff\ud800'), max_size=60)
CONTENTS = st.binary(max_size=80) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), CONTENTS, max_size=4))
@example({"units.csv": b'id,name,type\r"'})
@example({"submissions/a.csv": b"\x00"})
def test_no_bytes_raise_anything(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        intake = reading(Path(folder), files)
    for problem in intake.problems:
        assert all(problem.message)
        assert all(problem.hint)
        assert problem.place.file in files


def test_cells_with_odd_signs_are_taken_as_they_are(tmp_path: Path) -> None:
    units = "id,name,type\n甲-1.a:b_c,\x1b[31m红,school\n"
    intake = submitted(tmp_path, "\x1b[31m红,lectures,2022-2023-1,2", "\u202es1,lectures,2022-2023-1,2", units=units)
    assert values(intake) == [("甲-1.a:b_c", "lectures", "2022-2023-1", 2)]
    assert [problem.code for problem in intake.problems] == ["unknown_unit"]


def test_a_hundred_thousand_rows_are_all_read(tmp_path: Path) -> None:
    units = "id,name,type,opened\n" + "".join(f"u{n},学校{n},school,2000-01-01\n" for n in range(2_000))
    months = [f"{year}-{month:02d}" for year in range(2022, 2026) for month in range(1, 13)]
    rows = [f"u{n},lectures,{month},{len(month)},2026-01-01,照片{n}," for n in range(2_000) for month in months]
    intake = submitted(tmp_path, *rows, units=units)
    assert len(values(intake)) == 96_000


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    rows = ("s1,lectures,2022-2023-1,2", "s1,lectures,2022-10,x", "s1,pupils,2022-2023-1,2", "s1,pupils,2022-2023-1,2")
    first, second = submitted(tmp_path, *rows), submitted(tmp_path, *rows)
    assert first.problems == second.problems
    assert _essence(first) == _essence(second)

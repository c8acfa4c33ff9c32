"""Random tiny cases: a rulebook and a county's data folder, written to disk, and the day of the check."""

import csv
import io
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .clashes import settle
from .county_facts import Told, facts, waivers
from .county_faults import sow_facts, sow_units, sow_waivers
from .county_plan import Case, add_indicators, add_units, frame
from .county_rules import add_rules, write_rulebook
from .facts import CHINESE, ENGLISH, read_facts
from .registry import read_units
from .rulebook import load
from .tables import Problems
from .waivers import COLUMNS, read_waivers

FILES = ("2024.csv", "a/乡镇.csv", "b-1/深/x.csv", "Z.csv")
Places = dict[tuple[str, int], int]
UNIT_COLUMNS = ["id", "name", "type", "parent", "opened", "closed", "stage"]


@dataclass(frozen=True)
class Sheet:
    """A written file: its text and the line on which each record begins."""

    text: str
    lines: list[int]


def _sheet(rng: random.Random, header: list[str], rows: list[list[str]]) -> Sheet:
    """Rows as CSV with LF or CRLF, blank lines, rows of empty cells, and empty cells left off at the end."""
    out, lines = io.StringIO(newline=""), []
    writer = csv.writer(out, lineterminator=rng.choice(("\n", "\r\n")))
    writer.writerow(header)
    for row in rows:
        if rng.random() < 0.03:
            writer.writerow(rng.choice(([], [""] * len(header), [" "] * 2)))
        cells = list(row)
        while rng.random() < 0.5 and len(cells) > 1 and cells[-1] == "":
            cells.pop()
        lines.append(out.getvalue().count("\n") + 1)
        writer.writerow(cells)
    return Sheet(out.getvalue(), lines)


def _write(case: Case, path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mark = "\ufeff" if case.rng.random() < 0.15 else ""
    path.write_bytes((mark + text).encode())


def _cells(case: Case, fact: Told) -> dict[str, str]:
    """The cells, with the unit and the indicator now and then by name, and a note over two lines."""
    rng, cells = case.rng, dict(fact.cells)
    ids, names = {unit["id"]: unit["name"] for unit in case.units}, [unit["name"] for unit in case.units]
    name = ids.get(cells["unit"], "")
    if rng.random() < 0.2 and name and names.count(name) == 1 and name not in ids:
        cells["unit"] = name
    if rng.random() < 0.2 and cells["indicator"] in case.indicators:
        title = case.indicators[cells["indicator"]]["name"]
        cells["indicator"] = str(title["zh"] if isinstance(title, dict) else title)
    cells["evidence"] = rng.choice(("", "", "照片", "a,b"))
    cells["note"] = rng.choice(("", "", "", "两行\n备注", '他说"好"'))
    return cells


def _submission(case: Case, told: list[Told]) -> Sheet:
    """One file of facts: columns in any order, English or Chinese headers, optional ones left out where empty."""
    rng, rows = case.rng, [_cells(case, fact) for fact in told]
    optional = ["evidence", "note"] if rng.random() < 0.5 else []
    if rng.random() < 0.8 or any(row["reported_at"] for row in rows):
        optional.append("reported_at")
    columns = ["unit", "indicator", "period", "value", *optional]
    if rng.random() < 0.4:
        rng.shuffle(columns)
    chinese = dict(zip(ENGLISH, CHINESE, strict=True)) if rng.random() < 0.5 else {}
    return _sheet(rng, [chinese.get(name, name) for name in columns], [[row[name] for name in columns] for row in rows])


def _break(case: Case, data: Path) -> None:
    """A file that cannot be read: a row too long, a header with an unknown or a missing column, a foreign kind."""
    rng, path = case.rng, data / "submissions" / "坏.csv"
    good = "unit,indicator,period,value\n"
    texts = (
        good + "a,i_0,2023,1\n" + "a,i_0,2023,1,2,3\n",
        good.replace("value", "valeu") + "a,i_0,2023,1\n",
        good.replace(",value", "") + "a,i_0,2023\n",
        good.replace("value", "value,extra") + "a,i_0,2023,1,1\n",
    )
    choice = rng.randint(0, len(texts))
    if choice == len(texts):
        path = path.with_suffix(".txt")
    _write(case, path, texts[choice] if choice < len(texts) else "readme")


def _write_data(case: Case, data: Path, told: list[Told], permitted: list[dict[str, str]]) -> Places:
    """Writes the data folder; returns for each file and line the number of the fact or, in waivers, of the waiver."""
    rng = case.rng
    places: Places = {}
    rows = [[unit[column] for column in UNIT_COLUMNS] for unit in case.units]
    _write(case, data / "units.csv", _sheet(rng, UNIT_COLUMNS, rows).text)
    files = rng.sample(FILES, rng.randint(1, 3))
    homes = [rng.choice(files) for _ in told]
    for file in files:
        numbers = [number for number, home in enumerate(homes) if home == file]
        sheet = _submission(case, [told[number] for number in numbers])
        _write(case, data / "submissions" / file, sheet.text)
        places |= {(f"submissions/{file}", line): n for line, n in zip(sheet.lines, numbers, strict=True)}
    if permitted or rng.random() < 0.2:
        sheet = _sheet(rng, list(COLUMNS), [[one[column] for column in COLUMNS] for one in permitted])
        _write(case, data / "waivers.csv", sheet.text)
        places |= {("waivers.csv", line): number for number, line in enumerate(sheet.lines)}
    return places


def _purge(case: Case, folder: Path, told: list[Told], permitted: list[dict[str, str]]) -> None:
    """Writes the data, and again without the rows that have errors, until there are none."""
    data = folder / "data"
    while True:
        places = _write_data(case, data, told, permitted)
        problems, book = Problems(), load(folder / "rules")
        registry = read_units(data, book, problems)
        assert registry is not None, problems.listed()
        read_waivers(data, book, registry, problems)
        settle(read_facts(data, book, registry, problems), book, problems)
        bad = [problem for problem in problems.listed() if problem["severity"] == "error"]
        if not bad:
            return
        wrong = {(str(one["file"]), one["row"]) for one in bad}
        bad_facts = {n for place, n in places.items() if place in wrong and place[0] != "waivers.csv"}
        bad_waivers = {n for place, n in places.items() if place in wrong and place[0] == "waivers.csv"}
        told[:] = [one for number, one in enumerate(told) if number not in bad_facts]
        permitted[:] = [one for number, one in enumerate(permitted) if number not in bad_waivers]
        for path in sorted((data / "submissions").rglob("*.csv")):
            path.unlink()
        (data / "waivers.csv").unlink(missing_ok=True)


def random_case(rng: random.Random, folder: Path, faulty: bool = False) -> date:
    """Writes `folder/rules` and `folder/data` and gives the `as_of`; `faulty` also sows every kind of error."""
    case = frame(rng)
    add_units(case)
    add_indicators(case)
    add_rules(case)
    while not case.rules:
        add_indicators(case)
        add_rules(case)
    write_rulebook(case, folder / "rules")
    told, permitted = facts(case), waivers(case)
    if not faulty:
        _purge(case, folder, told, permitted)
        return case.as_of
    if rng.random() < 0.7:
        _purge(case, folder, told, permitted)
    for path in sorted((folder / "data").rglob("*.csv")):
        path.unlink()
    sow_facts(case, told)
    sow_waivers(case, permitted)
    if rng.random() < 0.04:
        sow_units(case)
    _write_data(case, folder / "data", told, permitted)
    if rng.random() < 0.15:
        _break(case, folder / "data")
    return case.as_of

"""However an office writes its figures down, they are those of the plain tables of the same county."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import yaml

from fixtures.county.folder import write_plain
from fixtures.county.habit import CHINESE, ENGLISH
from fixtures.county.names import INDICATORS

COMMITTED = Path(__file__).parents[2] / "fixtures" / "pingluo"
_TRUTHS = {"是": "1", "yes": "1", "true": "1", "否": "0", "no": "0", "false": "0"}
Told = tuple[str, ...]


def _figure(written: object) -> str:
    text = normalize("NFKC", str(written)).lower().replace(",", "")
    if text == "撤回" or text.endswith("%"):
        return text
    scale = 10_000 if text.endswith("万") else 1
    return str((Decimal(_TRUTHS.get(text, text.removesuffix("万"))) * scale).normalize())


def _table(file: Path) -> Iterator[Told]:
    data = file.read_bytes()
    text = data.decode("gb18030" if file.stem == "huangquqiao" else "utf-8-sig")
    for row in csv.DictReader(text.splitlines()):
        cells = {
            english: row.get(english) or row.get(chinese) or ""
            for english, chinese in zip(ENGLISH, CHINESE, strict=True)
        }
        yield (cells["unit"], cells["indicator"], cells["period"], _figure(cells["value"]), *list(cells.values())[4:])


def _documents(file: Path) -> Iterator[Told]:
    text = file.read_text(encoding="utf-8")
    for document in json.loads(text) if file.suffix == ".json" else yaml.safe_load_all(text):
        for indicator, said in document["values"].items():
            value = said if isinstance(said, dict) else {"value": said}
            moment, evidence, note = document.get("reported_at", ""), value.get("evidence", ""), value.get("note", "")
            yield document["unit"], indicator, document["period"], _figure(value["value"]), moment, evidence, note


def _said(folder: Path) -> Counter[Told]:
    """Every fact of a folder with ids and codes for names, and plain figures."""
    with (folder / "units.csv").open(encoding="utf-8", newline="") as file:
        ids = {row["name"]: row["id"] for row in csv.DictReader(file)}
    codes = {name: code for code, name in INDICATORS.items()}
    return Counter(
        (ids.get(unit, unit), codes.get(indicator, indicator), *rest)
        for file in sorted((folder / "submissions").rglob("*.*"))
        for unit, indicator, *rest in (_table(file) if file.suffix == ".csv" else _documents(file))
    )


def test_the_offices_say_exactly_what_the_plain_tables_say(tmp_path: Path) -> None:
    write_plain(tmp_path, seed=2025, scale=1, counties=1)
    offices, plain = _said(COMMITTED), _said(tmp_path)
    assert offices == plain
    assert 8_000 <= offices.total() <= 12_000


def test_one_fact_alone_is_told_twice() -> None:
    assert [fact for fact, count in _said(COMMITTED).items() if count > 1] == [
        ("school-012", "science_lectures", "2023-2024-1", "4", "2024-01-16", "", "")
    ]

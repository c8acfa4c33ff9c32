"""The findings of a Run as CSV that Excel opens: UTF-8 with a byte order mark, no cell a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator

from checker.model.language import Language, printable
from checker.model.run import Run
from checker.reporting.record import Record, finding_records

COLUMNS = (
    "id", "rule", "commitment", "force", "unit", "unit_name", "period", "verdict", "underlying", "observed",
    "numerator", "denominator", "lower", "upper", "target", "shortfall", "reason", "pace", "waiver", "responsible",
    "section", "clause", "explanation",
)  # fmt: skip
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMULA = tuple("=+-@\t\r")


def to_csv(run: Run, language: Language) -> Iterator[bytes]:
    """Go through the findings, one a row under `COLUMNS`; without findings the header alone."""
    yield BYTE_ORDER_MARK + csv_line(COLUMNS)
    for record in finding_records(run, language):
        yield csv_line(_row(record))


def csv_line(cells: Iterable[object]) -> bytes:
    """Give one row in UTF-8, no cell of it a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow(map(_cell, cells))
    return out.getvalue().encode("utf-8", "replace")


def _row(record: Record) -> list[object]:
    observed = record["observed"] if isinstance(record["observed"], dict) else {}
    source = record["source"] if isinstance(record["source"], dict) else {}
    bounds = record["bounds"] if isinstance(record["bounds"], list) else [None, None]
    responsible = record["responsible"] if isinstance(record["responsible"], list) else []
    flat = {
        **record, "observed": observed.get("value"), "numerator": observed.get("numerator"),
        "denominator": observed.get("denominator"), "lower": bounds[0], "upper": bounds[1],
        "responsible": ";".join(responsible), "section": source.get("section"), "clause": source.get("clause"),
    }  # fmt: skip
    return [flat[column] for column in COLUMNS]


def _cell(value: object) -> str:
    text = "" if value is None else printable(str(value))
    is_number = text.removeprefix("-").replace(".", "", 1).isdecimal()
    guarded = not is_number and unicodedata.normalize("NFKC", text).startswith(_FORMULA)
    return f"'{text}" if guarded else text

"""A Run as JSON: the same Run gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from checker.model.language import Language
from checker.model.run import Run
from checker.reporting.record import Record, finding_records, frame_record

# No text within can hold a line break of its own, so this stands where the findings belong and nowhere else.
_GAP = b'\n "findings": []'

# JSON itself lets these through; a terminal or an editor would obey them.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


def to_json(run: Run, language: Language) -> Iterator[bytes]:
    """Go through `run` as one JSON object in UTF-8, indented, with a line break at the end, piece by piece.

    Findings are turned into text one by one, so that a nation's need no more memory than a county's.
    """
    head, gap, tail = steady_json(frame_record(run, language)).partition(_GAP)
    yield head
    if gap:
        yield gap.removesuffix(b"[]")
        yield from _listed(finding_records(run, language))
    yield tail


def _listed(records: Iterable[Record]) -> Iterator[bytes]:
    """Go through `records` as the list that `steady_json` would make of them one level down."""
    before = b"[\n"
    for record in records:
        lines = steady_json(record).rstrip(b"\n").replace(b"\n", b"\n  ")
        yield before + b"  " + lines
        before = b",\n"
    yield b"[]" if before == b"[\n" else b"\n ]"


def steady_json(value: object) -> bytes:
    """Give plain data as indented JSON in UTF-8, the same bytes for the same data, steering characters escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return (_STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n").encode()

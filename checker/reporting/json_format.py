"""A Run as JSON: the same Run gives the same bytes."""

from __future__ import annotations

import json
import re

from checker.model.language import Language
from checker.model.run import Run
from checker.reporting.record import run_record

# JSON itself lets these through; a terminal or an editor would obey them.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


def to_json(run: Run, language: Language) -> bytes:
    """Give `run` as one JSON object in UTF-8, indented, with a line break at the end."""
    return steady_json(run_record(run, language))


def steady_json(value: object) -> bytes:
    """Give plain data as indented JSON in UTF-8, the same bytes for the same data, steering characters escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return (_STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n").encode()

"""A rulebook to start from: the small one that ships, or a copy of another, under an id of its own."""

from __future__ import annotations

import re
from pathlib import Path

from checker.authoring.schemas import KINDS, file_name, schema_text
from checker.documents.node import Scalar
from checker.rulebook.files import PLAN
from checker.rulebook.loading import Loaded

STARTER = Path(__file__).parent / "starter"
"""The folder of the rulebook that ships to start from."""

_SCHEMAS = ".schemas"
_MODELINE = re.compile(r"# yaml-language-server: .*\n")
_VALUE = re.compile(r'"[^"]*"|\'[^\']*\'|[^\s#,}]+')


def started(source: Path, loaded: Loaded, plan_id: str) -> dict[str, str]:
    """Give the files of a new rulebook, by their paths: those of `source`, for the plan `plan_id`, and their schemas.

    `loaded` is what `source` gave, and sound. Each file names its schema to editors; findings are of the new plan.
    """
    texts = {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(source.glob("*.yaml"))}
    texts[PLAN] = _renamed(texts[PLAN], loaded, plan_id)
    files = {name: _modeline(name) + _MODELINE.sub("", text, count=1) for name, text in texts.items()}
    return files | {f"{_SCHEMAS}/{file_name(kind)}": schema_text(kind) for kind in KINDS}


def _renamed(text: str, loaded: Loaded, plan_id: str) -> str:
    node = loaded.files.plan.at(("id",)) if loaded.files.plan else None
    assert isinstance(node, Scalar)  # noqa: S101 (a sound plan has an id)
    lines = text.splitlines(keepends=True)
    line, column = lines[node.row - 1], node.column - 1
    lines[node.row - 1] = line[:column] + _VALUE.sub(plan_id, line[column:], count=1)
    return "".join(lines)


def _modeline(name: str) -> str:
    stem = name.removesuffix(".yaml")
    return f"# yaml-language-server: $schema={_SCHEMAS}/{file_name(stem if stem in KINDS else 'section')}\n"

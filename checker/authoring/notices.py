"""Notices as people and machines read them: text, JSON and SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from checker.authoring.check import Notice
from checker.authoring.checks import CHECKS
from checker.explaining.words import PROBLEMS
from checker.model.language import Language, Text, printable
from checker.model.problem import Code

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}
Record = dict[str, object]


class Report(NamedTuple):
    """The notices on the rulebook of `folder`, by which version of the program, to be said in which language."""

    folder: Path
    notices: list[Notice]
    version: str
    language: Language


def meaning(code: str) -> Text:
    """Give what a code stands for: of a check, or of a problem that loading finds."""
    return CHECKS[code].title if code in CHECKS else PROBLEMS[Code(code)]


def to_text(report: Report) -> str:
    """Give one line for each notice, ``file:row:column code（meaning）: message → hint``, and their number."""
    say = report.language
    lines = []
    for one in report.notices:
        where = ":".join([_file(report, one), *(str(part) for part in (one.place.row, one.place.column) if part)])
        words = Text(f"（{meaning(one.code).zh}）", f" ({meaning(one.code).en})").said(say)
        lines.append(f"{where} {one.code}{words}: {one.message.said(say)} → {one.hint.said(say)}")
    many = len(report.notices)
    total = Text(f"{many} 处" if many else "没有发现问题", f"{many} found" if many else "nothing found")
    return "".join(printable(line) + "\n" for line in [*lines, total.said(say)])


def to_json(report: Report) -> str:
    """Give one object, ``checker.lint/1``; rows and columns count from 1, in characters."""
    say = report.language
    notices = [
        {
            "severity": one.severity.value,
            "code": one.code,
            "message": one.message.said(say),
            "hint": one.hint.said(say),
            "file": _file(report, one),
            "row": one.place.row,
            "column": int(one.place.column) if one.place.column else None,
            "rule": one.rule,
        }
        for one in report.notices
    ]
    return _steady({"schema": "checker.lint/1", "tool": _tool(report), "notices": notices})


def to_sarif(report: Report) -> str:
    """Give a SARIF 2.1.0 log of one run; rules are the codes of `CHECKS` and those of loading that occur."""
    codes = [*CHECKS, *dict.fromkeys(one.code for one in report.notices if one.code not in CHECKS)]
    places = {code: number for number, code in enumerate(codes)}
    rules = [{"id": code, "shortDescription": _message(meaning(code).said(report.language))} for code in codes]
    run = {
        "tool": {"driver": {**_tool(report), "rules": rules}},
        "language": _TAGS[report.language],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places[one.code], report) for one in report.notices],
    }
    return _steady({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


FORMATS: dict[str, Callable[[Report], str]] = {"text": to_text, "json": to_json, "sarif": to_sarif}


def _result(one: Notice, index: int, report: Report) -> Record:
    uri = quote(_file(report, one).encode("utf-8", "replace"), safe="/")
    physical: Record = {"artifactLocation": {"uri": "file://" + uri if uri.startswith("/") else uri}}
    if one.place.row:
        column = {"startColumn": int(one.place.column)} if one.place.column else {}
        physical["region"] = {"startLine": one.place.row, **column}
    properties = {"properties": {"rule": one.rule}} if one.rule else {}
    return {
        "ruleId": one.code,
        "ruleIndex": index,
        "level": one.severity.value,
        "message": _message(f"{one.message.said(report.language)} → {one.hint.said(report.language)}"),
        "locations": [{"physicalLocation": physical}],
        **properties,
    }


def _file(report: Report, one: Notice) -> str:
    """Give the path of the file from where the command was called; a fault of the folder itself names the folder."""
    whole = report.folder if one.place.file == report.folder.name else report.folder / one.place.file
    return whole.as_posix()


def _tool(report: Report) -> Record:
    return {"name": "checker", "version": report.version}


def _message(text: str) -> Record:
    return {"text": printable(text)}


def _steady(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"

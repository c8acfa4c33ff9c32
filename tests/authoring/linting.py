"""A small rulebook that lints clean, into which the examples of checks are put."""

from __future__ import annotations

import textwrap
from pathlib import Path

from checker.authoring.check import MARK, Example, Notice
from checker.authoring.linting import lint

PLAN = """\
id: small
title: 小规划
document: 小规划（2021—2025年）
window: 2021-2025
time_zone: Asia/Shanghai
calendar:
  semester: {name: 学期, parts: [{from: 09-01, until: 01-31}, {from: 02-01, until: 08-31}]}
asked:
  semester: {from: 2022-09-01, until: 2025-12-31}
  year: {from: 2022-01-01, until: 2025-12-31}
unit_types:
  - county: 县
  - township: 乡镇
  - village: 村
    school: 学校
    office: 部门
departments: {unit_type: office, below: county, codes: {education: 教育局}}
"""
INDICATORS = """\
checks:
  - {indicator: lectures, at_most: attendances}
indicators:
  lectures: {name: 讲座, unit: 次, counts: 场, nature: flow, value: integer, reporter: school}
  attendances: {name: 培训, unit: 人次, counts: 次, nature: flow, value: integer, reporter: school}
"""
SECTION = "section: 一\ntitle: 第一节\nlead: [education]\n"


def texts_of(example: Example) -> dict[str, str]:
    """Give the files of a rulebook that shows `example`, with its mark."""
    rules = f"rules:\n{textwrap.indent(example.rules, '  ')}" if example.rules else "no_commitment: 无\n"
    return {
        "plan.yaml": PLAN + example.plan,
        "indicators.yaml": INDICATORS + textwrap.indent(example.indicators, "  "),
        "1.yaml": SECTION + rules,
    }


def marked(texts: dict[str, str]) -> str | None:
    """Give the place of the mark as ``file:row:column``."""
    for name, text in texts.items():
        before, mark, _ = text.partition(MARK)
        if mark:
            return f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    return None


def linted(folder: Path, texts: dict[str, str]) -> list[Notice]:
    """Give the notices on `texts`, written to `folder` without the mark."""
    for name, text in texts.items():
        (folder / name).write_text(text.replace(MARK, ""), encoding="utf-8")
    return lint(folder)


def said(notices: list[Notice]) -> list[str]:
    """Give each notice as ``file:row:column code``."""
    return [f"{one.place.file}:{one.place.row}:{one.place.column} {one.code}" for one in notices]

"""A small sound rulebook as texts, and what `load` says once something in it is written otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from checker.rulebook.loading import Loaded, load

PLAN = """\
id: small
title: 小规划
document: 小规划（2023年）
window: 2023
time_zone: Asia/Shanghai
calendar:
  term:
    name: 学期
    parts:
      - {from: 02-01, until: 08-31}
asked:
  year: {from: 2023-01-01, until: 2023-12-31}
unit_types:
  - town: 镇
  - school: 学校
    office: 局
departments:
  unit_type: office
  below: town
  codes: {books: 图书局, money: 财政局}
  groups:
    towns: {name: 各镇, every: town}
"""
INDICATORS = """\
indicators:
  talks:
    name: 讲座
    unit: 次
    counts: 场
    nature: flow
    value: integer
    reporter: school
  open: {name: 开放, unit: 是/否, counts: 开放, nature: level, value: boolean, reporter: [school]}
  pass: {name: 合格率, unit: "%", counts: 率, nature: level, value: percent, reporter: {department: books}}
checks:
  - {indicator: talks, at_most: pass}
"""
FOLLOW_UPS = """\
follow_ups:
  - {id: again, title: 再次, repeat: "2", unit_types: all}
"""
SECTION = """\
section: 一
title: 第一节
lead: [books, towns]
rules:
  - id: a.talks
    commitment: C01
    title: 每年讲座2次
    source: {clause: 每年讲座2次}
    of_each: school
    every: year
    measure: {total: talks}
    target: {at_least: "2"}
  - id: a.open
    commitment: C02
    title: 开放率90%
    source: {paragraph: "2", clause: 开放率90%}
    of_each: {type: town, where: {size: 大}}
    every: plan
    measure:
      share: {of: school, where: {open: 是, talks: {at_least: "1"}}}
    target: {at_least: "90%"}
"""
SMALL = {"plan.yaml": PLAN, "indicators.yaml": INDICATORS, "follow-ups.yaml": FOLLOW_UPS, "1.yaml": SECTION}


def loaded(texts: Mapping[str, str | bytes]) -> Loaded:
    """Give what a folder with these files loads as."""
    with tempfile.TemporaryDirectory() as name:
        for file, text in texts.items():
            (Path(name) / file).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return load(Path(name))


def rewritten(file: str, old: str, new: str, texts: dict[str, str] = SMALL) -> dict[str, str | bytes]:
    """Give the small rulebook with the one place in `file` that reads `old` written as `new`."""
    assert texts[file].count(old) == 1, f"{old!r} stands {texts[file].count(old)} times in {file}"
    return {**texts, file: texts[file].replace(old, new)}


def said(texts: Mapping[str, str | bytes]) -> str:
    """Give the problems, each on a line: ``file:line:column message → hint``, in Chinese."""
    lines = []
    for problem in loaded(texts).problems:
        place = problem.place
        spot = ":".join([place.file, *(str(part) for part in (place.row, place.column) if part is not None)])
        lines.append(f"{spot} {problem.message.zh} → {problem.hint.zh}")
    return "\n".join(lines)

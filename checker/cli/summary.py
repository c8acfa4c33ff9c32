"""``checker summary``: rates of kept promises from a file of findings, however large."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.output import deliver
from checker.engines.columnar.summarising import Rate, Summary, summarise
from checker.model.language import Language, Text
from checker.model.number import shown_percent, shown_rate, simplest
from checker.reporting.columns import in_columns

_SUFFIXES = (".parquet", ".csv", ".jsonl", ".json")
_HEADS = (
    *(Text("达标", "met"), Text("未达标", "not met"), Text("未到期", "pending"), Text("无法判定", "unknown")),
    *(Text("已豁免", "waived"), Text("达标率", "rate"), Text("豁免后", "after waivers")),
)
_TITLES = {
    "all": Text("全部", "All"),
    "root": Text("最上级单位", "Topmost units"),
    "unit_type": Text("单位类型", "Unit types"),
    "section": Text("规划各节", "Sections"),
}
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_BEST, _WORST = Text("达标率最高的地区", "Best areas"), Text("达标率最低的地区", "Worst areas")


@click.command("summary")
@click.argument("findings", type=PATH)
@click.option("--most", type=click.IntRange(1), default=5, show_default=True, help="最好和最差各列几个  best and worst")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="输出格式  output format")
@click.option("--lang", type=click.Choice([name.value for name in Language]), default="zh", help="语言  language")
@click.option("--output", type=PATH, help="写入文件  write to a file")
def command(findings: Path, most: int, form: str, lang: str, output: Path | None) -> int:
    """汇总结论文件：各级、各类单位、各节的达标率，最好和最差的地区。

    FINDINGS 是 check 写出的 .parquet、.csv、.jsonl 或 .json。未到期的不计入达标率。

    Rates of the findings in a file that ``check`` wrote; pending ones are left out.
    """
    is_there = findings.is_file() or (findings.is_dir() and findings.suffix.lower() == ".parquet")
    if findings.suffix.lower() not in _SUFFIXES or not is_there:
        raise click.UsageError(f"{findings}：要 {' '.join(_SUFFIXES)} 文件  expected such a file")
    try:
        # Only here: loading duckdb takes longer than most commands, and it is an optional extra.
        from checker.engines.columnar.duck import DuckSession, Unreadable, parts_of  # noqa: PLC0415
    except ImportError as missing:
        raise click.UsageError("请运行  run: pip install 'duixian[parquet]'") from missing
    try:
        found = summarise(DuckSession(paths=parts_of(findings.absolute())), findings, most)
    except Unreadable as fault:
        raise click.UsageError(f"{findings} 里读不出结论  holds no findings ({fault})") from fault
    text = _as_json(found) if form == "json" else "\n".join(_lines(found, Language(lang))) + "\n"
    deliver([text.encode()], output)
    return 0


def _as_json(found: Summary) -> str:
    rates = {
        "all": _record(found.whole),
        "groups": [_record(rate) for rate in found.groups],
        "best": [_record(rate) for rate in found.best],
        "worst": [_record(rate) for rate in found.worst],
    }
    return json.dumps(rates, ensure_ascii=False, indent=1) + "\n"


def _record(rate: Rate) -> dict[str, object]:
    return rate._asdict() | {"raw": _percent(rate.raw), "after": _percent(rate.after)}


def _percent(parts: tuple[int, int]) -> str | None:
    part, whole = parts
    return shown_percent(simplest(Fraction(part, whole))) if whole else None


def _lines(found: Summary, language: Language) -> Iterator[str]:
    groups: dict[str, list[Rate]] = {}
    for rate in (found.whole, *sorted(found.groups, key=_order)):
        groups.setdefault(_TITLES[rate.group].said(language), []).append(rate)
    groups |= {_BEST.said(language): list(found.best), _WORST.said(language): list(found.worst)}
    for title, rates in groups.items():
        if rates:
            rows = [[title, *(head.said(language) for head in _HEADS)], *map(_row, rates)]
            yield from in_columns(rows, [24, *[16] * len(_HEADS)], right=range(1, len(_HEADS) + 1))
            yield ""


def _order(rate: Rate) -> tuple[int, str]:
    """Give the order of the groups; sections stand as the plan numbers them."""
    return [*_TITLES].index(rate.group), rate.name.translate(_NUMERALS)


def _row(rate: Rate) -> list[str]:
    counts = (rate.met, rate.not_met, rate.pending, rate.unknown, rate.waived)
    return [rate.name, *map(str, counts), *(shown_rate(*parts) for parts in (rate.raw, rate.after))]

"""The formats of ``check`` and the files that its ``--report`` asks for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import click

from checker.cli.output import deliver
from checker.model.finding import Finding
from checker.model.run import Run
from checker.reporting.changes_format import to_changes
from checker.reporting.csv_format import to_csv
from checker.reporting.json_format import to_json
from checker.reporting.junit_format import to_junit
from checker.reporting.markdown_format import to_markdown
from checker.reporting.sarif_format import is_listed, to_sarif
from checker.reporting.table import Layout, to_table


class Format(NamedTuple):
    """How a Run is written; `witnesses` says of which findings it wants the evidence."""

    write: Callable[[Run, Layout], Iterable[bytes]]
    witnesses: Callable[[Finding], bool] = lambda _: False
    binary: bool = False


def _html(run: Run, _: Layout) -> Iterable[bytes]:
    # Only here: Jinja2 takes longer to load than a check of one file.
    from checker.reporting.html_format import to_html  # noqa: PLC0415

    return to_html(run)


def _xlsx(run: Run, layout: Layout) -> Iterable[bytes]:
    # Only here: XlsxWriter takes longer to load than a check of one file.
    from checker.reporting.xlsx_format import to_xlsx  # noqa: PLC0415

    return to_xlsx(run, layout.language)


FORMATS: dict[str, Format] = {
    "table": Format(lambda run, layout: [to_table(run, layout).encode()]),
    "json": Format(lambda run, layout: to_json(run, layout.language)),
    "csv": Format(lambda run, layout: to_csv(run, layout.language)),
    "html": Format(_html, witnesses=lambda _: True),
    "xlsx": Format(_xlsx, binary=True),
    "markdown": Format(lambda run, layout: to_markdown(run, layout.language)),
    "sarif": Format(lambda run, layout: to_sarif(run, layout.language), witnesses=is_listed),
    "junit": Format(lambda run, layout: to_junit(run, layout.language)),
    "changes": Format(lambda run, _: to_changes(run)),
}


class Report(NamedTuple):
    """One report to write: into `output`, or on standard output."""

    format: str
    output: Path | None


def parse_reports(_: click.Context, __: click.Parameter, typed: tuple[str, ...]) -> tuple[Report, ...]:
    """Give the reports typed as ``FORMAT=FILE``; bad usage where a format is none or two go into one file."""
    reports: list[Report] = []
    for text in typed:
        name, _equals, file = text.partition("=")
        if name not in FORMATS or not file:
            known = ", ".join(FORMATS)
            raise click.BadParameter(f"{text!r} 应写成 格式=文件  expected FORMAT=FILE, FORMAT one of {known}")
        if any(report.output == Path(file) for report in reports):
            raise click.BadParameter(f"{file} 写了两次  is given twice")
        reports.append(Report(name, Path(file)))
    return tuple(reports)


def refuse_unwritable(reports: Iterable[Report], compared: bool) -> None:
    """Fail as bad usage, before anything is checked, where a report could not be written."""
    for report in reports:
        if report.format == "changes" and not compared:
            raise click.UsageError("changes 要有 --baseline  needs --baseline")
        if FORMATS[report.format].binary and report.output is None and sys.stdout is not None and sys.stdout.isatty():
            raise click.UsageError(f"{report.format} 要写入文件，请加 --output  goes into a file: add --output")


def wanted_evidence(reports: Iterable[Report]) -> Callable[[Finding], bool]:
    """Give of which findings any of `reports` wants the evidence."""
    wants = [FORMATS[report.format].witnesses for report in reports]
    return lambda finding: any(want(finding) for want in wants)


def write_reports(reports: Iterable[Report], run: Run, layout: Layout) -> None:
    """Write each of `reports` to where it goes."""
    for report in reports:
        deliver(FORMATS[report.format].write(run, layout), report.output)

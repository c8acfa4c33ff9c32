"""``checker template``: the workbook that units fill in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from checker.cli.asking import PATH, refuse_unknown
from checker.cli.output import deliver
from checker.intake.reading import Inputs, read
from checker.model.language import Language
from checker.model.period import Period
from checker.model.problem import Problem, Severity
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry
from checker.rulebook.loading import default_folder, load
from checker.templates.planning import default_periods, fitting, sheets_for

REFUSED = 2


@click.command("template")
@click.option("--unit-type", required=True, help="单位类型，如 school 或 学校  a type of unit of the rulebook")
@click.option("--units", type=PATH, help="单位名册：每个单位一行；没有则自填单位  the registry, for a row per unit")
@click.option(
    "--period", multiple=True, help="期间，可多个；默认各种期间里最近的  a period, or several; default: the latest"
)
@click.option("--rules", type=PATH, help="规则文件夹，默认平罗县 2021-2025  folder of a rulebook")
@click.option("--lang", type=click.Choice([name.value for name in Language]), default="zh", help="语言  language")
@click.option("-o", "--output", type=PATH, required=True, help="写入哪个 .xlsx 文件  the .xlsx file to write")
def command(
    unit_type: str, units: Path | None, period: tuple[str, ...], rules: Path | None, lang: str, output: Path
) -> int:
    """生成填报模板：每个期间一张工作表，每个单位一行，填好后用 check 检查。

    Makes the workbook to report in: a sheet for each period, a row for each unit. Fill it in and give it to ``check``.
    """
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"-o {output}: 请写成 .xlsx 文件  name an .xlsx file")
    loaded = load(rules or default_folder())
    if loaded.rulebook is None:
        return _refused(loaded.problems, Language(lang))
    rulebook = loaded.rulebook
    kind = _unit_type(rulebook, unit_type)
    registry: Registry | None = None
    if units is not None:
        intake = read(Inputs(folder=None, units=units), rulebook)
        if intake.data is None:
            return _refused(intake.problems, Language(lang))
        registry = intake.data.registry
    # Only here: XlsxWriter takes longer to load than --help may.
    from checker.templates.template import to_template  # noqa: PLC0415

    today = datetime.now(rulebook.plan.zone).date()
    periods = _periods(rulebook, kind, period) or default_periods(rulebook, kind, today)
    sheets = sheets_for(rulebook, kind, registry, periods)
    if not sheets:
        raise click.UsageError(f"--unit-type {unit_type}: 没有要报送的指标  reports no indicator")
    if registry is not None and not any(sheet.rows for sheet in sheets):
        raise click.UsageError(f"--units {units}: 里面没有要填报的单位  holds no unit that has to report")
    deliver([to_template(rulebook, registry, sheets, Language(lang))], output)
    for sheet in sheets:
        click.echo(f"{output}: {sheet.name}  {len(sheet.rows)} × {len(sheet.indicators)}")
    return 0


def _unit_type(rulebook: Rulebook, typed: str) -> str:
    known = {key: key for group in rulebook.plan.unit_types for key in group}
    known |= {name.zh: key for group in rulebook.plan.unit_types for key, name in group.items()}
    refuse_unknown("--unit-type", [typed], known)
    return known[typed]


def _periods(rulebook: Rulebook, unit_type: str, typed: Iterable[str]) -> list[Period]:
    """Give the periods that were asked for; each has to be one in which the type has something to report."""
    periods = fitting(rulebook, unit_type)
    found: list[Period] = []
    for code in dict.fromkeys(typed):
        period = rulebook.plan.calendar.read(code)
        if period is None:
            raise click.UsageError(f"--period {code}: 认不出这个期间，如 2024-2025-1  no such period")
        if not any(period.lies_in(one) for one in periods):
            names = ", ".join(one.code for one in periods[-8:])
            raise click.UsageError(f"--period {code}: 这个期间没有要报的数，可用 {names}  nothing to report in it")
        found.append(period)
    return found


def _refused(problems: Iterable[Problem], language: Language) -> int:
    for problem in problems:
        if problem.severity is Severity.ERROR:
            said = f"{problem.message.said(language)} → {problem.hint.said(language)}"
            click.echo(f"{problem.place} {problem.code.value}: {said}", err=True)
    return REFUSED

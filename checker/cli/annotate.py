"""``checker check FILE.xlsx --annotate OUT.xlsx``: what a submitter gets back."""

from __future__ import annotations

from pathlib import Path

import click

from checker.intake.layout import Inputs, lay_out
from checker.intake.sources import LeftOut
from checker.intake.workbook.sheets import read_sheets
from checker.model.language import Language
from checker.model.run import Run
from checker.templates.answer import to_answer


def refuse_to_annotate(inputs: Inputs, output: Path) -> None:
    """Fail as bad usage unless one workbook is checked and another is to be written."""
    if len(inputs.files) != 1 or inputs.files[0].suffix.lower() != ".xlsx":
        raise click.UsageError("--annotate 只用于一个填好的 .xlsx  takes one filled-in .xlsx and nothing else")
    if output.suffix.lower() != ".xlsx" or output.absolute() == inputs.files[0].absolute():
        raise click.UsageError(f"--annotate {output}: 请写成另一个 .xlsx 文件  name another .xlsx file")


def answer_of(run: Run, inputs: Inputs, language: Language) -> bytes | None:
    """Give the workbook that answers the one in `inputs`; None where there is no rulebook to make it from."""
    if run.rulebook is None:
        return None
    sources = lay_out(inputs).submissions
    try:
        sheets = read_sheets(sources[0], run.rulebook) if sources else []
    except LeftOut:
        sheets = []
    name = sources[0].name if sources else ""
    return to_answer(run, run.rulebook, sheets, name, language)

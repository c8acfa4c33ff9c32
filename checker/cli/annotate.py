"""``checker check FILE.xlsx --annotate OUT.xlsx``: what a submitter gets back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from checker.intake.layout import Inputs, lay_out
from checker.model.language import Language
from checker.model.run import Run
from checker.model.worksheet import Sheet
from checker.templates.answer import to_answer


def refuse_to_annotate(inputs: Inputs, output: Path) -> None:
    """Fail as bad usage unless one workbook is checked and another is to be written."""
    if len(inputs.files) != 1 or inputs.files[0].suffix.lower() != ".xlsx":
        raise click.UsageError("--annotate 只用于一个填好的 .xlsx  takes one filled-in .xlsx and nothing else")
    if output.suffix.lower() != ".xlsx" or output.absolute() == inputs.files[0].absolute():
        raise click.UsageError(f"--annotate {output}: 请写成另一个 .xlsx 文件  name another .xlsx file")


def answer_of(run: Run, inputs: Inputs, sheets: Mapping[str, Sequence[Sheet]], language: Language) -> bytes | None:
    """Give the workbook that answers the one in `inputs`, whose `sheets` were read.

    None where there is no rulebook to make it from.
    """
    if run.rulebook is None:
        return None
    name = next((source.name for source in lay_out(inputs).submissions), "")
    return to_answer(run, run.rulebook, sheets.get(name, ()), name, language)

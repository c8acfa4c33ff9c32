"""``checker rules mutate``: whether the features would notice a slip of the pen in the rules."""

from __future__ import annotations

from pathlib import Path

import click

from checker.authoring.mutating.equivalents import FILE, Argued, read_equivalents, settled
from checker.authoring.mutating.judging import judged
from checker.authoring.mutating.placing import Placing
from checker.authoring.mutating.report import mutation_text
from checker.authoring.mutating.slips import mutants_of
from checker.cli.asking import PATH
from checker.cli.output import deliver
from checker.cli.rules.features import (
    FEATURES,
    FINE,
    FOLDER,
    FOUND,
    INPUTS,
    LANG,
    REFUSED,
    rulebook_of,
    run_features_of,
)
from checker.documents.node import TextError
from checker.model.language import Language


@click.command("mutate")
@FOLDER
@FEATURES
@INPUTS
@click.option(
    "--equivalent", type=PATH, help=f"等同的笔误及理由，默认特性文件夹里的 {FILE}  slips argued to be equivalent"
)
@LANG
def command(folder: Path, features: Path, inputs: Path | None, equivalent: Path | None, lang: str) -> int:
    """规则里写错一个数、一个词，特性看得出来吗？逐一试过，列出缺的场景。

    DIR 是规则文件夹。退出码：0 每一处都看得出；1 有看不出、也没有说明理由的；2 规则或特性有错。

    Makes every slip of the pen, one at a time, and asks the recorded scenarios whether they notice. Exit status: 0 all
    are noticed or argued to be equivalent; 1 some are not; 2 bad usage, rulebook or features, or features that do not
    hold to begin with.
    """
    language = Language(lang)
    rulebook = rulebook_of(folder, language)
    telling = run_features_of(rulebook, features, inputs, language) if rulebook else None
    if rulebook is None or telling is None:
        return REFUSED
    if telling.failed:
        raise click.UsageError(
            f"{len(telling.failed)} 个场景本来就不成立，先用 rules test 查看  scenarios fail already, see rules test"
        )
    argued = _argued(equivalent, features, rulebook.plan.id)
    recordings = [recording for told in telling.scenarios for recording in told.recordings]
    found = settled(judged(mutants_of(rulebook), recordings), argued)
    deliver([mutation_text(found, Placing(folder), language).encode()], None)
    return FOUND if found.survivors or found.stale else FINE


def _argued(typed: Path | None, features: Path, plan: str) -> list[Argued]:
    file = typed or features / FILE
    if typed is None and not file.exists():
        return []
    try:
        return read_equivalents(file, plan)
    except TextError as fault:
        raise click.UsageError(f"{file}:{fault.row} {fault.message.zh}  {fault.message.en}") from fault
    except OSError as fault:
        raise click.UsageError(f"{file} 打不开  cannot be opened ({fault.strerror})") from fault

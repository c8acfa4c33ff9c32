"""``checker rules doc``: a whole rulebook in words, as a file to hand out."""

from __future__ import annotations

from pathlib import Path

import click

from checker.authoring.handbook import FORMATS
from checker.cli.asking import PATH, lang_option, rules_option, sound_rulebook
from checker.cli.output import deliver
from checker.model.language import Language


@click.command("doc")
@click.option("-o", "--output", type=PATH, required=True, help="写入 .md 或 .html 文件  a file of either kind")
@rules_option
@lang_option
def command(output: Path, rules: Path | None, lang: str) -> int:
    """把整个规则文件夹写成给人看的文件：每一节、每条规则、后续措施。

    Writes a whole rulebook in words, as Markdown or as one HTML file, by the suffix of the file.
    """
    form = FORMATS.get(output.suffix.lower())
    if form is None:
        raise click.UsageError(f"{output}：要 {' 或 '.join(FORMATS)} 文件  expected such a file")
    deliver([form(sound_rulebook(rules), Language(lang)).encode()], output)
    return 0

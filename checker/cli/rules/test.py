"""``checker rules test``: whether features in Gherkin hold under a rulebook."""

from __future__ import annotations

from pathlib import Path

import click

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
from checker.model.language import Language


@click.command("test")
@FOLDER
@FEATURES
@INPUTS
@click.option("--html", type=PATH, help="写出一页说明，含每个场景的结果  write the living documentation")
@LANG
def command(folder: Path, features: Path, inputs: Path | None, html: Path | None, lang: str) -> int:
    """用中文特性（Gherkin）测试规则，不用写程序。

    DIR 是规则文件夹。退出码：0 全部成立；1 有不成立的；2 规则或特性读不懂。

    Runs features in Gherkin against any rulebook, without a line of Python. Exit status: 0 all scenarios hold; 1 some
    do not; 2 bad usage, rulebook or features.
    """
    language = Language(lang)
    rulebook = rulebook_of(folder, language)
    telling = run_features_of(rulebook, features, inputs, language) if rulebook else None
    if rulebook is None or telling is None:
        return REFUSED
    # Imported here because these know the extra that was just found to be installed.
    from checker.authoring.testing.page import telling_page  # noqa: PLC0415
    from checker.authoring.testing.report import telling_text  # noqa: PLC0415

    if html:
        deliver([telling_page(rulebook, telling, language).encode()], html)
    deliver([telling_text(rulebook, telling, language).encode()], None)
    return FOUND if telling.failed else FINE

"""What ``rules test`` and ``rules mutate`` ask alike: a rulebook and its features, run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.model.language import Language, Text
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import load

if TYPE_CHECKING:
    from checker.authoring.testing.running import Telling

FINE, FOUND, REFUSED = 0, 1, 2
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
FOLDER = click.argument("folder", metavar="DIR", type=_FOLDER)
FEATURES = click.option("--features", required=True, type=_FOLDER, help="特性文件夹  folder of features")
INPUTS = click.option("--inputs", type=_FOLDER, help="场景里点名的数据文件夹放在哪里  where the named data folders lie")
LANG = click.option("--lang", type=click.Choice([name.value for name in Language]), default="zh", help="语言  language")


def rulebook_of(folder: Path, language: Language) -> Rulebook | None:
    """Give the rulebook of `folder`, or None after saying everything that is wrong with it."""
    loaded = load(folder)
    for problem in loaded.problems:
        click.echo(f"{problem.place} {problem.message.said(language)}；{problem.hint.said(language)}", err=True)
    return loaded.rulebook


def run_features_of(rulebook: Rulebook, features: Path, inputs: Path | None, language: Language) -> Telling | None:
    """Give what the features say of `rulebook`, or None after saying why they cannot be run.

    Data folders that scenarios name lie in `inputs`, by default ``fixtures/broken`` beside the folder of features.
    """
    try:
        # Imported here because pytest takes longer to load than most commands, and it is an optional extra.
        from checker.authoring.testing.running import Unreadable, run_features  # noqa: PLC0415
    except ImportError as missing:
        raise click.UsageError("请运行  run: pip install 'duixian[authoring]'") from missing
    # Options that somebody keeps for their own tests are none of these features' business.
    os.environ.pop("PYTEST_ADDOPTS", None)
    try:
        telling = run_features(rulebook, features, inputs or features.absolute().parent / "fixtures" / "broken")
    except Unreadable as fault:
        for said in fault.said:
            click.echo(said.said(language), err=True)
        return None
    if not telling.scenarios:
        title = rulebook.plan.title
        said = Text(f"没有一个场景讲“{title.zh}”", f'no scenario is about "{title.en}"')
        click.echo(said.said(language), err=True)
        return None
    return telling

"""``checker rules draft``: rules for the clauses of a plan's text that have none."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from checker.authoring.tracing.drafting import Drafts, draft
from checker.authoring.tracing.inserting import CannotInsert, drafts_text, section_files, texts_of, with_drafts
from checker.authoring.tracing.matching import Standing, trace
from checker.authoring.tracing.outline import outline
from checker.authoring.tracing.quantities import Quantity
from checker.cli.asking import PATH, lang_option
from checker.cli.output import deliver
from checker.cli.rules.reading import document_option, plan_text, sound_rulebook
from checker.model.language import Language, Text

DONE, REFUSED = 0, 2


@click.command("draft")
@click.argument("folder", metavar="DIR", type=PATH)
@document_option
@click.option("--clause", multiple=True, help="只起草含有这些字的语句，可多次  only clauses with these words")
@click.option("--output", type=PATH, help="写出加了草案的整个规则文件夹  write the whole folder with the drafts")
@lang_option
def command(folder: Path, document: Path, clause: tuple[str, ...], output: Path | None, lang: str) -> int:
    """给没有规则的语句起草规则（status: draft）：问谁、多久、算什么、达到多少；说不准的写成“问：”。

    不写 --output 时只显示；--output 写出一份新的规则文件夹，可以直接读取，草案要确认后才判定。

    Drafts rules for the clauses that have none. What the text leaves open is asked in comments, not guessed. With
    --output it writes a new folder that loads: DIR with the drafts and stubs of indicators put in. Exit status: 0; 2
    bad usage, rulebook or text.
    """
    language = Language(lang)
    rulebook = sound_rulebook(folder, language)
    if rulebook is None:
        return REFUSED
    text = outline(plan_text(document))
    found = [one.quantity for one in trace(rulebook, text).clauses if one.standing is Standing.OPEN]
    drafts = draft(_wanted(found, clause), rulebook, text)
    files = texts_of(folder)
    if output is None:
        deliver([drafts_text(drafts, section_files(files)).encode()] if drafts.sections else [], None)
    else:
        _write(drafts, files, folder, output)
    _tell(drafts, language)
    return DONE


def _wanted(found: list[Quantity], words: tuple[str, ...]) -> list[Quantity]:
    kept = [quantity for quantity in found if not words or any(word in quantity.clause for word in words)]
    for word in words:
        if not any(word in quantity.clause for quantity in kept):
            raise click.UsageError(f"--clause: 没有规则的语句里没有 {word!r}  no clause without a rule has these words")
    return kept


def _write(drafts: Drafts, files: dict[str, str], folder: Path, output: Path) -> None:
    if output.exists():
        raise click.UsageError(f"{output} 已经存在，请另取名字  exists already; choose another name")
    if output.resolve().is_relative_to(folder.resolve()):
        raise click.UsageError(f"{output} 在规则文件夹里面，请换个地方  lies within DIR; choose another place")
    try:
        texts = with_drafts(drafts, files)
        shutil.copytree(folder, output)
        for name, text in texts.items():
            if files.get(name) != text:
                (output / name).write_text(text, encoding="utf-8")
    except CannotInsert as fault:
        raise click.UsageError(f"{fault.said.zh}  {fault.said.en}") from fault
    except OSError as fault:
        raise click.UsageError(f"写不了 {output}  cannot be written ({fault.strerror})") from fault


def _tell(drafts: Drafts, language: Language) -> None:
    rules = [rule for section in drafts.sections for rule in section.rules]
    asked = sum(not rule.writable for rule in rules)
    told = Text(
        f"起草 {len(rules) - asked} 条；{asked} 条要先回答问题，写成注释；新指标 {len(drafts.stubs)} 个，请补全",
        f"{len(rules) - asked} drafted; {asked} need an answer first and stand as comments; "
        f"{len(drafts.stubs)} new indicator(s) to be filled in",
    )
    click.echo(told.said(language), err=True)
    for question in drafts.questions:
        click.echo(f"  {question.said(language)}", err=True)

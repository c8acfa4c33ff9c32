"""``checker rules show``: a rule in words, or the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from checker.authoring.handbook import to_text
from checker.authoring.sheets import rule_sheet
from checker.cli.asking import lang_option, refuse_unknown, rules_option, sound_rulebook
from checker.cli.output import deliver
from checker.model.language import Language, printable
from checker.model.rulebook import Rulebook
from checker.reporting.columns import in_columns


@click.command("show")
@click.argument("rule", required=False)
@rules_option
@lang_option
def command(rule: str | None, rules: Path | None, lang: str) -> int:
    """用文字说明一条规则：原文、算法、目标、报什么、谁报、谁负责；不写 RULE 就列出全部规则。

    Says a rule in words: clause, formula, figure, what is reported by whom, who answers. Without RULE lists them all.
    """
    rulebook, say = sound_rulebook(rules), Language(lang)
    if rule is not None:
        refuse_unknown("RULE", [rule], rulebook.rules)
    text = to_text(rule_sheet(rulebook.rules[rule], rulebook), say) if rule else "".join(_listed(rulebook, say))
    deliver([text.encode()], None)
    return 0


def _listed(rulebook: Rulebook, say: Language) -> Iterator[str]:
    rows = [[one.id, one.commitment, one.section, one.title.said(say)] for one in rulebook.rules.values()]
    for line in in_columns(rows, [40, 8, 12, 80]) if rows else ():
        yield printable(line) + "\n"

"""``checker rules trace``: does every quantified clause of a plan's text have its rule."""

from __future__ import annotations

from pathlib import Path

import click

from checker.authoring.tracing.matching import trace
from checker.authoring.tracing.outline import outline
from checker.authoring.tracing.report import trace_record, trace_text
from checker.cli.asking import PATH, lang_option
from checker.cli.output import deliver
from checker.cli.rules.reading import document_option, format_option, output_option, plan_text, sound_rulebook
from checker.model.language import Language
from checker.reporting.json_format import steady_json

COMPLETE, INCOMPLETE, REFUSED = 0, 1, 2


@click.command("trace")
@click.argument("folder", metavar="DIR", type=PATH)
@document_option
@click.option("--whole", is_flag=True, help="有规则和已说明的也列出  list what is covered and settled too")
@format_option
@lang_option
@output_option
def command(folder: Path, document: Path, whole: bool, form: str, lang: str, output: Path | None) -> int:
    """对照规划原文：哪些量化的语句没有规则，哪些规则的条文不在原文里。

    DIR 是规则文件夹。不是承诺的语句写进 coverage.yaml，说明原因。

    Lays a plan's text beside its rules: quantified clauses without a rule, rules whose clause is not in the text.
    What is no commitment is settled in coverage.yaml, with the reason. Exit status: 0 all is accounted for; 1
    something is not; 2 bad usage, rulebook or text.
    """
    language = Language(lang)
    rulebook = sound_rulebook(folder, language)
    if rulebook is None:
        return REFUSED
    found = trace(rulebook, outline(plan_text(document)))
    if form == "json":
        deliver([steady_json(trace_record(found, document.name, rulebook.plan.id, language))], output)
    else:
        deliver([trace_text(found, document.name, language, whole).encode()], output)
    return COMPLETE if found.complete else INCOMPLETE

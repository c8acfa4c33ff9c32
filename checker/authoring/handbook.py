"""Sheets as people read them: plain text, and a whole rulebook as Markdown or as one HTML file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from checker.authoring.sheets import Sheet, further_sheets, rule_sheet, section_sheet
from checker.model.language import Language, Text, printable
from checker.model.rulebook import Rulebook

_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:1.6;"
    'font-family:system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}'
    "h2{border-bottom:1px solid #999;margin-top:2.5rem}h3{margin:1.8rem 0 .3rem}"
    "dl{margin:0;display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}dt{color:#555}dd{margin:0}"
    "@media(max-width:32rem){dl{display:block}}"
)


def to_text(sheet: Sheet, say: Language) -> str:
    """Give a sheet as lines for a terminal, without control characters."""
    lines = [sheet.title.said(say)]
    for label, statements in sheet.lines:
        head = Text(f"{label.zh}：", f"{label.en}: ").said(say)
        lines += [f"  {head}{statements[0].said(say)}", *(f"    {one.said(say)}" for one in statements[1:])]
    return "".join(printable(line) + "\n" for line in lines)


def to_markdown(rulebook: Rulebook, say: Language) -> str:
    """Give the whole rulebook as Markdown."""
    return "\n".join(_markdown(rulebook, say)).rstrip() + "\n"


def to_html(rulebook: Rulebook, say: Language) -> str:
    """Give the whole rulebook as one HTML file that fetches nothing."""
    title = _html(rulebook.plan.title, say)
    body = "\n".join(_elements(rulebook, say))
    return (
        f'<!DOCTYPE html>\n<html lang="{_TAGS[say]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    )


FORMATS: dict[str, Callable[[Rulebook, Language], str]] = {".md": to_markdown, ".html": to_html}
"""The formats of a handbook by the suffix of its file."""


def _parts(rulebook: Rulebook) -> Iterator[tuple[int, str, Sheet]]:
    """Go through the sheets in the plan's order: the level of the heading, an anchor and the sheet."""
    for number, section in enumerate(rulebook.sections):
        yield 2, f"section-{number + 1}", section_sheet(section, rulebook)
        for rule in section.rules:
            yield 3, rule.id, rule_sheet(rule, rulebook)
    for number, sheet in enumerate(further_sheets(rulebook)):
        yield 2, f"further-{number + 1}", sheet


def _markdown(rulebook: Rulebook, say: Language) -> Iterator[str]:
    yield f"# {_marked(rulebook.plan.title, say)}\n"
    for level, _, sheet in _parts(rulebook):
        yield f"{'#' * level} {_marked(sheet.title, say)}\n"
        for label, statements in sheet.lines:
            if len(statements) == 1:
                yield f"- **{_marked(label, say)}** {_marked(statements[0], say)}"
            else:
                yield f"- **{_marked(label, say)}**"
                yield from (f"  - {_marked(one, say)}" for one in statements)
        yield ""


def _elements(rulebook: Rulebook, say: Language) -> Iterator[str]:
    for level, anchor, sheet in _parts(rulebook):
        yield f'<h{level} id="{escape(anchor)}">{_html(sheet.title, say)}</h{level}>'
        if sheet.lines:
            said = ((label, "<br>".join(_html(one, say) for one in statements)) for label, statements in sheet.lines)
            yield "<dl>\n" + "".join(f"<dt>{_html(label, say)}</dt><dd>{told}</dd>\n" for label, told in said) + "</dl>"


def _marked(text: Text, say: Language) -> str:
    return _SPECIAL.sub(r"\\\1", printable(text.said(say)))


def _html(text: Text, say: Language) -> str:
    return escape(printable(text.said(say)))

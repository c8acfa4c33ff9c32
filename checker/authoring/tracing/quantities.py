"""The quantified clauses of a paragraph: each figure or promise of growth, with the clause that it stands in.

Follows "Numbers" of the contract: 以上, 不少于 and 达到 include the figure, 超过 excludes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from checker.authoring.numerals import number
from checker.authoring.tracing.noise import blotted, without_noise
from checker.authoring.tracing.outline import NUMBER, YEAR, Paragraph
from checker.authoring.tracing.vocabulary import (
    ABOUT,
    ANYWHERE,
    ARABIC,
    AT_LEAST,
    AT_MOST,
    BINDING,
    CHINESE,
    COMPARED,
    DOWNWARDS,
    LESS_THAN,
    LOOSE,
    MORE_THAN,
    ROUGHLY,
    UNCOUNTED,
    UNITS,
    UPWARDS,
)
from checker.model.number import Number, simplest
from checker.model.target import Form

_BREAK = re.compile(r"[，。；！？;!?]|[：:](?![0-9])|,(?![0-9]{3})")
_NUMBER = rf"(?:{ARABIC}|{CHINESE})"
_PART = "[零〇百]点?[一二三四五六七八九]{0,20}"
_QUANTITY = re.compile(
    rf"(?P<how>{COMPARED})?(?P<about>{ABOUT})?"
    rf"(?P<low>{_NUMBER})(?P<lowpercent>[%‰])?(?:(?:个|名|次|家|场|人)?[-—－–~～至到]{{1,4}}(?P<high>{_NUMBER}))?"
    rf"(?P<rough>{ROUGHLY})?(?P<unit>[%‰]|{UNITS}|成[一二三四五六七八九半]?(?=以上|左右|的|[，。；、]|$))(?P<tail>左右|上下|{UPWARDS}|{DOWNWARDS})?"
)
_PERCENT = re.compile(
    rf"(?P<how>{COMPARED})?(?P<about>{ABOUT})?(?P<of>[百千万]|{_NUMBER})分之(?P<low>{CHINESE}|{_PART}|{ARABIC})"
    rf"(?P<tail>左右|上下|{UPWARDS}|{DOWNWARDS})?"
)
_BARE = re.compile(rf"(?P<how>{COMPARED})(?P<low>{ARABIC})(?![0-9A-Za-z.%,])(?P<tail>{UPWARDS}|{DOWNWARDS})?")
_SLASH = re.compile(
    rf"(?P<how>{COMPARED})?(?<![0-9/])(?P<low>[1-9])/(?P<of>[2-9]|10)(?![0-9/])(?P<tail>{UPWARDS}|{DOWNWARDS}|(?=的))"
)
_VAGUE = re.compile(rf"(?:数|几|上|成|近|约)[十百千万]{{1,4}}(?:余|多)?(?P<unit>{UNITS})")
_RATIO = re.compile(r"比[^，。；]{0,8}?(?P<low>[0-9]{1,9})[:：](?P<high>[0-9]{1,9})")
_UNIT_CELL = re.compile(rf"(?:^|[（(])(?P<scale>[百千万亿])?(?P<unit>{UNITS}|%)[）)]?$")
_PARTS = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "个百分点": Fraction(1, 100), "成": Fraction(1, 10)}
_TENTHS = {"半": 5} | {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LARGE = "".join(_SCALES)


class Quantity(NamedTuple):
    """One figure, or one promise without any, in a paragraph.

    `start` and `end` are its place in the paragraph's text, `clause` the words between two stops around it, which begin
    at `clause_start`. `figures` are its values exactly (two of a range), none for growth and the like; `bare` are the
    same as printed, before 万, 亿 and %. `form` None: the text gives no comparison that can be judged, such as 约30人.
    """

    paragraph: Paragraph
    start: int
    end: int
    clause: str
    figures: tuple[Number, ...] = ()
    bare: tuple[Number, ...] = ()
    unit: str = ""
    form: Form | None = None
    clause_start: int = 0

    @property
    def written(self) -> str:
        """What stands in the text."""
        return self.paragraph.text[self.start : self.end]

    @property
    def line(self) -> int:
        """The line of the text that it begins on."""
        return self.paragraph.lines[self.start]


def quantities(paragraph: Paragraph) -> Iterator[Quantity]:
    """Go through the quantified clauses of `paragraph`, in order."""
    if paragraph.cells:
        yield from _of_row(paragraph)
        return
    masked = without_noise(paragraph.text)
    start = 0
    for end in [*(match.start() for match in _BREAK.finditer(masked)), len(masked)]:
        yield from _of_clause(paragraph, masked, start, end)
        start = end + 1


def _of_clause(paragraph: Paragraph, masked: str, start: int, end: int) -> Iterator[Quantity]:
    clause = paragraph.text[start:end]
    found: list[Quantity] = []
    taken = start
    for match in _matches(masked, start, end):
        if match.start() >= taken and (quantity := _quantity(paragraph, clause, match, masked[start:end])):
            found.append(quantity)
            taken = match.end()
    rest = blotted(masked[start:end], ((one.start - start, one.end - start) for one in found))
    for pattern in (*ANYWHERE, *(UNCOUNTED if not found else ())):
        spans = [match.span() for match in pattern.finditer(rest)]
        found += (Quantity(paragraph, start + first, start + last, clause) for first, last in spans)
        rest = blotted(rest, spans)
    yield from _apart(sorted(found, key=lambda one: one.start), start)


def _apart(found: list[Quantity], start: int) -> Iterator[Quantity]:
    """Go through quantities of one clause, each with its own item where the clause enumerates them: 甲3个、乙5个."""
    left = start
    for place, one in enumerate(found):
        text, end = one.paragraph.text, start + len(one.clause)
        after = found[place + 1].start if place + 1 < len(found) else -1
        comma = text.find("、", one.end, after) if after >= 0 else -1
        right = comma if comma >= 0 else end
        yield one._replace(clause=text[left:right], clause_start=left)
        left = comma + 1 if comma >= 0 else left


def _matches(masked: str, start: int, end: int) -> list[re.Match[str]]:
    """Give what may be a figure, from left to right, the longest first where two begin alike."""
    patterns = (_QUANTITY, _PERCENT, _SLASH, _BARE, _VAGUE, _RATIO)
    matches = (match for pattern in patterns for match in pattern.finditer(masked, start, end))
    return sorted(matches, key=lambda match: (match.start(), -match.end()))


def _quantity(paragraph: Paragraph, clause: str, match: re.Match[str], around: str) -> Quantity | None:
    groups = match.groupdict()
    unit = groups.get("unit") or ("%" if groups.get("of") else "")
    kind = "成" if unit.startswith("成") else unit
    if match.re is _VAGUE:
        return Quantity(paragraph, *match.span(), clause, unit=unit)
    if match.re is _RATIO:
        figure = Fraction(int(groups["low"]), int(groups["high"]) or 1)
        return Quantity(paragraph, *match.span(), clause, (simplest(figure),), form=Form.AT_LEAST)
    written = [text for text in (groups["low"], groups.get("high")) if text]
    if not written[0][0].isdigit() and match.re is _QUANTITY and not _binds(match, around):
        return None
    values = [read for text in written if (read := read_number(text))]
    of = read_number(groups["of"]) if groups.get("of") else (1, 1)
    if len(values) < len(written) or of is None or not of[0]:  # 三五个, 七八十人
        return Quantity(paragraph, *match.span(), clause, unit=unit)
    part = _part(groups, kind) / of[0]
    rest = _TENTHS.get(unit[1:], 0) if unit.startswith("成") else 0  # 九成五
    figures = tuple(simplest(Fraction(value) * part + Fraction(rest, 100)) for value, _ in values)
    bare = tuple(simplest(Fraction(plain)) for _, plain in values)
    return Quantity(paragraph, *match.span(), clause, figures, bare, kind, _form(groups, len(values)))


def _part(groups: dict[str, str | None], unit: str) -> Fraction:
    if groups.get("of"):
        return Fraction(1)
    return _PARTS.get(groups.get("lowpercent") or unit, Fraction(1))


def _binds(match: re.Match[str], around: str) -> bool:
    """Whether a figure in Chinese numerals is one that somebody has to reach, and no figure of speech."""
    if match["unit"] == "倍":
        return True
    small = match["low"] in ("一", "百", "千") or match["unit"] in LOOSE
    return not small or bool(match["how"] or match["tail"] or BINDING.search(around))


def _form(groups: dict[str, str | None], count: int) -> Form | None:
    how, tail = groups.get("how") or "", groups.get("tail") or ""
    if groups.get("about") or groups.get("rough") or tail in ("左右", "上下"):
        return None
    if count > 1:
        return Form.BETWEEN
    for form, words in (
        (Form.AT_LEAST, AT_LEAST),
        (Form.AT_MOST, f"{AT_MOST}|{DOWNWARDS}"),
        (Form.MORE_THAN, MORE_THAN),
        (Form.LESS_THAN, LESS_THAN),
    ):
        if re.fullmatch(words, how) or re.match(words, tail):
            return form
    return Form.AT_LEAST


def _of_row(paragraph: Paragraph) -> Iterator[Quantity]:
    """Give what a row of a table promises: its last figure, for tables run from what is to what shall be."""
    *labels, last = _figured(paragraph.cells)
    if not labels or re.search("电话|邮编|传真|联系|手机", paragraph.text):
        return
    digits = re.search(ARABIC, last)
    start = paragraph.text.rfind(last)
    read = read_number(digits[0]) if digits else None
    if digits is None or read is None:
        return
    value, plain = read
    scale, unit = _unit_of_row(labels, last)
    figure = Fraction(value) * scale
    groups: dict[str, str | None] = {"how": last[: digits.start()], "tail": last[digits.end() :].lstrip("%‰")}
    yield Quantity(
        paragraph, start, start + len(last), paragraph.text, (simplest(figure),), (plain,), unit, _form(groups, 1)
    )


def _unit_of_row(labels: list[str], last: str) -> tuple[Fraction, str]:
    """Give what a row's figures are counted in: 万 and the like apart from the unit that follows it."""
    named = (_UNIT_CELL.search(cell) for cell in reversed(labels))
    match = next(filter(None, named), None)
    if "%" in last or (match and match["unit"] == "%"):
        return Fraction(1, 100), "%"
    return (Fraction(_SCALES.get(match["scale"], 1)), match["unit"]) if match else (Fraction(1), "")


def _figured(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Give the cells up to the last that is a figure and no year, without a running number at the front."""
    figures = [n for n, cell in enumerate(cells) if NUMBER.fullmatch(cell) and not YEAR.fullmatch(cell)]
    kept = cells[: figures[-1] + 1]
    return kept[1:] if len(figures) > 1 and figures[0] == 0 and cells[0].isdigit() else kept


def read_number(text: str) -> tuple[Number, Number] | None:
    """Give what a number comes to, and what it is as printed, before 万 or 亿; None for such as 三五."""
    whole = number(text)
    plain = number(text.rstrip(_LARGE)) if text[0].isdigit() else whole
    return None if whole is None or plain is None else (simplest(whole), simplest(plain))

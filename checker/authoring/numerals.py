"""Figures in running Chinese text: ``2次``, ``一名``, ``1.2万人次``, ``百分之八十五``, ``三分之二``, ``半数``.

Exact values, with the place in the text. What only looks like a figure is left out: calendar dates, numbers of
documents, ordinals, names such as 5G and 十四五, and Chinese numerals that count nothing (统一, 五大, 三下乡).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from checker.model.number import Number, simplest

COUNTERS = frozenset([
    "人次", "人", "名", "位", "个", "次", "场", "场次", "期", "家", "所", "户", "座", "项", "件",
    "篇", "部", "册", "册次", "张", "台", "套", "辆", "条", "处", "间", "支", "门", "节", "堂",
    "课", "遍", "轮", "倍", "例", "起", "份", "幅", "本", "班", "班次", "车次", "村", "社区", "年",
    "个月", "周", "天", "日", "学期", "学年", "季度", "小时", "学时", "课时", "分钟", "个百分点", "元",
    "欧元", "美元", "平方米", "平方公里", "公里", "米", "亩", "公顷", "吨", "公斤", "千克", "头", "只",
    "株", "棵", "块",
])  # fmt: skip
"""Measure words and units that make a Chinese numeral before them a figure."""

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LARGE = 10**4
_LONGEST = 60
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．‰", "0123456789%.‰")
# Possessive throughout, so that no text takes longer than its length asks for.
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?(?: (?=[百千万亿]))?"
_SPELT_POINT = "[〇零一二两三四五六七八九十百]{1,9}点[〇零一二三四五六七八九]{1,9}"
_TOKEN = re.compile(f"({_ARABIC})|({_SPELT_POINT})|(.)", re.ASCII)
_NUMBER = f"(?:{_ARABIC}|[〇零一二两三四五六七八九十百千万亿]++(?:点[〇零一二三四五六七八九]++)?)++"
_FIGURE = re.compile(
    f"(?P<whole>{_NUMBER})分之(?P<part>{_NUMBER})"
    f"|(?P<number>{_NUMBER})(?P<sign>%|‰|成半?(?=以上|以下|左右|多|的|比|[，。；、）]|$))?"
    "|(?P<half>半数|过半|一半)",
    re.ASCII,
)
_SIGNS = {None: Fraction(1), "%": Fraction(1, 100), "‰": Fraction(1, 1000)}
_MORE = frozenset("多余来")
_PER_HUNDRED = "百分点"
_NAMED_BEFORE = re.compile(r"(?:[A-Za-z0-9][-–—.:/]?|第|[〔\[（(]20\d\d[〕\])）]第?|[:：/])$")
_NAMED_AFTER = re.compile(r"[A-Za-z]|[:/][0-9]|\s*号|性|体化")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_YEAR_AFTER = re.compile(r"年|[〕\]]|\s*[-–—~～至到]+\s*(?:19|20|21)[0-9]{2}")
_YEAR_BEFORE = re.compile(r"(?:[〔\[]|(?:19|20|21)[0-9]{2}年?\s*[-–—~～至到]+\s*)$")
_MONTH_AFTER = re.compile(r"[月日]|[-–—][0-9]{1,2}月")
_BARE_UNIT = re.compile(r"[百千万亿]+")
_BARE_COUNTERS = frozenset(["名", "场", "堂", "个", "次", "人次"])


class Figure(NamedTuple):
    """A figure and where it stands: ``text[start:end]`` is `written`, with its % sign but without its counter.

    `value` is exact, with 万, 亿, % and fractions applied: ``85%`` is 17/20. `percent`: it is written as a percentage
    (``85%``, ``百分之八十五``, ``八成``, ``5个百分点``). `counter` is the measure word or unit that follows, perhaps
    after 多, 余 or 来, or "" where none follows; the text goes on at `after`.
    """

    start: int
    end: int
    value: Number
    written: str
    percent: bool
    counter: str
    after: int


def figures(text: str, also: Iterable[str] = ()) -> list[Figure]:
    """Give every figure of `text` in order; `also` names further counters, such as the units of a rulebook.

    Full-width digits and signs are read like others; thousands separators are ASCII commas. A Chinese numeral
    counts only before a counter, as a percentage or as a fraction; an Arabic one always. Bounds: a figure is at most
    60 characters long.
    """
    return list(_found(text, frozenset(also)))


@lru_cache(maxsize=4096)
def _found(text: str, also: frozenset[str]) -> tuple[Figure, ...]:
    """Give the figures as `figures` does; several checks ask the same text."""
    return tuple(_figures(text, COUNTERS | also))


def _figures(text: str, counters: frozenset[str]) -> Iterator[Figure]:
    longest = max(map(len, counters))
    plain = text.translate(_FULL_WIDTH)
    for match in _FIGURE.finditer(plain):
        value, percent = _value(match) if len(match[0]) <= _LONGEST else (None, False)
        if value is None:
            continue
        counter, after = _counter(plain, match.end(), counters, longest)
        percent = percent or counter.endswith(_PER_HUNDRED)
        if counter.endswith(_PER_HUNDRED):
            value /= 100
        if not _is_name(plain, match, counter, percent):
            yield Figure(*match.span(), simplest(value), text[slice(*match.span())], percent, counter, after)


def _value(match: re.Match[str]) -> tuple[Fraction | None, bool]:
    """Give the value that `match` states, None where it is no number, and whether it is a percentage."""
    if match["half"]:
        return Fraction(1, 2), False
    if match["whole"]:
        whole, part = 100 if match["whole"] == "百" else number(match["whole"]), number(match["part"])
        if not whole or part is None:
            return None, False
        return Fraction(part) / whole, whole == 100
    value, sign = number(match["number"]), match["sign"]
    if value is None:
        return None, False
    if sign and sign.startswith("成"):
        return Fraction(value) / 10 + (Fraction(1, 20) if sign.endswith("半") else 0), True
    return value * _SIGNS[sign], sign == "%"


def _counter(text: str, end: int, counters: frozenset[str], longest: int) -> tuple[str, int]:
    """Give the counter that follows a figure which ends at `end`, and where it ends itself."""
    start = end + (text[end : end + 1] in _MORE)
    start += text[start : start + 1] == " "
    ends = range(min(start + longest, len(text)), start, -1)
    after = next((after for after in ends if text[start:after] in counters), end)
    return text[start:after], after


def _is_name(text: str, match: re.Match[str], counter: str, percent: bool) -> bool:
    """Whether the figure is part of a date, an ordinal or another name, or counts nothing at all."""
    start, end, written = match.start(), match.end(), match[0]
    before = text[max(start - 12, 0) : start]
    if _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(text, end + len(counter)) or _NAMED_AFTER.match(text, end):
        return True
    if _YEAR.fullmatch(written) and (_YEAR_AFTER.match(text, end) or _YEAR_BEFORE.search(before)):
        return True
    if percent or match["number"] is None:
        return False
    return bool(_MONTH_AFTER.match(text, end)) or (not written[0].isdecimal() and _counts_nothing(written, counter))


def _counts_nothing(numeral: str, counter: str) -> bool:
    """Whether a Chinese numeral before `counter` is no figure: none follows, or 千家万户 or 二〇二五年."""
    if _BARE_UNIT.fullmatch(numeral):
        return counter not in _BARE_COUNTERS
    return not counter or ("〇" in numeral and counter == "年")


def number(text: str) -> Fraction | None:
    """Give the value of a number in Arabic digits, in Chinese numerals or in both (``2万3千``); None where it is none.

    ``一百五`` is 150 and ``二〇二五`` is 2025; ``十四五`` is no number.
    """
    if "〇" in text and all(digit in _DIGITS for digit in text):
        return Fraction(int("".join(str(_DIGITS[digit]) for digit in text)))
    return _Sum().of(text.translate(_FULL_WIDTH))


class _Sum:
    """A number as it adds up from left to right: 万 and 亿 in `total`, the thousands before the next in `part`."""

    def __init__(self) -> None:
        self.total = self.part = Fraction(0)
        self.digit: Fraction | None = None
        self.below = _LARGE
        self.shorthand = 0

    def of(self, text: str) -> Fraction | None:
        for arabic, spelt, sign in _TOKEN.findall(text):
            if arabic or spelt:
                fits = self._take(Fraction(arabic.replace(",", "").strip()) if arabic else _with_point(spelt), 0)
            elif sign == "零":
                self.shorthand, fits = 0, self.digit is None
            elif sign in _DIGITS:
                fits = self._take(Fraction(_DIGITS[sign]), self.shorthand)
            else:
                fits = self._times(_UNITS[sign])
            if not fits:
                return None
        return self.total + self.part + (self.digit or 0) * (self.shorthand or 1)

    def _take(self, digit: Fraction | None, shorthand: int) -> bool:
        fits = digit is not None and self.digit is None
        self.digit, self.shorthand = digit, shorthand
        return fits

    def _times(self, unit: int) -> bool:
        digit, self.digit = self.digit, None
        self.shorthand = unit // 10 if unit > 10 else 0
        if unit < _LARGE:
            fits = unit < self.below
            self.part += (1 if digit is None else digit) * unit
            self.below = unit
            return fits
        bare = digit is None and not self.part
        self.part = Fraction(1) if bare and not self.total else self.part + (digit or 0)
        # 万亿 is one unit, so 亿 may follow 万; each stands once.
        fits = self.total < 10**8 if unit == 10**8 else self.total % 10**8 == 0
        if unit == 10**8:
            self.total = (self.total + self.part) * unit
        else:
            self.total += self.part * unit
        self.part, self.below = Fraction(0), _LARGE
        return fits


def _with_point(text: str) -> Fraction | None:
    whole, part = text.split("点")
    before = number(whole)
    digits = "".join(str(_DIGITS[digit]) for digit in part)
    return None if before is None else before + Fraction(int(digits), 10 ** len(digits))

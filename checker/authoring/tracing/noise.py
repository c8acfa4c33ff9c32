"""Figures that promise nothing: dates, document and phone numbers, ordinals, names, slogans, “for every 10,000”."""

from __future__ import annotations

import re
from collections.abc import Iterable

_YEAR = r"(?:19|20)[0-9]{2}"
_TO = r"[—－–\-~～至到]{1,4}"
_MANY = r"(?:[一二两三四五六七八九十百千万]{1,12}|[0-9]{1,20}(?:\.[0-9]{1,20})?[十百千万]?)"
_DATES = (
    rf"{_YEAR}年?(?:{_TO}(?:{_YEAR}|[0-9]{{2}}))?年(?:度)?(?:[0-9]{{1,2}}月(?:份)?)?(?:[0-9]{{1,2}}日)?",
    rf"{_YEAR}{_TO}{_YEAR}",
    rf"{_YEAR}[-/.][0-9]{{1,2}}(?:[-/.][0-9]{{1,2}})?",
    r"[0-9]{1,2}月(?:份)?(?:[0-9]{1,2}日)?|[0-9]{1,2}日(?!内)",
    r"[〇零一二三四五六七八九]{4}年|[一二三四五六七八九十]{1,3}月(?:份|底|[一二三四五六七八九十]{1,3}日)",
    r"(?<![比为到])[0-9]{1,2}[:：][0-5][0-9](?![0-9])",
    r"7[×xX*]24小?时?|24小时(?!内|以内|之内)",
)
_NUMBERS = (
    r"[〔\[【（(][0-9]{2,4}[〕\]】）)]第?[0-9]{1,20}号|第?[0-9]{1,20}号",
    r"(?:电话|热线|传真|手机|邮编|电邮|联系方式)[^，。；]{0,6}?[0-9][0-9\-—]{2,30}",
    r"0[0-9]{2,3}[-—][0-9]{7,8}|(?<![0-9])1[3-9][0-9]{9}(?![0-9])",
    r"[A-Za-z][A-Za-z/]{0,20}-?[0-9][0-9.\-]{0,20}|[0-9]{1,20}(?!km|kg|t[^A-Za-z]|m[^A-Za-z])[A-Za-z]{1,20}",
    rf"第{_MANY}(?:个[一二三四五六七八九十]?年?|年|[\u4e00-\u9fff])?",
    r"(?:附件|附表|附录|专栏|图表)[0-9]{1,20}",
    r"(?<![到于0-9.])[0-9]{1,20}(?:\.[0-9]{1,20})?(?:周)?岁|[0-9一二三四五六七八九十]{1,4}期(?=工程|项目|建设)|[0-9]{1,20}[年届级]",
)
_NAMES = (
    r"《[^《》]{0,200}》",
    r"[“\"‘][^”\"’，。；%]{1,12}[”\"’]",
    rf"每{_MANY}(?:万|千|百)?(?:常住)?(?:人口|人|名|个|户|村|亩|平方公里|公里|所|家|镇|年|学期|月|周|天)?",
    r"每一(?:个|所|家|名|位|村|户|次|项)",
    r"(?:同|统|唯|单|万|(?<!分)之|任|某|逐|进)一|[五千万百]家(?:万户|渠)|三门峡|三台县|百家讲坛",
)
_SLOGANS = (
    (
        r"(?<![一二两三四五六七八九十])[一二两三四五六七八九十]{1,12}(?:个|项|大|种|类)(?:意识|自信|维护|确立|全面|代表|务必|坚持|牢记|方面|层面|阶段|环节|"
        r"维度|层次|步骤|结合|体系|重点|关键|突出|文明|面向|转变|统一|不动摇|重大|必须|工程|行动|批次|时期|循环|领域)"
    ),
    (
        r"[一二两三四五六七八九十](?:个[“\"一]|站式|条龙|件事|张网|张图|张表|次性|家人|家亲|把手|(?:大)?批|点通|人一|"
        r"套(?!设备|教材|丛书)|条线|个个|点儿)"
    ),
)
_DEFINITION = re.compile(r"(?:[”\"’]|(?:[一二两三四五六七八九十][\u4e00-\u9fff]){2,4})[（(]([^（）()0-9%]{0,200})[）)]")
"""A bracket that says what a short name stands for, such as 两室一员."""
_PATTERNS = tuple(re.compile(pattern) for pattern in (_NAMES[0], *_DATES, *_NUMBERS, *_NAMES[1:], *_SLOGANS))


def without_noise(text: str) -> str:
    """Give `text` with what only looks like a figure blotted out, of the same length."""
    masked = blotted(text, (match.span(1) for match in _DEFINITION.finditer(text)))
    for pattern in _PATTERNS:
        masked = blotted(masked, (match.span() for match in pattern.finditer(masked)))
    return masked


def blotted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give `text` with the characters of `spans` blotted out, of the same length."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "□" * (end - start)
    return "".join(characters)

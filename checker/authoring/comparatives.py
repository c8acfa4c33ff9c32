"""How a text compares a figure: 不少于2次, 85%以上, 超过15%, at least 3.

以上 and 以下 include the figure; 超过, 多于, 低于 and 少于 exclude it ("Numbers" of the contract).
"""

from __future__ import annotations

import re

from checker.authoring.numerals import Figure
from checker.model.target import Form

_WORDS = {
    Form.AT_LEAST: "不少于|不低于|不小于|不得少于|不得低于|至少|最少|达到|提高到|增加到|"
    "at least|no fewer than|no less than",
    Form.AT_MOST: "不超过|不得超过|不多于|不高于|不大于|至多|最多|控制在|at most|no more than|up to",
    Form.MORE_THAN: "超过|多于|高于|大于|突破|more than|over|exceeds?|above",
    Form.LESS_THAN: "少于|低于|小于|不足|不到|less than|fewer than|under|below",
}
_AFTER = {
    Form.AT_LEAST: r"及?以上|或以上|或更多| or more",
    Form.AT_MOST: r"及?以[下内]|或以下|之内| or (?:less|fewer)",
}
_BEFORE = re.compile("|".join(f"(?P<{form.value}>{words})" for form, words in _WORDS.items()), re.IGNORECASE)
_BEHIND = re.compile("|".join(f"(?P<{form.value}>{words})" for form, words in _AFTER.items()), re.IGNORECASE)
_FARTHEST = 60
_BREAK = re.compile("[，。；、：,;]")


def comparison(text: str, figure: Figure) -> Form | None:
    """Give how `text` compares its `figure`, or None where it states the figure alone.

    What follows the figure decides; else the last such word before it, no further away than the last comma or figure.
    """
    if behind := _BEHIND.match(text, figure.after):
        return _form(behind)
    near = text[max(figure.start - _FARTHEST, 0) : figure.start]
    phrase = re.split("[0-9%]", _BREAK.split(near)[-1])[-1]
    before = list(_BEFORE.finditer(phrase))
    return _form(before[-1]) if before else None


def _form(match: re.Match[str]) -> Form:
    return Form(match.lastgroup or "")

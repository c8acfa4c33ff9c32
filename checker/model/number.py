"""Exact numbers: reading them as people write them and showing them again.

Follows "Numbers" of the contract: no binary floating point anywhere, no negative value, 12 digits before and 6 after
the point.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from fractions import Fraction

from checker.model.language import Text

Number = int | Fraction
"""An exact value: an int where it is whole, else a fraction in lowest terms."""

SHOWN_PLACES = 6
_SHOWN = 10**SHOWN_PLACES
_LARGEST = 10**12
_FINEST = 10**6
_WRITTEN = re.compile(
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?(?P<scale>[万亿])?(?P<percent>%)?"
)
_SCALES = {None: 1, "万": 10**4, "亿": 10**8}
_TRUTHS = {"是": 1, "true": 1, "yes": 1, "1": 1, "否": 0, "false": 0, "no": 0, "0": 0}
_LONGEST = 40


class ValueKind(StrEnum):
    """What values an indicator takes."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    BOOLEAN = "boolean"


EXPECTED = {
    ValueKind.INTEGER: Text("非负整数，如 12、1,200 或 1.2万", "a whole number such as 12, 1,200 or 1.2万"),
    ValueKind.DECIMAL: Text("非负数，如 12.5 或 1.2万", "a number such as 12.5 or 1.2万"),
    ValueKind.PERCENT: Text("带 % 的数，如 85%", "a number with its % sign, such as 85%"),
    ValueKind.BOOLEAN: Text("是或否", "yes or no"),
}
"""How values of each kind are written."""


def normalised(text: str) -> str:
    """Give `text` trimmed and in NFKC, as numbers, booleans and withdrawals are compared."""
    return text if text.isascii() and text == text.strip() else unicodedata.normalize("NFKC", text.strip()).strip()


def simplest(value: Number) -> Number:
    """Give `value` as an int where it is whole."""
    return value.numerator if value.denominator == 1 else value


def parse_number(text: str) -> tuple[Number, bool] | None:
    """Give the exact value of a written number and whether it bore a % sign; None where it is not one.

    `text` is already normalised. Percent signs and 万/亿 are applied: ``85%`` is 17/20, ``1.2万`` is 12000.
    Bounds: at most 12 digits before and 6 after the point, insignificant zeros not counted.
    """
    if not (match := _WRITTEN.fullmatch(text)):
        return None
    whole, part = match["whole"].replace(",", "").lstrip("0"), (match["part"] or "").rstrip("0")
    percent = match["percent"] is not None
    if len(whole) + len(part) > _LONGEST:
        return None
    digits = int(f"0{whole}{part}") * _SCALES[match["scale"]]
    value = Fraction(digits, 10 ** (len(part) + (2 if percent else 0)))
    if value >= _LARGEST or _FINEST % value.denominator:
        return None
    return simplest(value), percent


def parse_value(text: str, kind: ValueKind) -> Number | None:
    """Give the exact value that `text` states for an indicator of `kind`, or None where it states none.

    Booleans are 1 and 0. A percent needs its sign and no other kind may bear one; an integer must be whole.
    """
    written = normalised(text)
    if kind is ValueKind.BOOLEAN:
        return _TRUTHS.get(written.lower())
    if (read := parse_number(written)) is None:
        return None
    value, percent = read
    if percent is not (kind is ValueKind.PERCENT):
        return None
    return None if kind is ValueKind.INTEGER and not isinstance(value, int) else value


def _decimal(scaled: int) -> str:
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), _SHOWN)
    return f"{sign}{whole}.{part:06d}".rstrip("0").rstrip(".") if part else f"{sign}{whole}"


def shown(value: Number) -> str:
    """Give `value` as a decimal string, rounded half even to 6 places, without trailing zeros or a "-0"."""
    return str(value) if isinstance(value, int) else _decimal(round(value * _SHOWN))


def shown_up(value: Number) -> str:
    """Give `value` as a decimal string, rounded up at the sixth place, so that a shortfall never reads too small."""
    return str(value) if isinstance(value, int) else _decimal(-(-value.numerator * _SHOWN // value.denominator))


def shown_percent(value: Number) -> str:
    """Give `value` as people read a share: 17/20 is ``85%``."""
    return f"{shown(simplest(Fraction(value) * 100))}%"


def shown_rate(part: int, whole: int) -> str:
    """Give a rate for people: rounded to a tenth of a percent, 100% only where it is all; ``–`` of nothing."""
    if not whole:
        return "–"
    tenths = min(round(Fraction(part * 1000, whole)), 999 if part < whole else 1000)
    return f"{tenths // 10}.{tenths % 10}%"

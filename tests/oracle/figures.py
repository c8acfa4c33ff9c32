"""Written numbers, and how numbers are shown: semantics.md, "Numbers" and "Findings as data"."""

import math
import re
import unicodedata
from fractions import Fraction

MILLION = 10**6
WRITTEN = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?(万|亿)?(%)?")
BOOLEANS = {"是": 1, "true": 1, "yes": 1, "1": 1, "否": 0, "false": 0, "no": 0, "0": 0}
MYRIADS = {None: 1, "万": 10**4, "亿": 10**8}
WITHDRAWALS = ("撤回", "withdrawn")


def plain(text: str) -> str:
    """The cell as it is compared: "every cell is trimmed; numbers, booleans and 撤回 are also NFKC-normalised"."""
    return unicodedata.normalize("NFKC", text.strip())


def is_withdrawal(text: str) -> bool:
    """True for "the value 撤回 or withdrawn" (exact lower case after NFKC)."""
    return plain(text) in WITHDRAWALS


def read_value(text: str, kind: str) -> Fraction | None:
    """The value of a cell or figure for an indicator of this kind, None when it is unreadable ("Written numbers")."""
    cell = plain(text)
    if kind == "boolean":
        flag = BOOLEANS.get(cell.lower())
        return None if flag is None else Fraction(flag)
    match = WRITTEN.fullmatch(cell)
    if match is None or (match[4] is not None) != (kind == "percent"):
        return None
    value = Fraction(match[1].replace(",", "") + (match[2] or "")) * MYRIADS[match[3]]
    if kind == "percent":
        value /= 100
    if value >= 10**12 or (value * MILLION).denominator != 1:
        return None
    if kind == "integer" and value.denominator != 1:
        return None
    return value


def read_ratio_figure(text: str) -> Fraction | None:
    """A ratio's figure is "either 85% or a plain number" (format.md)."""
    return read_value(text, "percent") if plain(text).endswith("%") else read_value(text, "decimal")


def _millionths(amount: int) -> str:
    sign = "-" if amount < 0 else ""
    whole, part = divmod(abs(amount), MILLION)
    decimals = f"{part:06d}".rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def shown(value: Fraction) -> str:
    """Reads: "Rounded half even to 6 places, trailing zeros dropped, no -0"."""
    return _millionths(round(value * MILLION))


def shown_up(value: Fraction) -> str:
    """A shortfall: "decimal string, rounded up at the sixth place"."""
    return _millionths(math.ceil(value * MILLION))

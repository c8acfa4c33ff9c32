"""Figures of targets and conditions: from quoted texts to exact intervals."""

from __future__ import annotations

from enum import StrEnum

from checker.model.language import Text
from checker.model.number import Number, ValueKind, normalised, parse_number, parse_value
from checker.model.target import Figure, Form
from checker.rulebook.source import Spot, quoted


class Sign(StrEnum):
    """Whether a figure bears a % sign."""

    REQUIRED = "required"
    REFUSED = "refused"
    FREE = "free"


_EXPECTED = {
    Sign.REQUIRED: Text("带 % 的数，如 85%", "a number with %, such as 85%"),
    Sign.REFUSED: Text("不带 % 的数，如 2、0.5、1.2万", "a number without %, such as 2, 0.5, 1.2万"),
    Sign.FREE: Text("数，如 85% 或 0.5", "a number, such as 85% or 0.5"),
}
_HINT = Text(
    "数字最多 12 位整数、6 位小数，不带正负号", "at most 12 digits before and 6 after the point, without a sign"
)


def sign_for(kind: ValueKind) -> Sign:
    """Give whether figures for an indicator of `kind` bear a % sign."""
    return Sign.REQUIRED if kind is ValueKind.PERCENT else Sign.REFUSED


def read_figure(spot: Spot, form: Form, given: str | tuple[str, ...], sign: Sign) -> Figure | None:
    """Give the figure that `given` states for `form`, or None after complaining at `spot`; two texts for `between`."""
    if isinstance(given, str):
        value = _number(spot, given, sign)
        return None if value is None else Figure(form=form, low=value, high=value, written=(normalised(given),))
    low, high = (_number(spot / n, text, sign) for n, text in enumerate(given))
    if low is None or high is None:
        return None
    if high < low:
        spot.complain(
            Text(f"{given[0]} 大于 {given[1]}", f"{given[0]} is greater than {given[1]}"),
            Text("请写成 [小, 大]", "write the smaller figure first"),
        )
        return None
    return Figure(form=form, low=low, high=high, written=tuple(map(normalised, given)))


def read_truth(spot: Spot, given: str) -> Figure | None:
    """Give the figure that a boolean condition states, or None after complaining at `spot`."""
    value = parse_value(given, ValueKind.BOOLEAN)
    if value is None:
        spot.complain(
            Text(f"{quoted(given).zh}不是 是/否", f"{quoted(given).en} is neither 是 nor 否"),
            Text("请写 是 或 否", "write 是 or 否 (yes or no)"),
        )
        return None
    return Figure(form=Form.EQUALS, low=value, high=value, written=(normalised(given),))


def _number(spot: Spot, given: str, sign: Sign) -> Number | None:
    read = parse_number(normalised(given))
    if read is None or (sign is not Sign.FREE and read[1] is not (sign is Sign.REQUIRED)):
        expected = _EXPECTED[sign]
        spot.complain(
            Text(f"数值{quoted(given).zh}，应为：{expected.zh}", f"figure {quoted(given).en}, expected {expected.en}"),
            _HINT,
        )
        return None
    return read[0]

"""Slips of the pen in a figure: one step up or down, another comparison; and the value that would tell them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model.number import Number, parse_number, shown, shown_percent
from checker.model.target import Figure, Form

_OTHERS = {
    Form.AT_LEAST: (Form.MORE_THAN, Form.AT_MOST),
    Form.MORE_THAN: (Form.AT_LEAST, Form.LESS_THAN),
    Form.AT_MOST: (Form.LESS_THAN, Form.AT_LEAST),
    Form.LESS_THAN: (Form.AT_MOST, Form.MORE_THAN),
    Form.EQUALS: (Form.AT_LEAST, Form.AT_MOST),
    Form.BETWEEN: (Form.AT_LEAST, Form.AT_MOST),
}


def step_of(written: str, whole: bool) -> Number:
    """Give one step of a figure: one of what is counted where that is `whole`, else one of its last written digit."""
    if whole:
        return 1
    first = re.sub("[0-9](?=.*[0-9])", "0", written)
    read = parse_number(re.sub("[0-9](?!.*[0-9])", "1", first))
    return read[0] if read else 1


def moved(figure: Figure, whole: bool) -> Iterator[Figure]:
    """Go through `figure` with one of its numbers one step up or down; none goes below 0 or past the other end."""
    for place, written in enumerate(figure.written):
        step, number = step_of(written, whole), (figure.low, figure.high)[place]
        yield from _with_number(figure, place, number + step)
        yield from _with_number(figure, place, number - step)


def _with_number(figure: Figure, place: int, value: Number) -> Iterator[Figure]:
    text = shown_percent(value) if "%" in figure.written[place] else shown(value)
    written = tuple(text if n == place else other for n, other in enumerate(figure.written))
    ends = [figure.low, figure.high]
    ends[place] = value
    low, high = ends if len(written) > 1 else (value, value)
    if value >= 0 and low <= high:
        yield Figure(form=figure.form, low=low, high=high, written=written)


def compared_otherwise(figure: Figure) -> Iterator[Figure]:
    """Go through `figure` under other comparisons: strict or not, reversed, or with one end lost."""
    for form in _OTHERS[figure.form]:
        number, written = (figure.high, figure.written[-1]) if form is Form.AT_MOST else (figure.low, figure.written[0])
        yield Figure(form=form, low=number, high=number, written=(written,))


def telling(true: Figure, slipped: Figure, step: Number) -> Number | None:
    """Give a value, near the figures, that satisfies one of them and not the other; None where there is none."""
    ends = (true.low, true.high, slipped.low, slipped.high)
    near = [value + offset for value in ends for offset in (0, -step, step)]
    return next(
        (value for value in near if value >= 0 and true.holds(value, value) is not slipped.holds(value, value)), None
    )

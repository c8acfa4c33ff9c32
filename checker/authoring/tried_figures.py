"""The figures that somebody wants to try for a rule: from texts to exact intervals in the rule's own form."""

from __future__ import annotations

from collections.abc import Iterable

from checker.documents.node import Scalar
from checker.explaining.words import is_percent
from checker.model.language import Text
from checker.model.number import normalised
from checker.model.problem import Problem
from checker.model.rulebook import Rule, Rulebook
from checker.model.target import Figure, Form
from checker.rulebook.figures import Sign, read_figure
from checker.rulebook.measures import Surroundings, sign_of
from checker.rulebook.source import Complaints, Source, Spot

_TO = "-"


def figures_to_try(rule: Rule, rulebook: Rulebook, texts: Iterable[str]) -> tuple[list[Figure], list[Problem]]:
    """Give the figures that `texts` state for `rule`, empty ones left out, and what is wrong with the others.

    Two figures for a target between two are written 3-5.
    """
    around = Surroundings(rulebook.plan, frozenset(), rulebook.indicators)
    now = _now(rule)
    # A ratio may be written 0.85 or 85%; beside 85%, a bare 80 can only be a slip.
    form, sign = now.form, Sign.REQUIRED if is_percent(now) else sign_of(rule.measure, around)
    complaints = Complaints()
    figures = []
    for text in filter(None, (normalised(one).strip() for one in texts)):
        spot = Spot(Source("target", 0, Scalar(text, 1, 1)), complaints)
        low, to, high = text.partition(_TO)
        if bool(to) is not (form is Form.BETWEEN):
            wanted = "3-5" if form is Form.BETWEEN else "3"
            spot.complain(Text(f"{text!r} 应写成 {wanted} 这样", f"{text!r}, expected such as {wanted}"), Text("", ""))
        elif figure := read_figure(spot, form, (low.strip(), high.strip()) if to else text, sign):
            figures.append(figure)
    return figures, complaints.sorted()


def _now(rule: Rule) -> Figure:
    """Give the figure that `rule` ends with, or one of those of its table."""
    last = rule.targets[-1]
    return last.figure or next(iter((last.table or {}).values()))

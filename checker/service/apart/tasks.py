"""What can be asked about a draft, each a function from plain values to what JSON holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from checker.authoring.check import Notice
from checker.authoring.comparing.flipping import Way
from checker.authoring.linting import notices_of
from checker.authoring.tracing.matching import trace
from checker.authoring.tracing.outline import outline
from checker.authoring.tracing.report import trace_record
from checker.authoring.tried_figures import figures_to_try
from checker.authoring.trying import Outlook, outlooks
from checker.model.fact import Data
from checker.model.language import Language
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import load_texts
from checker.rulebook.references import Name, declared
from checker.service.apart.difference import difference
from checker.service.apart.proving import prove

_MOST_NOTICES = 500
Record = dict[str, Any]


def examine(files: Mapping[str, str]) -> Record:
    """Give everything that is to be said of a draft, at most 500 notices and how many more, and its rulebook."""
    loaded = load_texts(files)
    notices = notices_of(loaded)
    rulebook = loaded.rulebook
    return {
        "notices": [_notice(one) for one in notices[:_MOST_NOTICES]],
        "more": max(len(notices) - _MOST_NOTICES, 0),
        "rulebook": rulebook and rulebook.model_dump_json(),
    }


def names(files: Mapping[str, str]) -> dict[str, list[str]]:
    """Give every name that a draft declares, by kind, however faulty the rest of it is."""
    read = load_texts(files).files
    known = declared(read.plan, read.indicators, read.sections)
    return {name.name.lower(): sorted(known.get(name, ())) for name in Name}


def coverage(files: Mapping[str, str], document: str, language: str) -> Record | None:
    """Give the plan's `document` laid beside a draft's rules, or None where the draft is no rulebook."""
    rulebook = load_texts(files).rulebook
    if rulebook is None:
        return None
    return trace_record(trace(rulebook, outline(document)), "", rulebook.plan.id, Language(language))


def proof(files: Mapping[str, str], features: Mapping[str, str], language: str) -> Record | None:
    """Give what `features` say of a draft, or None where the draft is no rulebook."""
    rulebook = load_texts(files).rulebook
    return None if rulebook is None else prove(rulebook, features, Language(language))


def compare(old: tuple[Rulebook, Data], new: tuple[Rulebook, Data], as_of: date) -> Record:
    """Give the findings that differ between two rulebooks, each with its data."""
    return difference(old, new, as_of)


def outlook(rulebook: Rulebook, data: Data, rule: str, targets: list[str], as_of: date, period: str | None) -> Record:
    """Give how many findings of a rule have each verdict under its own figure and under each of `targets`.

    `refused`: what is wrong with those that are no figures for the rule.
    """
    asked = rulebook.rules[rule]
    figures, problems = figures_to_try(asked, rulebook, targets)
    if problems:
        return {"refused": [list(one.message) for one in problems], "targets": []}
    found = outlooks(rulebook, data, asked, figures, as_of, period)
    return {"refused": [], "targets": [_outlook(one) for one in found]}


TASKS: dict[str, Callable[..., Any]] = {
    "examine": examine,
    "names": names,
    "coverage": coverage,
    "proof": proof,
    "compare": compare,
    "outlook": outlook,
}


def _outlook(one: Outlook) -> Record:
    ways = Counter(flip.way.value for flip in one.changed)
    return {
        "target": None if one.figure is None else str(one.figure),
        "findings": one.counts._asdict(),
        "units_meeting": one.units_meeting,
        "units": one.units,
        "flips": {way.value: ways[way.value] for way in Way},
    }


def _notice(one: Notice) -> Record:
    place = one.place
    return {
        "severity": one.severity.value, "code": one.code, "message": list(one.message), "hint": list(one.hint),
        "file": place.file, "row": place.row, "column": int(place.column) if place.column else None, "rule": one.rule,
    }  # fmt: skip

"""What the HTML page shows of a Run, ready to be laid out: every statement in both languages, nothing marked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from checker.explaining.words import PROBLEMS, STATES, VERDICTS
from checker.model.changes import State
from checker.model.finding import Finding, Verdict
from checker.model.language import Text, same
from checker.model.problem import Problem
from checker.model.rulebook import Force, Rulebook, Section
from checker.model.run import Counts, Run
from checker.reporting.acting import to_act_on
from checker.reporting.charts import ORDER, Line, Piece, bar, line
from checker.reporting.html_finding import Entry, Findings
from checker.reporting.naming import names, unit_name
from checker.reporting.overview import Areas, Group, Trend, areas, section_name, sections, trends, whole
from checker.reporting.since import counts, entries, verdicts, whose, why


class Barred(NamedTuple):
    """A group with the pieces of its bar."""

    group: Group
    pieces: list[Piece]


class Drawn(NamedTuple):
    """A trend with its lines."""

    trend: Trend
    line: Line


class Alerted(NamedTuple):
    """An alert in words."""

    title: Text
    unit: str
    rule: Text
    periods: str
    to: Text


class Changed(NamedTuple):
    """A finding that is not what it was, in words; `id` of one that is gone leads nowhere and is empty."""

    id: str
    state: State
    state_words: Text
    unit: str
    period: str
    title: Text
    verdicts: Text
    why: Text


@dataclass(frozen=True)
class View:
    """Everything on the page, made where the page asks for it."""

    run: Run

    @cached_property
    def title(self) -> Text:
        """The plan's title."""
        return self.run.rulebook.plan.title if self.run.rulebook else Text("检查结果", "Check")

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """The verdicts in the order in which they are shown."""
        return ORDER

    @property
    def words(self) -> dict[Verdict, Text]:
        """What people call the verdicts."""
        return VERDICTS

    @property
    def meanings(self) -> dict[str, Text]:
        """What the codes of problems mean."""
        return {code.value: words for code, words in PROBLEMS.items()}

    @cached_property
    def whole(self) -> Barred:
        """All findings of the rules that bind."""
        return _barred(whole(self.run))

    @cached_property
    def strive(self) -> Counts:
        """The findings of the rules that only strive."""
        return self.run.counts(Force.STRIVE)

    @cached_property
    def sections(self) -> list[Barred]:
        """The sections of the plan."""
        return [_barred(group) for group in sections(self.run, self._rulebook)]

    @cached_property
    def empty(self) -> list[Text]:
        """The sections without any commitment."""
        return [section_name(section) for section in self._rulebook.sections if not section.rules]

    @cached_property
    def areas(self) -> list[Barred]:
        """The areas below the common top."""
        return [_barred(group) for group in areas(self.run, self._rulebook)]

    @cached_property
    def all_areas(self) -> list[tuple[str, Text]]:
        """Every area that any finding lies in, with its id."""
        if not self.areas:
            return []
        dividing = Areas(self.run.registry, self._rulebook)
        units = {unit.id: unit for unit in (dividing.of(finding.unit) for finding in self.run.findings or ())}
        return [(one, dividing.name(units[one])) for one in sorted(units)]

    @cached_property
    def all_sections(self) -> list[Section]:
        """Every section with rules."""
        return [section for section in self._rulebook.sections if section.rules]

    @cached_property
    def trends(self) -> list[Drawn]:
        """How the rates went from period to period."""
        return [Drawn(trend, line(trend)) for trend in trends(self.run, self._rulebook)]

    @cached_property
    def alerts(self) -> list[Alerted]:
        """The alerts about units that the Run has findings of."""
        titles = {follow_up.id: follow_up.title for follow_up in self._rulebook.follow_ups}
        units = {finding.unit.id for finding in self.run.findings or ()}
        return [
            Alerted(
                titles[alert.follow_up],
                unit_name(alert.unit, self.run),
                self._rulebook.rules[alert.rule].title if alert.rule else same(""),
                ", ".join(alert.periods),
                names(alert.escalate_to, self.run, self._rulebook),
            )
            for alert in self.run.alerts or ()
            if alert.unit in units
        ]

    @cached_property
    def since(self) -> list[tuple[State, Text, int]]:
        """How many findings became what since the earlier check."""
        found = counts(self.run.changes) if self.run.changes else {}
        return [(state, STATES[state], many) for state, many in found.items()]

    @cached_property
    def changes(self) -> list[Changed]:
        """The findings that are not what they were, as far as people look at them."""
        found = entries(self.run, self.run.changes) if self.run.changes else []
        return [
            Changed(
                entry.id if entry.now else "",
                entry.change.state,
                STATES[entry.change.state],
                *whose(entry, self._rulebook),
                verdicts(entry),
                why(entry.change),
            )
            for entry in found
        ]

    @property
    def entries(self) -> Iterator[Entry]:
        """All findings: those that call for action first, the worst first, the others in the plan's order."""
        acted_on = to_act_on(self.run, self._rulebook)
        seen = {id(finding) for finding in acted_on}
        rest = (finding for finding in self.run.findings or () if id(finding) not in seen)
        places = {id(finding): place for place, finding in enumerate(self.run.findings or ())}
        findings = Findings(self.run, self._rulebook, bool(self.areas))
        return (findings.entry(finding, places[id(finding)]) for finding in _chained(acted_on, rest))

    @property
    def warnings(self) -> list[Problem]:
        """The problems that set nothing aside."""
        errors = self.run.errors
        return [problem for problem in self.run.problems if problem not in errors]

    @property
    def _rulebook(self) -> Rulebook:
        if self.run.rulebook is None:
            raise ValueError("nothing was judged")
        return self.run.rulebook


def _chained(first: list[Finding], rest: Iterator[Finding]) -> Iterator[Finding]:
    yield from first
    yield from rest


def _barred(group: Group) -> Barred:
    return Barred(group, bar(group))

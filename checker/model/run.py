"""A Run: everything one check found, with what it takes to repeat it byte for byte.

Follows "Findings as data" of the contract.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from checker.model.changes import Changes
from checker.model.evidence import Evidence
from checker.model.fact import Data
from checker.model.finding import Alert, Finding, Verdict
from checker.model.problem import Problem, Severity
from checker.model.rulebook import Force, Rulebook
from checker.model.spoils import Spoils
from checker.model.unit import Registry


class Counts(NamedTuple):
    """How many findings have each verdict."""

    met: int = 0
    not_met: int = 0
    pending: int = 0
    unknown: int = 0
    waived: int = 0


def counts_of(findings: Iterable[Finding]) -> Counts:
    """Count `findings` by verdict."""
    counted = Counter(finding.verdict.value for finding in findings)
    return Counts(**{verdict.value: counted[verdict.value] for verdict in Verdict})


class Unchecked(NamedTuple):
    """A rule and unit with the periods for which single files do not hold enough to judge them."""

    rule: str
    unit: str
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of one check.

    `findings` and `alerts` None: the input has errors and nothing was judged. `rulebook` None: it could not be loaded.
    `left_out`: files that were not used at all; `stray`: files that lie where nothing is read; `unchecked`: what
    single files did not suffice for; `unasked`: rules that no unit of the registry falls under; `spoils`: what was set
    aside, so that nobody is told to report what lies there, faulty; `data`: what was judged, None where nothing was.
    Where they were asked for: `evidence`, by the ids of findings, and `changes` since an earlier check.
    """

    version: str
    as_of: date
    engine: str
    rulebook: Rulebook | None
    registry: Registry
    data_digest: str | None
    findings: tuple[Finding, ...] | None
    alerts: tuple[Alert, ...] | None
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    unasked: tuple[str, ...] = ()
    spoils: Spoils = field(default_factory=Spoils)
    data: Data | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    changes: Changes | None = None

    def counts(self, force: Force) -> Counts:
        """Count the findings of the rules of one force."""
        return counts_of(finding for finding in self.findings or () if finding.rule.force is force)

    def exit_status(self, allow_unknown: bool = False) -> int:
        """Give 0, 1 or 2 as the contract says; `strive` rules never make it 1."""
        if self.findings is None:
            return 2
        must = self.counts(Force.MUST)
        return 1 if must.not_met or (must.unknown and not allow_unknown) else 0

    @property
    def errors(self) -> list[Problem]:
        """The problems that set records aside."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

"""The story of a check on volume: a data folder in, a file of findings and the problems out.

Follows "Findings as data" and "Input data" of the contract. Neither facts nor findings become Python objects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from checker.checking import Question, unneeded_problem
from checker.engines.columnar.assessing import ColumnarAssessment
from checker.engines.columnar.exporting import EXPORT, TALLY, alerts, names
from checker.engines.columnar.framing import Frame
from checker.engines.columnar.holdings import Beside
from checker.engines.columnar.population import HeldPopulation
from checker.engines.columnar.session import Scan, Store
from checker.intake.facts import Gathering
from checker.intake.header import read_header
from checker.intake.layout import Inputs, Layout, lay_out
from checker.intake.lookups import Lookups
from checker.intake.registry import Register, read_register
from checker.intake.sources import LeftOut, Source
from checker.intake.submissions import FACTS, take_submission
from checker.intake.waivers import read_waivers
from checker.model.finding import Verdict
from checker.model.problem import Problem, Severity, in_order
from checker.model.rulebook import Force, Rulebook
from checker.model.run import Counts
from checker.model.unit import Registry
from checker.volume.enrolment import enrol
from checker.volume.surveying import Parquet, Survey

_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Tally:
    """What a check on volume found: how many findings of each force have which verdict, and problems.

    `counts` None: the input has errors and nothing was judged. `stray`: files that lie where nothing is read.
    """

    counts: dict[Force, Counts] | None
    problems: tuple[Problem, ...]
    stray: tuple[str, ...] = ()

    def exit_status(self, allow_unknown: bool = False) -> int:
        """Give 0, 1 or 2 as the contract says."""
        if self.counts is None:
            return 2
        must = self.counts[Force.MUST]
        return 1 if must.not_met or (must.unknown and not allow_unknown) else 0


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed in; `assessment` of it in its store, None where the registry has faults."""

    frame: Frame
    assessment: ColumnarAssessment | None
    problems: list[Problem]
    stray: tuple[str, ...]


def parquet_files(inputs: Inputs) -> list[Path]:
    """Give the Parquet files among `inputs` that a store may read itself."""
    return [source.path for source in lay_out(inputs).submissions if _is_plain(source)]


def alerts_beside(output: Path) -> Path:
    """Give the file beside `output` for the alerts."""
    return output.with_name(f"{output.stem}-alerts{output.suffix}")


def check_volume(rulebook: Rulebook, inputs: Inputs, question: Question, store: Store, output: Path) -> Tally:
    """Write the findings of `question` to `output` and the alerts beside it, unless errors stop the check.

    `store` may touch both and the files of `inputs`.
    """
    handed = hand_in(rulebook, inputs, question, store)
    faulty = any(problem.severity is Severity.ERROR for problem in handed.problems)
    assessment = handed.assessment
    if assessment is None or (faulty and not question.keep_going):
        return Tally(None, tuple(handed.problems), handed.stray)
    assessment.compute()
    for table in names(handed.frame, assessment.waivers):
        store.load(table)
    store.write(EXPORT, str(output.absolute()))
    if rulebook.follow_ups:
        store.write(alerts(assessment.followed()), str(alerts_beside(output).absolute()))
    counted = {(str(force), str(verdict)): int(str(many)) for force, verdict, many in store.rows(TALLY)}
    counts = {force: Counts(*(counted.get((force.value, verdict.value), 0) for verdict in Verdict)) for force in Force}
    problems = in_order([*handed.problems, *map(unneeded_problem, assessment.unneeded_waivers())])
    return Tally(counts, tuple(problems), handed.stray)


def hand_in(
    rulebook: Rulebook, inputs: Inputs, question: Question, store: Store, damaged: frozenset[Path] = frozenset()
) -> Handed:
    """Read `inputs` into `store`, with every problem in every file at once; nothing is raised.

    `damaged` are files that `store` cannot read to their ends, for intake to say what is wrong with them.
    """
    layout = lay_out(inputs)
    problems = list(layout.problems)
    enrolled = enrol(layout.units, rulebook, store) if layout.units else None
    register = None if enrolled else _register(layout, rulebook, problems)
    sound = enrolled is not None or (register is not None and not register.problems)
    population = enrolled or _held(rulebook, register, sound)
    units = population.by_id if enrolled or register else None
    gathering = Gathering(Lookups(rulebook, units), problems=problems)
    waivers = read_waivers(layout.waivers, rulebook, population.among if enrolled or register else None, problems)
    opened = [file for source in layout.submissions if (file := _opened(source, gathering, store, damaged))]
    scans = [Scan(number, *_columns(file, store)) for number, file in enumerate(opened)]
    files = [opened[scan.file] for scan in store.scan(scans)]
    frame = Frame(rulebook, population, question.as_of, question.include_drafts)
    survey = Survey(frame, store, gathering, files)
    try:
        surveyed = survey.run()
    except Exception:  # whatever a database says of a damaged file; anything else is raised again
        found = damaged.union(file.source.path for file in files if not store.reads(str(file.source.path.absolute())))
        if found == damaged:
            raise
        return hand_in(rulebook, inputs, question, store, found)
    beside = Beside(waivers, surveyed.spoiled)
    assessment = ColumnarAssessment(frame, survey, beside, store) if sound else None
    return Handed(frame, assessment, in_order(surveyed.problems), layout.stray)


def _held(rulebook: Rulebook, register: Register | None, sound: bool) -> HeldPopulation:
    """Give the units as values; nothing is judged by a faulty registry, and its parents may go round in circles."""
    units = register.units if register else []
    return HeldPopulation(rulebook, Registry(unit if sound else replace(unit, parent=None) for unit in units))


def _register(layout: Layout, rulebook: Rulebook, problems: list[Problem]) -> Register | None:
    if layout.units is None:
        return None
    try:
        register = read_register(layout.units, rulebook.plan)
    except LeftOut as fault:
        problems += fault.problems
        return None
    problems += register.problems
    return register


def _opened(source: Source, gathering: Gathering, store: Store, damaged: frozenset[Path]) -> Parquet | None:
    """Give a Parquet file with its header; whatever else it is has been taken by intake, or its faults noted."""
    try:
        sound = _is_plain(source) and source.path not in damaged
        if sound and (named := store.columns(str(source.path.absolute()))):
            return Parquet(source, read_header(source, [name for name, _ in named], FACTS))
        take_submission(source, gathering)
    except LeftOut as fault:
        gathering.problems += fault.problems
    return None


def _columns(file: Parquet, store: Store) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    path = str(file.source.path.absolute())
    named = store.columns(path)
    return path, tuple((name, *named[number]) for name, number in file.header.numbers.items())


def _is_plain(source: Source) -> bool:
    """Whether a store can open `source` itself; it reads some signs in paths as patterns."""
    return source.path.suffix.lower() == ".parquet" and not _PATTERN & set(str(source.path.absolute()))

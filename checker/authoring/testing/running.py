"""Runs a folder of features against a rulebook, without a line of Python from whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from gherkin.errors import CompositeParserException
from gherkin.parser import Parser
from pytest_bdd.parser import Feature, Scenario, Step
from pytest_bdd.scenario import scenario_wrapper_template_registry

from checker.authoring.testing import STEPS
from checker.authoring.testing.mismatch import Mismatch
from checker.authoring.testing.recording import Recording
from checker.authoring.testing.world import World, is_called
from checker.model.language import Text
from checker.model.rulebook import Rulebook

_BINDING = 'from pytest_bdd import scenarios\n\nscenarios("features")\n'
_RAN = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
_EXAMPLE = "_pytest_bdd_example"
_NAMING = "按“"


class Result(StrEnum):
    """How a scenario ended."""

    PASSED = "passed"
    FAILED = "failed"


class Line(NamedTuple):
    """A step as it was written: its keyword, its words and the rows of its table."""

    keyword: str
    words: str
    table: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Told:
    """One scenario as it ran, an outline once for each `example`, with the steps as they are written.

    `fault` says what is wrong with the step of number `failing`, where it failed.
    """

    feature: str
    file: str
    line: int
    description: str
    block: str | None
    scenario: str
    tags: frozenset[str]
    steps: tuple[Line, ...]
    example: Mapping[str, str]
    result: Result = Result.PASSED
    failing: int | None = None
    fault: Text | None = None
    recordings: list[Recording] = field(default_factory=list)

    def rules(self) -> frozenset[str]:
        """Give the ids of the rules whose findings it expects something of."""
        return frozenset(one.asked.rule for recording in self.recordings for one in recording.expectations if one.asked)


@dataclass(frozen=True, slots=True)
class Telling:
    """All scenarios of a folder that are about one rulebook, in the order of files, and how many are about another."""

    scenarios: list[Told]
    about_others: int

    @property
    def failed(self) -> list[Told]:
        """The scenarios that do not hold."""
        return [told for told in self.scenarios if told.result is Result.FAILED]


class Unreadable(Exception):  # noqa: N818 (what is wrong with the features, and no error of ours)
    """Features that cannot be run at all, each with its file."""

    def __init__(self, said: list[Text]) -> None:
        super().__init__("\n".join(text.zh for text in said))
        self.said = said


def run_features(rulebook: Rulebook, features: Path, inputs: Path) -> Telling:
    """Give what the features of a folder say of `rulebook`, judged by the plain engine.

    `inputs` holds the data folders that scenarios name. Raises Unreadable where a file is no feature, or where two
    scenarios of it share a name, of which only one would run.
    """
    files = sorted(path for path in features.rglob("*.feature") if path.is_file())
    if faults := list(_faults(files, features)):
        raise Unreadable(faults)
    with TemporaryDirectory(prefix="checker-features-") as name:
        folder = Path(name).resolve()
        session = _Session(rulebook, inputs, folder / "features")
        _copy(files, features, folder / "features")
        # Python remembers a module by its name, and there may be more runs in one process.
        binding = folder / f"test_{folder.name.replace('-', '_')}.py"
        binding.write_text(_BINDING, encoding="utf-8")
        (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        # Only what ships runs: no setting or plugin of wherever the user stands changes what a feature says.
        options = ["-c", str(folder / "pytest.ini"), "--rootdir", str(folder), "--basetemp", str(folder / "tmp")]
        switched = ["--disable-plugin-autoload", "--capture=no", "-p", "no:terminal", "-p", "no:cacheprovider"]
        plugins = ("pytest_bdd.plugin", *STEPS)
        loaded = ["--import-mode=importlib", *(word for plugin in plugins for word in ("-p", plugin))]
        ended = pytest.main([*options, *switched, *loaded, str(folder)], plugins=[session])
    if session.unreadable:
        raise Unreadable(session.unreadable)
    telling = Telling(sorted(session.told, key=lambda told: (told.file, told.line)), session.about_others)
    if ended not in _RAN or session.failures != len(telling.failed):
        raise RuntimeError(f"pytest ended with {ended!r} and {session.failures} failures, {len(telling.failed)} told")
    return telling


class _Session:
    """What pytest is told, and what it tells."""

    def __init__(self, rulebook: Rulebook, inputs: Path, features: Path) -> None:
        self._rulebook, self._inputs, self._features = rulebook, inputs, features
        self.told: list[Told] = []
        self.about_others = self.failures = 0
        self.unreadable: list[Text] = []

    def pytest_exception_interact(self, report: object, call: pytest.CallInfo[object]) -> None:
        """Keep what pytest-bdd could make nothing of, although it is Gherkin."""
        if isinstance(report, pytest.CollectReport) and call.excinfo:
            said = str(call.excinfo.value)
            self.unreadable.append(Text(f"特性读不懂：{said}", f"the features are unreadable: {said}"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count what failed, also outside the steps, so that nothing that failed can pass for told."""
        self.failures += report.failed

    @pytest.fixture(scope="session")
    def rulebooks(self) -> Sequence[Rulebook]:
        return [self._rulebook]

    @pytest.fixture(scope="session")
    def inputs(self) -> Path:
        return self._inputs

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_apply_tag(self) -> bool:
        """Any tag is fine; scenarios are told with theirs."""
        return True

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the scenarios that name another plan."""
        here = [item for item in items if self._is_here(item)]
        self.about_others = len(items) - len(here)
        items[:] = here

    def _is_here(self, item: pytest.Item) -> bool:
        template = scenario_wrapper_template_registry.get(item.obj) if isinstance(item, pytest.Function) else None
        steps = template.steps if template else []
        named = [step.name.removeprefix(_NAMING).partition("”")[0] for step in steps if step.name.startswith(_NAMING)]
        return all(is_called(self._rulebook, name) for name in named)

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest, feature: Feature, scenario: Scenario) -> None:
        template = scenario_wrapper_template_registry[request.node.obj]
        called = getattr(request.node, "callspec", None)
        self.told.append(
            Told(
                feature=feature.name or "",
                file=Path(feature.filename).relative_to(self._features).as_posix(),
                line=scenario.line_number,
                description=feature.description or "",
                block=scenario.rule.name if scenario.rule else None,
                scenario=template.name,
                tags=frozenset(scenario.tags | feature.tags | (scenario.rule.tags if scenario.rule else set())),
                steps=tuple(map(_line, template.steps)),
                example=called.params.get(_EXAMPLE, {}) if called else {},
            )
        )

    def pytest_bdd_after_scenario(self, request: pytest.FixtureRequest) -> None:
        world: World = request.getfixturevalue("world")
        self.told[-1].recordings = world.recordings

    def pytest_bdd_step_error(self, scenario: Scenario, step: Step, exception: Exception) -> None:
        said = exception.said if isinstance(exception, Mismatch) else _unexpected(exception)
        self._fail(scenario, step, said)

    def pytest_bdd_step_func_lookup_error(self, scenario: Scenario, step: Step) -> None:
        self._fail(scenario, step, Text(f"没有这样的步骤：{step.name}", f"there is no such step: {step.name}"))

    def _fail(self, scenario: Scenario, step: Step, said: Text) -> None:
        told = self.told[-1]
        told.result, told.fault = Result.FAILED, said
        told.failing = next(number for number, one in enumerate(scenario.steps) if one is step)


def _unexpected(exception: Exception) -> Text:
    said = f"{type(exception).__name__}: {exception}"
    return Text(f"步骤写得不对：{said}", f"the step is not written as expected: {said}")


def _line(step: Step) -> Line:
    table = step.datatable.raw() if step.datatable else ()
    return Line(step.keyword, step.name, tuple(tuple(str(cell) for cell in row) for row in table))


def _copy(files: Sequence[Path], features: Path, folder: Path) -> None:
    """Write the features to `folder` under a plain name and without the mark that some editors put first."""
    for file in files:
        copied = folder / file.relative_to(features)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_text(file.read_text(encoding="utf-8-sig"), encoding="utf-8")


def _faults(files: Sequence[Path], features: Path) -> Iterator[Text]:
    """Go through what keeps the features from being run, every one of them."""
    sound = True
    scenarios = 0
    for file in files:
        name = file.relative_to(features).as_posix()
        try:
            document = Parser().parse(file.read_text(encoding="utf-8-sig"))
        except (CompositeParserException, UnicodeDecodeError, OSError) as fault:
            sound = False
            yield Text(f"{name} 读不懂：{fault}", f"{name} is unreadable: {fault}")
            continue
        seen: set[str] = set()
        for scenario, line in _scenarios(document.get("feature") or {}):
            scenarios += 1
            if scenario in seen:
                yield Text(
                    f"{name}:{line} 有两个场景都叫“{scenario}”，只有一个会运行",
                    f'{name}:{line} two scenarios are called "{scenario}", and only one of them would run',
                )
            seen.add(scenario)
    if sound and not scenarios:
        yield Text(f"{features} 的 .feature 文件里没有场景", f"the .feature files of {features} hold no scenario")


def _scenarios(node: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for child in node.get("children", ()):
        if "rule" in child:
            yield from _scenarios(child["rule"])
        elif "scenario" in child:
            yield child["scenario"]["name"], child["scenario"]["location"]["line"]

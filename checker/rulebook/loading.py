"""The way in: a folder of YAML files -> a rulebook, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Named
from dataclasses import dataclass
from pathlib import Path

from checker.documents.node import Node, Scalar, Sequence
from checker.model.coverage import Withdrawn
from checker.model.language import Text
from checker.model.problem import Problem
from checker.model.rulebook import FollowUp, Plan, Rulebook
from checker.rulebook import references
from checker.rulebook.coverage import compile_coverage
from checker.rulebook.files import Files, read_files, read_texts
from checker.rulebook.follow_ups import compile_follow_ups
from checker.rulebook.indicators import compile_indicators
from checker.rulebook.measures import Surroundings
from checker.rulebook.plan import compile_plan
from checker.rulebook.sections import Compiled, Placed, check_breakdowns, compile_section
from checker.rulebook.source import Complaints, Source, Spot

_DEFAULT = "pingluo-2021-2025"


@dataclass(frozen=True)
class Loaded:
    """What a folder gave: a rulebook, or None and the problems that stand in its way.

    `files` is what was read; `rules` are those of the rulebook in the plan's order, each with its place.
    """

    rulebook: Rulebook | None
    problems: list[Problem]
    files: Files
    rules: tuple[Placed, ...] = ()


def default_folder() -> Path:
    """Give the folder of the rulebook that ships: beside the package where installed, else the repository's."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "rules" / _DEFAULT
    return installed if installed.is_dir() else package.parent / "rules" / _DEFAULT


def load(folder: Path) -> Loaded:
    """Give the rulebook of `folder`, or None with every problem in all its files, in order of file, line and column."""
    complaints = Complaints()
    return _loaded(read_files(folder, complaints), complaints)


def texts_of(folder: Path) -> dict[str, str]:
    """Give the texts of the files of a rulebook's folder that loads without a problem, by name."""
    files = sorted(path for path in folder.glob("*.yaml") if path.is_file() and not path.name.startswith("."))
    return {path.name: path.read_text(encoding="utf-8-sig") for path in files}


def load_texts(texts: Named[str, str]) -> Loaded:
    """Give the rulebook of files whose `texts` are given by name, as `load` does of a folder."""
    complaints = Complaints()
    return _loaded(read_texts(texts, complaints), complaints)


def _loaded(files: Files, complaints: Complaints) -> Loaded:
    rulebook, rules = _compile(files, complaints)
    problems = complaints.sorted()
    return Loaded(None, problems, files) if problems else Loaded(rulebook, [], files, rules)


def _compile(files: Files, complaints: Complaints) -> tuple[Rulebook | None, tuple[Placed, ...]]:
    names = references.declared(files.plan, files.indicators, files.sections)
    _check_references(files, names, complaints)
    _check_unique(files.sections, complaints)
    plan, withdrawn = (files.plan and compile_plan(Spot(files.plan, complaints))) or (None, Withdrawn())
    indicators, checks = compile_indicators(Spot(files.indicators, complaints)) if files.indicators else ({}, ())
    unit_types = names.get(references.Name.UNIT_TYPE, frozenset())
    around = Surroundings(plan, unit_types, indicators)
    compiled = [compile_section(Spot(source, complaints), around) for source in files.sections]
    follow_ups = _follow_ups(files, unit_types, complaints)
    settled = compile_coverage(Spot(files.coverage, complaints)) if files.coverage else ()
    if plan is None:
        return None, ()
    _check_breakdowns(compiled, plan)
    sections = tuple(each.section for each in compiled if each.section)
    rulebook = Rulebook(
        plan=plan,
        indicators=indicators,
        checks=checks,
        sections=sections,
        follow_ups=follow_ups,
        settled=settled,
        withdrawn=withdrawn,
    )
    return rulebook, tuple(placed for each in compiled for placed in each.rules)


def _follow_ups(files: Files, unit_types: frozenset[str], complaints: Complaints) -> tuple[FollowUp, ...]:
    return compile_follow_ups(Spot(files.follow_ups, complaints), unit_types) if files.follow_ups else ()


def _check_breakdowns(compiled: list[Compiled], plan: Plan) -> None:
    rules = {rule.id: rule for each in compiled for _, rule in each.rules}
    for each in compiled:
        for spot, rule in each.rules:
            check_breakdowns(spot, rule, rules, plan)


def _check_references(files: Files, names: references.Names, complaints: Complaints) -> None:
    kinds = [("plan", files.plan), ("indicators", files.indicators), ("follow-ups", files.follow_ups)]
    for kind, source in [*kinds, *(("section", source) for source in files.sections)]:
        if source:
            references.check(Spot(source, complaints), kind, names)


def _check_unique(sections: list[Source], complaints: Complaints) -> None:
    """Complain of rules and sections whose id or number another file, or another rule, has already."""
    seen: dict[tuple[str, str], str] = {}
    for source in sections:
        for spot, noun, node in _named(Spot(source, complaints)):
            first = seen.get((noun.en, node.text))
            if first:
                spot.complain(
                    Text(
                        f"{noun.zh}重复：{node.text}（{first} 已有）",
                        f"{noun.en} {node.text} stands at {first} already",
                    ),
                    Text("请另取一个，或删去其中一个", "choose another, or delete one of them"),
                )
            elif node.text:
                seen[noun.en, node.text] = f"{source.name}:{node.row}"


def _named(spot: Spot) -> Iterator[tuple[Spot, Text, Scalar]]:
    section, rules = spot.source.at(("section",)), spot.source.at(("rules",))
    if isinstance(section, Scalar):
        yield spot / "section", Text("节号", "section"), section
    count = len(rules.items) if isinstance(rules, Sequence) else 0
    for number in range(count):
        node: Node | None = spot.source.at(("rules", number, "id"))
        if isinstance(node, Scalar):
            yield spot / "rules" / number / "id", Text("规则编号", "rule id"), node

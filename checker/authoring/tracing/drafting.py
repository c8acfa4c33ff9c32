"""Rules for the clauses that have none, as drafts in YAML, with what is uncertain asked in comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from checker.authoring.tracing.guessing import Guess, Target, guess
from checker.authoring.tracing.outline import FRONT, Outline, split_section
from checker.authoring.tracing.quantities import Quantity
from checker.model.language import Text, printable
from checker.model.number import ValueKind
from checker.model.rulebook import Force, Nature, Rulebook
from checker.model.target import Form

_LEAD = re.compile("^(?:牵头|责任|主管)(?:部门|单位)?[：:]|^(?:部门|单位)分工[：:]")
_MINOR = re.compile(r"[0-9.]+|（[0-9]+）|[①-⑳]")
_NUMBERED = re.compile(r"(.*?)([0-9]+)")


class Stub(NamedTuple):
    """An indicator that a draft needs and the rulebook does not have, as lines of YAML under its code."""

    code: str
    lines: tuple[str, ...]


class DraftRule(NamedTuple):
    """A drafted rule as lines of YAML without indentation; all of them comments where it cannot be judged yet."""

    lines: tuple[str, ...]
    questions: tuple[Text, ...]
    writable: bool


class DraftSection(NamedTuple):
    """The drafts for one section; `head` are the first lines of its file where the rulebook does not have it yet."""

    number: str
    head: tuple[str, ...]
    rules: tuple[DraftRule, ...]


class Drafts(NamedTuple):
    """Everything that was drafted, in the order of the text."""

    sections: tuple[DraftSection, ...]
    stubs: tuple[Stub, ...]

    @property
    def questions(self) -> list[Text]:
        """What has to be asked, in order."""
        return [question for section in self.sections for rule in section.rules for question in rule.questions]


class _Home(NamedTuple):
    section: str
    paragraph: str


def draft(quantities: Iterable[Quantity], rulebook: Rulebook, outline: Outline) -> Drafts:
    """Give a drafted rule for each of `quantities`, clauses of the text of `outline` that no rule of `rulebook` has."""
    writing = _Writing(rulebook)
    by_section: dict[str, list[DraftRule]] = {}
    for quantity in quantities:
        home = _home(quantity, rulebook)
        by_section.setdefault(home.section, []).append(writing.rule(quantity, home))
    known = {section.number for section in rulebook.sections}
    sections = (
        DraftSection(number, () if number in known else _head(number, rulebook, outline), tuple(rules))
        for number, rules in by_section.items()
    )
    return Drafts(tuple(sections), tuple(writing.stubs))


def _home(quantity: Quantity, rulebook: Rulebook) -> _Home:
    """Give the section of the rulebook that a clause belongs to, and its paragraph in it; else a section of its own."""
    labels = quantity.paragraph.section
    known = [(split_section(section.number), section.number) for section in rulebook.sections]
    inside = [(parts, number) for parts, number in known if labels[: len(parts)] == parts]
    if inside:
        parts, number = max(inside, key=lambda one: len(one[0]))
        return _Home(number, "".join(labels[len(parts) :]))
    if not labels:
        return _Home(FRONT, "")
    major = next((n for n, label in enumerate(labels) if n and _MINOR.fullmatch(label)), len(labels))
    return _Home("".join(labels[:major]), "".join(labels[major:]))


def _head(number: str, rulebook: Rulebook, outline: Outline) -> tuple[str, ...]:
    """Give the first lines of the file of a section that the rulebook does not have."""
    labels = () if number == FRONT else split_section(number)
    codes = rulebook.plan.departments.codes
    told = [one.text for one in outline.paragraphs if one.section[: len(labels)] == labels and _LEAD.match(one.text)]
    leads = [code for code, name in codes.items() if any(_short(name.zh) in text for text in told)]
    title = outline.titles.get(labels) or number
    asked = [] if leads else [_ask(Text("牵头部门是谁？先写第一个", "who leads? the first department for now"))]
    return (
        f"section: {_quoted(number)}",
        f"title: {_quoted(title)}",
        *asked,
        f"lead: [{', '.join(leads or list(codes)[:1])}]",
        "rules:",
    )


def _short(name: str) -> str:
    """Give a department's name as a plan abbreviates it."""
    return name.removeprefix("县").removeprefix("市") if len(name) > 3 else name


class _Writing:
    """Writes rule after rule, with ids that nobody has yet and a stub for each indicator that is missing."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self.stubs: list[Stub] = []
        self._ids = set(rulebook.rules)
        self._codes = set(rulebook.indicators)
        self._commitment = _after(rule.commitment for rule in rulebook.rules.values())

    def rule(self, quantity: Quantity, home: _Home) -> DraftRule:
        guessed = guess(quantity, self._rulebook)
        clause = printable(quantity.clause)
        questions = list(guessed.questions)
        if guessed.measure.known and guessed.target:
            name = guessed.measure.known.name
            questions.append(Text(f"指标是不是“{name.zh}”？", f"is the indicator “{name.en}”?"))
        measure = self._measure(guessed, quantity, home) if guessed.target else "{total: ?}"
        paragraph = f"paragraph: {_quoted(home.paragraph)}, " if home.paragraph else ""
        lines = [
            f"- id: {_free(f'draft.{_slug(home)}.', self._ids)}",
            f"  commitment: {next(self._commitment)}",
            f"  title: {_quoted(clause)}",
            f"  source: {{{paragraph}clause: {_quoted(clause)}}}",
            f"  of_each: {guessed.of_each}",
            f"  every: {guessed.every}",
            f"  measure: {measure}",
            f"  target: {_target(guessed.target)}",
            *(["  force: strive"] if guessed.force is Force.STRIVE else []),
            "  status: draft",
        ]
        if guessed.target is None:
            lines = [f"# {line}" for line in lines]
        about = tuple(Text(f"“{clause}”：{one.zh}", f"“{clause}”: {one.en}") for one in questions)
        where = f"# 第 {quantity.line} 行 line {quantity.line}"
        return DraftRule((where, *map(_ask, questions), *lines), about, guessed.target is not None)

    def _measure(self, guessed: Guess, quantity: Quantity, home: _Home) -> str:
        measure = guessed.measure
        code = measure.known.code if measure.known else self._stub(guessed, quantity, home)
        if measure.of:
            return f"{{share: {{of: {measure.of}, where: {{{code}: 是}}}}}}"
        return f"{{{measure.word}: {code}}}"

    def _stub(self, guessed: Guess, quantity: Quantity, home: _Home) -> str:
        measure = guessed.measure
        code = _free("draft_", self._codes)
        unit = {ValueKind.PERCENT: "%", ValueKind.BOOLEAN: "是/否"}.get(measure.kind, quantity.unit or "个")
        reporter, asked = self._reporter(guessed, home)
        lines = (
            _ask(Text("叫什么、一个怎么算、是逐期相加还是取最晚？", "its name, what one counts, flow or level?")),
            *([_ask(asked)] if asked else []),
            f"name: {_quoted(printable(quantity.clause))}",
            f"unit: {_quoted(unit)}",
            f"counts: {_quoted(printable(quantity.clause))}",
            f"nature: {(Nature.LEVEL if measure.kind is ValueKind.BOOLEAN else measure.nature).value}",
            f"value: {measure.kind.value}",
            f"reporter: {reporter}",
        )
        self.stubs.append(Stub(code, lines))
        return code

    def _reporter(self, guessed: Guess, home: _Home) -> tuple[str, Text | None]:
        departments = self._rulebook.plan.departments
        if guessed.measure.of or guessed.of_each != departments.below:
            return guessed.measure.of or guessed.of_each, None
        leads = [code for one in self._rulebook.sections if one.number == home.section for code in one.lead]
        named = [code for code in leads if code in departments.codes] or list(departments.codes)
        return f"{{department: {named[0]}}}", Text("谁报？先写一个部门", "who reports it? one department for now")


def _ask(question: Text) -> str:
    return f"# 问：{question.zh} {question.en}"


def _target(target: Target | None) -> str:
    if target is None:
        return '{at_least: "?"}'
    figures = [_quoted(figure) for figure in target.figures]
    said = f"[{', '.join(figures)}]" if target.form is Form.BETWEEN else figures[0]
    return f"{{{target.form.value}: {said}}}"


def _quoted(text: str) -> str:
    """Give `text` in double quotes, in which YAML and JSON agree."""
    return json.dumps(text, ensure_ascii=False)


def _slug(home: _Home) -> str:
    labels = [re.sub(r"[^\w.]", "", label) for label in split_section(home.section + home.paragraph)]
    return "-".join(filter(None, labels))[:40] or "0"


def _free(stem: str, taken: set[str]) -> str:
    """Give `stem` with the first number that makes it a name that nobody has, and take it."""
    name = next(name for number in count(1) if (name := f"{stem}{number}") not in taken)
    taken.add(name)
    return name


def _after(commitments: Iterable[str]) -> Iterator[str]:
    """Go through the commitments that come after the last: C28 is followed by C29."""
    numbered = [match for one in commitments if (match := _NUMBERED.fullmatch(one))]
    last = max(numbered, key=lambda match: int(match[2]), default=None)
    stem, width, number = (last[1], len(last[2]), int(last[2])) if last else ("C", 2, 0)
    return (f"{stem}{after:0{width}}" for after in count(number + 1))

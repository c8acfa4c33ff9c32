"""What a scenario builds up and looks at: a county's files, checked through the whole product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from checker.authoring.testing.answer import Answer, Asked, Record
from checker.authoring.testing.county import County, id_of
from checker.authoring.testing.mismatch import Mismatch, meant
from checker.authoring.testing.recording import Expectation, Recording, Test
from checker.authoring.testing.vocabulary import DRAFTS_TOO, KEEPING_GOING, MANNERS, UNKNOWN_PASSES
from checker.checking import Question, check_read
from checker.engines.judging import Judge
from checker.intake.reading import Inputs, Intake, read
from checker.model.language import Text
from checker.model.period import parse_date
from checker.model.rulebook import Rule, Rulebook
from checker.model.run import Run


class World:
    """One scenario's county, and what the last check of it said.

    `rulebooks`: those that scenarios may name. `judges`: all judge every check and must agree. `inputs`: where the
    data folders lie that scenarios name.
    """

    def __init__(self, folder: Path, rulebooks: Sequence[Rulebook], judges: Sequence[Judge], inputs: Path) -> None:
        self._folder, self._rulebooks, self._judges, self._inputs = folder, rulebooks, judges, inputs
        self._rulebook = rulebooks[0] if len(rulebooks) == 1 else None
        self._taken = False
        self._answer: Answer | None = None
        self._asked: Asked | None = None
        self.county = County()
        self.recordings: list[Recording] = []
        self.allow_unknown = False

    @property
    def plan(self) -> Rulebook:
        """The rulebook that the scenario is about."""
        if self._rulebook is None:
            raise Mismatch(Text("没有说明按哪个规划检查", "no step says by which plan to check"))
        return self._rulebook

    @property
    def answer(self) -> Answer:
        """What the last check said."""
        if self._answer is None:
            raise Mismatch(Text("还没有检查", "nothing has been checked yet"))
        return self._answer

    def choose(self, name: str) -> None:
        """Check by the one rulebook that `name` stands for."""
        fitting = [rulebook for rulebook in self._rulebooks if is_called(rulebook, name)]
        if len(fitting) != 1:
            titles = "；".join(rulebook.plan.title.zh for rulebook in fitting or self._rulebooks)
            raise Mismatch(
                Text(f"“{name}”不是指一个规划：{titles}", f'"{name}" does not stand for one plan of: {titles}')
            )
        self._rulebook = fitting[0]

    def rule(self, title: str) -> Rule:
        """Give the one rule of that title, or, where several bear it, the one of that id."""
        rules = self.plan.rules
        if title in rules:
            return rules[title]
        fitting = [rule for rule in rules.values() if rule.title.zh == title]
        if len(fitting) > 1:
            ids = "、".join(rule.id for rule in fitting)
            raise Mismatch(
                Text(
                    f"几条规则都叫“{title}”，请写编号：{ids}",
                    f'several rules are called "{title}", name one by id: {ids}',
                )
            )
        return meant(title, {rule.title.zh: rule for rule in rules.values()}, Text("事项", "rule"))

    def take(self, name: str) -> None:
        """Take the data folder of that name instead of what a scenario hands in."""
        self._folder, self._taken = self._inputs / name, True
        is_inside = self._folder.resolve().is_relative_to(self._inputs.resolve())
        if not is_inside or not self._folder.is_dir():
            raise Mismatch(Text(f"没有输入“{name}”：{self._folder}", f'there is no input "{name}": {self._folder}'))

    def check(self, as_of: str, manner: str = "") -> None:
        """Write the county's files, unless they are there, and check them in one of the `MANNERS`."""
        meant(manner, dict.fromkeys(MANNERS), Text("检查方式", "manner of checking"))
        day = parse_date(as_of)
        if day is None:
            raise Mismatch(Text(f"“{as_of}”不是一个日期", f'"{as_of}" is not a day'))
        if not self._taken:
            self.county.write(self._folder)
        self.allow_unknown = manner == UNKNOWN_PASSES
        self._asked = None
        self._ask(Question(as_of=day, include_drafts=manner == DRAFTS_TOO, keep_going=manner == KEEPING_GOING))

    def _ask(self, question: Question) -> None:
        intake = read(Inputs(folder=self._folder), self.plan)
        self._answer = Answer(self._judged(intake, question), self.plan)
        self.recordings.append(Recording(self.plan, intake, question))

    def _judged(self, intake: Intake, question: Question) -> Run:
        """Give the Run that every engine gives."""
        first, *others = (check_read(self.plan, intake, question, judge) for judge in self._judges)
        for other in others:
            # Registry and spoils come from the intake, and are no matter of the engine.
            if replace(other, engine=first.engine, registry=first.registry, spoils=first.spoils) != first:
                raise Mismatch(
                    Text(f"{first.engine} 与 {other.engine} 结论不同", f"{first.engine} and {other.engine} disagree")
                )
        return first

    def shuffled(self) -> Run:
        """Give what the same check says of the same county in another order of rows and files."""
        if self._taken:
            raise Mismatch(Text("有错的输入不打乱", "a given input is not shuffled"))
        folder = self._folder / "shuffled"
        self.county.write_shuffled(folder)
        return self._judged(read(Inputs(folder=folder), self.plan), self.recordings[-1].question)

    def look_at(self, unit: str, period: str, title: str) -> Asked:
        """Give which finding is meant; the steps that follow speak of it."""
        self._asked = Asked(self.rule(title).id, id_of(unit, self.plan), period)
        return self._asked

    def expect(self, test: Test, asked: Asked | None = None) -> None:
        """Expect something of the answer, now and whenever the scenario is asked again. Raises Mismatch."""
        answer = self.answer
        self.recordings[-1].expectations.append(Expectation(test, asked))
        if fault := test(answer):
            raise Mismatch(fault)

    def expect_of_finding(self, test: Callable[[Record, Answer], Text | None]) -> None:
        """Expect something of the finding that was looked at last."""
        asked = self._asked
        if asked is None:
            raise Mismatch(Text("前面没有说是哪一条结论", "no step before says which finding is meant"))

        def of_finding(answer: Answer) -> Text | None:
            finding = answer.finding(asked)
            return _absent(answer, asked) if finding is None else test(finding, answer)

        self.expect(of_finding, asked)


def is_called(rulebook: Rulebook, name: str) -> bool:
    """Whether scenarios mean `rulebook` by `name`: its id, or part of its title."""
    return bool(name) and (name == rulebook.plan.id or name in rulebook.plan.title.zh or name in rulebook.plan.title.en)


def _absent(answer: Answer, asked: Asked) -> Text:
    where = f"{answer.name_of(asked.unit)} {asked.period}"
    return answer.refusal or Text(f"没有 {where} 的结论", f"there is no finding of {where}")

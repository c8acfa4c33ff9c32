"""What became of each finding since an earlier check.

With the inputs of the earlier check its causes are recomputed; with digests alone they are narrowed down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from checker.baseline.earlier import Earlier, Found, found_by
from checker.baseline.exchanging import Exchange, World, asked_as, judge
from checker.baseline.inputs import Kept, keep
from checker.baseline.suspecting import Suspicion, begun_since, differing
from checker.checking import Question
from checker.model.changes import Cause, Change, Changes, State
from checker.model.language import Text
from checker.model.run import Run

_FAILED = frozenset({"not_met", "unknown"})
_OTHER_PLAN = Text("早先的检查是另一个规划的", "the earlier check is of another plan")
_SINGLE_FILES = Text("单个文件的检查不能与早先的比较，请用文件夹或 --all",
                     "a check of single files cannot be compared: use a folder or --all")  # fmt: skip
_ASKED_OTHERWISE = Text(
    "早先的检查问得不同（--unit、--rule、--responsible、--include-drafts），请照样再问",
    "the earlier check was asked otherwise (--unit, --rule, --responsible, --include-drafts): ask alike",
)
_EDITED = Text(
    "早先的记录重做不出它自己的结论：记录被改过，或程序改了却没有换版本号",
    "the earlier record does not repeat its own findings: it was edited, or the tool changed without a new version",
)


class Incomparable(Exception):  # noqa: N818 (a fact about two checks, no fault of the program)
    """The two checks cannot be compared; `why` says it in both languages."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def changed_since(earlier: Earlier, run: Run, question: Question) -> Run:
    """Give `run`, the answer to `question`, with what became of each finding since `earlier`.

    A Run that judged nothing comes back as it is. Raises Incomparable where the two checks cannot be compared.
    """
    inputs = keep(run)
    if run.findings is None or inputs is None:
        return run
    if inputs.rulebook.plan.id != earlier.output.plan.id:
        raise Incomparable(_OTHER_PLAN)
    if question.partial or (earlier.question and earlier.question.partial):
        raise Incomparable(_SINGLE_FILES)
    now = found_by(inputs.rulebook.plan.id, run.findings)
    known = _recomputed(earlier, run.version, inputs, question, now)
    if known is None:
        known = _suspected(earlier, run, inputs, question, now)
    changes = {one: _change(earlier, one, now, known[one]) for one in known}
    found = {one: changes[one] for one in now}
    gone = {one: change for one, change in changes.items() if change.state is State.GONE}
    return replace(run, changes=Changes(earlier.output.as_of, earlier.output.tool.version, found, gone))


Known = Mapping[str, tuple[tuple[Cause, ...], bool]]
"""By the ids of findings of either check: causes, and whether they are certain."""


def _recomputed(earlier: Earlier, version: str, inputs: Kept, question: Question, now: Found) -> Known | None:
    if earlier.inputs is None or earlier.question is None:
        return None
    if not asked_as(earlier.question, question):
        raise Incomparable(_ASKED_OTHERWISE)
    exchange = Exchange(World(earlier.inputs, earlier.question), earlier.found, World(inputs, question), now)
    if earlier.output.tool.version == version and exchange.repeated != earlier.found:
        raise Incomparable(_EDITED)
    return {one: (exchange.causes(one), True) for one in _ids(earlier, now)}


def _suspected(earlier: Earlier, run: Run, inputs: Kept, question: Question, now: Found) -> Known:
    that_day = replace(question, as_of=earlier.output.as_of)
    suspicion = Suspicion(
        differ=differing(earlier, run),
        then=earlier.found,
        now=now,
        now_on_that_day=now if that_day == question else judge(inputs, that_day),
        begun_since=begun_since(earlier, run),
    )
    possible = {one: suspicion.causes(one) for one in _ids(earlier, now)}
    return {one: (found, len(found) == 1) for one, found in possible.items()}


def _ids(earlier: Earlier, now: Found) -> Iterable[str]:
    return {**earlier.found, **now}


def _change(earlier: Earlier, one: str, now: Found, known: tuple[tuple[Cause, ...], bool]) -> Change:
    before, after = earlier.found.get(one), now.get(one)
    state = _state(before, after)
    if state is State.PERSISTING:
        return Change(state, earlier.outcomes[one])
    found, certain = known
    if not found:
        raise Incomparable(_EDITED if before and after else _ASKED_OTHERWISE)
    return Change(state, earlier.outcomes.get(one), found, certain)


def _state(then: Mapping[str, object] | None, now: Mapping[str, object] | None) -> State:
    if then is None:
        return State.NEW
    if now is None:
        return State.GONE
    if then == now:
        return State.PERSISTING
    return State.RESOLVED if then["verdict"] in _FAILED and now["verdict"] == "met" else State.CHANGED

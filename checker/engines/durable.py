"""The contract's verdicts as rules that durable-rules evaluates: "Verdicts" 1, 2 and 4, and "Follow-ups".

Every case becomes one event of whole numbers that exactly one rule matches; the rule that fires is the verdict. The
library can fail without a word (answers taken by its timers, errors swallowed, events refused), so every answer is
counted against its question, and anything but one for one is an `EngineError`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, product
from threading import Lock
from typing import Any, Final, TypeVar

from durable.engine import Host, MessageNotHandledException, MessageObservedException, Promise

from checker.engines.judging import Case, EngineError, Outcome
from checker.model.finding import Verdict
from checker.model.number import Number
from checker.model.target import Form

Event = dict[str, int | str]
Definition = dict[str, object]
Item = TypeVar("Item", bound=Hashable)

BATCH: Final = 250
MOST_HOSTS: Final = 8
MOST_KNOWN: Final = 10_000
"""How many answers a judge remembers of each family before it forgets them all."""
BEYOND: Final = 2**62
"""Stands for infinity: larger than any number that is sent, and still a 64-bit integer."""

_JUDGEMENTS: Final = "judgements"
_FOLLOW_UPS: Final = "follow_ups"
_OPERATORS: Final = {">=": "$gte", ">": "$gt", "<=": "$lte", "<": "$lt"}
_INTERVAL: Final = {
    "lower >= low, upper <= high": Verdict.MET,
    "lower >= low, upper > high, lower > high": Verdict.NOT_MET,
    "lower >= low, upper > high, lower <= high": Verdict.UNKNOWN,
    "lower < low, upper < low": Verdict.NOT_MET,
    "lower < low, upper >= low": Verdict.UNKNOWN,
}
# A form's conditions exclude one another and leave no gap, whatever the numbers: of two rules that match an event
# the library fires only one, and an event that none matches stays unjudged.
_STANDINGS: Final[Mapping[Form, Mapping[str, Verdict]]] = {
    Form.AT_LEAST: {
        "lower >= low": Verdict.MET,
        "lower < low, upper < low": Verdict.NOT_MET,
        "lower < low, upper >= low": Verdict.UNKNOWN,
    },
    Form.MORE_THAN: {
        "lower > low": Verdict.MET,
        "lower <= low, upper <= low": Verdict.NOT_MET,
        "lower <= low, upper > low": Verdict.UNKNOWN,
    },
    Form.AT_MOST: {
        "upper <= high": Verdict.MET,
        "upper > high, lower > high": Verdict.NOT_MET,
        "upper > high, lower <= high": Verdict.UNKNOWN,
    },
    Form.LESS_THAN: {
        "upper < high": Verdict.MET,
        "upper >= high, lower >= high": Verdict.NOT_MET,
        "upper >= high, lower < high": Verdict.UNKNOWN,
    },
    Form.BETWEEN: _INTERVAL,
    Form.EQUALS: _INTERVAL,
}
_DECIDES_EARLY: Final = {
    Form.AT_LEAST: Verdict.MET,
    Form.MORE_THAN: Verdict.MET,
    Form.AT_MOST: Verdict.NOT_MET,
    Form.LESS_THAN: Verdict.NOT_MET,
}
_FIRES: Final = {"reached >= needed": True, "reached < needed": False}


class DurableJudge:
    """Judges by the rules of durable-rules; safe to share between threads.

    All judges of a process share one host, because the library never frees one; `rules` gives this judge its own.
    """

    name: Final = "durable"

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or shared_rules()
        self._known: dict[str, dict[Hashable, str]] = {_JUDGEMENTS: {}, _FOLLOW_UPS: {}}

    def judge(self, cases: Iterable[Case]) -> Iterator[Outcome]:
        """Give one outcome for each case, in order, reading up to `BATCH` cases ahead. Raises EngineError."""
        for fired in self._put(_JUDGEMENTS, cases, _question):
            yield _OUTCOMES[fired]

    def alerts(self, counts: Iterable[tuple[int, int]]) -> Iterator[bool]:
        """Give for each pair (count, needed) whether the follow-up fires, in order. Raises EngineError."""
        for fired in self._put(_FOLLOW_UPS, counts, _reach):
            yield _FIRES[fired]

    def _put(self, family: str, asked: Iterable[Item], event: Callable[[Item], Event]) -> Iterator[str]:
        """Go through the rules that fired for each of what is `asked`."""
        known = self._known[family]
        for batch in _batches(asked):
            # Units are often alike in what decides them; each such case is put to the rules once.
            answers = [known.get(one) for one in batch]
            fresh = list(dict.fromkeys(one for one, answer in zip(batch, answers, strict=True) if answer is None))
            fired = self._rules.fired(family, [event(one) for one in fresh])
            told: dict[Hashable, str] = dict(zip(fresh, fired, strict=True))
            if len(known) > MOST_KNOWN:
                known.clear()
            known.update(told)
            yield from (answer or told[one] for one, answer in zip(batch, answers, strict=True))


class Rules:
    """Both families of rules on one host: says which rule each event fires. Safe to share between threads.

    A host that failed still holds events, which would fire with the next batch, so a new one takes its place. The
    old one is never freed (the library cannot, and its `delete_state` can crash): hence at most `MOST_HOSTS`.
    """

    def __init__(self) -> None:
        self.host: Any = None
        self._hosts = 0
        self._posted = 0
        self._fired: list[tuple[int, str]] = []
        self._lock = Lock()

    def fired(self, family: str, events: list[Event]) -> list[str]:
        """Give the name of the rule that each event fired, in order.

        Raises EngineError unless every event fired exactly one.
        """
        if not events:
            return []  # an empty batch reads memory that nobody set
        with self._lock:
            host, self.host = self.host or self._new_host(), None
            numbers = range(self._posted, self._posted + len(events))
            self._posted = numbers.stop
            self._fired.clear()
            # Ids begin again with each batch: an event is gone once it fired, and the library tells ids apart by a
            # hash of 32 bits only, in which new ones for ever would collide. The number says whose answer it is.
            marked = enumerate(zip(numbers, events, strict=True))
            _post(host, family, [{"id": str(place), "number": number, **event} for place, (number, event) in marked])
            answers = sorted(self._fired)
            if [number for number, _ in answers] != list(numbers):
                raise EngineError(_miscount(family, [number for number, _ in answers], numbers))
            self.host = host
            return [name for _, name in answers]

    def _new_host(self) -> _QuietHost:
        if self._hosts == MOST_HOSTS:
            raise EngineError(f"durable-rules failed {MOST_HOSTS} times in this process: restart it or use plain")
        self._hosts += 1
        judgements = {name: self._rule(name, tests) for name, tests, _ in _judgements()}
        follow_ups = {name: self._rule(name, _tests(name)) for name in _FIRES}
        return _QuietHost({_JUDGEMENTS: judgements, _FOLLOW_UPS: follow_ups})

    def _rule(self, name: str, tests: list[Definition]) -> Definition:
        def note(context: Any) -> None:
            self._fired.append((context.m.number, name))

        return {"all": [{"m": {"$and": tests}}], "run": _Answer(note)}


@lru_cache(maxsize=1)
def shared_rules() -> Rules:
    """Give the rules that all judges of this process share, made when first asked for."""
    return Rules()


# The library publishes no types, so both base classes are Any.
class _QuietHost(Host):  # type: ignore[misc]
    """A host without the library's timer threads, which would take answers away from the caller."""

    def _run(self) -> None:
        pass


class _Answer(Promise):  # type: ignore[misc]
    """A rule's action that reports its errors; the library's own turns even Ctrl-C into a text in the state."""

    def run(self, context: object, complete: Callable[[BaseException | None], None]) -> None:
        """Act, and say what was raised, if anything was."""
        try:
            self._func(context)
        except BaseException as error:
            complete(error)
        else:
            complete(None)


def _post(host: _QuietHost, family: str, events: list[Event]) -> None:
    try:
        state = host.post_batch(family, events)
    except (MessageNotHandledException, MessageObservedException) as refusal:
        # Its text is the whole batch: left out of the message and of the traceback.
        name = type(refusal).__name__
        raise EngineError(f"durable-rules refused at least one of {len(events)} {family}: {name}") from None
    except Exception as error:
        raise EngineError(f"durable-rules failed on {len(events)} {family}: {error!r}") from error
    if state and "exception" in state:
        raise EngineError(f"durable-rules failed on {len(events)} {family}: {state['exception']}")


def _miscount(family: str, answered: list[int], asked: range) -> str:
    known = set(answered)
    missing = len(set(asked) - known)
    strange = len(known - set(asked))
    return (
        f"durable-rules gave {len(answered)} answers to {len(asked)} {family}, expected one each: "
        f"{missing} without, {len(answered) - len(known)} too many, {strange} to something else"
    )


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch


def _reach(pair: tuple[int, int]) -> Event:
    reached, needed = _whole(pair)
    return {"reached": reached, "needed": needed}


def _question(case: Case) -> Event:
    lower, upper, low, high = _bounds(case)
    stage = "due" if case.due else "early" if case.early else "later"
    return {
        "form": case.form.value,
        "stage": stage,
        "waived": int(case.waived),
        "lower": lower,
        "upper": upper,
        "low": low,
        "high": high,
    }


def _bounds(case: Case) -> tuple[int, int, int, int]:
    """Give lower, upper, low and high as whole numbers in the same order; no bounds are from -BEYOND to BEYOND."""
    if case.lower is None:
        low, high = _whole((case.low, case.high))
        return -BEYOND, BEYOND, low, high
    if case.upper is None:
        lower, low, high = _whole((case.lower, case.low, case.high))
        return lower, BEYOND, low, high
    lower, upper, low, high = _whole((case.lower, case.upper, case.low, case.high))
    return lower, upper, low, high


def _whole(values: tuple[Number, ...]) -> list[int]:
    """Give whole numbers below BEYOND that compare as `values` do: each times the common denominator.

    Where a product is too large, ranks take their place, which are the signs of all exact differences.
    """
    scale = math.lcm(*(value.denominator for value in values))
    products = [value.numerator * (scale // value.denominator) for value in values]
    if max(map(abs, products)) < BEYOND:
        return products
    ranked = sorted(set(products))
    return [ranked.index(product) for product in products]


def _judgements() -> Iterator[tuple[str, list[Definition], Outcome]]:
    """Go through the rules of all forms, stages and waivers: name, what an event must satisfy, what that means."""
    for form, stage, waived in product(Form, ("due", "early", "later"), (0, 1)):
        for number, (conditions, standing) in enumerate(_STANDINGS[form].items()):
            tests: list[Definition] = [{"form": form.value}, {"stage": stage}, {"waived": waived}, *_tests(conditions)]
            name = f"{form.value}-{stage}-{waived}-{number}-{standing.value}"
            yield name, tests, _outcome(form, stage, bool(waived), standing)


def _outcome(form: Form, stage: str, waived: bool, standing: Verdict) -> Outcome:
    decided = stage == "due" or (stage == "early" and _DECIDES_EARLY.get(form) is standing)
    verdict = standing if decided else Verdict.PENDING
    if waived and verdict in {Verdict.NOT_MET, Verdict.UNKNOWN}:
        return Outcome(Verdict.WAIVED, verdict, standing)
    return Outcome(verdict, None, standing)


def _tests(conditions: str) -> list[Definition]:
    """Give ``lower >= low, upper <= high`` as the library writes comparisons of two fields."""
    words = (condition.split(" ") for condition in conditions.split(", "))
    return [{_OPERATORS[operator]: {left: {"$m": right}}} for left, operator, right in words]


_OUTCOMES: Final = {name: outcome for name, _, outcome in _judgements()}

"""A loud error whenever durable-rules fails without a word."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from checker.engines.judging import EngineError
from checker.model.target import Form

engine = pytest.importorskip("durable.engine", reason="durable-rules is not installed", exc_type=ImportError)

from checker.engines import durable  # noqa: E402
from checker.engines.durable import BATCH, MOST_HOSTS, DurableJudge, Rules  # noqa: E402
from tests.engines.cases import case, judged  # noqa: E402


def faulty(action: Callable[[Rules], object]) -> Rules:
    """Give rules whose follow-up that fires does `action` instead."""
    rules = Rules()
    rules.fired("follow_ups", [{"reached": 0, "needed": 1}])

    def act(_: Any) -> None:
        action(rules)

    rules.host.get_ruleset("follow_ups")._actions["reached >= needed"] = durable._Answer(act)
    return rules


def answer(rules: Rules, number: int | None = None, times: int = 1) -> None:
    last = rules._posted - 1
    rules._fired.extend([(last if number is None else number, "reached >= needed")] * times)


def refuse(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda _: None, "gave 1 answers to 2 follow_ups, expected one each: 1 without, 0 too many, 0 to something"),
        (lambda rules: answer(rules, times=2), "gave 3 answers to 2 follow_ups, .* 0 without, 1 too many, 0 to some"),
        (lambda rules: answer(rules, number=-1), "gave 2 answers to 2 follow_ups, .* 1 without, 0 too many, 1 to some"),
        (lambda _: refuse(ZeroDivisionError("no")), "failed on 2 follow_ups: ZeroDivisionError"),
    ],
    ids=["lost", "double", "stranger", "raising"],
)
def test_anything_but_one_answer_each_is_an_error(action: Callable[[Rules], object], message: str) -> None:
    judge = DurableJudge(faulty(action))
    with pytest.raises(EngineError, match=message):
        list(judge.alerts([(1, 2), (2, 2)]))
    assert list(judge.alerts([(1, 2), (2, 2)])) == [False, True]  # on a new host, without what the old one held


def test_an_error_that_the_library_swallows_is_raised() -> None:
    rules = faulty(lambda _: None)
    actions = rules.host.get_ruleset("follow_ups")._actions
    actions["reached >= needed"] = engine.Promise(lambda _: refuse(ZeroDivisionError("swallowed")))
    with pytest.raises(EngineError, match="exception caught swallowed"):
        list(DurableJudge(rules).alerts([(2, 2)]))


def test_an_interruption_stays_one() -> None:
    judge = DurableJudge(faulty(lambda _: refuse(KeyboardInterrupt())))
    with pytest.raises(KeyboardInterrupt):
        list(judge.alerts([(2, 2)] * 3))
    assert list(judge.alerts([(2, 2), (1, 2), (2, 2)])) == [True, False, True]


def test_an_event_that_no_rule_matches_is_an_error_and_leaves_nothing_behind() -> None:
    rules = Rules()
    with pytest.raises(EngineError, match="refused at least one of 3 follow_ups: MessageNotHandled") as caught:
        rules.fired("follow_ups", [{"reached": 2, "needed": 1}, {"reached": 1}, {"reached": 2, "needed": 1}])
    assert caught.value.__suppress_context__  # its text would be the whole batch
    assert caught.value.__cause__ is None
    assert rules.fired("follow_ups", [{"reached": 0, "needed": 1}]) == ["reached < needed"]


def test_ids_that_the_library_takes_for_one_another_are_an_error() -> None:
    alike: list[durable.Event] = [{"id": name, "reached": 1, "needed": 1} for name in ("40189", "797186")]
    with pytest.raises(EngineError, match="MessageObserved"):
        Rules().fired("follow_ups", alike)


def test_the_ids_that_are_sent_are_few_and_differ_in_the_librarys_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: set[str] = set()
    post = durable._post

    def spy(host: durable._QuietHost, family: str, events: list[durable.Event]) -> None:
        sent.update(str(event["id"]) for event in events)
        post(host, family, events)

    monkeypatch.setattr(durable, "_post", spy)
    list(DurableJudge().alerts((count, 1) for count in range(3 * BATCH)))
    hashes = set()
    for name in sent:
        digest = 0x811C9DC5  # FNV-1a, 32 bits
        for byte in name.encode():
            digest = (digest ^ byte) * 16777619 % 2**32
        hashes.add(digest)
    assert len(sent) == len(hashes) == BATCH


def test_an_event_at_which_the_library_stops_reading_a_batch_is_an_error() -> None:
    wide: durable.Event = {f"field{n}": n for n in range(300)}
    event: durable.Event = {"reached": 1, "needed": 1}
    with pytest.raises(EngineError, match="gave 1 answers to 3 follow_ups, expected one each: 2 without"):
        Rules().fired("follow_ups", [event, event | wide, event])


def test_nothing_is_posted_that_the_library_cannot_read() -> None:
    assert Rules().fired("follow_ups", []) == []
    inexact: Any = 1e-7
    with pytest.raises(AttributeError, match="'float' object has no attribute"):
        judged(case(Form.AT_LEAST, 1, inexact, 1))


def test_answers_lost_because_the_clock_jumped_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = count(step=3600)
    monkeypatch.setattr(engine, "_unix_now", lambda: next(hours))
    with pytest.raises(EngineError, match="gave 1 answers to 3 follow_ups"):
        list(DurableJudge(Rules()).alerts([(2, 2), (3, 2), (4, 2)]))


def test_hosts_that_keep_failing_are_not_replaced_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = DurableJudge(Rules())
    monkeypatch.setattr(engine.Host, "post_batch", lambda *_: None)
    for _ in range(MOST_HOSTS):
        with pytest.raises(EngineError, match="gave 0 answers to 1 follow_ups"):
            list(judge.alerts([(1, 1)]))
    with pytest.raises(EngineError, match=f"failed {MOST_HOSTS} times in this process: restart it or use plain"):
        list(judge.alerts([(1, 1)]))


def test_the_rules_are_plain_data() -> None:
    rules = [(name, tests) for name, tests, _ in durable._judgements()]
    assert json.loads(json.dumps(dict(rules))) == dict(rules)
    assert len(dict(rules)) == len(rules) == 132

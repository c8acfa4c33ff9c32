"""The judge that asks durable-rules: right answers, and a loud error whenever the library fails without a word."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import count, islice, product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.engines.judging import Case, EngineError, Outcome
from checker.model.finding import Verdict
from checker.model.number import Number
from checker.model.target import Form

engine = pytest.importorskip("durable.engine", reason="durable-rules is not installed", exc_type=ImportError)

from checker.engines import durable  # noqa: E402
from checker.engines.durable import BATCH, BEYOND, MOST_HOSTS, DurableJudge, Rules, shared_rules  # noqa: E402

MET, NOT_MET, PENDING, UNKNOWN, WAIVED = Verdict
BITS_53, BITS_62 = 2**53, 2**62
FAMILIES = ("judgements", "follow_ups")


def case(
    form: Form,
    target: Number | tuple[Number, Number],
    lower: Number | None,
    upper: Number | None,
    stage: str = "due",
    *,
    waived: bool = False,
) -> Case:
    low, high = target if isinstance(target, tuple) else (target, target)
    return Case(form, low, high, lower, upper, stage == "due", stage == "early", waived)


def judged(*cases: Case) -> list[Outcome]:
    return list(DurableJudge().judge(cases))


def satisfies(form: Form, value: Number, low: Number, high: Number) -> bool:
    return {
        Form.AT_LEAST: value >= low,
        Form.MORE_THAN: value > low,
        Form.AT_MOST: value <= high,
        Form.LESS_THAN: value < high,
        Form.BETWEEN: low <= value <= high,
        Form.EQUALS: value == low,
    }[form]


def standing_of(asked: Case) -> Verdict:
    """Tries every value that can matter, instead of comparing bounds."""
    if asked.lower is None:
        return UNKNOWN
    largest = max(asked.lower, asked.high) + 1 if asked.upper is None else asked.upper
    corners = {asked.lower, largest, asked.low, asked.high, asked.low - 1, asked.high + 1}
    between = {Fraction(one + other) / 2 for one, other in product(corners, corners)}
    possible = [value for value in corners | between if asked.lower <= value <= largest]
    answers = {satisfies(asked.form, value, asked.low, asked.high) for value in possible}
    return UNKNOWN if len(answers) == 2 else MET if answers == {True} else NOT_MET


def expected(asked: Case) -> Outcome:
    standing = standing_of(asked)
    verdict = standing if asked.due else PENDING
    if asked.early and not asked.due:
        # What is reported only grows, so it is decided when it would be with an open upper bound.
        sure = standing_of(asked._replace(upper=None))
        if (asked.form, sure) in {(Form.AT_LEAST, MET), (Form.MORE_THAN, MET)}:
            verdict = MET
        if (asked.form, sure) in {(Form.AT_MOST, NOT_MET), (Form.LESS_THAN, NOT_MET)}:
            verdict = NOT_MET
    waived = asked.waived and verdict in {NOT_MET, UNKNOWN}
    return Outcome(WAIVED, verdict, standing) if waived else Outcome(verdict, None, standing)


def small_cases() -> Iterator[Case]:
    bounds: list[tuple[int | None, int | None]] = [(None, None), *((lower, None) for lower in range(5))]
    bounds += [(lower, upper) for lower in range(5) for upper in range(lower, 5)]
    for form, (lower, upper), stage, waived in product(Form, bounds, ("due", "early", "later"), (False, True)):
        for target in [(1, 3), (1, 2), (2, 2)] if form is Form.BETWEEN else [(2, 2), (0, 0)]:
            yield case(form, target, lower, upper, stage, waived=waived)


def many_cases(number: int) -> list[Case]:
    small = list(small_cases())
    return [small[n * 7919 % len(small)] for n in range(number)]


numbers = st.one_of(
    st.integers(0, 20),
    st.fractions(0, 3, max_denominator=12),
    st.integers(BITS_62 - 2, BITS_62 + 2),
    st.integers(-(2**64), 2**64),
    st.builds(Fraction, st.integers(10**30 - 2, 10**30 + 2), st.integers(10**30 - 2, 10**30 + 2)),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    form = draw(st.sampled_from(Form))
    low, high = sorted([draw(numbers), draw(numbers)])
    lower, upper = sorted([draw(numbers), draw(numbers)])
    known = draw(st.sampled_from(["closed", "open", "none"]))
    return Case(
        form,
        low,
        high if form is Form.BETWEEN else low,
        None if known == "none" else lower,
        upper if known == "closed" else None,
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.booleans()),
    )


# Right answers


def test_every_form_stage_and_waiver_on_every_pair_of_small_bounds() -> None:
    asked = list(small_cases())
    assert judged(*asked) == [expected(one) for one in asked]


@given(st.lists(cases(), max_size=20))
@example([])
def test_any_exact_numbers_are_judged_as_by_trying_values(asked: list[Case]) -> None:
    assert judged(*asked) == [expected(one) for one in asked]


@pytest.mark.parametrize("figure", [BITS_53 + 1, BITS_62 - 1, BITS_62, BITS_62 + 1, 2**63, 2**64, 10**30])
def test_a_figure_of_any_size_is_compared_to_the_last_unit(figure: int) -> None:
    below, above = figure - 1, figure + 1
    verdicts = [
        one.verdict
        for form in (Form.AT_LEAST, Form.MORE_THAN, Form.AT_MOST, Form.LESS_THAN, Form.EQUALS)
        for one in judged(*(case(form, figure, value, value) for value in (below, figure, above)))
    ]
    assert verdicts == [
        *(NOT_MET, MET, MET),
        *(NOT_MET, NOT_MET, MET),
        *(MET, MET, NOT_MET),
        *(MET, NOT_MET, NOT_MET),
        *(NOT_MET, MET, NOT_MET),
    ]


def test_fractions_whose_products_pass_62_bits_are_still_exact() -> None:
    third, less = Fraction(10**30, 3 * 10**30), Fraction(10**30 - 1, 3 * 10**30)
    outcomes = judged(case(Form.AT_LEAST, third, third, third), case(Form.AT_LEAST, third, less, less))
    assert [one.verdict for one in outcomes] == [MET, NOT_MET]


def test_no_number_however_large_reaches_an_open_end() -> None:
    open_ends = [case(Form.AT_MOST, figure, 0, None) for figure in (BEYOND - 1, BEYOND, 10**40)]
    assert [one.verdict for one in judged(*open_ends)] == [UNKNOWN] * 3


@given(st.lists(numbers, min_size=1, max_size=4))
def test_what_is_sent_fits_62_bits_and_compares_as_the_numbers_do(values: list[Number]) -> None:
    sent = durable._whole(tuple(values))
    assert all(abs(one) < BITS_62 for one in sent)
    assert [a < b for a, b in product(sent, sent)] == [a < b for a, b in product(values, values)]


@pytest.mark.parametrize("form", Form)
def test_a_forms_conditions_leave_no_gap_and_no_overlap(form: Form) -> None:
    compare: dict[str, Callable[[int, int], bool]] = {
        ">=": lambda a, b: a >= b,
        ">": lambda a, b: a > b,
        "<=": lambda a, b: a <= b,
        "<": lambda a, b: a < b,
    }
    for lower, upper, low, high in product(range(4), repeat=4):
        value = {"lower": lower, "upper": upper, "low": low, "high": high}
        tests = [[test.split() for test in conditions.split(", ")] for conditions in durable._STANDINGS[form]]
        fitting = [all(compare[how](value[left], value[right]) for left, how, right in one) for one in tests]
        assert fitting.count(True) == 1


def test_a_follow_up_fires_from_the_needed_count_on() -> None:
    counts = [(1, 2), (2, 2), (3, 2), (0, 0), (10**30, 10**30 + 1), (10**30, 10**30)]
    assert list(DurableJudge().alerts(counts)) == [False, True, True, True, False, True]


# Many at once


@pytest.mark.parametrize("number", [0, 1, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH, 2 * BATCH + 1, 20_000])
def test_any_number_of_cases_gets_one_answer_each_in_order(number: int) -> None:
    asked = many_cases(number)
    known = {one: expected(one) for one in set(asked)}
    assert judged(*asked) == [known[one] for one in asked]
    assert list(DurableJudge().alerts((n % 5, 3) for n in range(number))) == [n % 5 >= 3 for n in range(number)]


def test_an_endless_stream_is_read_one_batch_ahead() -> None:
    read = count()
    endless = (case(Form.AT_LEAST, 5, n, n) for n in read)
    assert [one.verdict for one in islice(DurableJudge().judge(endless), 7)] == [NOT_MET] * 5 + [MET] * 2
    assert next(read) == BATCH


def test_the_host_keeps_nothing_of_what_it_judged() -> None:
    rules = Rules()
    judge = DurableJudge(rules)
    for _ in range(3):
        list(judge.judge(many_cases(1_000)))
        list(judge.alerts([(1, 2)] * 1_000))
        assert [rules.host.get_facts(family, "0") for family in FAMILIES] == [[], []]
        assert [rules.host.get_pending_events(family, "0") for family in FAMILIES] == [[], []]
        assert [rules.host.get_state(family, "0") for family in FAMILIES] == [{"sid": "0", "id": "sid-0", "$s": 1}] * 2
    assert len(rules._fired) <= BATCH


def test_all_judges_of_a_process_share_one_host() -> None:
    judged(case(Form.AT_LEAST, 1, 1, 1))
    first = shared_rules().host
    judged(case(Form.AT_LEAST, 1, 1, 1))
    assert shared_rules().host is first


def test_no_thread_is_started() -> None:
    before = threading.enumerate()
    list(DurableJudge(Rules()).judge(many_cases(10)))
    assert threading.enumerate() == before


def test_threads_that_share_a_judge_get_their_own_answers() -> None:
    judge = DurableJudge()
    works = [[case(Form.AT_LEAST, 10, n + shift, n + shift) for n in range(20)] * 100 for shift in (0, 3, 7, 10)]
    with ThreadPoolExecutor(len(works)) as pool:
        answers = list(pool.map(lambda asked: list(judge.judge(asked)), works))
    assert answers == [[expected(one) for one in asked] for asked in works]


def test_cases_may_themselves_come_from_the_judge() -> None:
    judge = DurableJudge()
    chained = (case(Form.EQUALS, 1, int(fires), int(fires)) for fires in judge.alerts([(1, 2), (2, 2)]))
    assert [one.verdict for one in judge.judge(chained)] == [NOT_MET, MET]


# Faults of the library


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
    assert list(judge.alerts([(2, 2)] * 3)) == [True] * 3


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
    list(DurableJudge().alerts([(1, 1)] * (3 * BATCH)))
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
        list(DurableJudge(Rules()).alerts([(2, 2)] * 3))


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

"""The judge that asks durable-rules gives right answers, to any number of cases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import count, islice, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.engines.judging import Case
from checker.model.number import Number
from checker.model.target import Form

engine = pytest.importorskip("durable.engine", reason="durable-rules is not installed", exc_type=ImportError)

from checker.engines import durable  # noqa: E402
from checker.engines.durable import BATCH, BEYOND, DurableJudge, Rules, shared_rules  # noqa: E402
from tests.engines.cases import (  # noqa: E402
    BITS_53,
    BITS_62,
    MET,
    NOT_MET,
    UNKNOWN,
    case,
    cases,
    expected,
    judged,
    many_cases,
    numbers,
    small_cases,
)

FAMILIES = ("judgements", "follow_ups")


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


def test_a_case_is_put_to_the_rules_once_however_often_it_comes() -> None:
    rules = Rules()
    judge, asked = DurableJudge(rules), many_cases(3 * BATCH)
    first = list(judge.judge(asked))
    assert 0 < rules._posted <= len(set(asked))
    posted = rules._posted
    assert list(judge.judge(asked)) == first
    assert rules._posted == posted


def test_a_judge_that_has_forgotten_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "MOST_KNOWN", BATCH)
    judge, asked = DurableJudge(), [case(Form.AT_LEAST, 700, n, n) for n in range(5 * BATCH)]
    for _ in range(2):
        assert [one.verdict for one in judge.judge(asked)] == [NOT_MET] * 700 + [MET] * (5 * BATCH - 700)
        assert all(len(known) <= 2 * BATCH for known in judge._known.values())


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

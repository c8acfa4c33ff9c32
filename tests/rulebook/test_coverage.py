"""coverage.yaml: clauses that need no rule, each with its reason; the file may be left out."""

from __future__ import annotations

from checker.model.coverage import Settled
from checker.model.language import Text
from tests.rulebook.writing import SMALL, loaded, rewritten, said

COVERAGE = """\
settled:
  - {section: 三（三）2, clause: 覆盖率和利用率, reason: {zh: 没有数字, en: no figure}}
  - section: 一
    clause: 不断提高
    reason: 由 C01 承担
"""
WITH = {**SMALL, "coverage.yaml": COVERAGE}


def test_each_clause_is_settled_with_its_reason() -> None:
    rulebook = loaded(WITH).rulebook
    assert rulebook is not None
    assert rulebook.settled == (
        Settled(section="三（三）2", clause="覆盖率和利用率", reason=Text("没有数字", "no figure")),
        Settled(section="一", clause="不断提高", reason=Text("由 C01 承担", "由 C01 承担")),
    )


def test_what_is_settled_judges_nobody_so_the_digest_does_not_depend_on_it() -> None:
    one, other = loaded(WITH).rulebook, loaded(SMALL).rulebook
    assert one is not None
    assert other is not None
    assert (other.settled, one.digest) == ((), other.digest)


def test_its_faults_have_their_places() -> None:
    assert said({**WITH, "coverage.yaml": COVERAGE.replace("reason: 由", "because: 由")}) == (
        "coverage.yaml:3:5 缺少 reason → 请补上 reason: …\ncoverage.yaml:5:5 不认识的键“because” → 是不是 clause？"
    )
    assert said({**WITH, "coverage.yaml": "settled: 无\n"}) == (
        "coverage.yaml:1:10 settled 处是“无”，应为：列表 → 请写成 [甲, 乙] 或每行一个“- ”"
    )


def test_a_clause_is_settled_once() -> None:
    twice = COVERAGE + "  - {section: 一, clause: 不断提高, reason: 再说一次}\n"
    assert said({**WITH, "coverage.yaml": twice}) == ("coverage.yaml:6:26 一 的“不断提高”上面已有 → 请删去其中一个")


def test_it_may_settle_nothing() -> None:
    rulebook = loaded({**SMALL, "coverage.yaml": "settled: []\n"}).rulebook
    assert rulebook is not None
    assert rulebook.settled == ()


def test_withdrawn_names_are_kept_with_their_reasons_and_judge_nobody() -> None:
    texts = rewritten("plan.yaml", "departments:", "withdrawn:\n  rules: {a.old: 并入 a.talks}\ndepartments:")
    one, other = loaded(texts).rulebook, loaded(SMALL).rulebook
    assert one is not None
    assert other is not None
    assert one.withdrawn.rules == {"a.old": Text("并入 a.talks", "并入 a.talks")}
    assert (other.withdrawn.rules, other.withdrawn.indicators, one.digest) == ({}, {}, other.digest)
    assert said({**texts, "plan.yaml": str(texts["plan.yaml"]).replace("rules:", "rule:")}) == (
        "plan.yaml:18:3 不认识的键“rule” → 是不是 rules？"
    )


def test_a_rule_may_be_exempt_from_checks_with_a_reason() -> None:
    exempt = "every: year\n    lint_off: {figure_differs: 每村一个}"
    assert loaded(rewritten("1.yaml", "every: year", exempt)).problems == []
    assert said(rewritten("1.yaml", "every: year", exempt.replace("每村一个", "''"))).startswith("1.yaml:11:32 ")

"""Puts rectification orders into words.

Title, number, addressee, why it is sent, each item with clause, facts, shortfall and who answers, what is asked by
when, signature and date, copies, and the slip that comes back (回执).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from checker.explaining.gap import gap_of
from checker.explaining.notice import Field, Item, Notice, Slip
from checker.explaining.sentence import observed_words
from checker.explaining.silence import silences
from checker.explaining.words import VERDICTS, called, target_words, unit_of
from checker.model.evidence import Evidence, Fate
from checker.model.finding import Finding, Reason, Verdict
from checker.model.language import NOTHING, Language, Text, printable
from checker.model.order import Dispatch, Order
from checker.model.rulebook import Ratio, Rulebook, Share
from checker.model.run import Run

_PLACES = 3
_NUMERALS = "一二三四五六七八九"


class NoticeWords:
    """Puts the orders of one Run into words."""

    def __init__(self, run: Run, rulebook: Rulebook, dispatch: Dispatch, language: Language) -> None:
        self._run, self._rulebook, self._dispatch, self._language = run, rulebook, dispatch, language

    def serial(self, order: Order) -> str:
        """Give month, day and six digits that depend on addressee, plan and findings, such as ``0201-7F3A9C``."""
        plan = self._rulebook.plan.id
        ids = [one.finding.identity(plan) for one in order.evidence]
        digest = hashlib.sha256("|".join([order.addressee, plan, *ids]).encode()).hexdigest()
        return f"{self._dispatch.issued:%m%d}-{digest[:6].upper()}"

    def notice(self, order: Order) -> Notice:
        """Give the notice that carries `order`."""
        issuer, deadline = printable(self._dispatch.issuer), self._day(self._dispatch.deadline)
        number = f"{printable(self._dispatch.prefix)}〔{self._dispatch.issued.year}〕{self.serial(order)}"
        addressee = self._called(order.addressee)
        return Notice(
            language=self._language,
            dated=self._dispatch.issued,
            issuer=issuer,
            title=self._say("关于兑现规划承诺的整改通知书", "Notice of Rectification"),
            number=number + self._say("号", ""),
            addressee=addressee + self._say("：", ":"),
            opening=self._opening(order),
            items_title=self._say("一、需要整改的事项", "1. What has to be put right"),
            items=tuple(self._item(number, one) for number, one in enumerate(order.evidence, 1)),
            demands_title=self._say("二、整改要求", "2. What is asked"),
            demands=tuple(self._demands(deadline)),
            enclosure=self._say("附件：整改回执", "Enclosure: slip to be returned"),
            signature=issuer or self._say("（发文机关盖章）", "(seal of the issuing authority)"),
            issued=self._day(self._dispatch.issued),
            copies=self._copies(order),
            slip=self._slip(order, number, addressee, deadline),
        )

    def _slip(self, order: Order, number: str, addressee: str, deadline: str) -> Slip:
        heads = (
            Text("序号", "No."),
            Text("整改事项", "item"),
            Text("整改情况或异议（附依据）", "what was done, or objection with grounds"),
            Text("完成日期", "done on"),
        )
        return Slip(
            title=self._say("整改回执", "Slip to Be Returned"),
            intro=self._say(
                f"{number}号整改通知书收悉，整改情况报告如下，请于{deadline}前送回。",
                f"Notice {number} has been received. Return this slip by {deadline}.",
            ),
            heads=tuple(text.said(self._language) for text in heads),
            rows=tuple((str(n), self._heading(one.finding), "", "") for n, one in enumerate(order.evidence, 1)),
            signatures=(
                self._say(f"单位（盖章）：{addressee}", f"Unit (seal): {addressee}"),
                self._say("负责人（签字）：", "Head (signature): "),
                self._say("收到通知日期：　　　　年　　月　　日", "Received on: "),
                self._say("填报日期：　　　　年　　月　　日", "Filled in on: "),
            ),
        )

    def _say(self, zh: str, en: str) -> str:
        return printable(Text(zh, en).said(self._language))

    def _called(self, code: str) -> str:
        return printable(called(code, self._rulebook, self._run.registry).said(self._language))

    def _day(self, day: date) -> str:
        return self._say(f"{day.year}年{day.month}月{day.day}日", day.isoformat())

    def _opening(self, order: Order) -> str:
        plan, verdicts = self._rulebook.plan, [one.finding.verdict for one in order.evidence]
        failed, open_still = verdicts.count(Verdict.NOT_MET), verdicts.count(Verdict.UNKNOWN)
        known = Text(f"{failed}项未达标", f"{failed} not met") if failed else NOTHING
        unsure = Text(f"{open_still}项因故无法判定", f"{open_still} that cannot be decided") if open_still else NOTHING
        both = [text for text in (known, unsure) if text != NOTHING]
        number = f"（{plan.number}）" if plan.number else ""
        return self._say(
            f"根据《{plan.document.zh}》{number}，对截至{self._day(self._run.as_of)}的报送数据进行了核查。"
            f"由你单位负责或承担的承诺中，有{'、'.join(text.zh for text in both)}。现将事项和要求通知如下。",
            f"Under “{plan.document.en}” {plan.number} the figures reported as of {self._day(self._run.as_of)} were "
            f"checked. Among the commitments that you answer for there are {' and '.join(text.en for text in both)}.",
        )

    def _heading(self, finding: Finding) -> str:
        title, name = finding.rule.title, finding.unit.name or finding.unit.id
        zh = f"{name}：{title.zh}（{finding.period.code}）"
        return self._say(zh, f"{name}: {title.en} ({finding.period.code})")

    def _item(self, number: int, evidence: Evidence) -> Item:
        mark = self._say(f"（{_numeral(number)}）", f"1.{number} ")
        return Item(mark + self._heading(evidence.finding), tuple(self._fields(evidence)))

    def _fields(self, evidence: Evidence) -> Iterator[Field]:
        finding, rule = evidence.finding, evidence.finding.rule
        unit = NOTHING if isinstance(rule.measure, Share | Ratio) else unit_of(rule.measure, self._rulebook)
        observed, target = observed_words(finding, self._rulebook), target_words(finding.figure, unit)
        verdict = VERDICTS[finding.verdict]
        yield self._say("承诺条款", "Clause"), f"{rule.commitment} {rule.section} “{printable(rule.clause)}”"
        yield (
            self._say("核查事实", "Facts"),
            self._say(
                f"{observed.zh}，目标{target.zh}，{verdict.zh}。", f"{observed.en}, target {target.en}: {verdict.en}."
            ),
        )
        if places := self._places(evidence):
            yield self._say("数据出处", "Read from"), places
        if lacks := self._lacks(finding):
            yield self._say("差额", "Shortfall"), lacks
        yield self._say("到期日", "Due on"), self._day(evidence.due_on)
        if rule.remedy and finding.verdict is Verdict.NOT_MET:
            yield self._say("整改措施", "To do"), self._say(f"{rule.remedy.zh}。", f"{rule.remedy.en}.")
        yield self._say("责任单位", "Answerable"), self._answerable(finding)
        yield self._say("结论编号", "Finding"), finding.identity(self._rulebook.plan.id)

    def _answerable(self, finding: Finding) -> str:
        """Give who answers, and who leads where that is somebody else."""
        lead = self._names(finding.rule.lead)
        if finding.answerable == finding.responsible:
            return lead
        who = self._names(finding.answerable)
        return self._say(f"{who}（牵头：{lead}）", f"{who} (lead: {lead})")

    def _places(self, evidence: Evidence) -> str:
        places = [
            str(witness.fact.place)
            for part in evidence.parts
            for witness in part.witnesses
            if witness.fate is Fate.COUNTED
        ]
        told = self._say("；", "; ").join(map(printable, places[:_PLACES]))
        more = len(places) - _PLACES
        return told + (self._say(f"等{len(places)}处", f" and {more} more") if more > 0 else "")

    def _lacks(self, finding: Finding) -> str:
        """Give how much is missing, and who has to report what."""
        gap, said = gap_of(finding, self._rulebook), list(self._missing(finding))
        if gap is not None and not gap.none:
            much = Text(f"{gap.amount.zh}以上（不含）", f"more than {gap.amount.en}") if gap.beyond else gap.amount
            way = Text("须减少", "to come down by") if gap.too_much else Text("还差", "short by")
            said.insert(0, Text(f"{way.zh} {much.zh}", f"{way.en} {much.en}"))
        elif gap is not None:
            said.insert(
                0, Text("须低于这个数", "must be less") if gap.too_much else Text("须超过这个数", "must be exceeded")
            )
        return self._say("；".join(text.zh for text in said), "; ".join(text.en for text in said))

    def _missing(self, finding: Finding) -> Iterator[Text]:
        yield from silences(finding, self._rulebook, self._run.registry, self._run.spoils)
        if finding.reason is Reason.ZERO_DENOMINATOR:
            yield Text("分母为 0，须核对", "the denominator is 0: check it")
        if finding.reason is Reason.NO_UNITS:
            yield Text("名册里没有应统计或应报送的单位，须核对", "no unit is in scope: check the registry")

    def _names(self, codes: tuple[str, ...]) -> str:
        groups = self._rulebook.plan.departments.groups
        names = [groups[code].name.said(self._language) if code in groups else self._called(code) for code in codes]
        return printable(self._say("、", ", ").join(names))

    def _demands(self, deadline: str) -> Iterator[str]:
        yield self._say(
            f"（一）请于{deadline}前完成整改，把应报的数据连同佐证材料报送齐全。",
            f"2.1 Put these right by {deadline}, and report the figures with their evidence.",
        )
        yield self._say(
            "（二）期间已过、无法补办的，请在回执中写明原因和今后的措施；漏报、错报的，请补报、更正。",
            "2.2 Where a period has passed and nothing can be made up, give the reason and what will be done; report "
            "or correct what was left out or wrong.",
        )
        yield self._say(
            "（三）对核查事实有异议的，请在回执中写明并附依据；结论编号可用于查询每个数的出处。",
            "2.3 Object on the slip, with grounds; the number of a finding leads to every figure behind it.",
        )

    def _copies(self, order: Order) -> str:
        leads = tuple(dict.fromkeys(code for one in order.evidence for code in one.finding.rule.lead))
        others = tuple(code for code in leads if code != order.addressee)
        return self._say("抄送：", "Copies: ") + self._names(others) + self._say("。", ".") if others else ""


def _numeral(number: int) -> str:
    """Give a number below 100 as Chinese text numbers items, others in digits."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return ("" if not tens else "十" if tens == 1 else _NUMERALS[tens - 1] + "十") + (
        _NUMERALS[ones - 1] if ones else ""
    )

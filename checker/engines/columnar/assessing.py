"""The columnar assessment: the same surface as `checker.engines.assessing`, computed by a session's SQL."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from checker.engines.answering import Answering
from checker.engines.columnar.adding import adding
from checker.engines.columnar.counting import counting
from checker.engines.columnar.following import FAILED, clusters, repeats
from checker.engines.columnar.framing import Frame
from checker.engines.columnar.holdings import Beside, Facts, Holdings
from checker.engines.columnar.judging import judging
from checker.engines.columnar.knowing import knowing
from checker.engines.columnar.measuring import measuring
from checker.engines.columnar.reading import SILENCE, UNDECIDED, Reading
from checker.engines.columnar.session import Session, Table, numbers
from checker.engines.following import Failures
from checker.engines.plain import PlainJudge
from checker.engines.waiving import Waivers
from checker.model.fact import Waiver
from checker.model.finding import Alert, Finding
from checker.model.instant import after
from checker.model.rulebook import FollowUp, FollowUpKind


class ColumnarAssessment:
    """The findings of one plan on some facts at one as-of date, measured and judged by one session.

    Everything is computed when the first finding, alert or waiver is asked for; each may be asked for in any order.
    `facts` stand in the session already, or are loaded.
    """

    def __init__(self, frame: Frame, facts: Facts, beside: Beside, session: Session) -> None:
        self._frame, self._facts, self._session = frame, facts, session
        self._holdings = Holdings(frame, beside)
        self._narrowed: tuple[Failures, Waivers] | None = None
        self._done = False

    @property
    def waivers(self) -> list[Waiver]:
        """The waivers by the numbers that the tables bear."""
        return self._holdings.waivers

    def findings(self) -> Iterator[Finding]:
        """Go through all findings: rules in the plan's order, then unit id, then the period's first day."""
        self.compute()
        for stage in (SILENCE, UNDECIDED):
            self._session.keep(stage)
        yield from self._reading().findings()

    def size(self) -> int:
        """Give how many findings there are."""
        self.compute()
        return next(int(str(many)) for (many,) in list(self._session.rows("select count(*) from finding")))

    def alerts(self) -> Iterator[Alert]:
        """Go through the alerts: by follow-up, then unit id, rule in the plan's order and period."""
        if self._narrowed:
            yield from self._narrowed[0].alerts(PlainJudge())
            return
        reading = self._reading()
        for follow_up, stage in self.followed():
            repeat = follow_up.kind is FollowUpKind.REPEAT
            yield from (reading.repeated if repeat else reading.clustered)(follow_up, stage)

    def followed(self) -> Iterator[tuple[FollowUp, str]]:
        """Go through the follow-ups, each with the name of the table in which its alerts stand from then on."""
        self.compute()
        self._session.keep(FAILED)
        types = self._frame.population.kinds.types
        follow_ups = list(enumerate(self._frame.rulebook.follow_ups))
        followed = [
            (number, kind)
            for number, follow_up in follow_ups
            for kind, unit_type in enumerate(types)
            if unit_type in follow_up.unit_types
        ]
        self._session.load(Table("follow", numbers("follow_up kind"), followed))
        for number, follow_up in follow_ups:
            stage = (repeats if follow_up.kind is FollowUpKind.REPEAT else clusters)(number, follow_up.count)
            self._session.keep(stage)
            yield follow_up, stage.name

    def unneeded_waivers(self) -> list[Waiver]:
        """Give the waivers that cover nothing but `met`, by id."""
        if self._narrowed:
            return self._narrowed[1].unneeded()
        self.compute()
        unneeded = sorted(int(str(number)) for (number,) in self._session.rows(_UNNEEDED))
        return [self._holdings.waivers[number] for number in unneeded]

    def narrow(self, findings: Iterable[Finding]) -> None:
        """Let alerts and unneeded waivers follow from `findings` alone, a part of those given."""
        failures, waivers = self._narrowed = Failures(self._frame.rulebook), self._waiving()
        for finding in findings:
            failures.note(finding)
            waivers.note(waivers.covering(finding.rule, finding.unit, finding.period), finding.verdict)

    def _reading(self) -> Reading:
        answering = Answering(self._frame.rulebook, self._frame.registry)
        return Reading(self._session, self._frame, answering, self._holdings.waivers)

    def _waiving(self) -> Waivers:
        return Waivers(self._holdings.waivers, self._frame.as_of)

    def compute(self) -> None:
        """Fill the tables up to ``finding``, unless they are."""
        if self._done:
            return
        for table in self._tables():
            self._session.load(table)
        known = bisect_left(self._facts.moments, after(self._frame.as_of, self._frame.rulebook.plan.zone))
        for stages in (
            self._facts.stages(),
            knowing(self._frame.as_of.toordinal(), known, bool(self._holdings.spoiled)),
            adding(self._frame.population.depth),
            counting(),
            measuring(),
            judging(),
        ):
            for stage in stages:
                self._session.keep(stage)
        self._done = True

    def _tables(self) -> Iterator[Table]:
        yield from self._frame.questions.tables()
        yield from self._frame.roles.tables(self._holdings.strays())
        yield from self._facts.tables()
        yield from self._holdings.tables(self._facts, self._waiving())


_UNNEEDED = """
select waived.waiver
from waived
join finding on finding.question = waived.question and finding.unit = waived.unit
group by waived.waiver
having count(case when finding.verdict <> 'met' then 1 end) = 0"""

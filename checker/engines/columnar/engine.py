"""The columnar engines as something to choose: each check gets a session of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from checker.engines.columnar.assessing import ColumnarAssessment
from checker.engines.columnar.framing import Frame
from checker.engines.columnar.holdings import Beside, HeldFacts
from checker.engines.columnar.population import HeldPopulation
from checker.engines.columnar.session import Session
from checker.engines.plain import PlainJudge
from checker.model.fact import Data
from checker.model.rulebook import Rulebook


class ColumnarEngine(PlainJudge):
    """A judge that measures as well: whole data are assessed in SQL, in sessions that `open_session` gives.

    Single cases are decided as the plain judge does. Neither DuckDB nor Spark is known here.
    """

    def __init__(self, name: str, open_session: Callable[[], Session]) -> None:
        self.name = name
        self._open_session = open_session

    def assess(self, rulebook: Rulebook, data: Data, as_of: date, include_drafts: bool) -> ColumnarAssessment:
        """Give the assessment of `data`; its session is forgotten with it."""
        frame = Frame(rulebook, HeldPopulation(rulebook, data.registry), as_of, include_drafts)
        beside = Beside(data.waivers, data.spoiled)
        return ColumnarAssessment(frame, HeldFacts(data.facts, frame), beside, self._open_session())

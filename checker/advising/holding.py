"""What a total or a single unit's figure holds now, and the least that brings it into a span.

Follows "Measures and their bounds" and "Shortfall" of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.model.advice import Act, Need
from checker.model.number import Number
from checker.model.period import Period
from checker.model.span import Span

ANY = Span(None, None)


class Unreachable(Exception):  # noqa: N818 (an answer, and no fault of ours)
    """No value that can be reported lies in the span."""


class Holding(NamedTuple):
    """A figure as it is known: what counts (None: nothing) from whom, and who is `silent`, some of them `faulty`.

    `strangers` do not count, but a record of theirs was set aside. `whole`: it takes whole numbers only.
    """

    indicator: str
    period: Period
    value: Number | None
    counting: tuple[str, ...]
    silent: tuple[str, ...]
    faulty: tuple[str, ...]
    strangers: tuple[str, ...]
    whole: bool

    @property
    def nobody(self) -> bool:
        """Whether there is no figure and nobody who could report one."""
        return self.value is None and not self.silent

    @property
    def known(self) -> Number | None:
        """The value where it is exactly known."""
        return None if self.silent or self.strangers else self.value

    def completing(self, amount: Span | None = None) -> Iterator[Need]:
        """Go through what makes it exactly known: everyone who is silent reports, together `amount`."""
        if self.silent:
            yield Need(Act.REPORT, self.silent, self.indicator, self.period, amount, True, self.faulty)
        if self.strangers:
            yield Need(Act.MEND, self.strangers, self.indicator, self.period, None, True, self.strangers)

    def needs(self, allowed: Span, exactly: bool = False) -> list[Need]:
        """Give the least that brings the value into `allowed`; nothing where it surely is.

        `exactly`: it has to be known exactly, so that everyone who is silent has to report whatever else is there.
        Raises Unreachable where no change does.
        """
        return list(self._needs(allowed, exactly))

    def _needs(self, allowed: Span, exactly: bool) -> Iterator[Need]:
        value, every = self.value or 0, exactly or allowed.high is not None
        missing = allowed.moved(-value).reportable(self.whole)
        if missing.is_empty:
            raise Unreachable
        more = missing.from_zero()
        if (self.silent and more.is_empty) or (not self.silent and value not in allowed):
            yield self._changing(missing)
            more = Span(0, 0)
        if every:
            yield from self.completing(more)
        elif self.silent and (self.value is None or value not in allowed):
            yield Need(Act.REPORT, self.silent, self.indicator, self.period, more, False, self.faulty)

    def _changing(self, missing: Span) -> Need:
        """Give the need that what counts is raised or lowered by one of `missing`."""
        if missing.low is not None and (missing.low > 0 or (missing.low == 0 and missing.low_open)):
            return Need(Act.ADD, self.counting, self.indicator, self.period, missing)
        less = missing.mirrored().up_to(self.value or 0)
        if less.is_empty:
            raise Unreachable
        return Need(Act.TAKE_AWAY, self.counting, self.indicator, self.period, less)

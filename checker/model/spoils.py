"""What facts that were set aside leave behind: figures that count as silent, though somebody reported them.

Follows "Findings as data" (``--keep-going``) of the contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from checker.model.fact import Spoiled
from checker.model.period import Period


class Spoils:
    """The keys of the facts that were set aside, by unit and indicator."""

    def __init__(self, spoiled: Iterable[Spoiled] = ()) -> None:
        self.figures: dict[tuple[str, str], list[Period | None]] = defaultdict(list)
        for key in spoiled:
            self.figures[key.unit, key.indicator].append(key.period)

    def touch(self, unit: str, indicator: str, period: Period) -> bool:
        """Whether a fact was set aside whose period lies in `period` or cannot be read."""
        keys = self.figures.get((unit, indicator))
        return keys is not None and any(key is None or key.lies_in(period) for key in keys)

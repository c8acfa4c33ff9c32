"""Problems: what is wrong with an input, where, and how to mend it.

Follows "Input data" of the contract: a closed list of codes, one problem per record and code.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from checker.model.language import Text


class Severity(StrEnum):
    """`error`: the record cannot be used. `warning`: it is used and somebody should look at it."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Everything that can be wrong with data, and the one code for a rulebook."""

    MISSING_FILE = "missing_file"
    UNSUPPORTED_FILE = "unsupported_file"
    MALFORMED_FILE = "malformed_file"
    UNKNOWN_COLUMN = "unknown_column"
    MISSING_COLUMN = "missing_column"
    BAD_UNIT = "bad_unit"
    DUPLICATE_UNIT = "duplicate_unit"
    BAD_PARENT = "bad_parent"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_INDICATOR = "unknown_indicator"
    WRONG_REPORTER = "wrong_reporter"
    BAD_VALUE = "bad_value"
    BAD_PERIOD = "bad_period"
    FUTURE_PERIOD = "future_period"
    CONFLICTING_FACT = "conflicting_fact"
    OVERLAPPING_FLOW = "overlapping_flow"
    UNKNOWN_RULE = "unknown_rule"
    BAD_WAIVER = "bad_waiver"
    REPEATED_FACT = "repeated_fact"
    UNUSED_FACT = "unused_fact"
    IMPLAUSIBLE = "implausible"
    UNNEEDED_WAIVER = "unneeded_waiver"
    BAD_RULEBOOK = "bad_rulebook"

    @property
    def severity(self) -> Severity:
        """Whether records with this problem are set aside or merely pointed at."""
        return Severity.WARNING if self in _WARNINGS else Severity.ERROR


_WARNINGS = frozenset({Code.REPEATED_FACT, Code.UNUSED_FACT, Code.IMPLAUSIBLE, Code.UNNEEDED_WAIVER})
REGISTRY_CODES = frozenset({Code.BAD_UNIT, Code.DUPLICATE_UNIT, Code.BAD_PARENT})


class Place(NamedTuple):
    """Where in the input: a file, and within it as much as applies.

    `row` counts from 1 (a CSV's header is row 1; of YAML and JSON it is the line); `column` is a header, a key, a
    letter or, in rulebooks, a number. `order` is the file's place in the order of reading.
    """

    file: str
    row: int | None = None
    column: str | None = None
    sheet: str | None = None
    order: int = 0

    def __str__(self) -> str:
        """Give ``file:row [column]`` as far as known; of a workbook's cell ``file:sheet!C7``."""
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}!{self.column or ''}{self.row or ''}"
        spot = self.file if self.row is None else f"{self.file}:{self.row}"
        return spot if self.column is None else f"{spot} [{self.column}]"


class Problem(NamedTuple):
    """One fault in one record: what came and what was expected (`message`), and the way out (`hint`)."""

    code: Code
    message: Text
    hint: Text
    place: Place

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return self.code.severity


def in_order(problems: list[Problem]) -> list[Problem]:
    """Give `problems` by file as read, row (none first) and code."""
    return sorted(problems, key=lambda p: (p.place.order, p.place.row or 0, p.code.value))

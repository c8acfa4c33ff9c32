"""Which reader reads which kind of submission, by suffix."""

from __future__ import annotations

from collections.abc import Callable

from checker.intake.document import read_document
from checker.intake.facts import COLUMNS, Gathering
from checker.intake.header import Shape
from checker.intake.parquet import read_parquet
from checker.intake.sources import LeftOut, Source
from checker.intake.table import read_table
from checker.model.language import Text

_CHINESE = ("单位", "指标", "期间", "数值", "报送时间", "佐证", "备注")
FACTS = Shape({name: (name, word) for name, word in zip(COLUMNS, _CHINESE, strict=True)}, required=COLUMNS[:4])


def take_submission(source: Source, gathering: Gathering) -> None:
    """Take every record of `source`. Raises LeftOut where the file cannot be read as what its name says."""
    reader = READERS.get(source.path.suffix.lower())
    if reader is None:
        kinds = ", ".join(READERS)
        message = Text("不是能读取的文件种类", "is of a kind that is not read")
        hint = Text(f"请另存为其中一种：{kinds}", f"save it as one of {kinds}")
        raise LeftOut([source.unsupported(message, hint)])
    reader(source, gathering)


def _take_csv(source: Source, gathering: Gathering) -> None:
    header, records = read_table(source, FACTS)
    gathering.take_table(source, header, records)


def _take_parquet(source: Source, gathering: Gathering) -> None:
    header, records = read_parquet(source, FACTS)
    gathering.take_table(source, header, records)


def _take_workbook(source: Source, gathering: Gathering) -> None:
    # Only for XLSX: what starts and watches another process takes time to load.
    from checker.intake.workbook.taking import take_workbook  # noqa: PLC0415

    take_workbook(source, gathering)


READERS: dict[str, Callable[[Source, Gathering], None]] = {
    ".csv": _take_csv,
    ".yaml": read_document,
    ".yml": read_document,
    ".json": read_document,
    ".parquet": _take_parquet,
    ".xlsx": _take_workbook,
}

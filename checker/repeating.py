"""A Run that was saved, and the same question asked again: does every byte agree, and if not, what differs.

Follows "What must stay true" 3 of the house: a Run records the digests of rulebook and data, the as-of date, tool and
engine, and can be repeated byte for byte.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from checker.baseline.inputs import Kept, keep
from checker.checking import Question
from checker.engines.selecting import Filters
from checker.model.language import Language, Text
from checker.model.run import Run
from checker.reporting.json_format import steady_json, to_json
from checker.reporting.record import run_record

Record = dict[str, Any]


class Saved(BaseModel):
    """A saved Run: everything that was asked, and everything that was answered (`output`, the JSON of `check`).

    `inputs`: what was judged, for a later check to compare with; None where nothing was, and in older records.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["checker.run/1"] = "checker.run/1"
    as_of: date
    language: Language
    include_drafts: bool
    keep_going: bool
    partial: bool
    units: tuple[str, ...]
    rules: tuple[str, ...]
    responsible: tuple[str, ...]
    output: Record
    inputs: Kept | None = None

    def question(self) -> Question:
        """Give the question that was asked then."""
        filters = Filters(frozenset(self.units), frozenset(self.rules), frozenset(self.responsible))
        return Question(
            as_of=self.as_of,
            include_drafts=self.include_drafts,
            keep_going=self.keep_going,
            partial=self.partial,
            filters=filters,
        )

    @property
    def engine(self) -> str:
        """The engine that answered then."""
        return str(self.output.get("engine"))


def save(run: Run, question: Question, language: Language) -> bytes:
    """Give `run` with the `question` that led to it, as JSON to be kept."""
    filters = question.filters
    saved = Saved(
        as_of=question.as_of,
        language=language,
        include_drafts=question.include_drafts,
        keep_going=question.keep_going,
        partial=question.partial,
        units=tuple(sorted(filters.units)),
        rules=tuple(sorted(filters.rules)),
        responsible=tuple(sorted(filters.responsible)),
        output=run_record(run, language),
        inputs=keep(run),
    )
    return steady_json(saved.model_dump(mode="json"))


def read_saved(content: bytes) -> Saved | None:
    """Give the saved Run that `content` holds, or None where it holds none."""
    try:
        return Saved.model_validate_json(content)
    except ValidationError:
        return None


class Comparison(NamedTuple):
    """Whether two Runs agree in every byte, and what differs: inputs first, then parts of the output."""

    agrees: bool
    differences: tuple[Text, ...]


_INPUTS = {
    "tool": Text("程序", "tool"),
    "plan": Text("规则", "rulebook"),
    "data_digest": Text("数据", "data"),
    "engine": Text("判定引擎", "engine"),
}
_EDITED = Text(
    "规则、数据、程序和结论都相同，是记录本身的写法变了",
    "rulebook, data, tool and findings are the same: the record itself was edited",
)
_OUTPUTS = {
    "summary": Text("汇总", "summary"),
    "findings": Text("结论", "findings"),
    "alerts": Text("预警", "alerts"),
    "problems": Text("输入问题", "problems"),
}


def compare(saved: Saved, again: Run) -> Comparison:
    """Compare what was saved with the same question asked again."""
    now = run_record(again, saved.language)
    agrees = steady_json(saved.output) == b"".join(to_json(again, saved.language))
    differences = [
        Text(f"{word.zh}不同：当时 {_short(saved.output.get(key))}，现在 {_short(now[key])}",
             f"the {word.en} differs: then {_short(saved.output.get(key))}, now {_short(now[key])}")
        for key, word in _INPUTS.items() if _short(saved.output.get(key)) != _short(now[key])
    ]  # fmt: skip
    for key, word in _OUTPUTS.items():
        if saved.output.get(key) != now[key]:
            differences.append(Text(f"{word.zh}不同{_count(saved.output.get(key), now[key]).zh}",
                                    f"the {word.en} differ{_count(saved.output.get(key), now[key]).en}"))  # fmt: skip
    if not agrees and not differences:
        differences.append(_EDITED)
    return Comparison(agrees, tuple(differences))


def _short(value: object) -> str:
    """Give what identifies an input: its digest or version where it has one."""
    if isinstance(value, dict):
        return str(value.get("digest") or value.get("version"))
    return str(value)


def _count(then: object, now: object) -> Text:
    if not isinstance(then, list) or not isinstance(now, list):
        return Text("", "")
    pairs = sum(one != other for one, other in zip(then, now, strict=False)) + abs(len(then) - len(now))
    return Text(f"：{pairs} 处", f" in {pairs} places")

"""Whatever somebody types into a rulebook: problems with places, never an exception."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.rulebook.loading import default_folder
from tests.rulebook.writing import SMALL, loaded

TINY = Path(__file__).resolve().parents[2] / "fixtures" / "tiny-plan"
BOOKS = [
    SMALL,
    *(
        {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
        for folder in (default_folder(), TINY)
    ),
]
SCRAPS = st.sampled_from(
    [
        *("<text>", "<list>", "<mapping>", "[key]", "[]", "{}", "''", ": ", "- ", "\n", "\n  ", "~", "%", "全"),
        *("at_least", "{a: b}", "[a, b]", "plan", "semester", "2022-13-01", "9999-12-31", "-1", "1e5", "9" * 30),
        *("between: [x]", "parts_of: a", "&a", "*a", "!!x", "\u202e", "\x00", "\ud800", "日" * 70),
    ]
)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_mutated_rulebook_is_sound_or_has_problems_with_places(data: st.DataObject) -> None:
    texts: dict[str, str | bytes] = dict(data.draw(st.sampled_from(BOOKS)))
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(texts)))
        text = texts[name]
        assert isinstance(text, str)
        start = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.sampled_from([0, 1, 4, 12, 60]))
        texts[name] = text[:start] + data.draw(SCRAPS | st.text(max_size=8)) + text[start + cut :]
    result = loaded(texts)
    assert (result.rulebook is None) is bool(result.problems)
    for problem in result.problems:
        assert problem.message.zh
        assert problem.message.en
        assert problem.hint.zh
        assert problem.hint.en
        assert problem.place.row is None or (problem.place.row >= 1 and int(problem.place.column or 0) >= 1)


@given(st.binary(max_size=200), st.sampled_from(sorted(SMALL)))
@settings(max_examples=100, deadline=None)
def test_a_file_of_any_bytes_is_sound_or_has_problems(content: bytes, name: str) -> None:
    result = loaded({**SMALL, name: content})
    assert (result.rulebook is None) is bool(result.problems)

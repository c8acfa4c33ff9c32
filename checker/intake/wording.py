"""How a problem shows what came: cells cut to a readable length, lists to a few, and the nearest known name."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from checker.model.language import NOTHING, Text

_LONGEST = 60
_LISTED = 8


def cut(text: str) -> str:
    """Give `text`, shortened where it is too long to read."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def quoted(text: str) -> Text:
    """Give `text` in quotes, or say that nothing was there."""
    return Text(f"“{cut(text)}”", f'"{cut(text)}"') if text else Text("空的", "nothing")


def listed(names: Iterable[str]) -> Text:
    """Give `names` as a list, the first few of them."""
    shown = [cut(name) if name else "（空）" for name in names]
    more = Text(f"等 {len(shown)} 个", f" and {len(shown) - _LISTED} more") if len(shown) > _LISTED else NOTHING
    return Text("、".join(shown[:_LISTED]) + more.zh, ", ".join(shown[:_LISTED]) + more.en)


def joined(texts: Iterable[Text]) -> Text:
    """Give several statements as one; what is said twice is said once."""
    distinct = list(dict.fromkeys(texts))
    if len(distinct) == 1:
        return distinct[0]
    return Text("；".join(text.zh for text in distinct), "; ".join(text.en for text in distinct))


class Suggestions:
    """Finds the nearest known name, as long as that is cheap: the work is bounded for the whole of a reading."""

    def __init__(self, names: Iterable[str], budget: int = 50_000) -> None:
        self._names = sorted({name for name in names if name})
        self._budget = budget

    def near(self, text: str, otherwise: Text) -> Text:
        """Ask whether the nearest name was meant, or say `otherwise` where none is near."""
        if not text or len(text) > _LONGEST or len(self._names) > self._budget:
            return otherwise
        self._budget -= len(self._names)
        return near(text, self._names, otherwise)


def near(text: str, names: Collection[str], otherwise: Text) -> Text:
    """Ask whether the nearest of a few `names` was meant, or say `otherwise` where none is near."""
    found = difflib.get_close_matches(text[:_LONGEST], names, n=1)
    return Text(f"是不是 {cut(found[0])}？", f"did you mean {cut(found[0])}?") if found else otherwise

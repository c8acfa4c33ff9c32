"""What people read, in both languages of the project."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """The languages a text can be asked for in; Chinese is the default everywhere."""

    ZH = "zh"
    EN = "en"


class Text(NamedTuple):
    """One statement in Chinese and English, chosen between only where it is shown."""

    zh: str
    en: str

    def __str__(self) -> str:
        """Give the Chinese wording, the project's first language."""
        return self.zh

    def said(self, language: Language) -> str:
        """Give the wording in `language`."""
        return self.en if language is Language.EN else self.zh


NOTHING = Text("", "")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def same(text: str) -> Text:
    """Give a text that reads alike in both languages, such as a name or a code."""
    return Text(text, text)


def printable(text: str) -> str:
    """Give `text` without control, format or separator characters, so that a name cannot steer a terminal.

    Line breaks and tabs become spaces; escape sequences, bidirectional controls and lone surrogates go.
    """
    if text.isprintable():
        return text
    spaced = "".join(" " if c in "\t\n\r\x0b\x0c\x85\u2028\u2029" else c for c in text)
    return "".join(c for c in spaced if c == " " or unicodedata.category(c) not in _UNPRINTABLE)

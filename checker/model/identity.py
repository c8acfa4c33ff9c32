"""What an id may look like: units, rules, indicators and waivers alike ("Numbers" of the contract, last clause)."""

from __future__ import annotations

import re
import unicodedata

LONGEST_ID = 64
_PLAIN = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def is_id(text: str) -> bool:
    """Whether `text` is letters (Chinese too), digits and ``. _ - :``, at most 64 of them, in NFC."""
    if _PLAIN.fullmatch(text):
        return True
    if not 1 <= len(text) <= LONGEST_ID or not unicodedata.is_normalized("NFC", text):
        return False
    return all(c in "._-:" or unicodedata.category(c)[0] == "L" or unicodedata.category(c) == "Nd" for c in text)

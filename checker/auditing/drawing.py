"""Which findings a sample holds: decided by a seed and their ids alone, so that anybody can draw it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def draw(seed: str, findings: Iterable[str], size: int) -> list[str]:
    """Give the ids of `size` of these findings, in the order drawn, in whatever order they come.

    They are sorted by the SHA-256 of ``seed|id``; the first ones are drawn. A larger sample begins with a smaller one.
    """
    return sorted(set(findings), key=lambda finding: (_lot(seed, finding), finding))[:size]


def digest_of(findings: Iterable[str]) -> str:
    """Give 64 hexadecimal digits that name exactly these findings, in whatever order they come."""
    return hashlib.sha256("\n".join(sorted(set(findings))).encode()).hexdigest()


def _lot(seed: str, finding: str) -> str:
    return hashlib.sha256(f"{seed}|{finding}".encode()).hexdigest()

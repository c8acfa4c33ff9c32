"""The rule that the examples of checks are made from."""

from __future__ import annotations

_KEYS = {
    "id": "youth.lectures",
    "commitment": "C01",
    "title": "每学期讲座2次",
    "source": "{clause: 每学期讲座2次}",
    "of_each": "school",
    "every": "semester",
    "measure": "{total: lectures}",
    "target": '{at_least: "2"}',
    "remedy": "补办讲座，并附活动记录",
}


def rule(**written: str) -> str:
    """Give the YAML of a rule with some of its keys `written` otherwise; those written "" are left out."""
    lines = [f"{key}: {value}" for key, value in (_KEYS | written).items() if value]
    return "- " + "\n  ".join(lines) + "\n"

"""What features in Gherkin say of a drafted rulebook.

Scenarios are texts that fixed steps give a meaning to, and no code; the files they are copied to bear names of ours.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.model.language import Language, Text, printable
from checker.model.rulebook import Rulebook

if TYPE_CHECKING:
    from checker.authoring.testing.running import Told

_MISSING = Text("这台机器没有装 pytest 和 pytest-bdd：pip install 'duixian[authoring]'",
                "pytest and pytest-bdd are not installed here: pip install 'duixian[authoring]'")  # fmt: skip


def prove(rulebook: Rulebook, features: Mapping[str, str], language: Language) -> dict[str, Any]:
    """Give each scenario of `features`, texts by file name, with what is wrong where it does not hold.

    `refused`: why nothing was run. Data folders that scenarios name are not there.
    """
    try:
        # Imported here because pytest takes long to load and is an optional extra.
        from checker.authoring.testing.report import step_at_fault  # noqa: PLC0415
        from checker.authoring.testing.running import Unreadable, run_features  # noqa: PLC0415
    except ImportError:
        return _refused([_MISSING], language)
    names = {f"f{number:03}.feature": name for number, name in enumerate(sorted(features))}
    with tempfile.TemporaryDirectory(prefix="checker-draft-") as told:
        folder, empty = Path(told) / "features", Path(told) / "inputs"
        folder.mkdir()
        empty.mkdir()
        for ours, name in names.items():
            (folder / ours).write_text(features[name], encoding="utf-8")
        try:
            telling = run_features(rulebook, folder, empty)
        except Unreadable as fault:
            return _refused([_named(text, names, str(folder)) for text in fault.said], language)
    return {
        "refused": [],
        "scenarios": [_scenario(one, names, step_at_fault(one), language) for one in telling.scenarios],
        "about_others": telling.about_others,
        "rules_without": [rule for rule in rulebook.rules if all(rule not in one.rules() for one in telling.scenarios)],
    }


def _refused(said: list[Text], language: Language) -> dict[str, Any]:
    return {"refused": [printable(text.said(language)) for text in said], "scenarios": [], "about_others": 0,
            "rules_without": []}  # fmt: skip


def _scenario(told: Told, names: Mapping[str, str], step: str, language: Language) -> dict[str, Any]:
    return {
        "file": names[told.file],
        "row": told.line,
        "name": printable(told.scenario),
        "example": {printable(key): printable(value) for key, value in told.example.items()},
        "holds": told.fault is None,
        "step": printable(step) if told.fault else None,
        "fault": printable(told.fault.said(language)) if told.fault else None,
        "rules": sorted(told.rules()),
    }


def _named(text: Text, names: Mapping[str, str], folder: str) -> Text:
    """Give a message with the names that the files were sent under."""
    zh, en = text
    for ours, name in names.items():
        zh, en = zh.replace(ours, name), en.replace(ours, name)
    return Text(zh.replace(folder, ""), en.replace(folder, ""))

"""What changed in meaning between two rulebooks, subject by subject and key by key."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from checker.authoring.comparing.describing import Aspect, Kind, Subject, subjects
from checker.model.language import NOTHING, Text
from checker.model.rulebook import Rulebook


class How(StrEnum):
    """What became of a subject, or of what it says under a key."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Change(NamedTuple):
    """One key of one subject that says something else; `key` empty: the whole subject came or went.

    `old` and `new` are words; nothing where there was or is none. `decides`: it can change a verdict, or what
    one counts for.
    """

    how: How
    subject: Subject
    key: str
    name: Text
    old: Text
    new: Text
    decides: bool


def changes(old: Rulebook, new: Rulebook) -> list[Change]:
    """Give every change of meaning from `old` to `new`, in the order of `new`; what is gone stands last of its kind.

    Layout, comments, the order of files and rules, and other spellings of equal figures are no change.
    """
    before, after = _by_name(old), _by_name(new)
    kinds = {kind: number for number, kind in enumerate(Kind)}
    names = sorted(dict.fromkeys([*after, *before]), key=lambda name: kinds[name[0]])
    return [change for name in names for change in _between(before.get(name), after.get(name))]


def _by_name(rulebook: Rulebook) -> dict[tuple[Kind, str], Subject]:
    # There is one plan, and its id is one of the things that can change.
    return {(one.kind, "" if one.kind is Kind.PLAN else one.id): one for one in subjects(rulebook)}


def _between(old: Subject | None, new: Subject | None) -> Iterator[Change]:
    if new is None or old is None:
        if subject := new or old:
            how = How.ADDED if old is None else How.REMOVED
            told = _summary(subject)
            words = (NOTHING, told) if old is None else (told, NOTHING)
            yield Change(how, subject, "", NOTHING, *words, decides=subject.kind is Kind.RULE)
        return
    before, after = ({aspect.key: aspect for aspect in one.aspects} for one in (old, new))
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        aspect = now or was
        if aspect is None or (was and now and was.value == now.value):
            continue
        how = How.CHANGED if was and now else How.ADDED if now else How.REMOVED
        alike = was is not None and now is not None and was.words == now.words
        yield Change(how, new, key, aspect.name, _said(was, alike), _said(now, alike), aspect.decides)


def _said(aspect: Aspect | None, alike: bool) -> Text:
    """Give what an aspect says; where both sides read alike, as with two indicators of one name, the codes too."""
    if aspect is None or not alike:
        return aspect.words if aspect else NOTHING
    return Text(f"{aspect.words.zh} [{aspect.value}]", f"{aspect.words.en} [{aspect.value}]")


def _summary(subject: Subject) -> Text:
    """Give what decides of a subject in a line."""
    said = [aspect for aspect in subject.aspects if aspect.decides and aspect.words != NOTHING]
    return Text(
        "；".join(f"{one.name.zh}：{one.words.zh}" for one in said),
        "; ".join(f"{one.name.en}: {one.words.en}" for one in said),
    )

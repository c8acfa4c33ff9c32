"""What pages call the states of things, in both languages, and the colour of each; and what was done, once it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from checker.model.finding import Verdict
from checker.model.language import Text, same
from checker.store.accounts import Role
from checker.store.findings import Cause
from checker.store.submissions import State


class Word(NamedTuple):
    """A state as a tag shows it: its name and its colour, which never says anything that the name does not."""

    text: Text
    colour: str


VERDICTS: Mapping[str, Word] = {
    Verdict.MET: Word(Text("达标", "met"), "green"),
    Verdict.NOT_MET: Word(Text("未达标", "not met"), "red"),
    Verdict.PENDING: Word(Text("未到期", "not due yet"), "blue"),
    Verdict.UNKNOWN: Word(Text("无法判定", "undecided"), "orange"),
    Verdict.WAIVED: Word(Text("豁免", "waived"), "grey"),
}
SUBMISSIONS: Mapping[str, Word] = {
    State.DRAFT: Word(Text("草稿", "draft"), "grey"),
    State.REPORTED: Word(Text("已上报", "reported"), "blue"),
    State.ACCEPTED: Word(Text("已验收", "accepted"), "green"),
    State.RETURNED: Word(Text("已退回", "returned"), "red"),
    State.LOCKED: Word(Text("已锁定", "locked"), "purple"),
}
ROLES: Mapping[str, Text] = {
    Role.SUBMITTER: Text("填报", "submitter"),
    Role.AUDITOR: Text("审核", "auditor"),
    Role.POLICY: Text("政策", "policy editor"),
    Role.ADMINISTRATOR: Text("管理", "administrator"),
}
CAUSES: Mapping[str, Text] = {
    Cause.DATA: Text("数据", "data"),
    Cause.RULE: Text("规则", "rule"),
    Cause.WAIVER: Text("豁免", "waiver"),
    Cause.REGISTRY: Text("名册", "registry"),
    Cause.CALENDAR: Text("日期", "calendar"),
    Cause.SOFTWARE: Text("程序", "software"),
}


class Done(StrEnum):
    """What a page says was done after a form was sent; the word stands in the address as ``?done=…``."""

    PASSWORD = "password"  # noqa: S105 (the word, not one)
    SIGNED_OUT = "signed_out"


DONE: Mapping[str, Text] = {
    Done.PASSWORD: Text("密码已改，请用新密码登录。", "The password is changed: sign in with the new one."),
    Done.SIGNED_OUT: Text("已退出。", "You are signed out."),
}


def word(vocabulary: Mapping[str, Word], value: str) -> Word:
    """Give what a state is called; one that has no name yet stands for itself."""
    return vocabulary.get(value, Word(same(value), "grey"))

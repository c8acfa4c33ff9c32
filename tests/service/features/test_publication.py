"""Rules are drafted, previewed, published and rolled back as policy staff would tell it, over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from pytest_bdd import parsers, scenarios, step, then

from tests.service import drafts
from tests.service.features.conftest import NAMES, RULE, UNITS, WORDS, rows
from tests.service.office import Answer, Office

scenarios("publication.feature", "rollback.feature")


@dataclass
class Desk:
    """What lies on the desk of policy staff: a draft, as it was last read, and its newest preview."""

    office: Office
    draft: Any = None
    preview: Any = None

    def publish(self, who: str, **more: Any) -> Answer:
        self.draft = drafts.reread(self.office, self.draft)
        path = f"/rulebook-drafts/{self.draft['id']}/publish"
        given = {"version": self.draft["version"], "preview": self.preview["digest"], "reason": "县政府通知", **more}
        answer = self.office.ask(NAMES[who], "POST", path, json=given)
        self.office.rolling.finish()
        return answer

    def add_a_line(self, who: str) -> Answer:
        file = self.office.get("policy", f"/rulebook-drafts/{self.draft['id']}/files/{drafts.FILE}")
        text = file["content"] + "# 说明\n"
        return drafts.write(self.office, self.draft, text, who=NAMES[who], version=file["version"])


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


@step(parsers.parse("“{who}”起草：每学期科普讲座不少于“{figure}”次"))
def drafts_a_figure(desk: Desk, who: str, figure: str) -> None:
    desk.draft = drafts.begun(desk.office)
    text = drafts.text_of(desk.office, desk.draft).replace(drafts.TWICE, drafts.TWICE.replace('"2"', f'"{figure}"'))
    assert drafts.write(desk.office, desk.draft, text, who=NAMES[who])[0] == 200


@step(parsers.parse("“{who}”起草恢复第“{number:d}”版"))
def drafts_a_rollback(desk: Desk, who: str, number: int) -> None:
    given = {"title": "恢复", "base": number, "rollback": True}
    status, desk.draft = desk.office.ask(NAMES[who], "POST", "/rulebook-drafts", json=given)
    assert status == 201


@step(parsers.parse("“{author}”起草“{publisher}”公布了：每学期科普讲座不少于“{figure}”次"))
def was_published(desk: Desk, author: str, publisher: str, figure: str) -> None:
    drafts_a_figure(desk, author, figure)
    previews(desk, author)
    publishes(desk, publisher)


@step(parsers.parse("“{who}”在草稿里加一行说明"))
def adds_a_line(desk: Desk, who: str) -> None:
    assert desk.add_a_line(who)[0] == 200


@then(parsers.parse("“{who}”在草稿里加一行说明被拒绝，因为“{why}”"))
def adds_no_line(desk: Desk, who: str, why: str) -> None:
    _refused(desk.add_a_line(who), why)


@step(parsers.parse("“{who}”预览"))
def previews(desk: Desk, who: str) -> None:
    status, desk.preview = desk.office.ask(NAMES[who], "POST", f"/rulebook-drafts/{desk.draft['id']}/preview", json={})
    assert status == 200, desk.preview


@step(parsers.parse("“{who}”公布"))
def publishes(desk: Desk, who: str) -> None:
    assert desk.publish(who)[0] == 201


@step(parsers.parse("“{who}”公布，自“{day}”起生效"))
def publishes_from(desk: Desk, who: str, day: str) -> None:
    assert desk.publish(who, from_day=day)[0] == 201


@step(parsers.parse("“{who}”填“{typed:d}”项公布"))
def publishes_by_the_number(desk: Desk, who: str, typed: int) -> None:
    assert desk.publish(who, typed=typed)[0] == 201


@then(parsers.parse("“{who}”填“{typed:d}”项公布也被拒绝"))
def is_stopped_by_the_number(desk: Desk, who: str, typed: int) -> None:
    _refused(desk.publish(who, typed=typed), "把会变的项数填进")


@then(parsers.parse("“{who}”公布被拒绝，因为“{why}”"))
def cannot_publish(desk: Desk, who: str, why: str) -> None:
    _refused(desk.publish(who), why)


@step(parsers.parse("“{who}”收回第“{number:d}”版"))
def withdraws(office: Office, who: str, number: int) -> None:
    assert office.ask(NAMES[who], "POST", f"/rulebooks/{number}/withdraw", json={"reason": "日子定错了"})[0] == 200


@step(parsers.parse("结论会变的超过“{share:d}%”就要填明项数"))
def brakes_at(office: Office, share: int) -> None:
    office.ground.brake = Fraction(share, 100)


@then(parsers.parse("草稿检查指出“{file}”里那一行有错"))
def is_pointed_at(desk: Desk, file: str) -> None:
    status, told = desk.office.ask("policy", "POST", f"/rulebook-drafts/{desk.draft['id']}/lint", json={})
    lines = drafts.text_of(desk.office, desk.draft, file).splitlines()
    errors = [one for one in told["notices"] if one["severity"] == "error"]
    assert (status, told["sound"], len(errors)) == (200, False, 1)
    assert (errors[0]["file"], "三" in lines[errors[0]["row"] - 1]) == (file, True)


@then(parsers.parse("预览被拒绝，因为“{why}”"))
def cannot_preview(desk: Desk, why: str) -> None:
    _refused(desk.office.ask("policy", "POST", f"/rulebook-drafts/{desk.draft['id']}/preview", json={}), why)


@then("和现行规则相比，变的是")
def changes_in_meaning(desk: Desk, datatable: Sequence[Sequence[object]]) -> None:
    found = desk.office.get("policy", f"/rulebook-drafts/{desk.draft['id']}/changes")
    told = [{"规则": one["title"], "什么": one["name"], "原来": one["old"], "现在": one["new"]} for one in found]
    assert told == rows(datatable)


@then("结论会变的是")
def findings_flip(desk: Desk, datatable: Sequence[Sequence[object]]) -> None:
    found = desk.office.get("policy", f"/rulebook-drafts/{desk.draft['id']}/preview/findings", limit=100)["items"]
    told = [
        {"单位": one["unit_name"], "期间": one["period"], "原来": WORDS[one["before"]], "以后": WORDS[one["after"]]}
        for one in found
        if one["way"] != "same"
    ]
    assert told == rows(datatable)
    assert desk.preview["flipped"] == len(told)


@then(parsers.parse("按“{day}”问，“{unit}”在“{period}”的科普讲座是“{verdict}”"))
def stood(office: Office, day: str, unit: str, period: str, verdict: str) -> None:
    assert WORDS[office.verdict(UNITS[unit][0], RULE, period, as_of=day)] == verdict


@then(parsers.parse("按“{day}”和新规则问，“{unit}”在“{period}”的科普讲座是“{verdict}”"))
def would_have_stood(office: Office, day: str, unit: str, period: str, verdict: str) -> None:
    newest = office.get("policy", "/rulebooks")[-1]["digest"]
    assert WORDS[office.verdict(UNITS[unit][0], RULE, period, as_of=day, rulebook=newest)] == verdict


@then(parsers.parse("公布过的规则有“{count:d}”版"))
def were_published(office: Office, count: int) -> None:
    assert len(office.get("policy", "/rulebooks")) == count


@then(parsers.parse("第“{one:d}”版的规则和第“{other:d}”版一字不差"))
def is_the_same(office: Office, one: int, other: int) -> None:
    assert office.get("policy", f"/rulebooks/{one}/files") == office.get("policy", f"/rulebooks/{other}/files")


def _refused(answer: Answer, why: str) -> None:
    status, told = answer
    assert status in {403, 409, 422}
    assert why in told["detail"]

"""The made-up county that tests of the service work in, and whoever asks it something."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from checker.rulebook.loading import default_folder, load, texts_of
from checker.service.api.app import application
from checker.service.api.desk import Desk
from checker.service.api.identity import Limits
from checker.service.api.metrics import Metrics
from checker.service.enrolling import Enrolled, enrol, give_token
from checker.service.ground import Ground
from checker.service.loading import load_rulebook, load_units
from checker.service.passwords import Passwords
from checker.service.rolling import Rolling
from checker.store.accounts import Role
from tests.stores import Clock

UNITS = """\
id,name,type,parent,opened,closed
pingluo,平罗县,county,,,
chengguan,城关镇,township,pingluo,,
baofeng,宝丰镇,township,pingluo,,
school-1,一小,school,chengguan,,
school-2,二小,school,chengguan,,
school-3,三小,school,baofeng,,
village-1,一村,village,chengguan,,
village-2,二村,village,baofeng,,
education-sports,县教体局,department,pingluo,,
finance,县财政局,department,pingluo,,
"""
PEOPLE = {
    "school": Enrolled("school", "王老师", Role.SUBMITTER, "school-1", None),
    "other": Enrolled("other", "李老师", Role.SUBMITTER, "school-3", None),
    "village": Enrolled("village", "赵主任", Role.SUBMITTER, "village-1", None),
    "town": Enrolled("town", "钱镇长", Role.SUBMITTER, "chengguan", None),
    "education": Enrolled("education", "孙科长", Role.SUBMITTER, "education-sports", None),
    "auditor": Enrolled("auditor", "周审核", Role.AUDITOR, None, "pingluo"),
    "town-auditor": Enrolled("town-auditor", "吴审核", Role.AUDITOR, "school-2", "chengguan"),
    "policy": Enrolled("policy", "郑政策", Role.POLICY, None, None),
    "publisher": Enrolled("publisher", "何公布", Role.POLICY, None, None),
    "admin": Enrolled("admin", "冯管理", Role.ADMINISTRATOR, None, None),
}
LECTURES = {"unit": "school-1", "period": "2024-2025-1", "values": {"science_lectures": 2}}
SECRET = "three words of mine"  # noqa: S105 (of nobody)
Answer = tuple[int, Any]


def passwords() -> Passwords:
    """Passwords hashed as cheaply as can be."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass
class Office:
    """A service and its people."""

    ground: Ground
    clock: Clock
    app: Any
    rolling: Rolling
    tokens: dict[str, str]
    client: TestClient
    woken: list[int] = field(default_factory=list)

    def ask(self, who: str | None, method: str, path: str, **more: Any) -> Answer:
        """Give the status and the content of an answer."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        headers |= more.pop("headers", {})
        answer = self.client.request(method, f"/api/v1{path}", headers=headers, **more)
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.status_code, answer.json() if is_json and answer.content else answer.content

    def get(self, who: str, path: str, **query: Any) -> Any:
        """Give what is there, and fail where it is not."""
        status, told = self.ask(who, "GET", path, params=query)
        assert status == 200, told
        return told

    def hand_in(self, who: str = "school", document: Any = None, query: str = "", **headers: str) -> Answer:
        """Hand in a document as JSON."""
        body = json.dumps(LECTURES if document is None else document)
        kind = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.ask(who, "POST", f"/submissions{query}", content=body, headers=kind)

    def handed_in(self, who: str = "school", document: Any = None, query: str = "") -> Any:
        """Hand in a document and give the submission."""
        status, told = self.hand_in(who, document, query)
        assert status == 201, told
        return told["submission"]

    def step(self, who: str, submission: Any, name: str, **more: Any) -> Answer:
        """Take a step with a submission."""
        given = {"version": submission["version"], **more}
        return self.ask(who, "POST", f"/submissions/{submission['id']}/{name}", json=given)

    def verdict(self, unit: str, rule: str, period: str, who: str = "auditor", **query: str) -> Any:
        """Give the verdict of one finding, None where there is none."""
        found = self.get(who, "/findings", unit=unit, rule=rule, period=period, **query)["items"]
        return found[0]["verdict"] if found else None


def prepare(ground: Ground, clock: Clock, folder: Path) -> Iterator[Office]:
    """Bring a county into service."""
    rulebook = load(default_folder()).rulebook
    assert rulebook is not None
    load_rulebook(ground, rulebook, texts_of(default_folder()))
    file = folder / "units.csv"
    file.write_text(UNITS, encoding="utf-8")
    load_units(ground, file)
    for person in PEOPLE.values():
        enrol(ground, person, None)
    rolling = Rolling(ground)
    rolling.finish()
    woken: list[int] = []
    limits = Limits("100000/minute", "1000/minute")
    desk = Desk(ground, passwords(), limits, Metrics(lambda: 0), lambda: woken.append(1))
    tokens = {name: give_token(ground, name, "test", 700) for name in PEOPLE}
    app = application(desk)
    with TestClient(app, base_url="https://checker.test", raise_server_exceptions=False) as client:
        yield Office(ground, clock, app, rolling, tokens, client, woken)

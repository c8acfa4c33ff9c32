"""A county to try the service with: made-up data as it was known on a day, and an account of each kind."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from checker.model.language import Text
from checker.rulebook.loading import load, texts_of
from checker.service.enrolling import Enrolled, enrol
from checker.service.ground import Ground
from checker.service.loading import load_data, load_rulebook
from checker.service.rolling import Rolling
from checker.store.accounts import Role

TODAY = date(2025, 6, 30)
"""The day on which the made-up county has most to show."""
PEOPLE: tuple[tuple[Enrolled, Text], ...] = (
    (Enrolled("school", "马老师", Role.SUBMITTER, "school-002", None),
     Text("填报：露川小学，差 1 人达标", "submitter: a school that misses a target by one pupil")),
    (Enrolled("village", "杨主任", Role.SUBMITTER, "yaofu-v03", None),
     Text("填报：霜川村", "submitter: a village")),
    (Enrolled("town", "丁干事", Role.SUBMITTER, "chengguan", None),
     Text("填报：城关镇，可为下级代报", "submitter: a township, which also reports for those below it")),
    (Enrolled("education", "周科长", Role.SUBMITTER, "education-sports", None),
     Text("填报：县教体局，答复多所学校的结论", "submitter: a department that answers for findings")),
    (Enrolled("auditor-1", "王审核", Role.AUDITOR, None, "pingluo"), Text("审核：全县", "auditor: the county")),
    (Enrolled("auditor-2", "李审核", Role.AUDITOR, None, "pingluo"),
     Text("审核：全县，第二人", "auditor: the county, second person")),
    (Enrolled("policy-1", "郑政策", Role.POLICY, None, None), Text("政策：起草规则", "policy editor: drafts rules")),
    (Enrolled("policy-2", "何政策", Role.POLICY, None, None),
     Text("政策：公布规则，第二人", "policy editor: publishes them, second person")),
    (Enrolled("admin", "冯管理", Role.ADMINISTRATOR, None, None),
     Text("管理：账号、令牌、审计", "administrator: accounts, tokens, audit trail")),
)  # fmt: skip
"""Who can sign in, and what there is to see."""
_OPENS, _ZONE = time(9), ZoneInfo("Asia/Shanghai")
_SYLLABLES = (
    "ba be bo du fa fe fi go hu ka ke lo lu ma mi mo na ne no pa pi ra re ro sa se so ta te ti to va vi wo za zu"
)


def clock_of(today: date, now: Callable[[], datetime]) -> Callable[[], datetime]:
    """Give a clock that stood at nine in the morning of `today` when it was made and has gone on since."""
    ahead = datetime.combine(today, _OPENS, _ZONE) - now()
    return lambda: now() + ahead


def password() -> str:
    """Give a password to be read from a screen and typed."""
    words = ("".join(secrets.choice(_SYLLABLES.split()) for _ in range(3)) for _ in range(3))
    return "-".join(words)


def prepare(ground: Ground, rules: Path, data: Path, today: date, secret: str) -> None:
    """Bring the county into service as it was known on `today`; everybody signs in by the same `secret`."""
    rulebook = load(rules).rulebook
    if rulebook is None:
        raise ValueError(rules)
    load_rulebook(ground, rulebook, texts_of(rules))
    load_data(ground, data, known_on=today)
    for person, _ in PEOPLE:
        enrol(ground, person, secret)
    Rolling(ground).finish()


def county_folder() -> Path:
    """Give the folder of the made-up county: inside the package where installed, else the repository's."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "fixtures" / "pingluo"
    return installed if installed.is_dir() else package.parent / "fixtures" / "pingluo"

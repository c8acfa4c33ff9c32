"""Published rulebooks: which judged when, what changed from one to another, and what other targets would do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from checker.service import previewing, publishing
from checker.service.api.acting import Writes
from checker.service.api.desk import AtDesk
from checker.service.api.findings import AsOf, look_at
from checker.service.api.identity import Anyone, Drafting, allow
from checker.service.api.problems import documented, language_of, not_found
from checker.service.api.shown import when
from checker.service.api.values.base import Digest, PeriodCode, RuleId
from checker.service.api.values.drafted import MeaningOut, OutlookOut, Reasoned, RulebookOut, RuleFileOut
from checker.service.looking import Look
from checker.store import publications
from checker.store.accounts import Account, Role
from checker.store.database import Writing, time_of
from checker.store.publications import Publication

router = APIRouter(prefix="/rulebooks", tags=["规则 rulebooks"])
PublicationId = Annotated[int, Path(ge=1, lt=2**63, examples=[2])]
Comparing = Annotated[Account, allow(Role.AUDITOR, Role.POLICY, Role.ADMINISTRATOR)]
Targets = Annotated[
    list[Annotated[str, Query(min_length=1, max_length=40)]],
    Query(alias="target", min_length=1, max_length=50, examples=[["2", "3"]],
          description="试哪些数，介于两数之间写 3-5  figures to try; between two: 3-5"),
]  # fmt: skip


@router.get("", response_model=list[RulebookOut], responses=documented())
def listed(_: Anyone, desk: AtDesk) -> list[RulebookOut]:
    """公布过的规则，按生效先后；收回的也在内。Every publication in the order in which they judge."""
    with desk.ground.database.read() as reading:
        return [rulebook_out(one) for one in publications.listed(reading)]


@router.get("/changes", response_model=list[MeaningOut], responses=documented(404))
def changes(
    request: Request, _: Comparing, desk: AtDesk,
    old: Annotated[Digest, Query(description="旧版的摘要  digest of one")],
    new: Annotated[Digest, Query(description="新版的摘要  digest of the other")],
) -> list[MeaningOut]:  # fmt: skip
    """两版规则的意思有什么不同。What changed in meaning from one published rulebook to another."""
    with desk.ground.database.read() as reading:
        found = publishing.meaning(desk.ground, reading, old, new, language_of(request))
    return [MeaningOut.model_validate(one) for one in found]


@router.get("/what-if", response_model=list[OutlookOut], responses=documented(404, 409))
def what_if(
    _: Drafting, desk: AtDesk, targets: Targets, rule: Annotated[RuleId, Query()],
    period: PeriodCode | None = None, as_of: AsOf = None,
) -> list[OutlookOut]:  # fmt: skip
    """换个目标试试现行的规则。How the findings of a rule would stand under other targets, its own first."""
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of), as_of)
        found = previewing.what_if(desk.ground, look, reading, look.rulebook, rule, targets, period)
    return [OutlookOut.model_validate(one) for one in found]


@router.get("/{publication_id}", response_model=RulebookOut, responses=documented(404))
def one(publication_id: PublicationId, _: Anyone, desk: AtDesk) -> RulebookOut:
    """一次公布。One publication."""
    with desk.ground.database.read() as reading:
        held = publications.find(reading, publication_id)
    if held is None:
        raise not_found()
    return rulebook_out(held)


@router.get("/{publication_id}/files", response_model=list[RuleFileOut], responses=documented(404))
def files(publication_id: PublicationId, _: Drafting, desk: AtDesk) -> list[RuleFileOut]:
    """公布时的规则文件；早先没有留下文件的为空。The files that were published; none where they were not kept."""
    with desk.ground.database.read() as reading:
        if publications.find(reading, publication_id) is None:
            raise not_found()
        found = publications.files_of(reading, publication_id)
    return [RuleFileOut(name=name, content=content) for name, content in found.items()]


@router.post("/{publication_id}/withdraw", response_model=RulebookOut, responses=documented(404, 409))
def withdraw(
    publication_id: PublicationId, given: Reasoned, account: Drafting, desk: AtDesk, writes: Writes
) -> Response:
    """收回尚未生效的公布。Take back a publication that has not come into force."""

    def act(tx: Writing) -> RulebookOut:
        if publications.find(tx.connection, publication_id) is None:
            raise not_found()
        return rulebook_out(publishing.withdraw(desk.ground, tx, account, publication_id, given.reason))

    return writes.perform(200, act, given.model_dump_json())


def rulebook_out(one: Publication) -> RulebookOut:
    """Show a publication."""
    told = {key: value for key, value in one._asdict().items() if key != "seq"}
    times = {"published": time_of(one.published), "in_force": time_of(one.in_force), "withdrawn": when(one.withdrawn)}
    return RulebookOut(**{**told, **times, "id": one.seq})

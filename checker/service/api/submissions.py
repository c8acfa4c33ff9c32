"""Submissions: handing in and what auditors do with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from checker.model.language import Text
from checker.model.unit import Unit
from checker.service import submitting
from checker.service.api.acting import Writes
from checker.service.api.desk import AtDesk, Desk, desk_of
from checker.service.api.identity import Auditing, Reporting, Submitting
from checker.service.api.problems import ApiFault, Reason, documented, language_of, not_found
from checker.service.api.shown import (
    Cursor,
    Most,
    fact_out,
    finding_out,
    page,
    position,
    problems_out,
    submission_out,
)
from checker.service.api.uploads import DOCUMENT_BODY, Uploaded
from checker.service.api.values.base import AtVersion, Key, Page, UnitId, Version
from checker.service.api.values.submitted import FactOut, HandedInOut, Looked, SubmissionOut, Unlock, WithReason
from checker.service.looking import Look
from checker.service.reach import reach_of
from checker.service.submitting import HandedIn
from checker.store import findings as standing
from checker.store import submissions
from checker.store.accounts import Account, Role
from checker.store.database import Reading, Writing, moment
from checker.store.submissions import State, Submission

router = APIRouter(prefix="/submissions", tags=["报送 submissions"])
ForUnit = Annotated[
    UnitId | None,
    Query(description="为哪个单位报，默认本单位；乡镇可代报下级  for which unit, by default one's own"),
]


@router.get("", response_model=Page[SubmissionOut], responses=documented())
def listed(
    account: Reporting, desk: AtDesk, state: State | None = None, unit: UnitId | None = None,
    cursor: Cursor = None, limit: Most = 50,
) -> Page[SubmissionOut]:  # fmt: skip
    """报送列表：填报人看本单位（乡镇含代报的），审核人看辖区。Submissions within reach."""
    after = position(cursor, str)
    with desk.ground.database.read() as reading:
        reach = reach_of(account, Look(desk.ground, reading))
        mine = account.role is Role.SUBMITTER
        units = [one.id for one in reach.reported_for()] if mine else reach.units()
        if unit is not None:
            units = [unit] if reach.reaches_unit(unit) else []
        found = submissions.listed(reading, units, state, after[0] if after else "", limit + 1)
    return page(found, limit, lambda one: (one.id,), submission_out)


@router.post("/check", response_model=Looked, responses=documented(404, 415), openapi_extra=DOCUMENT_BODY)
def check(document: Uploaded, request: Request, account: Submitting, desk: AtDesk, unit: ForUnit = None) -> Looked:
    """只检查，不保存。Look through what would be handed in, and store nothing."""
    with desk.ground.database.read() as reading:
        asked = target(Look(desk.ground, reading), account, unit)
        received = submitting.look_through(desk.ground, reading, asked, document, desk.ground.database.now())
    problems = problems_out(received.problems, language_of(request))
    return Looked(acceptable=not received.is_refused, facts=len(received.facts), problems=problems)


@router.post("", status_code=201, response_model=HandedInOut, responses=documented(404, 409, 415),
             openapi_extra=DOCUMENT_BODY)  # fmt: skip
def hand_in(
    document: Uploaded, request: Request, account: Submitting, desk: AtDesk, writes: Writes, unit: ForUnit = None,
    draft: Annotated[bool, Query(examples=[True], description="只存草稿，不上报  keep a draft")] = False,
) -> Response:  # fmt: skip
    """上报并立即判定本单位；有错误则全部列出，什么都不存。Hand in and judge at once, or say all that is wrong."""

    def act(tx: Writing) -> HandedInOut:
        asked = target(Look(desk.ground, tx.connection), account, unit)
        if draft:
            kept = submitting.draft(desk.ground, tx, account, asked, document)
            return HandedInOut(submission=submission_out(kept), problems=[], findings=[], run=None)
        kept = submitting.keep(tx, account, asked, document)
        handed = submitting.submit(desk.ground, tx, account, kept, kept.version)
        return _handed_in(desk, tx, account, handed, request)

    return writes.perform(201, act, document.name, document.content)


@router.get("/{submission_id}", response_model=SubmissionOut, responses=documented(404))
def one(submission_id: Key, account: Reporting, desk: AtDesk) -> SubmissionOut:
    """一份报送。One submission."""
    with desk.ground.database.read() as reading:
        return submission_out(reached(desk, reading, account, submission_id))


@router.get("/{submission_id}/facts", response_model=list[FactOut], responses=documented(404))
def facts(submission_id: Key, account: Reporting, desk: AtDesk) -> list[FactOut]:
    """其中报的数。The facts that it reported; of a draft none yet."""
    with desk.ground.database.read() as reading:
        submission = reached(desk, reading, account, submission_id)
        rulebook = desk.ground.rulebook(reading)
        found = submissions.facts_of(reading, rulebook.plan.calendar, submission.id)
    return [fact_out(fact, rulebook) for fact in found]


@router.put("/{submission_id}", response_model=SubmissionOut, responses=documented(404, 409, 415),
            openapi_extra=DOCUMENT_BODY)  # fmt: skip
def rewrite(
    submission_id: Key, document: Uploaded, account: Submitting, desk: AtDesk, writes: Writes,
    version: Annotated[Version, Query()],
) -> Response:  # fmt: skip
    """改草稿。Replace what a draft holds."""

    def act(tx: Writing) -> SubmissionOut:
        held = reached(desk, tx.connection, account, submission_id)
        return submission_out(submitting.rewrite(desk.ground, tx, account, held, version, document))

    return writes.perform(200, act, document.name, document.content)


@router.delete("/{submission_id}", status_code=204, responses=documented(404, 409))
def discard(
    submission_id: Key, account: Submitting, desk: AtDesk, writes: Writes,
    version: Annotated[Version, Query()],
) -> Response:  # fmt: skip
    """删草稿。Delete a draft."""

    def act(tx: Writing) -> None:
        held = reached(desk, tx.connection, account, submission_id)
        submitting.discard(desk.ground, tx, account, held, version)

    return writes.perform(204, act)


@router.post("/{submission_id}/submit", response_model=HandedInOut, responses=documented(404, 409))
def submit(
    submission_id: Key, given: AtVersion, request: Request, account: Submitting, desk: AtDesk, writes: Writes
) -> Response:
    """上报草稿。Hand in a draft."""

    def act(tx: Writing) -> HandedInOut:
        held = reached(desk, tx.connection, account, submission_id)
        handed = submitting.submit(desk.ground, tx, account, held, given.version)
        return _handed_in(desk, tx, account, handed, request)

    return writes.perform(200, act, given.model_dump_json())


Step = Callable[[Writing, Submission], Submission]


class Judging:
    """What an auditor does to a submission of another unit: each a step, done once."""

    def __init__(self, request: Request, account: Auditing, writes: Writes) -> None:
        self.account, self._desk, self._writes = account, desk_of(request), writes

    def step(self, submission_id: str, take: Step, asked: str) -> Response:
        """Take one step. Raises ApiFault where the submission is out of reach or the auditor's own unit's."""

        def act(tx: Writing) -> SubmissionOut:
            held = reached(self._desk, tx.connection, self.account, submission_id)
            if held.unit == self.account.unit or held.by_account == self.account.id:
                raise ApiFault(403, Reason.OWN_UNIT, Text("不能审核本单位的报送", "nobody judges the own unit's"))
            return submission_out(take(tx, held))

        return self._writes.perform(200, act, asked)


Judges = Annotated[Judging, Depends(Judging)]


@router.post("/{submission_id}/accept", response_model=SubmissionOut, responses=documented(404, 409))
def accept(submission_id: Key, given: AtVersion, desk: AtDesk, judging: Judges) -> Response:
    """验收。Accept."""

    def take(tx: Writing, held: Submission) -> Submission:
        return submitting.accept(desk.ground, tx, judging.account, held, given.version)

    return judging.step(submission_id, take, given.model_dump_json())


@router.post("/{submission_id}/return", response_model=SubmissionOut, responses=documented(404, 409))
def send_back(submission_id: Key, given: WithReason, desk: AtDesk, judging: Judges) -> Response:
    """退回：其中的数从此不算。Return: its facts count no longer from now on."""

    def take(tx: Writing, held: Submission) -> Submission:
        return submitting.send_back(desk.ground, tx, judging.account, held, given.version, given.reason)

    return judging.step(submission_id, take, given.model_dump_json())


@router.post("/{submission_id}/lock", response_model=SubmissionOut, responses=documented(404, 409))
def lock(submission_id: Key, given: AtVersion, desk: AtDesk, judging: Judges) -> Response:
    """锁定：其中的数不能再改。Lock: its figures can no longer be changed."""

    def take(tx: Writing, held: Submission) -> Submission:
        return submitting.lock(desk.ground, tx, judging.account, held, given.version)

    return judging.step(submission_id, take, given.model_dump_json())


@router.post("/{submission_id}/unlock", response_model=SubmissionOut, responses=documented(404, 409))
def unlock(submission_id: Key, given: Unlock, desk: AtDesk, judging: Judges) -> Response:
    """解锁，要理由和期限，过期自动锁上。Unlock until a time, with a reason; then it is locked again."""

    def take(tx: Writing, held: Submission) -> Submission:
        until = moment(given.until)
        return submitting.unlock(desk.ground, tx, judging.account, held, given.version, given.reason, until)

    return judging.step(submission_id, take, given.model_dump_json())


def reached(desk: Desk, reading: Reading, account: Account, submission_id: str) -> Submission:
    """Give the submission of that id. Raises ApiFault where there is none within reach; drafts are their unit's own."""
    submission = submissions.find(reading, submission_id)
    reach = reach_of(account, Look(desk.ground, reading))
    if submission is None or not reach.reaches_unit(submission.unit):
        raise not_found()
    if submission.state is State.DRAFT and account.role is not Role.SUBMITTER:
        raise not_found()
    return submission


def target(look: Look, account: Account, unit: str | None) -> Unit:
    """Give the unit that a submitter hands in for. Raises ApiFault where it does not hand in for that one."""
    wanted = unit or account.unit
    found = next((one for one in reach_of(account, look).reported_for() if one.id == wanted), None)
    if found is None:
        raise not_found()
    return found


def _handed_in(desk: Desk, tx: Writing, account: Account, handed: HandedIn, request: Request) -> HandedInOut:
    language = language_of(request)
    reach = reach_of(account, Look(desk.ground, tx.connection))
    found = sorted(standing.of_units(tx.connection, [handed.submission.unit]), key=lambda one: one.id)
    shown = [finding_out(one, reach, language) for one in found]
    problems = problems_out(handed.received.problems, language)
    return HandedInOut(submission=submission_out(handed.submission), problems=problems, findings=shown, run=handed.run)

"""Drafts of rulebooks: begun, edited, looked at, previewed, and published by somebody else."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from checker.authoring.comparing.report import Side
from checker.authoring.schemas import KINDS, schema_of
from checker.model.language import Language, Text
from checker.model.number import shown_percent, simplest
from checker.service import drafting, previewing, publishing
from checker.service.api.acting import Writes
from checker.service.api.desk import AtDesk, Desk
from checker.service.api.findings import AsOf, look_at
from checker.service.api.identity import Drafting
from checker.service.api.problems import documented, language_of, not_found
from checker.service.api.rulebooks import Targets, rulebook_out
from checker.service.api.shown import Cursor, Most, page, position
from checker.service.api.values.base import AtVersion, Key, Page, PeriodCode, RuleId, Version
from checker.service.api.values.drafted import (
    CompletionOut,
    DocumentIn,
    DraftChangeOut,
    DraftFileIn,
    DraftFileOut,
    DraftIn,
    DraftOut,
    DraftWhole,
    FeaturesIn,
    FileListed,
    LintOut,
    MeaningOut,
    OutlookOut,
    PreviewFindingOut,
    PreviewIn,
    PreviewOut,
    ProofOut,
    PublishIn,
    RemarkOut,
    RulebookOut,
    TraceOut,
    Unsaved,
)
from checker.service.looking import Look
from checker.store import drafts
from checker.store.database import Reading, Writing, time_of
from checker.store.drafts import Draft, DraftState, Preview

router = APIRouter(prefix="/rulebook-drafts", tags=["规则草稿 drafts"])
Named = Annotated[str, Path(pattern=drafting.FILE_NAME, examples=["2-1-youth.yaml"])]


@router.get("", response_model=Page[DraftOut], responses=documented())
def listed(
    _: Drafting, desk: AtDesk, state: DraftState | None = None, cursor: Cursor = None, limit: Most = 50
) -> Page[DraftOut]:
    """草稿列表。Drafts, by id."""
    after = position(cursor, str)
    with desk.ground.database.read() as reading:
        found = drafts.listed(reading, state, after[0] if after else "", limit + 1)
    return page(found, limit, lambda one: (one.id,), _draft_out)


@router.post("", status_code=201, response_model=DraftWhole, responses=documented(404, 409))
def begin(given: DraftIn, account: Drafting, desk: AtDesk, writes: Writes) -> Response:
    """新草稿；rollback 则是恢复那一版，不能改。A new draft, of what is in force or of an earlier publication."""

    def act(tx: Writing) -> DraftWhole:
        made = drafting.begin(desk.ground, tx, account, given.title, given.base, is_rollback=given.rollback)
        return _whole(tx.connection, made)

    return writes.perform(201, act, given.model_dump_json())


@router.get("/{draft_id}", response_model=DraftWhole, responses=documented(404))
def one(draft_id: Key, _: Drafting, desk: AtDesk) -> DraftWhole:
    """一份草稿：文件清单，谁改了什么。A draft, its files, and who changed what."""
    with desk.ground.database.read() as reading:
        return _whole(reading, drafting.found(reading, draft_id))


@router.post("/{draft_id}/discard", response_model=DraftOut, responses=documented(404, 409))
def discard(draft_id: Key, given: AtVersion, account: Drafting, desk: AtDesk, writes: Writes) -> Response:
    """放弃草稿。Give a draft up."""

    def act(tx: Writing) -> DraftOut:
        return _draft_out(drafting.discard(desk.ground, tx, account, draft_id, given.version))

    return writes.perform(200, act, given.model_dump_json())


@router.get("/{draft_id}/files/{file_name}", response_model=DraftFileOut, responses=documented(404))
def file(draft_id: Key, file_name: Named, _: Drafting, desk: AtDesk) -> DraftFileOut:
    """草稿的一个文件。One file of a draft."""
    with desk.ground.database.read() as reading:
        drafting.found(reading, draft_id)
        held = next((one for one in drafts.files(reading, draft_id) if one.name == file_name), None)
    if held is None:
        raise not_found()
    return DraftFileOut(**held._asdict())


@router.put("/{draft_id}/files/{file_name}", response_model=DraftFileOut, responses=documented(404, 409))
def write(
    draft_id: Key, file_name: Named, given: DraftFileIn, account: Drafting, desk: AtDesk, writes: Writes
) -> Response:
    """写一个文件，带上所读的版本，新文件不带。Write a file, with the version that was read; none for a new file."""

    def act(tx: Writing) -> DraftFileOut:
        kept = drafting.write(desk.ground, tx, account, draft_id, file_name, given.content, given.version)
        return DraftFileOut(**kept._asdict())

    return writes.perform(200, act, given.model_dump_json())


@router.delete("/{draft_id}/files/{file_name}", status_code=204, responses=documented(404, 409))
def remove(
    draft_id: Key, file_name: Named, account: Drafting, desk: AtDesk, writes: Writes,
    version: Annotated[Version, Query()],
) -> Response:  # fmt: skip
    """删一个文件。Remove a file."""

    def act(tx: Writing) -> None:
        drafting.remove(desk.ground, tx, account, draft_id, file_name, version)

    return writes.perform(204, act)


@router.post("/{draft_id}/lint", response_model=LintOut, responses=documented(404))
def lint(draft_id: Key, given: Unsaved, request: Request, _: Drafting, desk: AtDesk) -> LintOut:
    """检查草稿，未保存的也可带上；什么都不存。Look a draft through, with what is not saved yet; nothing is stored."""
    examined = drafting.examine(desk.ground, _texts(desk, draft_id, given))
    say = language_of(request)
    shown = [
        RemarkOut(**{**one._asdict(), "message": one.message.said(say), "hint": one.hint.said(say)})
        for one in examined.remarks
    ]
    return LintOut(sound=examined.rulebook is not None, notices=shown, more=examined.more)


@router.post("/{draft_id}/completion", response_model=CompletionOut, responses=documented(404))
def completion(draft_id: Key, given: Unsaved, _: Drafting, desk: AtDesk) -> CompletionOut:
    """补全用的：各类文件的结构和草稿里的名字。What an editor completes from: schemas, and the names of the draft."""
    names = drafting.names(desk.ground, _texts(desk, draft_id, given))
    return CompletionOut(schemas={kind: schema_of(kind) for kind in KINDS}, names=names)


@router.post("/{draft_id}/coverage", response_model=TraceOut, responses=documented(404))
def coverage(draft_id: Key, given: DocumentIn, request: Request, _: Drafting, desk: AtDesk) -> TraceOut:
    """对照规划原文。The plan's text laid beside the rules: which quantified clause has none."""
    files = _texts(desk, draft_id)
    return TraceOut(trace=drafting.coverage(desk.ground, files, given.document, language_of(request)))


@router.post("/{draft_id}/tests", response_model=ProofOut, responses=documented(404))
def tests(draft_id: Key, given: FeaturesIn, request: Request, _: Drafting, desk: AtDesk) -> ProofOut:
    """用中文特性（Gherkin）测试草稿。Whether features hold under a draft."""
    files = _texts(desk, draft_id)
    return ProofOut.model_validate(drafting.prove(desk.ground, files, given.features, language_of(request)))


@router.get("/{draft_id}/changes", response_model=list[MeaningOut], responses=documented(404))
def changes(draft_id: Key, request: Request, _: Drafting, desk: AtDesk) -> list[MeaningOut]:
    """草稿和现行规则的意思有什么不同。What a draft changes in meaning against the rulebook in force."""
    asked = previewing.candidate(desk.ground, draft_id)
    with desk.ground.database.read() as reading:
        old = desk.ground.rulebook(reading)
    sides = Side(old.digest, old), Side(asked.digest, asked.rulebook)
    return [MeaningOut.model_validate(one) for one in publishing.meaning_between(*sides, language_of(request))]


@router.get("/{draft_id}/what-if", response_model=list[OutlookOut], responses=documented(404, 409))
def what_if(
    draft_id: Key, _: Drafting, desk: AtDesk, targets: Targets,
    rule: Annotated[RuleId, Query()], period: PeriodCode | None = None, as_of: AsOf = None,
) -> list[OutlookOut]:  # fmt: skip
    """换个目标试试草稿里的规则。How the findings of a drafted rule would stand under other targets, its own first."""
    asked = previewing.candidate(desk.ground, draft_id)
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of), as_of)
        found = previewing.what_if(desk.ground, look, reading, asked.rulebook, rule, targets, period)
    return [OutlookOut.model_validate(one) for one in found]


@router.post("/{draft_id}/preview", response_model=PreviewOut, responses=documented(404, 409))
def preview(
    draft_id: Key, given: PreviewIn, request: Request, account: Drafting, desk: AtDesk, writes: Writes
) -> Response:
    """预览：公布后哪些单位的哪些结论会变。What publishing would change; it replaces the preview before."""
    previewed = previewing.preview(desk.ground, draft_id, given.as_of)

    def act(tx: Writing) -> PreviewOut:
        return _preview_out(desk, previewing.keep(desk.ground, tx, account, previewed), language_of(request))

    return writes.perform(200, act, given.model_dump_json())


@router.get("/{draft_id}/preview", response_model=PreviewOut, responses=documented(404))
def last_preview(draft_id: Key, request: Request, _: Drafting, desk: AtDesk) -> PreviewOut:
    """最近一次预览，按规则计数。The last preview, counted by rule."""
    with desk.ground.database.read() as reading:
        held = drafts.preview(reading, drafting.found(reading, draft_id).id)
    if held is None:
        raise not_found()
    return _preview_out(desk, held, language_of(request))


@router.get("/{draft_id}/preview/findings", response_model=Page[PreviewFindingOut], responses=documented(404))
def preview_findings(
    draft_id: Key, _: Drafting, desk: AtDesk, rule: RuleId | None = None,
    way: Annotated[str | None, Query(pattern=f"^({'|'.join(previewing.WAYS)})$", examples=["worse"])] = None,
    cursor: Cursor = None, limit: Most = 50,
) -> Page[PreviewFindingOut]:  # fmt: skip
    """最近一次预览里会变的结论。The findings that the last preview changes."""
    after = position(cursor, int)
    with desk.ground.database.read() as reading:
        if drafts.preview(reading, drafting.found(reading, draft_id).id) is None:
            raise not_found()
        found = drafts.previewed(reading, draft_id, rule, way, after[0] if after else 0, limit + 1)
    names = PreviewFindingOut.model_fields
    return page(found, limit, lambda one: (one.place,),
                lambda one: PreviewFindingOut(**{name: getattr(one, name) for name in names}))  # fmt: skip


@router.post("/{draft_id}/publish", status_code=201, response_model=RulebookOut, responses=documented(404, 409))
def publish(draft_id: Key, given: PublishIn, account: Drafting, desk: AtDesk, writes: Writes) -> Response:
    """公布草稿；起草和改过的人不能公布。Publish a draft that one has not changed oneself, as the preview showed it."""
    wish = publishing.Wish(**given.model_dump())
    prepared = publishing.prepare(desk.ground, draft_id)

    def act(tx: Writing) -> RulebookOut:
        return rulebook_out(publishing.publish(desk.ground, tx, account, draft_id, wish, prepared))

    return writes.perform(201, act, given.model_dump_json())


def _texts(desk: Desk, draft_id: str, unsaved: Unsaved | None = None) -> dict[str, str]:
    with desk.ground.database.read() as reading:
        draft = drafting.found(reading, draft_id)
        return drafting.texts(reading, draft, unsaved.files if unsaved else None)


def _draft_out(draft: Draft) -> DraftOut:
    times = {"created": time_of(draft.created), "changed": time_of(draft.changed)}
    return DraftOut(**{**draft._asdict(), **times})


def _whole(reading: Reading, draft: Draft) -> DraftWhole:
    files = [
        FileListed(name=one.name, version=one.version, size=len(one.content.encode()))
        for one in drafts.files(reading, draft.id)
    ]
    done = [DraftChangeOut(**{**one._asdict(), "at": time_of(one.at)}) for one in drafts.changes(reading, draft.id)]
    return DraftWhole(**_draft_out(draft).model_dump(), files=files, changes=done)


def _preview_out(desk: Desk, one: Preview, language: Language) -> PreviewOut:
    share = Fraction(one.flipped, one.findings) if one.findings else Fraction(0)
    rules = [
        {"rule": row["rule"], "title": Text(*row["title"]).said(language), **row["ways"]}
        for row in json.loads(one.rules)
    ]
    told = {**one._asdict(), "at": time_of(one.at), "rules": rules}
    del told["base"]
    return PreviewOut.model_validate({
        **told, "share": shown_percent(simplest(share)), "brake": shown_percent(simplest(desk.ground.brake)),
        "needs_count": share > desk.ground.brake,
    })  # fmt: skip

"""Errors as ``application/problem+json`` (RFC 9457), with a code that programs can tell apart and words for people."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from enum import StrEnum
from http import HTTPStatus
from typing import Any, NamedTuple

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from checker.model.language import Language, Text, printable, same
from checker.model.problem import Problem
from checker.reporting.json_format import steady_json
from checker.reporting.record import problem_record
from checker.service.apart.sandbox import Busy, Exhausted
from checker.service.drafting import FaultyRulebook, NoDraft
from checker.service.ground import Unprepared, Unpublished
from checker.service.publishing import CountNeeded, Outdated, SamePerson
from checker.service.submitting import Refused, Stale
from checker.store.failing import Full, Unreachable

MEDIA_TYPE = "application/problem+json"
Responses = dict[int | str, dict[str, Any]]


class Reason(StrEnum):
    """Why a request was not done."""

    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    FORGED = "forged_request"
    OWN_UNIT = "own_unit"
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "method_not_allowed"
    REFUSED = "refused"
    STALE = "stale_version"
    SECOND_PERSON = "second_person_needed"
    OUTDATED = "preview_outdated"
    COUNT_NEEDED = "count_needed"
    TAKEN = "already_taken"
    DONE_ALREADY = "done_already"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported_media_type"
    INVALID = "invalid_request"
    FAULTY = "faulty_submission"
    FAULTY_RULEBOOK = "faulty_rulebook"
    EXHAUSTED = "draft_too_costly"
    KEY_REUSED = "idempotency_key_reused"
    TOO_MANY = "too_many_requests"
    NOT_INSTALLED = "not_installed"
    BUSY = "busy"
    UNPREPARED = "unprepared"
    FULL = "storage_full"
    UNREACHABLE = "storage_unreachable"
    INTERNAL = "internal_error"


class ProblemRecord(BaseModel):
    """One fault in what was handed in, as ``checker check --format json`` has it."""

    severity: str = Field(examples=["error"])
    code: str = Field(examples=["bad_value"])
    message: str = Field(examples=["“两次”不是整数"])
    hint: str = Field(examples=["请填整数"])
    file: str | None = Field(default=None, examples=["2024-2025-1.xlsx"])
    sheet: str | None = Field(default=None, examples=["2024-2025-1"])
    row: int | None = Field(default=None, examples=[5])
    column: str | None = Field(default=None, examples=["C"])


class Fault(BaseModel):
    """An error."""

    title: str = Field(examples=["Conflict"])
    status: int = Field(examples=[409])
    code: Reason = Field(examples=[Reason.STALE])
    detail: str = Field(examples=["别人已经改过，请重新读取后再试"])
    request_id: str = Field(examples=["7f0c2d9b5a1e4c33"])
    problems: list[ProblemRecord] = Field(default=[], description="what is wrong with what was handed in, all of it")


class ApiFault(Exception):  # noqa: N818 (an answer, not a failure)
    """Ends a request with an error answer."""

    def __init__(self, status: int, code: Reason, why: Text, headers: dict[str, str] | None = None) -> None:
        super().__init__(str(why))
        self.status, self.code, self.why, self.headers = status, code, why, headers


class Told(NamedTuple):
    """What an error answer says."""

    status: int
    code: Reason
    why: Text
    problems: tuple[Problem, ...]


FaultPage = Callable[[Request, Told, dict[str, str] | None], Response | None]


def not_found() -> ApiFault:
    """Give the answer for what is not there and for what the account does not reach: they cannot be told apart."""
    return ApiFault(404, Reason.NOT_FOUND, Text("没有，或者不在您的范围内", "not there, or not within your reach"))


def documented(*statuses: int) -> Responses:
    """Give the errors that a route can answer, for its documentation; those that every route can are among them."""
    every = (401, 403, 413, 422, 429, 500, 503, 507, *statuses)
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Fault"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted(every)}


LANGUAGE_COOKIE = "language"


def language_of(request: Request) -> Language:
    """Give the language of an answer: the one chosen on a page, else English where ``Accept-Language`` begins with it.

    Else Chinese.
    """
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in set(Language):
        return Language(chosen)
    return Language.EN if request.headers.get("accept-language", "").lower().startswith("en") else Language.ZH


def answer(
    request: Request, status: int, code: Reason, why: Text, problems: Iterable[Problem] = (),
    headers: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """Give an error as the answer to `request`: as a page where a page was asked for."""
    page = request.app.state.fault_page(request, Told(status, code, why, tuple(problems)), headers)
    return page or _record(request, Told(status, code, why, tuple(problems)), headers)


def _record(request: Request, told: Told, headers: dict[str, str] | None) -> Response:
    status, code, why, problems = told
    language = language_of(request)
    fault = {
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code.value,
        "detail": printable(why.said(language)),
        "request_id": request.state.request_id,
        "problems": [_printable(problem_record(problem, language)) for problem in problems],
    }
    return Response(steady_json(fault), status, headers, MEDIA_TYPE)


def _printable(record: dict[str, object]) -> dict[str, object]:
    return {key: printable(value) if isinstance(value, str) else value for key, value in record.items()}


_STALE = Text("别人已经改过，请重新读取后再试", "somebody changed it meanwhile: read it again and retry")
_INTERNAL = Text("内部错误，没有做任何改动；请把 request_id 告诉管理员", "internal error, nothing was changed")
_FULL = Text("磁盘已满，没有存下任何东西；请告诉管理员", "no room left on the disk, nothing was stored")
_UNREACHABLE = Text(
    "数据库没有应答，请稍后用同一个 Idempotency-Key 再试", "the database gives no answer: retry later with the same key"
)
_FAULTY_RULEBOOK = Text("规则有错，改正后再试", "the rules have errors: mend what is wrong")
_SAME_PERSON = Text("起草或改过它的人不能公布，请另一位政策人员公布", "whoever drafted it cannot publish it")
_OUTDATED = Text("和预览时不同了，请重新预览", "it is no longer what the preview showed: preview it again")
_BUSY = Text("正在处理别的草稿，请稍后再试", "other drafts are being looked at: try again later")
_BY_STATUS = {404: Reason.NOT_FOUND, 405: Reason.NOT_ALLOWED, 413: Reason.TOO_LARGE, 415: Reason.UNSUPPORTED}


def install(app: FastAPI, fault_page: FaultPage) -> None:
    """Let `app` answer every exception with a problem, or by `fault_page` where that gives a page."""
    app.state.fault_page = fault_page
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)


def answer_to(request: Request, fault: Exception) -> Response:
    """Give the answer to what was raised outside of every route."""
    return next(_HANDLERS[kind] for kind in type(fault).mro() if kind in _HANDLERS)(request, fault)


def _of_fault(request: Request, fault: Any) -> Response:
    return answer(request, fault.status, fault.code, fault.why, headers=fault.headers)


def _of_refusal(request: Request, refused: Any) -> Response:
    if refused.problems:
        return answer(request, 422, Reason.FAULTY, refused.why, refused.problems)
    return answer(request, 409, Reason.REFUSED, refused.why)


def _of_stale(request: Request, _: Any) -> Response:
    return answer(request, 409, Reason.STALE, _STALE)


def _of_nothing(request: Request, _: Any) -> Response:
    return _of_fault(request, not_found())


def _of_faulty_rulebook(request: Request, faulty: Any) -> Response:
    return answer(request, 422, Reason.FAULTY_RULEBOOK, _FAULTY_RULEBOOK, faulty.problems)


def _of_same_person(request: Request, _: Any) -> Response:
    return answer(request, 403, Reason.SECOND_PERSON, _SAME_PERSON)


def _of_outdated(request: Request, _: Any) -> Response:
    return answer(request, 409, Reason.OUTDATED, _OUTDATED)


def _of_count_needed(request: Request, fault: Any) -> Response:
    return answer(request, 409, Reason.COUNT_NEEDED, fault.why)


def _of_exhausted(request: Request, fault: Any) -> Response:
    return answer(request, 422, Reason.EXHAUSTED, fault.why)


def _of_busy(request: Request, _: Any) -> Response:
    return answer(request, 503, Reason.BUSY, _BUSY, headers={"Retry-After": "20"})


def _of_unprepared(request: Request, fault: Any) -> Response:
    return answer(request, 503, Reason.UNPREPARED, fault.why)


def _of_invalid(request: Request, fault: Any) -> Response:
    told = "; ".join(_told(one) for one in fault.errors()[:5])
    return answer(request, 422, Reason.INVALID, Text(f"请求有误：{told}", f"invalid request: {told}"))


def _told(error: dict[str, Any]) -> str:
    """Give where something is wrong and what; a key that nobody asked for may be as long as the whole body."""
    return f"{'.'.join(str(part)[:64] for part in error['loc'])}: {error['msg'][:200]}"


def _of_http(request: Request, fault: Any) -> Response:
    # A body that cannot be read is as invalid as one with wrong values.
    status = 422 if fault.status_code == 400 else fault.status_code
    code = _BY_STATUS.get(status, Reason.INVALID)
    headers = dict(fault.headers) if fault.headers else None
    return answer(request, status, code, same(str(fault.detail)), headers=headers)


def _of_full(request: Request, _: Any) -> Response:
    return answer(request, 507, Reason.FULL, _FULL)


def _of_unreachable(request: Request, fault: Any) -> Response:
    structlog.get_logger("checker.fault").error("database unreachable", exc_info=fault)
    return answer(request, 503, Reason.UNREACHABLE, _UNREACHABLE, headers={"Retry-After": "5"})


def _of_system(request: Request, fault: Any) -> Response:
    return _of_full(request, fault) if fault.errno in _NO_ROOM else _of_anything(request, fault)


def _of_anything(request: Request, fault: Any) -> Response:
    structlog.get_logger("checker.fault").error("internal error", exc_info=fault)
    return answer(request, 500, Reason.INTERNAL, _INTERNAL)


_NO_ROOM = frozenset({errno.EFBIG, errno.ENOSPC, errno.EDQUOT})
_HANDLERS: dict[type[Exception], Callable[[Request, Any], Response]] = {
    ApiFault: _of_fault,
    Refused: _of_refusal,
    Stale: _of_stale,
    Unprepared: _of_unprepared,
    Unpublished: _of_nothing,
    NoDraft: _of_nothing,
    FaultyRulebook: _of_faulty_rulebook,
    SamePerson: _of_same_person,
    Outdated: _of_outdated,
    CountNeeded: _of_count_needed,
    Exhausted: _of_exhausted,
    Busy: _of_busy,
    RequestValidationError: _of_invalid,
    HTTPException: _of_http,
    Full: _of_full,
    Unreachable: _of_unreachable,
    OSError: _of_system,
    Exception: _of_anything,
}

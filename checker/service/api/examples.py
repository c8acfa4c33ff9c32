"""Whole examples for the documentation, composed from those of the parts, and an example of every error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from checker.service.api.problems import MEDIA_TYPE, Reason

Schema = Mapping[str, Any]
_JSON = "application/json"
_REQUEST = "7f0c2d9b5a1e4c33"
_FAULTY = {
    "severity": "error", "code": "bad_value", "message": "“两次”不是整数", "hint": "请填整数",
    "file": "2024-2025-1.xlsx", "sheet": "2024-2025-1", "row": 5, "column": "C",
}  # fmt: skip
_FAULTS: Mapping[int, tuple[Reason, str]] = {
    401: (Reason.UNAUTHENTICATED, "请先登录或带上令牌"),
    403: (Reason.FORBIDDEN, "只有 administrator 可以"),
    404: (Reason.NOT_FOUND, "没有，或者不在您的范围内"),
    409: (Reason.STALE, "别人已经改过，请重新读取后再试"),
    413: (Reason.TOO_LARGE, "最多 10485760 字节  at most 10485760 bytes"),
    415: (Reason.UNSUPPORTED, "Content-Type 应是 application/json, application/yaml, text/csv"),
    422: (Reason.FAULTY, "报送有错误，改正后再报"),
    429: (Reason.TOO_MANY, "请求太频繁，请稍后再试"),
    500: (Reason.INTERNAL, "内部错误，没有做任何改动；请把 request_id 告诉管理员"),
    501: (Reason.NOT_INSTALLED, "没有安装生成 PDF 所需的程序"),
    503: (Reason.UNPREPARED, "还没有规则或单位名册：请先运行 checker admin load-rulebook 和 load-units"),
    507: (Reason.FULL, "磁盘已满，没有存下任何东西；请告诉管理员"),
}


class Unexampled(LookupError):  # noqa: N818 (says what the documentation lacks)
    """A part of the interface has no example from which a whole one could be made."""


def add_examples(document: dict[str, Any]) -> None:
    """Give every parameter, JSON body and error in an OpenAPI document its example. Raises Unexampled."""
    schemas = document["components"]["schemas"]
    for operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            parameter.setdefault("example", sample(parameter["schema"], schemas))
        for content in _contents(operation):
            if _JSON in content and not {"example", "examples"} & content[_JSON].keys():
                content[_JSON]["example"] = sample(content[_JSON]["schema"], schemas)
        for status, response in operation["responses"].items():
            if MEDIA_TYPE in response.get("content", ()):
                response["content"][MEDIA_TYPE]["example"] = _fault(int(status))


def sample(schema: Schema, schemas: Mapping[str, Schema]) -> Any:
    """Give an example of `schema`: its own, or one made of its parts, found among `schemas`. Raises Unexampled."""
    if "$ref" in schema:
        return sample(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for own in ("examples", "enum"):
        if own in schema:
            return schema[own][0]
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], schemas)
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {name: sample(part, schemas) for name, part in schema["properties"].items()}
        case "array":
            return [sample(schema["items"], schemas)]
        case "boolean":
            return bool(schema.get("default", False))
    raise Unexampled(str(schema))


def _operations(document: Schema) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def _contents(operation: Schema) -> Iterator[dict[str, Any]]:
    yield operation.get("requestBody", {}).get("content", {})
    yield from (told.get("content", {}) for status, told in operation["responses"].items() if status.startswith("2"))


def _fault(status: int) -> dict[str, Any]:
    code, why = _FAULTS[status]
    problems = [_FAULTY] if code is Reason.FAULTY else []
    title = HTTPStatus(status).phrase
    return {"title": title, "status": status, "code": code.value, "detail": why, "request_id": _REQUEST,
            "problems": problems}  # fmt: skip

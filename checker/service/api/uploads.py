"""What is sent as the body of a request, bytes as they came: documents of facts, and files of evidence."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query, Request

from checker.model.language import Text
from checker.service.api.problems import ApiFault, Reason
from checker.service.receiving import Document, named, suffixes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCUMENTS = {"application/json": ".json", "application/yaml": ".yaml", "text/csv": ".csv", XLSX: ".xlsx"}
_EVIDENCE = {
    "application/pdf": (".pdf", b"%PDF-"),
    "image/png": (".png", b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": (".jpg", b"\xff\xd8\xff"),
    XLSX: (".xlsx", b"PK\x03\x04"),
}
MOST_EVIDENCE = 5 * 1024 * 1024
_VALUES = {
    "type": "object",
    "description": "指标（代码或名称）: 数值，或 {value, evidence, note}  indicator: value, or {value, evidence, note}",
    "additionalProperties": {
        "anyOf": [
            {"type": ["string", "number", "boolean"]},
            {
                "type": "object",
                "required": ["value"],
                "additionalProperties": False,
                "properties": {
                    "value": {"type": ["string", "number", "boolean"]},
                    "evidence": {"type": "string"},
                    "note": {"type": "string"},
                },
            },
        ]
    },
}
_DOCUMENT = {
    "type": "object",
    "required": ["unit", "period", "values"],
    "additionalProperties": False,
    "properties": {"unit": {"type": "string"}, "period": {"type": "string"}, "values": _VALUES},
}
_EXAMPLE = {"unit": "school-001", "period": "2024-2025-1", "values": {"science_lectures": 2, "students_enrolled": 800}}
_CSV = "单位,指标,期间,数值\nschool-001,science_lectures,2024-2025-1,2\n"
_YAML = "unit: school-001\nperiod: 2024-2025-1\nvalues:\n  science_lectures: 2\n"
_TEMPLATE = {"summary": "填报模板，填好后上报  the template, filled in", "externalValue": "/api/v1/template"}
DOCUMENT_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "报送的数据：JSON、YAML 文档，CSV 或 XLSX  what is reported; `reported_at` is refused",
        "content": {
            "application/json": {
                "schema": {"anyOf": [_DOCUMENT, {"type": "array", "minItems": 1, "items": _DOCUMENT}]},
                "example": _EXAMPLE,
            },
            "application/yaml": {"schema": {"type": "string"}, "example": _YAML},
            "text/csv": {"schema": {"type": "string"}, "example": _CSV},
            XLSX: {"schema": {"type": "string", "format": "binary"}, "examples": {"template": _TEMPLATE}},
        },
    }
}
EVIDENCE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}, "example": magic.decode("latin-1")}
            for kind, (_, magic) in _EVIDENCE.items()
        },
    }
}
FileName = Annotated[str | None, Query(max_length=200, examples=["2024-2025-1.csv"], description="文件名  its name")]


async def _document(request: Request, file: FileName = None) -> Document:
    """Give the document that the body is, by its Content-Type. Raises ApiFault for another kind."""
    suffix = _DOCUMENTS.get(_content_type(request))
    if suffix is None or suffix not in suffixes():
        raise _unsupported([kind for kind, suffix in _DOCUMENTS.items() if suffix in suffixes()])
    bare = named(file or "", await request.body())
    stem = bare.name.removesuffix(suffix) if file else ""
    return bare._replace(name=f"{stem or 'submission'}{suffix}")


async def _evidence(request: Request, file: FileName = None) -> tuple[Document, str]:
    """Give the file that the body is and its type, which its first bytes bear out. Raises ApiFault."""
    kind = _content_type(request)
    if kind not in _EVIDENCE:
        raise _unsupported(list(_EVIDENCE))
    suffix, magic = _EVIDENCE[kind]
    content = await request.body()
    if len(content) > MOST_EVIDENCE:
        raise ApiFault(413, Reason.TOO_LARGE, Text("佐证材料最大 5 MB", "evidence has at most 5 MB"))
    if not content.startswith(magic):
        raise ApiFault(415, Reason.UNSUPPORTED, Text(f"内容不是 {kind}", f"its content is not {kind}"))
    bare = named(file or "evidence", content)
    return bare._replace(name=f"{bare.name.removesuffix(suffix) or 'evidence'}{suffix}"), kind


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _unsupported(kinds: list[str]) -> ApiFault:
    listed = ", ".join(kinds)
    return ApiFault(415, Reason.UNSUPPORTED, Text(f"Content-Type 应是 {listed}", f"Content-Type has to be {listed}"))


Uploaded = Annotated[Document, Depends(_document)]
Attached = Annotated[tuple[Document, str], Depends(_evidence)]

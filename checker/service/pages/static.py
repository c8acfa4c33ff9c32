"""Styles and scripts, under names that change with what is in them, so that a browser keeps them for good."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from checker.service.api.problems import not_found

router = APIRouter(include_in_schema=False)
_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain"}
_FOR_GOOD = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """A file that a page may ask for: as it is, compressed, and of which type."""

    content: bytes
    packed: bytes
    kind: str


def asset(name: str) -> str:
    """Give the path of the file of that name. Raises KeyError where there is none."""
    return _paths()[name]


@router.get("/static/{name}")
def served(name: str, request: Request) -> Response:
    """Give a file, compressed for whoever takes that."""
    found = _assets().get(f"/static/{name}")
    if found is None:
        raise not_found()
    headers = {"Cache-Control": _FOR_GOOD, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, 200, headers | {"Content-Encoding": "gzip"}, found.kind)
    return Response(found.content, 200, headers, found.kind)


@lru_cache(maxsize=1)
def _files() -> Mapping[str, bytes]:
    folder = resources.files("checker.service.pages") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.rpartition(".")[2] in _KINDS}


@lru_cache(maxsize=1)
def _paths() -> Mapping[str, str]:
    return {name: _path(name, content) for name, content in _files().items()}


@lru_cache(maxsize=1)
def _assets() -> Mapping[str, Asset]:
    return {
        _path(name, content): Asset(content, gzip.compress(content, 9, mtime=0), _KINDS[name.rpartition(".")[2]])
        for name, content in _files().items()
    }


def _path(name: str, content: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"/static/{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"

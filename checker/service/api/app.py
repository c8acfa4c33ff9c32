"""The application: every route, every error, every request guarded."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.types import ASGIApp

from checker import __version__
from checker.service.api import (
    accounts,
    drafts,
    evidence,
    findings,
    notices,
    problems,
    records,
    reminders,
    reports,
    rulebooks,
    samples,
    sessions,
    submissions,
    summaries,
    system,
    templates,
    units,
)
from checker.service.api.desk import Desk
from checker.service.api.door import OPEN, PREFIX, Door
from checker.service.api.examples import add_examples
from checker.service.api.guard import Guard
from checker.service.api.identity import COOKIE
from checker.service.api.problems import Fault
from checker.service.pages import site
from checker.service.pages.faults import fault_page

_MOST_BYTES = 10 * 1024 * 1024
_ROUTERS = (
    sessions,
    accounts,
    units,
    submissions,
    evidence,
    findings,
    summaries,
    reminders,
    records,
    reports,
    notices,
    templates,
    rulebooks,
    drafts,
    samples,
)


def application(desk: Desk, most_bytes: int = _MOST_BYTES) -> ASGIApp:
    """Give the service at `desk` as ASGI; a request's body has at most `most_bytes`."""
    return Guard(routes(desk), desk.metrics, most_bytes)


def routes(desk: Desk) -> FastAPI:
    """Give the routes of the service, with their documentation, unguarded."""
    app = FastAPI(title="兑现 checker", version=__version__, openapi_url=f"{PREFIX}/openapi.json", docs_url=None,
                  redoc_url=None, redirect_slashes=False)  # fmt: skip
    app.state.desk = desk
    for room in _ROUTERS:
        app.include_router(room.router, prefix=PREFIX)
    app.include_router(system.router)
    site.install(app)
    app.add_middleware(Door)
    problems.install(app, fault_page)
    app.openapi = lambda: _documented(app)  # type: ignore[method-assign] # FastAPI's own way to add to it
    return app


def _documented(app: FastAPI) -> dict[str, Any]:
    """Give the OpenAPI of `app` with what FastAPI does not see: errors, examples, and how one proves who one is."""
    if not app.openapi_schema:
        told = get_openapi(title=app.title, version=app.version, routes=app.routes)
        schemas = told["components"]["schemas"]
        fault = Fault.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(fault.pop("$defs"))
        schemas["Fault"] = fault
        told["components"]["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer"},
            "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
        }
        for method, path in OPEN:
            told["paths"].get(path, {}).get(method.lower(), {})["security"] = []
        told["security"] = [{"bearer": []}, {"session": []}]
        add_examples(told)
        app.openapi_schema = told
    return app.openapi_schema

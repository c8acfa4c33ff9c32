"""All pages of the service, on the application that answers programs too."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from checker.service.pages import overview, signing, static
from checker.service.pages.visiting import SignInFirst

ROUTERS = (static, signing, overview)
"""The files that hold pages."""


def install(app: FastAPI) -> None:
    """Add the pages to `app`."""
    for room in ROUTERS:
        app.include_router(room.router, include_in_schema=False)
    app.add_exception_handler(SignInFirst, _lead_to_sign_in)


def _lead_to_sign_in(request: Request, _: Exception) -> Response:
    """Lead to signing in, and from there back to the page that was asked for."""
    signing_in = signing.path_to(request)
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"HX-Redirect": signing_in})
    return RedirectResponse(signing_in, 303)

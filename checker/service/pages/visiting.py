"""Who looks at a page, in which language; and the pages that they get."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from checker.model.language import Language
from checker.service.api.desk import desk_of
from checker.service.api.identity import address_of, admitted, session_of
from checker.service.api.problems import language_of
from checker.service.pages import navigation
from checker.service.pages.rendering import render
from checker.service.pages.words import DONE, Done
from checker.service.passwords import new_secret
from checker.store.accounts import Account, Role

FORM_COOKIE = "__Host-form"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]{0,600}")


class SignInFirst(Exception):  # noqa: N818 (an answer, not a failure)
    """Whoever asks for the page has to sign in, and is led there and back."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at a page: by `account`, None before it signed in; `csrf` stands in every form."""

    request: Request
    account: Account | None
    csrf: str
    language: Language
    is_new: bool = False

    @property
    def who(self) -> Account:
        """The account. Raises SignInFirst where nobody is signed in."""
        if self.account is None:
            raise SignInFirst
        return self.account

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """Give a page made from `template`, which finds what it shows in `context`."""
        path, account = self.request.url.path, self.account
        told = {
            "visit": self, "account": account, "csrf": self.csrf, "path": path, "here": self._here(),
            "links": navigation.LINKS[account.role] if account else (),
            "current": navigation.current(account.role, path) if account else None,
            "done": DONE.get(self.request.query_params.get("done", "")), **context,
        }  # fmt: skip
        body, headers = render(template, self.language, told)
        response = Response(body, status, headers, "text/html; charset=utf-8")
        if self.is_new:
            response.set_cookie(FORM_COOKIE, self.csrf, secure=True, httponly=True, samesite="strict", path="/")
        return response

    def go(self, path: str, done: Done | None = None) -> Response:
        """Lead on to another page, which says what was `done`."""
        joint = "&" if "?" in path else "?"
        return RedirectResponse(f"{path}{joint}{urlencode({'done': done.value})}" if done else path, 303)

    def proves(self, token: str) -> bool:
        """Whether `token` is the one that the forms of this visit hold."""
        return not self.is_new and hmac.compare_digest(token.encode(), self.csrf.encode())

    def _here(self) -> str:
        query = self.request.url.query
        return quote(f"{self.request.url.path}?{query}" if query else self.request.url.path, safe="/")


def local(path: str | None) -> str | None:
    """Give `path` where it leads to a page of this service, else None."""
    return path if path and _LOCAL.fullmatch(path) else None


def anybody(request: Request) -> Visit:
    """Give the visit of whoever asks, signed in or not."""
    desk, session = desk_of(request), session_of(request)
    if session is None:
        desk.limits.request(f"address:{address_of(request)}")
        held = request.cookies.get(FORM_COOKIE, "")
        known = _TOKEN.fullmatch(held) is not None
        visit = Visit(request, None, held if known else new_secret(), language_of(request), not known)
    else:
        desk.limits.request(f"account:{session.account.id}")
        request.state.account, request.state.who = session.account.id, session.account
        visit = Visit(request, session.account, session.csrf, language_of(request))
    request.state.visit = visit
    return visit


Anybody = Annotated[Visit, Depends(anybody)]


def signed_in(visit: Anybody) -> Visit:
    """Give the visit of somebody who is signed in. Raises SignInFirst."""
    return replace(visit, account=visit.who)


def _by(*roles: Role) -> Any:
    def admit(visit: Annotated[Visit, Depends(signed_in)]) -> Visit:
        admitted(visit.who, *roles)
        return visit

    return Depends(admit)


SignedIn = Annotated[Visit, Depends(signed_in)]
BySubmitter = Annotated[Visit, _by(Role.SUBMITTER)]
ByAuditor = Annotated[Visit, _by(Role.AUDITOR)]
ByPolicy = Annotated[Visit, _by(Role.POLICY)]
ByAdministrator = Annotated[Visit, _by(Role.ADMINISTRATOR)]
ByReader = Annotated[Visit, _by(Role.SUBMITTER, Role.AUDITOR, Role.POLICY)]
ByExaminer = Annotated[Visit, _by(Role.AUDITOR, Role.POLICY)]
ByOverseer = Annotated[Visit, _by(Role.AUDITOR, Role.ADMINISTRATOR)]

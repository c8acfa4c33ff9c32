"""Signing in and out, passwords, the language, and the way to where each role starts."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from checker.model.language import Language, Text
from checker.service.api import sessions
from checker.service.api.desk import AtDesk
from checker.service.api.problems import LANGUAGE_COOKIE
from checker.service.api.values.people import NewPassword, ResetPassword, SignIn
from checker.service.pages import navigation
from checker.service.pages.forms import Form, Posted
from checker.service.pages.visiting import Anybody, SignedIn, local
from checker.service.pages.words import Done

router = APIRouter()
Next = Annotated[str | None, Query(alias="next", max_length=2000)]
_YEAR = 365 * 86400
_WRONG = Text(
    "账号名或密码不对；连错 5 次会锁定 15 分钟", "wrong name or password; five in a row lock the account for 15 minutes"
)
_WRONG_CODE = Text("账号名或代码不对，或代码已过期", "wrong name or code, or the code has expired")
_DIFFERENT = Text("两次输入的新密码不同", "the two new passwords differ")


def path_to(request: Request) -> str:
    """Give the path to sign in by, and to come back from to what was asked for."""
    wanted = request.url.path if request.method == "GET" else "/"
    query = f"?{request.url.query}" if request.method == "GET" and request.url.query else ""
    return "/sign-in" if wanted == "/" else f"/sign-in?{urlencode({'next': wanted + query})}"


@router.get("/")
def start(visit: SignedIn) -> Response:
    """Lead to where the visitor's role starts."""
    return visit.go(navigation.start_of(visit.who.role))


@router.get("/sign-in")
def signing_in(visit: Anybody, following: Next = None) -> Response:
    """Show the form to sign in with."""
    if visit.account is not None:
        return visit.go(local(following) or "/")
    return visit.page("sign_in.html", form=Form({"next": [local(following) or "/"]}))


@router.post("/sign-in")
def sign_in(visit: Anybody, form: Posted, request: Request, desk: AtDesk) -> Response:
    """Begin a session."""
    leading = visit.go(local(form.value("next")) or "/")
    given = form.read(SignIn, "name", "password")
    if given and form.succeeds(lambda: sessions.sign_in(given, request, leading, desk), _WRONG):
        return leading
    return visit.page("sign_in.html", 422, form=form)


@router.post("/sign-out")
def sign_out(visit: SignedIn, _: Posted, request: Request, desk: AtDesk) -> Response:
    """End the session."""
    leading = visit.go("/sign-in", Done.SIGNED_OUT)
    sessions.sign_out(request, leading, visit.who, desk)
    return leading


@router.get("/password")
def changing(visit: SignedIn) -> Response:
    """Show the form to change one's password with."""
    return visit.page("password.html", form=Form())


@router.post("/password")
def change(visit: SignedIn, form: Posted, request: Request, desk: AtDesk) -> Response:
    """Change the password, which ends all sessions."""
    given = form.read(NewPassword, "current", "new") if _repeated(form) else None
    if given and form.succeeds(lambda: sessions.change_password(given, request, visit.who, desk)):
        return visit.go("/sign-in", Done.PASSWORD)
    return visit.page("password.html", 422, form=form)


@router.get("/password/reset")
def resetting(visit: Anybody) -> Response:
    """Show the form to set a password with by the code of an administrator."""
    return visit.page("password_reset.html", form=Form())


@router.post("/password/reset")
def reset(visit: Anybody, form: Posted, request: Request, desk: AtDesk) -> Response:
    """Set a password by a code."""
    given = form.read(ResetPassword, "name", "code", "new") if _repeated(form) else None
    if given and form.succeeds(lambda: sessions.reset_password(given, request, desk), _WRONG_CODE):
        return visit.go("/sign-in", Done.PASSWORD)
    return visit.page("password_reset.html", 422, form=form)


@router.get("/language/{language}")
def switch(visit: Anybody, language: Language, following: Next = None) -> Response:
    """Remember the language of this browser."""
    leading = visit.go(local(following) or "/")
    leading.set_cookie(LANGUAGE_COOKIE, language.value, max_age=_YEAR, httponly=True, samesite="lax", path="/")
    return leading


def _repeated(form: Form) -> bool:
    if form.value("new") != form.value("again"):
        form.errors["again"] = _DIFFERENT
        return False
    return True

"""Templates into HTML: everything that comes from data is text, in one language, without control characters."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from checker.model.language import Language, Text, printable
from checker.service.pages import words
from checker.service.pages.static import asset

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: nothing that is not this service's own."""
_ZONE = ZoneInfo("Asia/Shanghai")


def render(template: str, language: Language, context: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """Give a page and the headers that go with it."""
    nonce = secrets.token_urlsafe(16)
    told = {**context, "language": language, "nonce": nonce}
    body = _environment().get_template(template).render(told).encode("utf-8", "replace")
    headers = {
        "Content-Security-Policy": POLICY.format(nonce=nonce),
        # Under `no-referrer` browsers send no origin along with a form.
        "Referrer-Policy": "same-origin",
        "Content-Language": "en" if language is Language.EN else "zh-CN",
        "Vary": "Cookie, Accept-Language",
    }
    return body, headers


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("checker.service.pages"), autoescape=True, undefined=StrictUndefined, finalize=_plain,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {"asset": asset, "t": _said, "words": words, "Text": Text, "new_key": _new_key}
    environment.filters |= {"day": _day, "time": _time}
    return environment


@pass_context
def _said(context: Context, zh: Text | str, en: str | None = None) -> str:
    """Give a text, or Chinese and English, in the language of the page."""
    told = zh if isinstance(zh, Text) else Text(zh, zh if en is None else en)
    return told.said(context.parent["language"])


def _new_key() -> str:
    """Give a key under which a form is done once, however often it is sent."""
    return secrets.token_hex(16)


def _plain(value: object) -> object:
    return printable(value) if type(value) is str else value


def _day(value: date | None) -> str:
    return value.isoformat() if value else "—"


def _time(value: datetime | None) -> str:
    return value.astimezone(_ZONE).strftime("%Y-%m-%d %H:%M") if value else "—"

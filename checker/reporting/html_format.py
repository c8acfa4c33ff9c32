"""A Run as one HTML page that works offline, on paper and without JavaScript, in both languages.

The page allows itself nothing but its own style and script, by their hashes; what comes from data is always text.
Without script the language is switched by the style alone; sorting and filtering need the script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from checker.model.language import Text, printable
from checker.model.run import Run
from checker.reporting.charts import path
from checker.reporting.html_view import View

_PAGE = resources.files("checker.reporting") / "page"


def to_html(run: Run) -> Iterator[bytes]:
    """Go through the page; its findings carry the facts of the evidence that `run` holds."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_plain,
        loader=FunctionLoader(_asset),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (Markup(_asset(name)) for name in ("page.css", "page.js"))  # noqa: S704 (our own files)
    environment.globals |= {
        "say": said,
        "text": Text,
        "path": path,
        "policy": _policy(),
        "style": style,
        "script": script,
    }
    template = environment.get_template("page.html")
    return (piece.encode("utf-8", "replace") for piece in template.generate(view=View(run)))


def said(text: Text) -> Markup:
    """Give `text` in both languages, of which the page shows one."""
    zh, en = escape(printable(text.zh)), escape(printable(text.en))
    if zh == en:
        return zh
    return Markup("<span lang=zh-CN>{}</span><span lang=en>{}</span>").format(zh, en)


def _plain(value: object) -> object:
    """Let no text steer the page: what is not marked up by us loses its control and format characters."""
    return printable(value) if type(value) is str else value


def _asset(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")


def _policy() -> str:
    style, script = (_hash(_asset(name)) for name in ("page.css", "page.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"

"""The service as browsers meet it, on loopback, and windows that note what a page logs, raises or asks elsewhere."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from checker.service.api.identity import COOKIE
from checker.service.passwords import SESSION_FOR, kept_as, new_secret
from checker.store import accounts
from tests.service.office import SECRET, Office, passwords

WIDTHS = (320, 768, 1280)
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_PATIENCE = 60_000  # milliseconds, for machines that have much else to do
_REFUSED = "the server responded with a status of 422"  # how the browser notes that a form was not taken


@dataclass
class Window:
    """A browser's page at a site. `said`: what it logged, raised, or asked of other hosts."""

    site: Site
    page: Page
    said: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Go to a page and give the status it came with."""
        answer = self.page.goto(self.site.url + path)
        assert answer is not None
        return answer.status

    @property
    def path(self) -> str:
        """Give the path that the window shows."""
        return self.page.url.removeprefix(self.site.url)

    @property
    def text(self) -> str:
        """Give what the page says to whoever reads it."""
        return self.page.inner_text("body")

    def fill(self, **fields: str) -> None:
        """Type into fields, by their names."""
        for name, value in fields.items():
            self.page.fill(f'main [name="{name}"]', value)

    def press(self, words: str) -> None:
        """Press the button that says so, and wait for what follows."""
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, words: str) -> None:
        """Follow the link that says so."""
        self.page.get_by_role("link", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def barred(self) -> list[str]:
        """Give what bars somebody from the page, by WCAG 2.2 AA and good practice: rule and place."""
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": STANDARD}}).response["violations"]
        return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]

    def sideways(self) -> int:
        """Give by how many pixels the page has to be scrolled sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@dataclass
class Site:
    """A served office, and a browser to look at it."""

    url: str
    office: Office
    browser: Browser

    @contextmanager
    def window(
        self, who: str | None = None, width: int = 1280, script: bool = True, language: str = "zh"
    ) -> Iterator[Window]:
        """Give a window of somebody who is signed in, and fail where the page complained or asked elsewhere."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, accept_downloads=True
        )
        context.set_default_timeout(_PATIENCE)
        self._enter(context, who, language)
        window = Window(self, context.new_page())
        page, said = window.page, window.said
        page.on("console", lambda message: said.append(message.text) if _REFUSED not in message.text else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: _dismiss(dialog, said))
        page.on("request", lambda request: None if request.url.startswith(self.url) else said.append(request.url))
        yield window
        context.close()
        assert window.said == [], window.said

    def set_password(self, who: str, password: str = SECRET) -> None:
        """Let somebody sign in by a password."""
        with self.office.ground.database.write() as tx:
            held = accounts.named(tx.connection, who)
            assert held is not None
            accounts.set_password(tx, held.account.id, passwords().hashed(password))

    def _enter(self, context: BrowserContext, who: str | None, language: str) -> None:
        context.add_cookies([{"name": "language", "value": language, "url": self.url}])
        if who is None:
            return
        secret = new_secret()
        with self.office.ground.database.write() as tx:
            held = accounts.named(tx.connection, who)
            assert held is not None
            accounts.sign_in(tx, held.account.id, kept_as(secret), new_secret(), tx.at + SESSION_FOR)
        context.add_cookies([
            {"name": COOKIE, "value": secret, "url": self.url.replace("http:", "https:"), "secure": True,
             "httpOnly": True, "sameSite": "Strict"}
        ])  # fmt: skip


def _dismiss(dialog: Dialog, said: list[str]) -> None:
    said.append(dialog.message)
    dialog.dismiss()


@contextmanager
def served(office: Office, browser: Browser) -> Iterator[Site]:
    """Serve an office on loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(office.app, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", office, browser)
    finally:
        server.should_exit = True
        thread.join()

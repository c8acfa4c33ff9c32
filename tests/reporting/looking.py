"""Looks at a page in a real browser: what it logs, how wide it is, which fonts draw it, and what bars whom from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--lang=zh-CN",
)  # fmt: skip
_PATIENCE = 120_000  # milliseconds, for machines that have much else to do
_MISSING = r"""() => {
  const canvas = new OffscreenCanvas(48, 48), pen = canvas.getContext("2d", {willReadFrequently: true});
  pen.font = "32px " + getComputedStyle(document.body).fontFamily;
  const drawn = (character) => {
    pen.clearRect(0, 0, 48, 48);
    pen.fillText(character, 4, 36);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const nothing = drawn(" "), box = drawn("\u0378");
  if (box === nothing) return ["a missing glyph shows as nothing here"];
  return [...new Set(document.body.textContent)].filter((one) => one.trim() && drawn(one) === box);
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the browser that Debian ships."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, file: Path, width: int = 1280, script: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """Give a page opened from the disk, and everything that it logs, raises or asks."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.set_default_timeout(_PATIENCE)
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: _dismiss(dialog, said))
    page.on("request", lambda request: _note_if_away(request.url, said))
    page.goto(file.as_uri())
    yield page, said
    context.close()


def _dismiss(dialog: Dialog, said: list[str]) -> None:
    said.append(dialog.message)
    dialog.dismiss()


def _note_if_away(url: str, said: list[str]) -> None:
    if not url.startswith(("file:", "data:")):
        said.append(url)


def sideways(page: Page) -> int:
    """Give by how many pixels the page has to be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def barred(page: Page) -> list[str]:
    """Give the ids of the rules of axe that the page breaks."""
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def missing(page: Page) -> list[str]:
    """Give the characters of the page that no font has."""
    return list(page.evaluate(_MISSING))


def fonts(page: Page, selector: str) -> set[str]:
    """Give the names of the fonts that draw what `selector` finds first."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return {font["familyName"] for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}

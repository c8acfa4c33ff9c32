"""Every page: nobody is barred from it, at any width, in either language, with scripts or without."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from checker.service.pages.site import ROUTERS
from tests.service.pages.addresses import ADDRESSES, FILES, LEADING
from tests.service.pages.site import WIDTHS, Site

_PAGES = sorted(ADDRESSES)


def test_every_route_of_a_page_is_looked_at() -> None:
    shown = {
        route.path
        for room in ROUTERS
        for route in room.router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    }
    assert shown == set(ADDRESSES) | LEADING | FILES


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", _PAGES)
def test_nobody_is_barred_from_a_page(seen_site: Site, page: str, language: str) -> None:
    address = ADDRESSES[page]
    with seen_site.window(address.who, language=language) as window:
        assert window.open(address.at(seen_site.office)) == 200
        assert window.page.get_attribute("html", "lang") == {"zh": "zh-CN", "en": "en"}[language]
        for width in WIDTHS:
            window.page.set_viewport_size({"width": width, "height": 900})
            assert window.barred() == [], width
            assert window.sideways() <= 0, width


@pytest.mark.parametrize("page", _PAGES)
def test_a_page_needs_no_script(seen_site: Site, page: str) -> None:
    address = ADDRESSES[page]
    with seen_site.window(address.who, width=320, script=False) as window:
        assert window.open(address.at(seen_site.office)) == 200
        assert window.page.locator("h1").count() == 1


def test_what_bars_somebody_is_found(seen_site: Site) -> None:
    with seen_site.window() as window:
        window.open("/sign-in")
        window.page.evaluate("document.querySelector('label').remove(); document.body.style.width = '3000px'")
        assert any(one.startswith("label") for one in window.barred())
        assert window.sideways() > 0


def test_a_page_loads_little(seen_site: Site) -> None:
    with seen_site.window() as window:
        sizes: list[int] = []
        window.page.on("response", lambda answer: sizes.append(len(answer.body())))
        window.open("/sign-in")
        window.page.wait_for_load_state("networkidle")
        assert len(sizes) >= 4
        assert sum(sizes) < 150_000

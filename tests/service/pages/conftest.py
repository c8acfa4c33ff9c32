"""A browser for all tests of pages, a site for each that changes something, and one for those that only look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from checker.engines.plain import PlainJudge
from checker.service.ground import Ground
from checker.store.audit import Audit
from checker.store.database import Database
from checker.store.migrating import upgrade
from tests.reporting.looking import CHROMIUM, chromium
from tests.service.office import LECTURES, Office, prepare
from tests.service.pages.site import Site, served
from tests.stores import Clock


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium to look at pages with")
    with chromium() as opened:
        yield opened


@pytest.fixture
def site(desk_office: Office, browser: Browser) -> Iterator[Site]:
    """A site that a test may change."""
    with served(desk_office, browser) as found:
        yield found


@pytest.fixture(scope="package")
def seen_site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """A site that tests only look at, with something of everything in it."""
    folder, clock = tmp_path_factory.mktemp("seen"), Clock()
    store = Database(str(folder / "a.db"), clock)
    upgrade(store)
    for office in prepare(Ground(store, Audit(b"k" * 32), PlainJudge()), clock, folder):
        office.handed_in("school", LECTURES)
        with served(office, browser) as found:
            yield found
    store.close()

"""Where each page is to be looked at, and by whom: one address for each route that shows a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.service.office import Office


class Address(NamedTuple):
    """Who looks where; a path may have to be found out from what stands in the office."""

    who: str | None
    path: str | Callable[[Office], str]

    def at(self, office: Office) -> str:
        """Give the path."""
        return self.path if isinstance(self.path, str) else self.path(office)


ADDRESSES: dict[str, Address] = {
    "/sign-in": Address(None, "/sign-in"),
    "/overview": Address("auditor", "/overview"),
    "/overview/{unit_id}": Address("town-auditor", "/overview/school-1?period=2024-2025-1"),
    "/password": Address("school", "/password"),
    "/password/reset": Address(None, "/password/reset"),
}
LEADING = {"/", "/language/{language}"}
"""Routes that only lead elsewhere."""
FILES = {"/static/{name}"}
"""Routes that give files."""

"""Where each role goes: the links of the bar above every page, of which the first is where one starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from checker.model.language import Text
from checker.store.accounts import Role


class Link(NamedTuple):
    """A place to go to; whatever lies below its path belongs to it."""

    path: str
    text: Text


LINKS: Mapping[Role, tuple[Link, ...]] = {
    Role.SUBMITTER: (),
    Role.AUDITOR: (Link("/overview", Text("总览", "Overview")), Link("/work", Text("复核", "Work list"))),
    Role.POLICY: (),
    Role.ADMINISTRATOR: (),
}


def start_of(role: Role) -> str:
    """Give the path where a role starts."""
    return LINKS[role][0].path if LINKS[role] else "/password"


def current(role: Role, path: str) -> str | None:
    """Give the path of the link that `path` belongs to, the longest that fits."""
    fitting = [link.path for link in LINKS[role] if path == link.path or path.startswith(f"{link.path}/")]
    return max(fitting, key=len, default=None)

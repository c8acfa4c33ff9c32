"""Somebody who is signed in and asks for pages without a browser: for what needs no look at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checker.service.api.identity import COOKIE
from checker.service.passwords import SESSION_FOR, kept_as, new_secret
from checker.store import accounts
from tests.service.office import Office

HERE = "https://checker.test"


@dataclass(frozen=True)
class Visitor:
    """A session of somebody's."""

    office: Office
    secret: str
    csrf: str

    def get(self, path: str) -> Any:
        """Give the answer to asking for a page."""
        return self.office.client.get(path, headers=self._headers(), follow_redirects=False)

    def send(self, path: str, **fields: Any) -> Any:
        """Give the answer to sending a form."""
        told = {"csrf": self.csrf, "key": new_secret()} | fields
        return self.office.client.post(path, data=told, headers=self._headers(), follow_redirects=False)

    def _headers(self) -> dict[str, str]:
        return {"cookie": f"{COOKIE}={self.secret}", "origin": HERE}


def visitor(office: Office, who: str) -> Visitor:
    """Sign somebody in."""
    secret, csrf = new_secret(), new_secret()
    with office.ground.database.write() as tx:
        held = accounts.named(tx.connection, who)
        assert held is not None
        accounts.sign_in(tx, held.account.id, kept_as(secret), csrf, tx.at + SESSION_FOR)
    return Visitor(office, secret, csrf)

"""What tests of drafts do over and over: begin one, change a figure, look at it, publish it."""

from __future__ import annotations

from typing import Any

from tests.service.office import Answer, Office

FILE = "2-1-youth.yaml"
TWICE = '    measure: {total: science_lectures}\n    target: {at_least: "2"}\n'


def begun(office: Office, **more: Any) -> Any:
    """Begin a draft and give it."""
    status, told = office.ask("policy", "POST", "/rulebook-drafts", json={"title": "讲座改为三次", **more})
    assert status == 201, told
    return told


def write(
    office: Office, draft: Any, content: str, name: str = FILE, who: str = "policy", version: int | None = 1
) -> Answer:
    """Write a file of a draft."""
    given = {"content": content, "version": version}
    return office.ask(who, "PUT", f"/rulebook-drafts/{draft['id']}/files/{name}", json=given)


def text_of(office: Office, draft: Any, name: str = FILE) -> str:
    """Give what a file of a draft says."""
    content: str = office.get("policy", f"/rulebook-drafts/{draft['id']}/files/{name}")["content"]
    return content


def thrice(office: Office, who: str = "policy") -> Any:
    """Give a draft that asks for three lectures instead of two."""
    draft = begun(office)
    text = text_of(office, draft)
    assert text.count(TWICE) == 1
    assert write(office, draft, text.replace(TWICE, TWICE.replace('"2"', '"3"')), who=who)[0] == 200
    return reread(office, draft)


def reread(office: Office, draft: Any) -> Any:
    """Give a draft as it is now."""
    return office.get("policy", f"/rulebook-drafts/{draft['id']}")


def previewed(office: Office, draft: Any, **more: Any) -> Any:
    """Preview a draft."""
    status, told = office.ask("policy", "POST", f"/rulebook-drafts/{draft['id']}/preview", json=more)
    assert status == 200, told
    return told


def publish(office: Office, draft: Any, preview: Any, who: str = "publisher", **more: Any) -> Answer:
    """Publish a draft as a preview showed it."""
    given = {"version": draft["version"], "preview": preview["digest"], "reason": "县政府通知", **more}
    if preview["needs_count"]:
        given.setdefault("typed", preview["flipped"])
    return office.ask(who, "POST", f"/rulebook-drafts/{draft['id']}/publish", json=given)


def published(office: Office, draft: Any, **more: Any) -> Any:
    """Preview and publish a draft, and give the publication."""
    status, told = publish(office, reread(office, draft), previewed(office, draft), **more)
    assert status == 201, told
    return told

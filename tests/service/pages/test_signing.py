"""Signing in and out, changing passwords and the language, in a browser; and what a forged form comes to."""

from __future__ import annotations

import re

import pytest

from tests.service.office import SECRET, Office
from tests.service.pages.site import Site

NEW = "quite another long word"


@pytest.mark.parametrize("script", [True, False])
def test_somebody_signs_in_where_they_wanted_to_go_and_out_again(site: Site, script: bool) -> None:
    site.set_password("school")
    with site.window(script=script) as window:
        window.open("/password?x=1")
        assert window.path.startswith("/sign-in?next=")
        window.fill(name="school", password="wrong " + SECRET)
        window.press("登录")
        assert "账号名或密码不对" in window.text
        window.fill(password=SECRET)
        window.press("登录")
        assert window.path == "/password?x=1"
        assert "王老师" in window.text
        window.press("退出")
        assert "已退出" in window.text
        window.open("/password")
        assert window.path.startswith("/sign-in")


def test_somebody_signs_in_by_the_keyboard_alone(site: Site) -> None:
    site.set_password("school")
    with site.window() as window:
        window.open("/sign-in?next=/password")
        keyboard = window.page.keyboard
        keyboard.press("Tab")
        assert window.page.evaluate("document.activeElement.textContent") == "跳到正文"
        keyboard.press("Enter")
        keyboard.press("Tab")
        keyboard.type("school")
        keyboard.press("Tab")
        keyboard.type(SECRET)
        with window.page.expect_navigation():
            keyboard.press("Enter")
        assert window.path == "/password"


def test_a_password_is_changed_and_the_old_one_is_gone(site: Site) -> None:
    site.set_password("school")
    with site.window("school") as window:
        window.open("/password")
        window.fill(current=SECRET, new=NEW, again="something else")
        window.press("改密码")
        assert "两次输入的新密码不同" in window.text
        assert window.page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
        window.fill(current="not " + SECRET, new=NEW, again=NEW)
        window.press("改密码")
        assert "原密码不对" in window.text
        window.fill(current=SECRET, new=NEW, again=NEW)
        window.press("改密码")
        assert "密码已改" in window.text
        window.fill(name="school", password=NEW)
        window.press("登录")
        assert window.path == "/password"


def test_a_code_sets_a_password(site: Site) -> None:
    accounts = site.office.get("admin", "/accounts")["items"]
    school = next(one["id"] for one in accounts if one["name"] == "school")
    code = site.office.ask("admin", "POST", f"/accounts/{school}/reset")[1]["code"]
    with site.window() as window:
        window.open("/sign-in")
        window.follow("第一次登录，或忘了密码")
        window.fill(name="school", code="wrong", new=NEW, again=NEW)
        window.press("设新密码")
        assert "账号名或代码不对" in window.text
        window.fill(name="school", code=code, new=NEW, again=NEW)
        window.press("设新密码")
        assert "密码已改" in window.text


def test_the_language_is_switched_where_one_stands(site: Site) -> None:
    with site.window() as window:
        window.open("/sign-in?next=/password")
        window.follow("English")
        assert window.path == "/sign-in?next=/password"
        assert window.page.title().startswith("Sign in")
        window.follow("中文")
        assert window.page.title().startswith("登录")


@pytest.mark.parametrize("leading", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "x", "/a\nb"])
def test_nobody_is_led_elsewhere(desk_office: Office, leading: str) -> None:
    answer = desk_office.client.get("/language/en", params={"next": leading}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


FORGED = [
    {"origin": "https://elsewhere.test"},
    {"origin": "null"},
    {},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_a_form_from_elsewhere_is_not_taken(desk_office: Office, headers: dict[str, str]) -> None:
    token = _token(desk_office)
    answer = desk_office.client.post("/sign-in", data={"csrf": token, "name": "school"}, headers=headers)
    assert answer.status_code == 403
    assert "这个表单已经失效" in answer.text


def test_a_form_without_its_token_is_not_taken(desk_office: Office) -> None:
    token, here = _token(desk_office), {"origin": "https://checker.test"}
    wrong = desk_office.client.post("/sign-in", data={"csrf": token[:-1] + "~", "name": "school"}, headers=here)
    right = desk_office.client.post("/sign-in", data={"csrf": token, "name": "school"}, headers=here)
    assert (wrong.status_code, right.status_code) == (403, 422)


def test_a_cookie_of_ones_own_making_is_no_token(desk_office: Office) -> None:
    client = desk_office.client
    client.cookies.set("__Host-form", "short", domain="checker.test", path="/")
    answer = client.post("/sign-in", data={"csrf": "short"}, headers={"origin": "https://checker.test"})
    assert answer.status_code == 403


def test_an_error_is_a_page_in_the_language_of_the_visitor(desk_office: Office) -> None:
    client = desk_office.client
    assert "没有这个页面" in client.get("/nowhere").text
    english = client.get("/nowhere", headers={"cookie": "language=en"})
    assert (english.status_code, "Page not found" in english.text) == (404, True)
    assert client.get("/api/v1/nowhere").headers["content-type"] == "application/problem+json"


def test_assets_are_kept_for_good_and_never_change_under_a_name(desk_office: Office) -> None:
    client = desk_office.client
    page = client.get("/sign-in").text
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        answer = client.get(path)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "gzip"
        assert client.get(path, headers={"accept-encoding": "identity"}).content == answer.content
        assert client.get(path.replace(".", ".0", 1)).status_code == 404
    assert client.get("/static/LICENCES.txt").status_code == 404


def _token(office: Office) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', office.client.get("/sign-in").text)
    assert found is not None
    return found[1]

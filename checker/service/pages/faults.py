"""Errors as pages: what went wrong and what to do, in the visitor's language."""

from __future__ import annotations

from fastapi import Request, Response

from checker.model.language import Text
from checker.service.api.door import PREFIX
from checker.service.api.problems import Told, language_of, not_found
from checker.service.pages.visiting import Visit

_OTHERS = ("/healthz", "/readyz", "/metrics")
_TITLES = {
    403: Text("不能这样做", "This cannot be done"),
    404: Text("没有这个页面", "Page not found"),
    405: Text("没有这个页面", "Page not found"),
    409: Text("情况已经变了", "Things have changed"),
    413: Text("文件太大", "The file is too large"),
    422: Text("请求有误", "Something is wrong with the request"),
    429: Text("请求太频繁", "Too many requests"),
    503: Text("暂时不能使用", "Not available just now"),
    507: Text("磁盘已满", "No room left"),
}
_INTERNAL = Text("出了故障", "Something went wrong")


def fault_page(request: Request, told: Told, headers: dict[str, str] | None) -> Response | None:
    """Give the page of an error, None where no page was asked for."""
    path = request.url.path
    if path == PREFIX or path.startswith(f"{PREFIX}/") or path in _OTHERS:
        return None
    visit: Visit = getattr(request.state, "visit", None) or Visit(request, None, "", language_of(request))
    title = _TITLES.get(told.status, _INTERNAL)
    if told.status in {404, 405}:
        told = told._replace(why=not_found().why)
    page = visit.page("fault.html", told.status, title=title, told=told, request_id=request.state.request_id)
    page.headers.update(headers or {})
    return page

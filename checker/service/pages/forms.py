"""What a form sent: its fields, the files with it, and what is wrong with them, said beside each field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile

from checker.model.language import Text
from checker.model.problem import Problem
from checker.service.api.acting import Acting
from checker.service.api.desk import desk_of
from checker.service.api.identity import is_from_here
from checker.service.api.problems import ApiFault, Reason
from checker.service.pages.visiting import Anybody
from checker.service.receiving import Document, named
from checker.service.submitting import Refused, Stale

Model = TypeVar("Model", bound=BaseModel)
Result = TypeVar("Result")
_MOST_FIELDS, _MOST_FILES, _LONGEST_FIELD = 4000, 4, 1024 * 1024
_STALE = Text("别人已经改过，请看过新的内容后再试", "somebody changed it meanwhile: look at it again, then retry")


@dataclass
class Form:
    """The fields of one form. `errors`: what is wrong with a field; `fault` and `problems`: with the whole."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Document] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    fault: Text | None = None
    problems: tuple[Problem, ...] = ()

    def value(self, name: str, default: str = "") -> str:
        """Give what was typed into a field, and `default` where the form had no such field."""
        return self.values[name][0] if self.values.get(name) else default

    def read(self, model: type[Model], *names: str, **more: Any) -> Model | None:
        """Give the value that the fields of those names make, with `more`; None, and errors, where they do not.

        A field that was left empty counts as left out.
        """
        told = {name: self.value(name).strip() for name in names}
        try:
            return model.model_validate({name: said for name, said in told.items() if said} | more)
        except ValidationError as fault:
            for error in fault.errors():
                self.errors.setdefault(str(error["loc"][0]) if error["loc"] else "", _said(error))
            return None

    def succeeds(self, act: Callable[[], object], unknown: Text | None = None) -> bool:
        """Whether `act` was done; where not, the reason is kept in `fault`: `unknown` for whoever is not known."""
        return self.attempt(lambda: (act(),), unknown) is not None

    def attempt(self, act: Callable[[], Result], unknown: Text | None = None) -> Result | None:
        """Give what `act` gives, or None where it was refused, with the reason kept in `fault`."""
        try:
            return act()
        except ApiFault as fault:
            if fault.status not in {400, 401, 403, 409, 422}:
                raise
            self.fault = unknown if unknown and fault.status == 401 else fault.why
        except Refused as refused:
            self.fault, self.problems = refused.why, refused.problems
        except Stale:
            self.fault = _STALE
        return None


def _said(error: Any) -> Text:
    """Say what is wrong with a field in both languages."""
    bounds = error.get("ctx", {})
    longest = bounds.get("max_length")
    kinds = {
        "missing": Text("请填写", "fill this in"),
        "string_too_short": Text("请填写", "fill this in"),
        "string_too_long": Text(f"最多 {longest} 个字", f"at most {longest} characters"),
        "string_pattern_mismatch": Text("只能用字母、数字和 . _ - @", "letters, digits and . _ - @ only"),
        "enum": Text("请选择一项", "choose one"),
        "int_parsing": Text("请填整数", "give a whole number"),
        "greater_than_equal": Text(f"不小于 {bounds.get('ge')}", f"at least {bounds.get('ge')}"),
        "less_than_equal": Text(f"不大于 {bounds.get('le')}", f"at most {bounds.get('le')}"),
    }  # fmt: skip
    return kinds.get(error["type"], Text("内容不合要求", str(error["msg"])[:200]))


async def posted(request: Request, visit: Anybody) -> Form:
    """Give the form that was sent. Raises ApiFault where it was not a form of this visit."""
    if request.headers.get("origin") is None or not is_from_here(request):
        raise _forged()
    async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD) as sent:
        values: dict[str, list[str]] = {}
        files: dict[str, Document] = {}
        for name, part in sent.multi_items():
            if isinstance(part, UploadFile):
                if part.filename:
                    files[name] = named(part.filename, await part.read())
            else:
                values.setdefault(name, []).append(part)
    form = Form(values, files)
    if not visit.proves(form.value("csrf")):
        raise _forged()
    return form


Posted = Annotated[Form, Depends(posted)]


def acting(request: Request, visit: Anybody, form: Posted) -> Acting:
    """Give what does the work of a form, once for each time that the form was shown."""
    return Acting(request, desk_of(request), visit.who, form.value("key")[:100] or None)


Does = Annotated[Acting, Depends(acting)]


def _forged() -> ApiFault:
    why = Text("这个表单已经失效，请返回重新打开页面再提交", "this form has expired: open the page again and resend it")
    return ApiFault(403, Reason.FORGED, why)

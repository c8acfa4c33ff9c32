"""A notice as a file of either kind, where the libraries that set it are installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from checker.explaining.notice import Notice
from checker.model.language import Text


class Unset(Exception):  # noqa: N818 (a state of the machine, and no fault of ours)
    """What sets notices is not on this machine; `why` says what to install."""

    def __init__(self, why: Text) -> None:
        super().__init__(str(why))
        self.why = why


class NoticeFile(NamedTuple):
    """The bytes of a file, and the characters of it for which no font on this machine has a glyph."""

    content: bytes
    missing: str = ""


Setter = Callable[[Notice], NoticeFile]


def _pdf() -> Setter:
    try:
        # Imported here because it takes long to load, and it is an optional extra.
        from checker.reporting.notice_pdf import FONTS, NoChineseFont, notice_to_pdf  # noqa: PLC0415
    except ImportError as missing:
        raise _needs_extra() from missing
    except OSError as missing:
        packages = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        raise Unset(Text(f"PDF 排版要用 Pango，请运行 {packages}", f"needs Pango: {packages}")) from missing

    def set_in_type(notice: Notice) -> NoticeFile:
        try:
            return NoticeFile(*notice_to_pdf(notice))
        except NoChineseFont:
            fonts, package = " / ".join(FONTS), "apt install fonts-noto-cjk"
            why = Text(f"没有中文字体 {fonts}，请运行 {package}", f"no Chinese font: {package}")
            raise Unset(why) from None

    return set_in_type


def _docx() -> Setter:
    try:
        # Imported here because it is an optional extra.
        from checker.reporting.notice_docx import notice_to_docx  # noqa: PLC0415
    except ImportError as missing:
        raise _needs_extra() from missing
    return lambda notice: NoticeFile(notice_to_docx(notice))


def _needs_extra() -> Unset:
    command = "pip install 'duixian[notice]'"
    return Unset(Text(f"通知书要用可选的库，请运行 {command}", f"run: {command}"))


SETTERS: dict[str, Callable[[], Setter]] = {"pdf": _pdf, "docx": _docx}
"""What gives the setter of each kind of file; raises Unset where it is not installed, as a setter does."""

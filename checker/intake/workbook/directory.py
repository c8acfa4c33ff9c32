"""The first gate of a workbook: what its zip directory alone says, before anything is unpacked.

Follows the file format of ZIP (APPNOTE 4.3) as far as Office Open XML uses it: stored or deflated parts, no encryption.
"""

from __future__ import annotations

import zipfile
from typing import IO, NamedTuple

from checker.model.language import Text

LARGEST_FILE = 64_000_000
MOST_ENTRIES = 500
LARGEST_UNPACKED = 200_000_000

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = 0x1
_FORBIDDEN = {
    "xl/vbaproject": Text("带有宏", "holds macros"),
    "xl/macrosheets/": Text("带有宏", "holds macros"),
    "xl/dialogsheets/": Text("带有对话框", "holds dialogs"),
    "xl/externallinks/": Text("引用了别的文件", "links to other files"),
    "xl/connections": Text("带有数据连接", "holds connections to data"),
    "xl/querytables/": Text("带有数据连接", "holds connections to data"),
    "xl/embeddings/": Text("嵌有别的文件", "embeds other files"),
    "xl/activex/": Text("带有控件", "holds controls"),
    "customui/": Text("带有自定义功能区", "changes the ribbon"),
}
_COPY = Text(
    "请用 checker template 重新生成模板，把数填进去（粘贴时选“值”）",
    "make the template again with `checker template` and fill it in (paste values only)",
)
_RESAVE = Text("请用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx")


class Refusal(NamedTuple):
    """Why a workbook is not read; `supported`: it is broken, not of a kind that is never read."""

    message: Text
    hint: Text
    supported: bool = True


class Refused(Exception):  # noqa: N818 (not an error of the program: a workbook and what is wrong with it)
    """A workbook that does not pass a gate."""

    def __init__(self, message: Text, hint: Text = _RESAVE, *, supported: bool = True) -> None:
        super().__init__(message.en)
        self.refusal = Refusal(message, hint, supported)


class Part(NamedTuple):
    """Where a part lies in the file, and how large the directory says that it is."""

    name: str
    offset: int
    packed: int
    unpacked: int
    deflated: bool


def directory(file: IO[bytes]) -> dict[str, Part]:
    """Give the parts of a workbook by their names in lower case. Raises Refused."""
    file.seek(0, 2)
    if file.tell() > LARGEST_FILE:
        most = LARGEST_FILE // 1_000_000
        raise Refused(Text(f"文件超过 {most} MB", f"the file has more than {most} MB"), _COPY)
    _check_magic(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        raise Refused(Text("文件不完整，或不是 .xlsx", "the file is cut off, or not .xlsx")) from None
    if len(entries) > MOST_ENTRIES:
        said = Text(f"里面有 {len(entries)} 个部件，太多了", f"it has {len(entries)} parts, too many")
        raise Refused(said, _COPY)
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        most = LARGEST_UNPACKED // 1_000_000
        raise Refused(Text(f"展开后超过 {most} MB", f"it unpacks to more than {most} MB"), _COPY)
    parts = {entry.filename.lower(): _part(entry) for entry in entries}
    if len(parts) < len(entries):
        raise Refused(Text("同名的部件出现两次", "two parts have one name"))
    _check_kind(parts)
    return parts


def _check_magic(file: IO[bytes]) -> None:
    file.seek(0)
    magic = file.read(8)
    if magic == _OLD:
        said = Text("其实是旧版 .xls，或者加了密码", "it is really an old .xls, or has a password")
        raise Refused(
            said, Text("请去掉密码，另存为 .xlsx", "remove the password and save it as .xlsx"), supported=False
        )
    if not magic.startswith(_ZIP):
        raise Refused(Text("不是 .xlsx 工作簿", "not an .xlsx workbook"))


def _part(entry: zipfile.ZipInfo) -> Part:
    name = entry.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        raise Refused(Text("部件的名称指向文件之外", "a part's name points outside of the file"))
    if entry.flag_bits & _ENCRYPTED:
        said = Text("加了密码", "it has a password")
        raise Refused(said, Text("请去掉密码后另存", "remove the password and save it"), supported=False)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(Text("压缩方式不认识", "it is compressed in an unknown way"))
    deflated = entry.compress_type == zipfile.ZIP_DEFLATED
    return Part(name, entry.header_offset, entry.compress_size, entry.file_size, deflated)


def _check_kind(parts: dict[str, Part]) -> None:
    for name in parts:
        for start, said in _FORBIDDEN.items():
            if name.startswith(start):
                raise Refused(said, _COPY, supported=False)
    if "xl/workbook.xml" not in parts:
        raise Refused(Text("里面没有工作簿", "there is no workbook in it"))

"""The second gate of a workbook: its parts unpacked and looked over, before a parser sees them.

What comes out is a clean archive of exactly the bytes that were looked at, so that no parser reads something else.
Cells that a parser would take for empty, errors and formulas without a result, are written out as text after `ODD`.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from typing import IO

from checker.intake.workbook.directory import LARGEST_UNPACKED, Part, Refused, directory
from checker.model.language import Text

ODD = "\ue000"
"""A character of private use, which nobody types: the text after it is an error, or ``=`` for a formula."""

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 100_000, 256, 4_000_000
MOST_STRINGS = 2_000_000
LONGEST_TEXTS = 100_000_000

_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/sharedstrings\.xml|xl/worksheets/[^/]+\.xml"
)
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_PREFIXED = re.compile(rb"<[A-Za-z0-9_.-]+:(?:worksheet|sheetData|row|c|v|sst|si)[\s/>]")
_CELL = re.compile(rb"<c[\s/>]")
_PLACED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_DIMENSION = re.compile(rb'<dimension\s[^>]*ref="(?:[A-Z]+[0-9]+:)?([A-Z]+)([0-9]+)"')
_SHARED = re.compile(rb't="s"[^>]*><v>([0-9]{1,9})</v>')
_STRING = re.compile(rb"<si[\s/>]")
_COUNT = re.compile(rb'<sst\s[^>]*?[cC]ount="([0-9]+)"(?:[^>]*?[cC]ount="([0-9]+)")?')
_QUOTED = re.compile(rb"<c\s[^>]*'")
_FORMULA = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)"
_ERROR = re.compile(rb'<c r="([A-Z0-9]+)"[^>]*\st="e"[^>]*>(?:' + _FORMULA + rb")?<v>([^<]+)</v></c>")
_UNSOLVED = re.compile(rb'<c r="([A-Z0-9]+)"(?![^>]*\st="str")[^>]*>' + _FORMULA + rb"(?:<v></v>|<v ?/>)?</c>")
_SOLVED = re.compile(rb'<c r="[A-Z0-9]+"(?:[^>]*\st="str"[^>]*>' + _FORMULA + rb"|[^>]*>" + _FORMULA + rb"<v>[^<])")
_RESAVE = Text("请用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx")
_FORMULAS = re.compile(rb"<f[\s/>]")
_AS_TEXT = rb'<c r="\1" t="str"><v>' + ODD.encode()


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """Give a clean archive of the parts that hold cells. Raises Refused."""
    contents = _contents(file, directory(file))
    for name, content in contents.items():
        _check_text(content)
        if name.startswith("xl/worksheets/"):
            _check_cells(content)
    _check_strings(contents)
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as archive:
        for name in list(contents):
            content = contents.pop(name)
            archive.writestr(_PROPER.get(name, name), _written_out(content) if "worksheets" in name else content)
    clean.seek(0)
    return clean


_PROPER = {"[content_types].xml": "[Content_Types].xml", "xl/sharedstrings.xml": "xl/sharedStrings.xml"}


def _contents(file: IO[bytes], parts: dict[str, Part]) -> dict[str, bytes]:
    """Unpack what is needed, each part no further than it says it is long, and all of them no further than allowed."""
    needed = {name: part for name, part in parts.items() if _NEEDED.fullmatch(name)}
    return {part.name if "worksheets" in name else name: _inflated(file, part) for name, part in needed.items()}


def _inflated(file: IO[bytes], part: Part) -> bytes:
    wrong = Refused(
        Text(f"部件 {part.name} 损坏，或长度与目录不符", f"the part {part.name} is broken, or not as long as said")
    )
    file.seek(part.offset)
    local = file.read(30)
    if len(local) < 30 or not local.startswith(b"PK\x03\x04"):
        raise wrong
    file.seek(int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little"), 1)
    packed = file.read(part.packed)
    if not part.deflated:
        content = packed
    else:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = stream.decompress(packed, min(part.unpacked, LARGEST_UNPACKED) + 1)
        except zlib.error:
            raise wrong from None
        if not stream.eof or stream.unused_data:
            raise wrong
    if len(content) != part.unpacked or len(packed) != part.packed:
        raise wrong
    return content


def _check_text(content: bytes) -> None:
    encoding = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in content or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")):
        raise Refused(Text("文字不是 UTF-8 编码", "its text is not UTF-8"), _RESAVE)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(Text("带有文档类型定义（DTD），不读取", "it holds a document type definition (DTD)"), _RESAVE)


def _check_cells(content: bytes) -> None:
    """Refuse cells that lie too far out, and cells that do not say where they lie."""
    placed = _PLACED.findall(content)
    if _PREFIXED.search(content) or _QUOTED.search(content) or len(placed) != len(_CELL.findall(content)):
        raise _rare()
    placed += _DIMENSION.findall(content[:4096])
    column = max((_number(name) for name in {name for name, _ in placed}), default=0)
    row = max((int(text) for text in {text for _, text in placed}), default=0)
    if row > MOST_ROWS or column > MOST_COLUMNS or row * column > MOST_CELLS:
        raise Refused(
            Text(
                f"用到了第 {row} 行、第 {column} 列，太大了（至多 {MOST_ROWS} 行、{MOST_COLUMNS} 列）",
                f"it reaches row {row} and column {column}, too far (at most {MOST_ROWS} rows, {MOST_COLUMNS} columns)",
            ),
            Text("请删去表格以外的内容，再保存", "delete what lies outside of the table and save it again"),
        )


def _rare() -> Refused:
    return Refused(Text("写法少见，读不准", "it is written in a rare way that is not read"), _RESAVE)


def _number(letters: bytes) -> int:
    number = 0
    for sign in letters[:8]:
        number = number * 26 + sign - 64
    return number


def _check_strings(contents: dict[str, bytes]) -> None:
    """Refuse a table of texts that says it is huge, and texts that become huge because many cells point at them."""
    table = contents.get("xl/sharedstrings.xml", b"")
    wrong = Refused(Text("文字太多", "it holds too much text"), Text("请删去多余的文字", "delete what is not needed"))
    told = [int(count[:12]) for found in _COUNT.findall(table[:4096]) for count in found if count]
    starts = [found.start() for found in _STRING.finditer(table)]
    if max(told, default=0) > MOST_STRINGS or len(starts) > MOST_STRINGS or _PREFIXED.search(table):
        raise wrong
    if not starts:
        return
    sizes = [end - start for start, end in zip(starts, [*starts[1:], len(table)], strict=True)]
    total = 0
    for name, content in contents.items():
        if name.startswith("xl/worksheets/"):
            used = Counter(_SHARED.findall(content))
            total += sum(sizes[int(n)] * times for n, times in used.items() if int(n) < len(sizes))
    if total > LONGEST_TEXTS:
        raise wrong


def _written_out(content: bytes) -> bytes:
    """Give a sheet in which no cell is taken for empty that is not, or refuse it."""
    content = _ERROR.sub(_AS_TEXT + rb"\2</v></c>", content)
    if b' t="e"' in content:
        raise _rare()
    content = _UNSOLVED.sub(_AS_TEXT + b"=</v></c>", content)
    if len(_SOLVED.findall(content)) != len(_FORMULAS.findall(content)):
        raise _rare()
    return content

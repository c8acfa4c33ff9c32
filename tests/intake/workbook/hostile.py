"""Workbooks that mean harm, built part by part."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROOT = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def sheet(cells: str, dimension: str = "A1", before: str = "") -> str:
    """Give a sheet's XML around its rows."""
    return (
        f'{before}<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
    )


def strings(items: str, count: int = 1) -> str:
    """Give a table of shared texts."""
    return f'<sst xmlns="{_MAIN}" count="{count}" uniqueCount="{count}">{items}</sst>'


def parts(**changed: str | bytes) -> dict[str, str | bytes]:
    """Give the parts of a small sound workbook; `sheet` and `strings` replace its sheet and its texts."""
    own = {"sheet": SHEET, "strings": STRINGS}
    sound: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": LINKS,
        SHEET: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), STRINGS: strings("<si><t>x</t></si>"),
    }  # fmt: skip
    return sound | {own[name]: content for name, content in changed.items()}


def zipped(content: Mapping[str, str | bytes], names: Iterable[str] = (), kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give the archive of some parts, and of empty ones called `names`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
        for name in names:
            archive.writestr(name, "")
    return out.getvalue()


def bomb(size: int) -> bytes:
    """Give a workbook whose sheet unpacks to `size` blanks, and says so."""
    return zipped(parts(sheet=b" " * size))


def encrypted(content: bytes) -> bytes:
    """Give an archive whose directory says of its first part that it has a password."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + b"\x01" + content[at + 1 :]


def lying(size: int, told: int) -> bytes:
    """Give a workbook whose sheet unpacks to `size` blanks but says `told` in its directory and before itself."""
    content = bomb(size)
    true, false = struct.pack("<L", size), struct.pack("<L", told)
    assert content.count(true) >= 2
    blanks = b" " * told
    sums = struct.pack("<L", zlib.crc32(b" " * size)), struct.pack("<L", zlib.crc32(blanks))
    return content.replace(true, false).replace(*sums)

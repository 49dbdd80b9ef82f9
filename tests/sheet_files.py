"""Files for the tests of data/sheets: an xlsx written part by part, an xls, and a sheet's rows as plain lists."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlwt

from data.errors import UnreadableFile
from data.sheets import Sheet, read_sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FORMATS = '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/>'
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs count="3">{FORMATS}</cellXfs></styleSheet>'


def write_xlsx(path: Path, sheet_xml: str, *, properties: str = "", strings: str = "") -> Path:
    """An xlsx with the one sheet 甲 made of this XML; style 1 is a date, style 2 a percentage."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        '<sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet_xml,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def sheet_xml(rows: str, before: str = "") -> str:
    """A worksheet's XML around its rows."""
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def inline(place: str, text: str) -> str:
    """A cell with an inline string."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def write_xls(path: Path, fill: Callable[[xlwt.Workbook, xlwt.Worksheet], None]) -> Path:
    """An xls with the one sheet 甲."""
    book = xlwt.Workbook()
    fill(book, book.add_sheet("甲"))
    content = io.BytesIO()
    book.save(content)
    path.write_bytes(content.getvalue())
    return path


def only_sheet(path: Path) -> Sheet:
    """The file's one sheet."""
    (sheet,) = read_sheets(path)
    return sheet


def rows_of(sheet: Sheet, header_row: int = 0) -> list[tuple[int, list[str]]]:
    """All rows below the header as (row number, cells)."""
    return [row for block in sheet.blocks(header_row) for row in block.rows(len(block.row_no))]


def all_rows(path: Path) -> list[list[tuple[int, list[str]]]]:
    """The rows of every sheet."""
    return [rows_of(sheet) for sheet in read_sheets(path)]


def refusal(path: Path) -> UnreadableFile | None:
    """The error that reading the whole file raises, if any."""
    try:
        all_rows(path)
    except UnreadableFile as error:
        return error
    return None

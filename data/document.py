"""How is an official document written as docx that opens, prints and is signed as it stands in any word processor?

A4, tables of fixed widths whose headings return on every page, a watermark in the header, page numbers in the footer, names
of Chinese fonts with what may stand in for them. The same content gives the same bytes: nothing in the file comes from a clock.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

Align = Literal["left", "center", "right"]
Look = Literal["title", "subtitle", "heading", "body", "note"]

SONG, FANG, HEI, LATIN = "宋体", "仿宋", "黑体", "Times New Roman"
#: A font that a machine lacks → what stands in for it, in order.
_STAND_INS = {SONG: ("SimSun", "FangSong"), FANG: ("FangSong", "FangSong_GB2312"), HEI: ("SimHei", "Microsoft YaHei")}
#: look → (font, half points, bold, alignment, points before, points after)
_LOOKS: dict[Look, tuple[str, int, bool, Align, int, int]] = {
    "title": (SONG, 36, True, "center", 0, 4),
    "subtitle": (FANG, 22, False, "center", 0, 8),
    "heading": (HEI, 22, False, "left", 10, 4),
    "body": (FANG, 21, False, "left", 2, 2),
    "note": (SONG, 18, False, "left", 2, 2),
}
_CELL, _SMALL = 18, 16
_SHADE, _LINE, _WATER = "EEF3F4", "6B7680", "D5D9DC"
#: Where a day is written by hand.
DAY_TO_FILL = "　　年　　月　　日"
#: Twentieths of a point in a millimetre.
_TWIPS = 1440 / 25.4
_A4, _MARGINS = (210.0, 297.0), {"top": 20.0, "bottom": 23.0, "left": 18.0, "right": 18.0}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
#: What no XML may hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    text: str
    look: Look = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is more than text: over `span` columns, shaded as a heading, bold, or in larger letters (points)."""

    text: str
    span: int = 1
    head: bool = False
    bold: bool = False
    align: Align | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table over the width of the text. `widths` are shares; `heads` return on every page; `tall`: least height in mm."""

    widths: Sequence[float]
    rows: Sequence[Sequence[str | Cell]]
    heads: Sequence[str] = ()
    aligns: Sequence[Align] = ()
    tall: float = 0
    small: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `watermark` and `header` stand on every page, `footer` above the number of each page."""

    title: str
    blocks: Sequence[Text | Table]
    watermark: str
    header: str
    footer: str
    across: bool = False
    author: str = ""


def document_bytes(document: Document, made_at: datetime) -> bytes:
    """The document as docx; `made_at` (UTC) is written into its properties as the time of making."""
    from docx import api

    made = api.Document()
    section, body = made.sections[0], made.element.body
    room = _paper(section, document.across)
    for old in list(body)[:-1]:
        body.remove(old)
    for block in document.blocks:
        xml = _paragraph(block) if isinstance(block, Text) else _table(block, room)
        body.insert(len(body) - 1, _element(xml))
    _replace(section.header, [_water(document.watermark, document.header)])
    _replace(section.footer, [_plain(document.footer, "left"), _numbers()])
    _fonts(made)
    _properties(made, document, made_at)
    return _packed(made)


def _paper(section: Any, across: bool) -> float:
    """A4, upright or across; how many millimetres are left for the text from side to side."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    wide, high = reversed(_A4) if across else _A4
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    for side, size in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.header_distance = section.footer_distance = Mm(9)
    return wide - _MARGINS["left"] - _MARGINS["right"]


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml.replace(">", f" {_SPACES}>", 1))


def _replace(part: Any, paragraphs: list[str]) -> None:
    """Put these paragraphs where the template's header or footer has its empty one."""
    part.is_linked_to_previous = False
    held = part._element
    for old in list(held):
        held.remove(old)
    for xml in paragraphs:
        held.append(_element(xml))


def _paragraph(text: Text) -> str:
    font, size, bold, align, before, after = _LOOKS[text.look]
    keep = "<w:keepNext/>" if text.look in ("title", "heading") else ""
    spacing = f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" w:line="300" w:lineRule="auto"/>'
    return f'<w:p><w:pPr>{keep}{spacing}<w:jc w:val="{align}"/></w:pPr>{_run(text.text, font, size, bold)}</w:p>'


def _plain(text: str, align: Align) -> str:
    spacing = '<w:spacing w:before="0" w:after="0"/>'
    return f'<w:p><w:pPr>{spacing}<w:jc w:val="{align}"/></w:pPr>{_run(text, SONG, _SMALL, False)}</w:p>'


def _run(text: str, font: str, size: int, bold: bool) -> str:
    return f'<w:r>{_letters(font, size, bold)}<w:t xml:space="preserve">{_legal(text)}</w:t></w:r>'


def _letters(font: str, size: int, bold: bool) -> str:
    """Font, weight and size of a run."""
    weight = "<w:b/>" if bold else ""
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:cs="{LATIN}" w:hint="eastAsia"/>'
    return f'<w:rPr>{fonts}{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def _legal(text: str) -> str:
    return escape(_ILLEGAL.sub("", text))


def _table(table: Table, room: float) -> str:
    whole = sum(table.widths)
    widths = [round(width / whole * room * _TWIPS) for width in table.widths]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    inner = "".join(f'<w:{side} w:w="{60}" w:type="dxa"/>' for side in ("left", "right"))
    look = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{inner}</w:tblCellMar></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = [_row([Cell(head, head=True, align="center") for head in table.heads], table, widths, True)] if table.heads else []
    rows = [_row(row, table, widths, False) for row in table.rows]
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(heads + rows)}</w:tbl>"


def _row(row: Sequence[str | Cell], table: Table, widths: Sequence[int], repeated: bool) -> str:
    told, place = [], 0
    for one in row:
        cell = Cell(one) if isinstance(one, str) else one
        align = cell.align or (table.aligns[place] if table.aligns else "left")
        told.append(_cell(cell, sum(widths[place : place + cell.span]), align, _SMALL if table.small else _CELL))
        place += cell.span
    high = f'<w:trHeight w:val="{round(table.tall * _TWIPS)}" w:hRule="atLeast"/>' if table.tall and not repeated else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{'<w:tblHeader/>' if repeated else ''}</w:trPr>{''.join(told)}</w:tr>"


def _cell(cell: Cell, width: int, align: Align, size: int) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>' if cell.head else ""
    form = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}<w:vAlign w:val="center"/></w:tcPr>'
    spacing = f'<w:pPr><w:spacing w:before="30" w:after="30"/><w:jc w:val="{align}"/></w:pPr>'
    large = cell.points * 2 if cell.points else size
    lines = cell.text.split("\n")
    told = "".join(f"<w:p>{spacing}{_run(line, SONG, large, cell.bold or cell.head)}</w:p>" for line in lines)
    return f"<w:tc>{form}{told}</w:tc>"


def _water(watermark: str, header: str) -> str:
    """The header's line, and behind the page the words of the watermark as a shape across it."""
    place = (
        "position:absolute;margin-left:0;margin-top:0;width:470pt;height:58pt;rotation:325;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    kind = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
        '<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>'
        '<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    )
    shape = (
        f'<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" style="{place}" o:allowincell="f" '
        f'fillcolor="#{_WATER}" stroked="f"><v:fill opacity=".5"/>'
        f"<v:textpath style=\"font-family:'{SONG}';font-size:1pt\" string={quoteattr(_ILLEGAL.sub('', watermark))}/></v:shape>"
    )
    run = f"<w:r><w:rPr><w:noProof/></w:rPr><w:pict>{kind}{shape}</w:pict></w:r>"
    spacing = '<w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="right"/></w:pPr>'
    return f"<w:p>{spacing}{run}{_run(header, SONG, _SMALL, False)}</w:p>"


def _numbers() -> str:
    """第 … 页，共 … 页."""

    def field(code: str) -> str:
        parts = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")]
        parts.insert(1, f'<w:instrText xml:space="preserve"> {code} </w:instrText>')
        begun = "".join(f"<w:r>{_letters(SONG, _SMALL, False)}{part}</w:r>" for part in parts[:3])
        return f"{begun}{_run('1', SONG, _SMALL, False)}<w:r>{_letters(SONG, _SMALL, False)}{parts[3]}</w:r>"

    parts = [_run("第 ", SONG, _SMALL, False), field("PAGE"), _run(" 页，共 ", SONG, _SMALL, False), field("NUMPAGES")]
    parts.append(_run(" 页", SONG, _SMALL, False))
    return f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>{"".join(parts)}</w:p>'


def _fonts(made: Any) -> None:
    """The document's own fonts, its language, and what stands in for a font that is not there."""
    for style in made.styles.element.iter(f"{{{_W}}}rFonts"):
        for name in list(style.attrib):
            del style.attrib[name]
        for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", SONG), ("cs", LATIN)):
            style.set(f"{{{_W}}}{name}", font)
    for language in made.styles.element.iter(f"{{{_W}}}lang"):
        language.set(f"{{{_W}}}eastAsia", "zh-CN")
    told = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{",".join(others)}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for font, others in _STAND_INS.items()
    )
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{_W}">{told}</w:fonts>'
    for relation in made.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = table.encode("utf-8")


def _properties(made: Any, document: Document, made_at: datetime) -> None:
    """Title, author and time of making; the template's picture of itself goes."""
    about = made.core_properties
    about.title, about.author, about.last_modified_by = document.title, document.author, document.author
    about.created = about.modified = made_at.replace(tzinfo=None, microsecond=0)
    about.comments, about.keywords, about.language, about.revision = document.watermark, "", "zh-CN", 1
    relations = made.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[name]


def _packed(made: Any) -> bytes:
    """The package with the same day on every part, whatever the hour."""
    written, out = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as loose, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in loose.namelist():
            part = zipfile.ZipInfo(name, _FIRST_DAY)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            packed.writestr(part, loose.read(name))
    return out.getvalue()

"""Which parts make up this xlsx, and how does one hand over a part of a sheet as a small workbook of its own?"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from data.errors import UnreadableFile
from data.sheets.files import damaged

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# What calamine needs beside the sheet itself.
SHARED = ("[content_types].xml", "_rels/.rels", WORKBOOK, RELATIONS, "xl/styles.xml", "xl/sharedstrings.xml")
LARGEST_PART = 4 << 30
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, expat.ExpatError, NotImplementedError, UnicodeDecodeError)


@dataclass(frozen=True)
class SheetPart:
    """A worksheet of the workbook: its name, its part's name inside the package (as stored), hidden or not."""

    name: str
    part: str
    hidden: bool


class Package:
    """The parts of an xlsx. Raises UnreadableFile where the package or its list of sheets is damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self.guarded():
            self._zip = zipfile.ZipFile(path)
            self._stored = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}
            if any(item.file_size > LARGEST_PART for item in self._zip.infolist()):
                raise UnreadableFile("文件解压后过大（单个部分超过 4 GB）", path.name, "请拆成几个文件，或另存为 csv 再报送")
            if WORKBOOK not in self._stored:
                raise damaged(path)
            self.sheets = list(self._find_sheets())
        self._shared: dict[str, bytes] | None = None

    @contextmanager
    def guarded(self, sheet: str = "") -> Iterator[None]:
        """Turns what a damaged package raises into the one sentence for it."""
        try:
            yield
        except BROKEN as error:
            raise damaged(self.path, sheet) from error

    def open(self, sheet: SheetPart) -> IO[bytes]:
        """The sheet's XML as a stream."""
        return self._zip.open(sheet.part)

    def size(self, sheet: SheetPart) -> int:
        """Bytes of the sheet's XML."""
        return self._zip.getinfo(sheet.part).file_size

    def excerpt(self, sheet: SheetPart, xml: bytes) -> io.BytesIO:
        """A workbook with the same strings and styles in which this sheet consists of `xml`."""
        if self._shared is None:
            names = [self._stored[name] for name in SHARED if name in self._stored]
            self._shared = {name: self._zip.read(name) for name in names}
        small = io.BytesIO()
        with zipfile.ZipFile(small, "w", zipfile.ZIP_STORED) as package:
            for name, content in self._shared.items():
                package.writestr(name, content)
            package.writestr(sheet.part, xml)
        small.seek(0)
        return small

    def _find_sheets(self) -> Iterator[SheetPart]:
        targets = {}
        if RELATIONS in self._stored:
            relations = elements(self._zip.read(self._stored[RELATIONS]), "Relationship")
            targets = {item.get("Id", ""): (item.get("Type", ""), item.get("Target", "")) for item in relations}
        for item in elements(self._zip.read(self._stored[WORKBOOK]), "sheet"):
            kind, target = targets.get(item.get("id", ""), ("", ""))
            part = self._stored.get(posixpath.normpath(posixpath.join("/xl", target))[1:].lower())
            if part is not None and kind.endswith("/worksheet"):
                yield SheetPart(item.get("name", ""), part, item.get("state", "visible") != "visible")


def elements(xml: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of all elements with this local name, prefixes taken off. Raises ExpatError."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == name:
            found.append({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found

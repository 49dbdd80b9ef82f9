"""In which encoding is this text written, and on which line does it stop being that?

Known: UTF-8 with and without mark, UTF-16 with mark, GB18030 (and so GBK and GB2312).
UTF-8 is told from GB18030 by its strictness: real Chinese text of the one is never long valid in the other.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.errors import UnreadableFile

CHUNK = 1 << 22
SAMPLE = 1 << 20
# Bytes beyond one per character, in valid UTF-8, after which the text is taken for UTF-8 for good (100 Chinese characters).
CERTAIN = 200


@dataclass(frozen=True)
class Encoding:
    """`label` for people, `codec` for Python, `skip` the length of the mark in bytes."""

    label: str
    codec: str
    skip: int = 0


MARKED = (
    (codecs.BOM_UTF8, Encoding("UTF-8 BOM", "utf-8", 3)),
    (codecs.BOM_UTF16_LE, Encoding("UTF-16", "utf-16-le", 2)),
    (codecs.BOM_UTF16_BE, Encoding("UTF-16", "utf-16-be", 2)),
)


def detect_encoding(path: Path) -> Encoding:
    """The encoding of a text file. Raises UnreadableFile where none of the known ones fits its beginning."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    for mark, encoding in MARKED:
        if start.startswith(mark):
            return encoding
    utf8, gb18030 = Encoding("UTF-8", "utf-8"), Encoding("GB18030", "gb18030")
    if _is_utf8(path):
        return utf8
    try:
        codecs.getincrementaldecoder("gb18030")().decode(start, len(start) < SAMPLE)
    except UnicodeDecodeError as error:
        raise _no_encoding(path, start[: error.start].count(b"\n") + 1) from error
    return gb18030


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    surplus = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(SAMPLE)
            try:
                surplus += len(chunk) - len(decoder.decode(chunk, not chunk))
            except UnicodeDecodeError as error:
                good = error.object[: error.start]
                return surplus + len(good) - len(good.decode("utf-8")) >= CERTAIN
            if not chunk or surplus >= CERTAIN:
                return True


def decoded(path: Path, encoding: Encoding, size: int = CHUNK) -> Iterator[str]:
    """The text in pieces of about `size` bytes. Raises UnreadableFile that names the line it cannot decode."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    lines = 1
    with path.open("rb") as file:
        file.seek(encoding.skip)
        while True:
            chunk = file.read(size)
            try:
                text = decoder.decode(chunk, not chunk)
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode(encoding.codec, "replace")
                raise _leaves_encoding(path, encoding, lines + good.count("\n")) from error
            if text:
                lines += text.count("\n")
                yield text
            if not chunk:
                return


def check_text(path: Path, encoding: Encoding) -> None:
    """Read the whole text once. Raises UnreadableFile that names the line it cannot decode."""
    for _ in decoded(path, encoding):
        pass


class Transcoded:
    """A readable binary file for pyarrow: the text of `path` as UTF-8, decoded while it is read."""

    closed = False

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self._texts: Iterator[str] | None = None
        self._path = path
        self._encoding = encoding

    def read(self, size: int = CHUNK) -> bytes:
        """Some UTF-8 bytes, never more than `size` (two bytes of any known encoding give at most three)."""
        if self._texts is None:
            self._texts = decoded(self._path, self._encoding, max(size // 2, 64))
        return next(self._texts, "").encode("utf-8", "surrogatepass")

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self._texts = None
        self.closed = True


def _no_encoding(path: Path, line: int) -> UnreadableFile:
    return UnreadableFile(
        "文字编码无法识别，不是 UTF-8、GB18030（GBK）或 UTF-16",
        f"{path.name} 文本第 {line} 行",
        "请用电子表格程序打开后另存为“CSV UTF-8”或 xlsx 再报送",
    )


def _leaves_encoding(path: Path, encoding: Encoding, line: int) -> UnreadableFile:
    return UnreadableFile(
        f"文件按 {encoding.label} 编码读到这里出现无法识别的字节，文件可能被截断或混用了编码",
        f"{path.name} 文本第 {line} 行",
        "请检查该行，另存为“CSV UTF-8”或 xlsx 后重新报送",
    )

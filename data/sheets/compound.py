"""What is inside an OLE compound file (old Office), and where in the file does each byte of a stream lie?

After [MS-CFB]: a header of 512 bytes, a table of sector chains (FAT), a directory of named streams.
Streams below the header's limit live in the root's small sectors; one list of pieces answers for both.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

END, FREE_FROM = 0xFFFFFFFE, 0xFFFFFFFA
HEADER = 512
ENTRY = 128


class NotCompound(ValueError):
    """The bytes do not follow the compound file format."""


class CompoundFile:
    """The streams of a compound file: `streams` maps a stream's name to (first sector, size)."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._read_header()
            self._read_directory()
        except (struct.error, IndexError, ValueError, RecursionError) as error:
            raise NotCompound(str(error)) from error

    def pieces(self, name: str) -> list[tuple[int, int]]:
        """The stream as (offset in the file, length), in order. Raises NotCompound where the chain is broken."""
        first, size = self.streams[name]
        try:
            if size >= self._limit:
                spots = [(self._place(sector), self._sector) for sector in self._chain(first, self._fat)]
            else:
                spots = [(self._small_place(sector), self._small) for sector in self._chain(first, self._small_fat)]
        except IndexError as error:
            raise NotCompound("chain leaves the file") from error
        pieces = []
        for offset, length in spots:
            pieces.append((offset, min(length, size)))
            size -= length
            if size <= 0:
                return pieces
        raise NotCompound("stream is cut off")

    def read(self, name: str) -> bytes:
        """The whole stream."""
        return b"".join(self._content[offset : offset + length] for offset, length in self.pieces(name))

    def _read_header(self) -> None:
        head = self._content[:HEADER]
        if len(head) < HEADER:
            raise NotCompound("shorter than a header")
        shift, small_shift = struct.unpack_from("<HH", head, 30)
        if shift not in (9, 12) or small_shift > shift:
            raise NotCompound("sector size")
        self._sector, self._small = 1 << shift, 1 << small_shift
        self._directory_at, _, self._limit, small_fat_at, _, more_at, _ = struct.unpack_from("<7I", head, 48)
        tables = list(struct.unpack_from("<109I", head, 76))
        seen = set()
        while more_at < FREE_FROM and more_at not in seen:
            seen.add(more_at)
            *sectors, more_at = self._numbers(more_at)
            tables += sectors
        self._fat = [number for table in tables if table < FREE_FROM for number in self._numbers(table)]
        self._small_fat = [number for sector in self._chain(small_fat_at, self._fat) for number in self._numbers(sector)]

    def _read_directory(self) -> None:
        self.streams: dict[str, tuple[int, int]] = {}
        self._root: list[int] = []
        for sector in self._chain(self._directory_at, self._fat):
            place = self._place(sector)
            for offset in range(place, place + self._sector, ENTRY):
                self._read_entry(self._content[offset : offset + ENTRY])

    def _read_entry(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        first, size = struct.unpack_from("<II", entry, 116)
        if kind == 5:
            self._root = list(self._chain(first, self._fat)) if size else []
        elif kind == 2:
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
            self.streams.setdefault(name, (first, size))

    def _chain(self, sector: int, table: list[int]) -> list[int]:
        """The sectors from this one on. Raises ValueError for a chain that runs in a circle."""

        def follow(at: int) -> Iterator[int]:
            while at < FREE_FROM:
                yield at
                at = table[at]

        chain = list(islice(follow(sector), len(table) + 1))
        if len(chain) > len(table):
            raise NotCompound("circular chain")
        return chain

    def _place(self, sector: int) -> int:
        return (sector + 1) * self._sector

    def _small_place(self, sector: int) -> int:
        inside = sector * self._small
        return self._place(self._root[inside // self._sector]) + inside % self._sector

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{self._sector // 4}I", self._content, self._place(sector))

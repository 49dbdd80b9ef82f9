"""How are personal numbers kept so that they can be matched but not read? Keyed hash, ciphertext, mask.

The keys lie in HOME/keys/personal.key (0600), made on first use. Whoever loses them loses the numbers.
A number is kept as a keyed hash (BLAKE2b, RFC 7693, keyed mode) to match on, as deterministic ciphertext
(AES-SIV, RFC 5297) beside the other cells, and as a mask to show. Original files are encrypted in chunks (AES-256-GCM).
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

from data.errors import NotFound, UnreadableFile
from data.home import Home, write_durably

KEY_FILE = "personal.key"
CIPHER = "enc:"
CHUNK = 1 << 20
_MAGIC = b"XJENC1\0\0"
_SIZES = (32, 64, 32)
_D = "[0-9０-９]"
#: An identity number inside a text, in any width, perhaps parted by blanks. RE2 and Python read it alike (no look-around).
IDENTITY = (
    f"(^|[^0-9０-９])({_D}{{6}})[ 　]?(?:[1１][89８９]|[2２][0０]){_D}{{2}}(?:[0０][1-9１-９]|[1１][0-2０-２])"
    f"(?:[0-2０-２]{_D}|[3３][01０１])[ 　]?({_D}{{3}}[0-9０-９XxＸｘ])($|[^0-9０-９XxＸｘ])"
)
#: A mobile number inside a text, perhaps parted as people write it.
MOBILE = f"(^|[^0-9A-Za-z０-９])([1１][3-9３-９]{_D})[ -]?{_D}{{4}}[ -]?({_D}{{4}})($|[^0-9A-Za-z０-９])"
#: What they are replaced by.
IDENTITY_MASKED, MOBILE_MASKED = "\\1\\2********\\3\\4", "\\1\\2****\\3\\4"

_IDENTITY, _MOBILE = re.compile(IDENTITY), re.compile(MOBILE)


@dataclass(frozen=True)
class Keys:
    """The keys of one home. Nothing of them is ever printed."""

    hash_key: bytes = field(repr=False)
    cell_key: bytes = field(repr=False)
    file_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cells", AESSIV(self.cell_key))

    def hash(self, text: str) -> str:
        """The same 32 hex digits for the same text under the same keys."""
        return hashlib.blake2b(text.encode("utf-8"), digest_size=16, key=self.hash_key).hexdigest()

    def encrypt(self, text: str) -> str:
        """`enc:` and base64; the same for the same text. The empty text stays empty."""
        if not text:
            return ""
        cells: AESSIV = self._cells  # type: ignore[attr-defined]
        return CIPHER + base64.b64encode(cells.encrypt(text.encode("utf-8"), None)).decode("ascii")

    def decrypt(self, text: str) -> str:
        """The text behind `encrypt`; a text that is not ciphertext stays as it is.

        Raises
        ------
        NotFound
            when it was encrypted with other keys.
        """
        if not text.startswith(CIPHER):
            return text
        cells: AESSIV = self._cells  # type: ignore[attr-defined]
        try:
            return cells.decrypt(base64.b64decode(text[len(CIPHER) :]), None).decode("utf-8")
        except InvalidTag:
            raise NotFound("密文不是用这个数据目录的密钥加密的", "HOME/keys", "请用备份里的密钥恢复") from None


def load_keys(home: Home) -> Keys:
    """The home's keys, made on first use (call it under the home's lock then).

    Raises
    ------
    UnreadableFile
        when the key file is damaged, or gone from a home that keeps files encrypted with it: new keys would split the record.
    """
    path = home.keys / KEY_FILE
    if not path.exists():
        if any(home.files.glob("*.enc")):
            raise UnreadableFile("密钥文件不见了，已入库的个人号码和原件都要靠它", str(path), "请用备份里的 keys 目录恢复")
        home.keys.mkdir(parents=True, exist_ok=True)
        old = os.umask(0o077)
        try:
            write_durably(path, os.urandom(sum(_SIZES)).hex().encode() + b"\n")
        finally:
            os.umask(old)
    try:
        raw = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        raw = b""
    if len(raw) != sum(_SIZES):
        raise UnreadableFile("密钥文件损坏", str(path), "请用备份里的 keys 目录恢复")
    return _keys(raw)


def passing_keys() -> Keys:
    """Keys for one run that keeps nothing."""
    return _keys(os.urandom(sum(_SIZES)))


def mask_id(text: str) -> str:
    """First six, eight stars, last four; shorter numbers show their first and last, the shortest nothing."""
    if len(text) >= 15:
        return f"{text[:6]}********{text[-4:]}"
    if len(text) >= 6:
        return f"{text[:1]}{'*' * (len(text) - 2)}{text[-1:]}"
    return "*" * len(text)


def mask_phone(text: str) -> str:
    """First three, four stars, last four; short numbers show their last two."""
    if len(text) >= 9:
        return f"{text[:3]}****{text[-4:]}"
    return "*" * max(len(text) - 2, 0) + text[-2:] if len(text) > 4 else "*" * len(text)


def mask(kind: str, text: str) -> str:
    """The mask of a personal text of `kind` (`id` or `phone`); other kinds stay as they are."""
    return mask_id(text) if kind == "id" else mask_phone(text) if kind == "phone" else text


def mask_inside(text: str) -> str:
    """The text with every identity and mobile number in it masked; anything else stays as it is."""
    for pattern, masked in ((_IDENTITY, IDENTITY_MASKED), (_MOBILE, MOBILE_MASKED)):
        text = pattern.sub(masked, pattern.sub(masked, text))  # neighbours share a mark: the second time finds them
    return text


def encrypt_file(keys: Keys, source: Path, target: Path) -> str:
    """Write `source` encrypted to `target` and return the SHA-256 of what was read. Not flushed to disk."""
    box, prefix, plain = AESGCM(keys.file_key), os.urandom(8), hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file, target.open("wb") as out:
        out.write(_MAGIC + prefix)
        chunk, number = file.read(CHUNK), 0
        while True:
            following = file.read(CHUNK)
            plain.update(chunk)
            out.write(box.encrypt(prefix + number.to_bytes(4, "big"), chunk, b"last" if not following else b"more"))
            if not following:
                break
            chunk, number = following, number + 1
    return plain.hexdigest()


def decrypt_file(keys: Keys, path: Path) -> Iterator[bytes]:
    """The pieces of the original file.

    Raises
    ------
    UnreadableFile
        when it was cut off, changed, or encrypted with other keys.
    """
    box = AESGCM(keys.file_key)
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise UnreadableFile("不是本程序保存的原始文件", path.name, "请从备份恢复")
        prefix = file.read(8)
        chunk, number = file.read(CHUNK + 16), 0
        while True:
            following = file.read(CHUNK + 16)
            try:
                yield box.decrypt(prefix + number.to_bytes(4, "big"), chunk, b"last" if not following else b"more")
            except InvalidTag:
                raise UnreadableFile("保存的原始文件损坏，或密钥不对", path.name, "请从备份恢复") from None
            if not following:
                return
            chunk, number = following, number + 1


def _keys(raw: bytes) -> Keys:
    first, second = _SIZES[0], _SIZES[0] + _SIZES[1]
    return Keys(raw[:first], raw[first:second], raw[second:])

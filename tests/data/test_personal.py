"""Personal numbers: the same under one key, unreadable without it, masked on screen; files encrypted whole."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import NotFound, UnreadableFile
from data.home import open_home
from data.personal import CHUNK, decrypt_file, encrypt_file, load_keys, mask_id, mask_phone, passing_keys

KEYS = passing_keys()


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    first = load_keys(home)
    assert load_keys(home) == first
    assert [stat.S_IMODE(path.stat().st_mode) for path in home.keys.iterdir()] == [0o600]
    assert stat.S_IMODE(home.keys.stat().st_mode) == 0o700
    assert load_keys(open_home(tmp_path / "other", create=True)) != first


def test_keys_do_not_print_themselves() -> None:
    assert KEYS.hash_key.hex() not in repr(KEYS)
    assert repr(KEYS.cell_key) not in repr(KEYS)


def test_a_broken_key_file_is_told(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    (home.keys / "personal.key").write_text("00")
    with pytest.raises(UnreadableFile):
        load_keys(home)


def test_keys_that_are_gone_are_never_replaced_by_new_ones(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home", create=True)
    (tmp_path / "a.csv").write_text("a")
    encrypt_file(load_keys(home), tmp_path / "a.csv", home.files / "a.enc")
    (home.keys / "personal.key").unlink()
    with pytest.raises(UnreadableFile, match="不见了"):
        load_keys(home)
    assert list(home.keys.iterdir()) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_what_was_encrypted_can_be_read_with_the_key_alone(text: str) -> None:
    hidden = KEYS.encrypt(text)
    assert KEYS.decrypt(hidden) == text or text.startswith("enc:")
    assert hidden == KEYS.encrypt(text)
    if text:
        with pytest.raises(NotFound):
            passing_keys().decrypt(hidden)


def test_the_hash_is_the_same_for_the_same_number_and_key() -> None:
    assert KEYS.hash("140802199001010015") == KEYS.hash("140802199001010015")
    assert KEYS.hash("140802199001010015") != KEYS.hash("140802199001010016")
    assert KEYS.hash("140802199001010015") != passing_keys().hash("140802199001010015")
    assert len(KEYS.hash("x")) == 32


def test_masks_show_the_ends_only() -> None:
    assert mask_id("140802199001010015") == "140802********0015"
    assert mask_phone("13903590000") == "139****0000"
    assert mask_phone("0359-0000007") == "035****0007"
    assert mask_id("E12345678") == "E*******8"
    assert (mask_id("123"), mask_phone("123"), mask_id("")) == ("***", "***", "")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="0123456789X", max_size=22))
def test_a_mask_never_shows_the_whole_number(text: str) -> None:
    for shown in (mask_id(text), mask_phone(text)):
        assert not text or shown != text


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_comes_back_as_it_was(tmp_path: Path, size: int) -> None:
    source, target = tmp_path / "a", tmp_path / "kept" / "a.enc"
    source.write_bytes(bytes(range(256)) * (size // 256) + b"x" * (size % 256))
    assert encrypt_file(KEYS, source, target) == hashlib.sha256(source.read_bytes()).hexdigest()
    assert b"".join(decrypt_file(KEYS, target)) == source.read_bytes()


@pytest.mark.parametrize("harm", ["cut a chunk", "cut a byte", "flip", "swap", "other key"])
def test_a_harmed_file_is_noticed(tmp_path: Path, harm: str) -> None:
    source, target = tmp_path / "a", tmp_path / "a.enc"
    source.write_bytes(b"x" * CHUNK * 3)
    encrypt_file(KEYS, source, target)
    data = bytearray(target.read_bytes())
    step = CHUNK + 16
    if harm == "cut a chunk":
        del data[-step:]
    elif harm == "cut a byte":
        del data[-1:]
    elif harm == "flip":
        data[100] ^= 1
    elif harm == "swap":
        data[16 : 16 + step], data[16 + step : 16 + 2 * step] = data[16 + step : 16 + 2 * step], data[16 : 16 + step]
    target.write_bytes(data)
    with pytest.raises(UnreadableFile):
        list(decrypt_file(passing_keys() if harm == "other key" else KEYS, target))

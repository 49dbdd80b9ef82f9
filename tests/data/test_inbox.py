"""Does a file arrive whole or not at all, under a name that can do no harm, where nobody else can read it?"""

from __future__ import annotations

import errno
import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import inbox
from data.errors import NotFound, UnreadableFile
from data.home import open_home


@pytest.fixture
def home(tmp_path):
    return open_home(tmp_path / "home", create=True)


def left_over(home) -> list[str]:
    return [str(path.relative_to(home.root)) for path in (home.root / "inbox").rglob("*")]


def whole(arriving, sent: bytes, announced: int | None):
    arriving.write(sent)
    return arriving.finish(announced)


def test_a_file_arrives_under_its_hash_and_only_its_owner_may_read_it(home) -> None:
    arriving = inbox.Arriving(home, "处罚 2026.xlsx")
    arriving.write(b"ab")
    arriving.write(b"c")
    arrived = arriving.finish(3)
    path = inbox.file_of(home, arrived.job_id)
    assert (arrived.name, arrived.size, arrived.sha256) == ("处罚 2026.xlsx", 3, hashlib.sha256(b"abc").hexdigest())
    assert path.read_bytes() == b"abc"
    assert [oct(each.stat().st_mode & 0o777) for each in (path, path.parent, path.parents[1], path.parents[2])] == [
        "0o600", "0o700", "0o700", "0o700",
    ]  # fmt: skip


def test_a_file_that_was_cut_off_is_empty_or_too_large_leaves_nothing(home, monkeypatch) -> None:
    monkeypatch.setattr(inbox, "LARGEST", 10)
    for sent, announced, words in [(b"ab", 3, "没有传完"), (b"", 0, "0 字节"), (b"x" * 11, None, "超过")]:
        arriving = inbox.Arriving(home, "a.csv")
        with pytest.raises(UnreadableFile, match=words):
            whole(arriving, sent, announced)
        arriving.throw_away()
    assert left_over(home) == []


def test_a_full_disk_is_one_sentence_and_leaves_nothing(home, monkeypatch) -> None:
    arriving = inbox.Arriving(home, "a.csv")
    arriving._out.close()

    class Full:
        def write(self, _piece):
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self):
            pass

    arriving._out = Full()
    with pytest.raises(UnreadableFile, match="磁盘已满"):
        arriving.write(b"x")
    arriving.throw_away()
    assert left_over(home) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\李\\处罚.xlsx", "处罚.xlsx"),
        ("=SUM(A1).csv", "=SUM(A1).csv"),
        ("🚚 十月😀.csv", "🚚 十月😀.csv"),
        ("..", "未命名"),
        ("", "未命名"),
        (".xlsx", "未命名.xlsx"),
        (".bashrc", "未命名.bashrc"),
        ("a\r\nb\0.csv", "ab.csv"),
        ("-rf.csv", "-rf.csv"),
    ],
)
def test_a_name_loses_its_path_and_what_cannot_be_shown(given, kept) -> None:
    assert inbox.plain_name(given) == kept


@given(st.text(alphabet=st.characters(), max_size=400))
def test_whatever_it_is_called_the_name_is_a_file_name(given) -> None:
    name = inbox.plain_name(given)
    assert 0 < len(name.encode("utf-8")) <= 255
    assert os.path.basename(name) == name
    assert name not in (".", "..")
    assert not name.startswith(".")
    assert name.isprintable()
    assert inbox.plain_name(name) == name


def test_a_personal_number_in_the_name_is_not_shown(home) -> None:
    arriving = inbox.Arriving(home, "张三140802199001010015.csv")
    arriving.write(b"x")
    assert arriving.finish(1).name == "张三140802********0015.csv"


def test_only_what_is_old_and_needed_by_nobody_is_swept(home) -> None:
    made = {name: inbox.Arriving(home, "a.csv") for name in ("needed", "old", "new")}
    now = datetime.now(UTC)
    for name in ("needed", "old"):
        past = (now - timedelta(days=2)).timestamp()
        os.utime(inbox.folder_of(home, made[name].job_id), (past, past))
    inbox.sweep(home, {made["needed"].job_id}, now)
    assert {name for name, one in made.items() if inbox.folder_of(home, one.job_id).exists()} == {"needed", "new"}


@pytest.mark.parametrize("job_id", ["", "..", "../../keys", "0" * 15, "A" * 16])
def test_an_id_that_is_none_leads_to_no_folder(home, job_id) -> None:
    with pytest.raises(NotFound):
        inbox.folder_of(home, job_id)

"""Personal numbers where nobody expects them: in a remark, a sentence, a wrong column, a column of the sender's own, a name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.batches import list_batches, read_findings, read_row
from data.home import Home
from data.identifiers import check_rid
from data.land import land_file
from data.landing.stray import _may_hold
from data.personal import mask_inside

PERSON, OTHER = "140802199001010015", "14088219851230002X"
WIDE = "１４０８０２１９９００１０１００１５"
PHONE = "13903591234"
HEADER = (
    "行政相对人代码_1（统一社会信用代码）,行政相对人名称,检查日期,检查类型,检查结果,检查机关,检查机关统一社会信用代码,检查事项,"
    "检查内容,备注,我们自己的列,行政相对人类别,数据来源单位,数据来源单位统一社会信用代码"
)
CODE, AUTHORITY = "91140881XJ5830387N", "11140800012400010X"
TAIL = f"法人及非法人组织,某局,{AUTHORITY}"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    lines = [
        HEADER,
        f"{CODE},甲公司,2026-03-02,日常,合格,某局,{AUTHORITY},检查,驾驶员{PERSON}、{OTHER}超员,电话{PHONE},身份{PERSON},{TAIL}",
        f"{PERSON},张三,2026-03-03,日常,合格,某局,{AUTHORITY},检查,见 140802 19900101 0015,{WIDE},enc:不是密文,{TAIL}",
        f"{CODE},甲公司,2026-13-03,日常,合格,某局,{AUTHORITY},检查,没有号码,办公电话 0359-2020202,140802199001010015,{TAIL}",
    ]
    path = tmp_path / f"张三{PERSON}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    land_file(home, path, received_on=date(2026, 10, 31), now=datetime(2026, 10, 31, tzinfo=UTC), run_id="r")
    return home


def texts_of(home: Home) -> str:
    """Every byte of the home but its keys, and every text in its tables."""
    said = ""
    for path in home.root.rglob("*"):
        if path.is_file() and home.keys not in path.parents:
            said += path.name + path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            said += str(pq.read_table(path).to_pydict())
    return said


@pytest.mark.parametrize("number", [PERSON, OTHER, WIDE, PHONE, "19900101"])
def test_a_personal_number_is_nowhere_in_the_home_in_plain(home: Home, number: str) -> None:
    assert len(list_batches(home)) == 1
    assert number not in texts_of(home)


def test_the_raw_cells_are_shown_with_the_number_masked_and_the_rest_as_it_was(home: Home) -> None:
    batch = list_batches(home)[0].batch_id
    first, second, third = (read_row(home, batch, row).cells for row in (2, 3, 4))
    assert first[8:11] == ("驾驶员140802********0015、140882********002X超员", "电话139****1234", "身份140802********0015")
    assert second[0] == "140802********0015"
    assert second[8:11] == ("见 140802********0015", "１４０８０２********００１５", "enc:不是密文")
    assert third[8:11] == ("没有号码", "办公电话 0359-2020202", "140802********0015")


def test_findings_and_file_names_show_the_mask(home: Home) -> None:
    batch = list_batches(home)[0]
    assert batch.file == "张三140802********0015.csv"
    values = read_findings(home, batch.batch_id)["value"].to_pylist()
    assert "140802********0015" in values


def test_a_number_that_is_no_personal_number_stays_readable(home: Home) -> None:
    assert mask_inside("许可证号 140881000001，第 20260302123456789012 号，91140881XJ5830387N") == (
        "许可证号 140881000001，第 20260302123456789012 号，91140881XJ5830387N"
    )


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(0, 999), st.text("，、 号x", max_size=3))
def test_every_identity_number_between_other_marks_is_found(born: date, order: int, mark: str) -> None:
    body = f"140802{born:%Y%m%d}{order:03d}"
    number = next(body + last for last in "0123456789X" if check_rid(body + last, date(2026, 1, 1)).ok)
    between = mark.replace("x", "，") or "，"
    said = mask_inside(f"甲{between}{number}{between}{number}{between}乙")
    assert number not in said
    assert said.count("********") == 2


@given(st.lists(st.none() | st.text(alphabet="0123456789０９19 　-年Xx", max_size=24), max_size=6))
def test_the_quick_look_never_overlooks_a_text_with_a_number(texts: list[str | None]) -> None:
    column = pa.array(texts, pa.string())
    if any(text is not None and mask_inside(text) != text for text in texts):
        assert _may_hold(column)
        assert _may_hold(pa.concat_arrays([pa.array(["前面的一格"]), column, pa.array(["x"])]).slice(1, len(texts)))


def test_a_number_parted_by_the_border_of_two_cells_is_none() -> None:
    assert not _may_hold(pa.array(["1408021990", "01010015", None, "", "139"]))
    assert not _may_hold(pa.array([], pa.string()))
    assert _may_hold(pa.array(["", "见14080219900101001X"]))

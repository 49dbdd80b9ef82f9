"""What does a large file of penalties look like? One million rows of 30 columns in GB18030, one in fifty wrong in a known way.

All rows are made up: credit codes and identity numbers are of the kinds that belong to nobody (`data.city.codes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from data.city.codes import credit_codes, identity_numbers, padded
from data.standard import load_standard

COLUMNS, BLOCK = 30, 100_000
RECEIVED_ON = date(2026, 10, 31)
#: Every `EVERY`-th row is wrong, in turn in each of these ways; each alone rejects the row.
EVERY = 50
FAULTS = (
    "code-digit", "fine-missing", "decided-tomorrow", "ends-before-it-begins", "authority-digit", "name-masked",
    "no-penalty-at-all", "licence-missing", "facts-missing", "category-missing",
)  # fmt: skip
_LAST_DAY = np.datetime64(RECEIVED_ON)
_FIRMS = 40_000
_PLACES = ["盐湖", "永济", "河津", "临猗", "万荣", "新绛", "稷山", "闻喜", "夏县", "绛县", "平陆", "芮城", "垣曲"]
_FIRST = list("鸿宏恒永金瑞顺通盛泰安捷远航腾飞佳嘉兴隆晋运")
_SECOND = list("达运捷顺通畅安平远航途程驰骏盛隆源茂昌兴")
_OFFENCES = [
    ("未取得道路货物运输经营许可擅自从事道路货物运输经营", "《中华人民共和国道路运输条例》第六十三条", 10_000),
    ("道路运输经营者不按规定携带车辆营运证", "《中华人民共和国道路运输条例》第六十八条", 200),
    ("使用无道路运输证的车辆参加普通货物运输", "《道路货物运输及站场管理规定》第五十八条", 3_000),
    ("车辆货物装载超过核定载质量，未采取必要措施防止货物脱落扬撒", "《中华人民共和国道路运输条例》第七十条", 1_000),
    ("擅自改装已取得道路运输证的车辆", "《中华人民共和国道路运输条例》第七十条第二款", 5_000),
    ("未按规定周期进行车辆综合性能检测和技术等级评定", "《道路运输车辆技术管理规定》第三十一条", 1_000),
]


@dataclass(frozen=True, slots=True)
class Written:
    """The file, how many rows it has, and how many of them are wrong."""

    path: Path
    rows: int
    wrong: int


def titles() -> list[str]:
    """The header: the first thirty fields of the standard, those of 双公示."""
    return [spec.title for spec in load_standard("penalty").fields[:COLUMNS]]


def write_penalties(path: Path, rows: int, seed: int = 7) -> Written:
    """Write the file; the same rows and seed give the same bytes."""
    with path.open("wb") as file:
        for number, block in enumerate(_blocks(rows, seed)):
            options = csv.WriteOptions(include_header=number == 0, quoting_style="needed")
            buffer = pa.BufferOutputStream()
            csv.write_csv(block, buffer, options)
            file.write(buffer.getvalue().to_pybytes().decode("utf-8").encode("gb18030"))
    return Written(path, rows, -(-rows // EVERY))


def fault_of(row: int) -> str | None:
    """What is wrong with a row (from 0); None for a good one."""
    return None if row % EVERY else FAULTS[row // EVERY % len(FAULTS)]


def _blocks(rows: int, seed: int) -> Iterator[pa.Table]:
    rng = np.random.default_rng(seed)
    firms = _firms(rng)
    for start in range(0, rows, BLOCK):
        number = np.arange(start, min(start + BLOCK, rows))
        yield _block(rng, firms, number)


def _pick(words: list[str], where: np.ndarray) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(where))


def _firms(rng: np.random.Generator) -> pa.Table:
    syllables = [_pick(words, rng.integers(len(words), size=_FIRMS)) for words in (_PLACES, _FIRST, _SECOND, _FIRST)]
    regions = 140802 + rng.integers(0, 13, _FIRMS)
    family, given = (rng.integers(len(words), size=_FIRMS) for words in (_FIRST, _SECOND))
    people = identity_numbers(rng.choice(14_000_000, _FIRMS, replace=False))
    return pa.table({
        "name": _joined(*syllables, "货物运输有限公司（模拟）"),
        "uscc": credit_codes(np.full(_FIRMS, 91), regions, np.arange(_FIRMS) + 100_000),
        "person": _joined(_pick(_FIRST, family), "拟", _pick(_SECOND, given)),
        "identity": people,
    })  # fmt: skip


def _block(rng: np.random.Generator, firms: pa.Table, number: np.ndarray) -> pa.Table:
    count = len(number)
    firm = firms.take(pa.array(rng.integers(_FIRMS, size=count)))
    column = {name: firm[name].combine_chunks() for name in firm.column_names}
    offence = rng.integers(len(_OFFENCES), size=count)
    fine = np.array([each[2] for each in _OFFENCES])[offence] * rng.integers(1, 6, count)
    decided = _LAST_DAY - rng.integers(1, 1800, count)
    texts = [_pick([each[part] for each in _OFFENCES], offence) for part in (0, 1)]
    yuan = pa.array(fine).cast(pa.string())
    empty = pa.nulls(count, pa.string())
    unit = rng.integers(13, size=count)
    units = _pick([f"{place}交通运输综合行政执法队" for place in _PLACES], unit)
    unit_codes = credit_codes(np.full(13, 11), 140802 + np.arange(13), np.arange(13) + 900_000).take(pa.array(unit))
    told = [
        column["name"], _same("法人及非法人组织", count), column["uscc"], empty, empty, empty, empty, empty,
        column["person"], _same("身份证", count), column["identity"], empty, empty,
        _joined("运交罚〔", _year(decided), "〕", padded(number, 7), "号"),
        texts[0],
        _joined(_text(decided - 9), "检查发现", column["name"], "有上述行为"),
        texts[1], _same("罚款", count),
        _joined("责令改正违法行为，罚款人民币", yuan, "元整。"),
        _wan(fine), empty, empty, _text(decided), _text(decided + 365), _text(decided + 365),
        units, unit_codes, units, unit_codes, _same("模拟数据", count),
    ]  # fmt: skip
    return _spoiled(pa.Table.from_arrays(told, names=titles()), number)


def _spoiled(table: pa.Table, number: np.ndarray) -> pa.Table:
    """The same rows with the planted faults in them."""
    columns = {spec.name: table[place].combine_chunks() for place, spec in enumerate(load_standard("penalty").fields[:COLUMNS])}
    tomorrow = str(_LAST_DAY + 1)
    wrong = {
        "code-digit": ("uscc", _wrong_digit),
        "fine-missing": ("fine_wan", lambda texts: pa.nulls(len(texts), pa.string())),
        "decided-tomorrow": ("decision_date", lambda texts: _same(tomorrow, len(texts))),
        "ends-before-it-begins": ("valid_until", lambda texts: _same("2001-01-01", len(texts))),
        "authority-digit": ("authority_code", _wrong_digit),
        "name-masked": ("subject_name", lambda texts: _joined(pc.utf8_slice_codeunits(texts, 0, 2), "**公司")),
        "no-penalty-at-all": ("content", lambda texts: _same("情节轻微，决定不予行政处罚。", len(texts))),
        "licence-missing": ("penalty_kinds", lambda texts: _same("罚款;吊销许可证件", len(texts))),
        "facts-missing": ("violation_facts", lambda texts: pa.nulls(len(texts), pa.string())),
        "category-missing": ("subject_category", lambda texts: pa.nulls(len(texts), pa.string())),
    }
    for fault, (name, spoil) in wrong.items():
        mask = np.array([fault_of(int(row)) == fault for row in number[number % EVERY == 0]])
        where = np.zeros(len(number), dtype=bool)
        where[np.flatnonzero(number % EVERY == 0)[mask]] = True
        if where.any():
            columns[name] = pc.replace_with_mask(columns[name], pa.array(where), spoil(columns[name].filter(pa.array(where))))
    return pa.Table.from_arrays(list(columns.values()), names=titles())


def _wrong_digit(codes: pa.Array) -> pa.Array:
    """The codes with a last sign that is not the right one."""
    other = pc.if_else(pc.equal(pc.utf8_slice_codeunits(codes, 17, 18), "1"), "2", "1")
    return _joined(pc.utf8_slice_codeunits(codes, 0, 17), other)


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _same(text: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), count)


def _text(days: np.ndarray) -> pa.Array:
    return pa.array(days.astype("datetime64[D]")).cast(pa.string())


def _year(days: np.ndarray) -> pa.Array:
    return pc.utf8_slice_codeunits(_text(days), 0, 4)


def _wan(fine: np.ndarray) -> pa.Array:
    """Yuan in units of ten thousand, as a clerk writes it."""
    distinct, index = np.unique(fine, return_inverse=True)
    return _pick([f"{value / 10_000:.6f}".rstrip("0").rstrip(".") for value in distinct.tolist()], index)

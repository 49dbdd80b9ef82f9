"""One good row of each kind that has no sample file, by field: what the reporting units would hand in."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from data.standard import load_standard

FIRM, OTHER, OFFICE = "91140881XJ5830387N", "91140827XJR828834C", "1114080001240001X0"
NAME, OTHER_NAME, BUREAU = "永济市样运输有限公司", "垣曲县样物流有限公司", "运城市交通运输局"
PERSON, IDENTITY = "张样三", "140802199001010015"
RECEIVED = date(2026, 10, 20)

_PARTY = {"subject_name": NAME, "subject_category": "法人及非法人组织", "uscc": FIRM, "legal_rep": "王样"}
_OFFICE = {"authority": BUREAU, "authority_code": OFFICE, "source_unit": BUREAU, "source_unit_code": OFFICE}
GOOD: dict[str, dict[str, str]] = {
    "coercion": {
        **_PARTY, **_OFFICE, "doc_no": "晋运交强〔2026〕1号", "coercion_kind": "扣押财物", "reason": "未取得道路运输证从事货运",
        "legal_basis": "《道路运输条例》第六十二条", "content": "扣押晋M12345重型半挂牵引车一辆", "valid_from": "2026-09-01",
        "valid_until": "2026-09-30", "decided_on": "2026-09-01", "lifted_on": "2026-09-20",
    },
    "confirmation": {
        **_PARTY, **_OFFICE, "doc_no": "晋运交确〔2026〕1号", "item": "道路运输车辆技术等级评定", "category": "认定",
        "content": "晋M12345评定为一级", "decided_on": "2026-09-02", "valid_from": "2026-09-02", "valid_until": "2027-09-01",
    },
    "adjudication": {
        **_PARTY, **_OFFICE, "doc_no": "晋运交裁〔2026〕1号", "applicant": OTHER_NAME, "respondent": NAME,
        "cause": "客运站场发班争议", "legal_basis": "《道路旅客运输及客运站管理规定》",
        "result": "维持原发班安排", "decided_on": "2026-09-03",
    },
    "reward": {
        **_PARTY, **_OFFICE, "doc_no": "晋运交奖〔2026〕1号", "item": "抢险救灾先进单位", "matter": "运送救灾物资",
        "form": "1", "rewarded_on": "2026-09-04", "valid_until": "2029-09-03",
    },
    "decision_register": {
        "unit": "运城市综合行政执法队", "matter_kind": "处罚", "doc_no": "晋运交罚〔2026〕9号", "subject_name": NAME,
        "subject_category": "法人及非法人组织", "uscc": FIRM, "decided_on": "2026-09-05", "procedure": "一般程序",
        "publish": "是", "status": "正常", "authority": BUREAU, "authority_code": OFFICE,
    },
    "receipt": {
        "package_no": "P20260910-1", "matter_kind": "行政处罚", "doc_no": "晋运交罚〔2026〕9号", "subject_name": NAME,
        "uscc": FIRM, "outcome": "退回", "receipt_on": "2026-09-12",
        "platform_no": "SX001", "reason": "处罚依据未填", "source_unit": BUREAU,
    },
}  # fmt: skip


def sheet(folder: Path, kind: str, *changes: dict[str, str]) -> Path:
    """A CSV file of the kind with all its columns: the good row once for each set of changes."""
    fields = [each for each in load_standard(kind).fields if not each.derived]
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\n")
    writer.writerow([each.title for each in fields])
    for change in changes or ({},):
        writer.writerow([(GOOD[kind] | change).get(each.name, "") for each in fields])
    path = folder / f"{load_standard(kind).title_zh}.csv"
    path.write_text(kept.getvalue(), encoding="utf-8")
    return path


def workbook(folder: Path, name: str, kind: str, rows: list[dict[str, str]]) -> Path:
    """An xlsx of the kind as an office hands it in: the titles of all its columns, then the rows as text, by field."""
    import openpyxl

    fields = [each for each in load_standard(kind).fields if not each.derived]
    book = openpyxl.Workbook()
    page = book.active
    page.title = load_standard(kind).title_zh
    for line in ([each.title for each in fields], *([row.get(each.name, "") for each in fields] for row in rows)):
        page.append(line)
    path = folder / name
    book.save(path)
    return path

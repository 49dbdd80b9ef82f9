"""Which sheets would the bureau's units send in about the village? Headers as in the official templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from data.village import stories
from data.village.codes import CITY_CODE, credit_code, identity_number
from data.village.model import Firm, Inspection, Overload, Penalty, Permit

Cell = str | date | Decimal

BUREAU = ("运城市交通运输局（模拟）", credit_code("11", CITY_CODE, 900))
ENFORCERS = ("运城市交通运输综合行政执法队（模拟）", credit_code("12", CITY_CODE, 901))

FIRM_HEADERS = (
    "业户名称", "统一社会信用代码", "工商注册号", "法定代表人", "行业类别", "经营范围", "经营许可证号", "许可证有效期起",
    "许可证有效期止", "县（市、区）", "经营地址", "联系电话", "经营状态",
)  # fmt: skip
VEHICLE_HEADERS = (
    "车牌号", "号牌颜色", "道路运输证号", "业户名称", "业户统一社会信用代码", "车辆类型", "核定载质量（吨）", "技术等级",
    "年审有效期至", "营运状态",
)  # fmt: skip
DRIVER_HEADERS = (
    "姓名", "证件号码", "从业资格证号", "从业资格类别", "初次领证日期", "有效期至", "服务单位", "服务单位统一社会信用代码",
    "诚信考核等级",
)  # fmt: skip
PENALTY_HEADERS = (
    "行政相对人名称", "行政相对人类别", "行政相对人代码_1（统一社会信用代码）", "行政相对人代码_2（工商注册号）",
    "法定代表人", "法定代表人证件类型", "法定代表人证件号码", "证件类型", "证件号码", "行政处罚决定书文号", "违法行为类型",
    "违法事实", "处罚依据", "处罚类别", "处罚内容", "罚款金额（万元）", "处罚决定日期", "处罚有效期", "公示截止期",
    "处罚机关", "处罚机关统一社会信用代码", "数据来源单位", "数据来源单位统一社会信用代码", "违法行为发生日期",
    "案件程序类别", "违法情节", "备注",
)  # fmt: skip
PERMIT_HEADERS = (
    "许可决定书文号", "决定日期", "相对人名称", "相对人类别", "社会信用代码", "工商注册号", "法人代表", "许可文书名称",
    "许可内容", "许可类别", "许可证书名称", "证书编号", "有效期起", "有效期止", "许可机关", "许可机关代码", "来源单位",
    "来源单位代码", "当前状态",
)  # fmt: skip
INSPECTION_HEADERS = (
    "检查文书号", "相对人名称", "相对人类别", "统一社会信用代码", "检查事项", "检查类型", "检查依据", "检查日期", "检查内容",
    "检查结果", "整改期限", "整改结果", "检查机关", "检查机关代码", "检查人员", "数据来源单位", "数据来源单位代码", "备注",
)  # fmt: skip
OVERLOAD_HEADERS = (
    "案件编号", "检测时间", "检测站点", "车牌号", "号牌颜色", "道路运输证号", "业户名称", "统一社会信用代码", "驾驶员姓名",
    "从业资格证号", "轴数", "车货总质量（吨）", "限值（吨）", "超限量（吨）", "超限率（%）", "货物名称", "装载源头",
    "处理决定书文号", "罚款金额（元）", "抄告机关", "抄告日期",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to be written: its name, an optional title line, the header, the rows."""

    name: str
    title: str
    headers: tuple[str, ...]
    rows: list[list[Cell]]


def registry(before: bool) -> list[Sheet]:
    """The register's three sheets, as they were at the end of 2024 (`before`) or as they are now."""
    firms: list[list[Cell]] = [_firm_row(each, before) for each in stories.FIRMS]
    vehicles: list[list[Cell]] = [
        [
            t.plate,
            t.colour,
            t.certificate,
            _name(t.firm, before),
            t.firm.uscc,
            t.kind,
            t.load_t,
            "一级",
            t.inspected_until,
            "营运",
        ]
        for t in stories.trucks()
    ]
    people: list[list[Cell]] = [
        [d.name, d.identity, d.identity, d.category, d.first_issued, d.valid_until, _name(d.firm, before), d.firm.uscc, d.grade]
        for d in stories.drivers()
    ]
    return [
        Sheet("经营业户", "", FIRM_HEADERS, firms),
        Sheet("营运车辆", "", VEHICLE_HEADERS, vehicles),
        Sheet("从业人员", "", DRIVER_HEADERS, people),
    ]


def penalties(since: date, until: date) -> Sheet:
    """Decisions of `since` ≤ day ≤ `until`, numbered within the whole village."""
    rows = [_penalty_row(n, each) for n, each in enumerate(stories.PENALTIES, 1) if since <= each.decided <= until]
    return Sheet("行政处罚", "运城市交通运输行政处罚信用信息公示表（模拟）", PENALTY_HEADERS, rows)


def permits() -> Sheet:
    """All licence decisions."""
    return Sheet("行政许可", "", PERMIT_HEADERS, [_permit_row(n, each) for n, each in enumerate(stories.PERMITS, 1)])


def inspections() -> Sheet:
    """All checks."""
    rows = [_inspection_row(n, each) for n, each in enumerate(stories.INSPECTIONS, 1)]
    return Sheet("行政监督检查", "行政监督检查信息归集表（模拟）", INSPECTION_HEADERS, rows)


def overloads(since: date, until: date) -> Sheet:
    """Weigh-station readings of `since` ≤ day ≤ `until`."""
    rows = [_overload_row(n, each) for n, each in enumerate(stories.OVERLOADS, 1) if since <= each.at.date() <= until]
    return Sheet("治超抄告", "", OVERLOAD_HEADERS, rows)


def _name(each: Firm, before: bool) -> str:
    return each.name_before if before and each.name_before else each.name


def _firm_row(each: Firm, before: bool) -> list[Cell]:
    until = each.licence_until_before if before and each.licence_until_before else each.licence_until
    place = each.county[0] if each.county != "绛县" else "绛"
    return [
        _name(each, before), each.uscc, each.reg_no, each.legal_rep, each.sector, "道路运输经营",
        f"晋交运管许可{place}字{each.licence_no}号", each.licence_from, until, each.county,
        f"运城市{each.county}模拟路{each.number}号", f"0359-{each.number:07d}", "营业",
    ]  # fmt: skip


def _penalty_row(number: int, each: Penalty) -> list[Cell]:
    amount = f"罚款人民币{each.fine_yuan}元" if each.fine_yuan else ""
    content = "，".join(amount if kind == "罚款" else kind for kind in each.kinds.split(";"))
    fine = (Decimal(each.fine_yuan) / 10000).normalize() if each.fine_yuan else ""
    ends = each.decided.replace(year=each.decided.year + 1)
    return [
        *_penalised(each), f"晋运交罚〔{each.decided.year}〕{90000 + number}号", each.violation,
        f"{each.acted or each.decided}，当事人{each.violation}，经检查核实。", each.basis, each.kinds, content, fine,
        each.decided, ends, ends, *ENFORCERS, *BUREAU, each.acted or "",
        "简易程序" if each.summary_procedure else "普通程序", each.severity, "",
    ]  # fmt: skip


def _penalised(each: Penalty) -> Sequence[Cell]:
    """The nine columns that say who: name, category, two codes, legal representative (3), own document (2)."""
    if each.subject == "outsider":
        code = credit_code("91", stories.OUTSIDER_REGION, stories.OUTSIDER_NUMBER)
        return [stories.OUTSIDER_NAME, "法人及非法人组织", code, "", "外拟主", "", "", "", ""]
    person = next((driver for driver in stories.drivers() if driver.name == each.subject), None)
    if person is not None:
        return [person.name, "自然人", "", "", "", "", "", "身份证", person.identity]
    firm = stories.firm(each.subject)
    name = _name(firm, each.old_name)
    return [name, firm.category, firm.uscc, firm.reg_no, firm.legal_rep, "身份证", firm.legal_rep_id, "", ""]


def _permit_row(number: int, each: Permit) -> list[Cell]:
    firm = stories.firm(each.firm)
    return [
        f"晋运交许〔{each.decided.year}〕{90000 + number}号", each.decided, firm.name, firm.category, firm.uscc, firm.reg_no,
        firm.legal_rep, "准予行政许可决定书", each.content, "普通", "道路运输经营许可证", firm.licence_no, each.valid_from,
        each.valid_until, *BUREAU, *BUREAU, "1",
    ]  # fmt: skip


def _inspection_row(number: int, each: Inspection) -> list[Cell]:
    firm = stories.firm(each.firm)
    return [
        f"晋运交检〔{each.on.year}〕{90000 + number}号", firm.name, firm.category, firm.uscc, each.item, each.kind,
        "《中华人民共和国道路运输条例》第五十八条", each.on, "查阅台账，现场核验车辆与人员档案", each.result,
        each.rectify_by or "", each.rectified, *ENFORCERS, "陈拟和、陈拟查", *BUREAU, "",
    ]  # fmt: skip


def _overload_row(number: int, each: Overload) -> list[Cell]:
    limit = Decimal(49)
    over = Decimal(each.gross_t) - limit
    truck = next((one for one in stories.trucks() if one.plate == each.plate), None)
    driver = next((one for one in stories.drivers() if one.name == each.driver), None)
    owner = truck.firm.name if truck else stories.OUTSIDER_NAME
    code = truck.firm.uscc if truck else credit_code("91", stories.OUTSIDER_REGION, stories.OUTSIDER_NUMBER)
    return [
        f"CX{each.at.year}{900000 + number}", f"{each.at:%Y-%m-%d %H:%M}", "中条山超限检测站（模拟）", each.plate,
        truck.colour if truck else "黄", truck.certificate if truck else f"{stories.OUTSIDER_REGION}016001", owner, code,
        each.driver, driver.identity if driver else identity_number(stories.OUTSIDER_REGION, 150), "6", each.gross_t,
        str(limit), str(over), str(round(over / limit * 100, 1)), "煤炭", "模拟货场",
        f"晋运交超罚〔{each.at.year}〕{90000 + number}号", str(each.fine_yuan), ENFORCERS[0],
        (each.at + timedelta(days=5)).date(),
    ]  # fmt: skip

"""Finding the header: titles above it, two rows of it, other names, the kind, and what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.landing.headers import Header, find_header, incomplete, plain
from data.standard import KINDS, load_standard


def _head(*rows: list[str]) -> list[tuple[int, list[str]]]:
    width = max(len(row) for row in rows)
    return [(number, (row + [""] * width)[:width]) for number, row in enumerate(rows, 1)]


def _found(*rows: list[str], kind: str | None = None) -> Header:
    header = find_header(_head(*rows), kind)
    assert header is not None
    return header


@pytest.mark.parametrize("kind", KINDS)
def test_the_titles_of_a_standard_announce_its_kind(kind: str) -> None:
    titles = [each.title for each in load_standard(kind).fields if not each.derived]
    header = _found(["某表"], titles, ["x"] * len(titles))
    assert (header.standard.kind, header.row, header.lacking, header.extract) == (kind, 2, (), False)
    assert len(header.mapping) == len(titles)


#: Headers as offices write them: a few columns, other names than the template's.
SHORT = (
    ("licence", "序号 业户名称 经营许可证号 有效期起 有效期止 发证机关"),
    ("licence", "持证单位 许可证号 经营范围 发证日期 有效期至 证件状态"),
    ("licence", "企业名称 统一社会信用代码 经营许可证字号 许可类别 许可证有效期至 发证机关"),
    ("complaint", "工单编号 投诉时间 被投诉单位 投诉内容 处理结果"),
    ("complaint", "受理日期 投诉类型 被投诉企业 车牌号 是否属实 满意度"),
    ("complaint", "序号 被举报单位 举报日期 举报内容 核实结果"),
    ("accident", "事故时间 事故地点 所属企业 车牌号 死亡人数 受伤人数 事故责任"),
    ("accident", "事故发生时间 企业名称 死亡 受伤(人) 责任认定"),
    ("accident", "事故日期 车号 驾驶员 事故等级 责任划分"),
    ("monitoring", "月份 企业名称 入网车辆数 上线率 轨迹完整率 超速次数 疲劳驾驶次数"),
    ("monitoring", "统计月份 车牌号 号牌颜色 上线率(%) 超速报警次数"),
    ("monitoring", "考核月份 运输企业 在线率 报警总数 处理率"),
    ("honour", "单位名称（姓名） 荣誉称号 授予单位 授予日期"),
    ("honour", "受表彰单位 荣誉名称 荣誉级别 表彰日期 表彰文件"),
    ("commitment", "承诺主体 统一社会信用代码 承诺类型 承诺事项 承诺日期 履约状态"),
    ("commitment", "承诺人 承诺书编号 承诺事由 签署日期"),
    ("list_entry", "名单名称 失信主体名称 统一社会信用代码 列入原因 列入日期 移出日期"),
    ("list_entry", "名单名称 车牌号 道路运输证号 批次 失信行为 法人代表 入库时间"),
    ("list_entry", "列入对象 名单类型 列入事由 列入依据 列入机关 列入时间"),
    ("rating", "评价类型 企业名称 统一社会信用代码 考核年度 考核等级"),
    ("rating", "评价体系 企业名称 统一社会信用代码 风险类别 分类日期"),
    ("rating", "评价对象 评价项目 年度 得分 信用等级"),
    ("rating", "被考核单位 考核项目 考核得分 考核结果"),
    ("project_section", "项目名称 标段名称 中标单位 合同金额（万元） 合同签订日期"),
    ("project_section", "工程名称 合同段 建设单位 施工单位 监理单位 开工日期 交工日期"),
    ("conduct", "从业单位名称 项目名称 标段名称 行为代码 失信行为 扣分 认定日期"),
    ("conduct", "被评价企业 行为类别 不良行为 扣分值 评价日期"),
    ("teaching_hours", "驾校名称 月份 学员人数 总学时"),
    ("teaching_hours", "培训机构名称 统计月份 准驾车型 培训学时 异常学时"),
    ("road_condition", "管养单位 路线编号 起点桩号 终点桩号 MQI PQI 检测日期"),
    ("road_condition", "养护单位 路线编码 里程(公里) PQI 评定等级 评定时间"),
    ("evaluation_score", "企业名称 考核办法 考核年度 指标编号 得分 评分人 评分日期"),
    ("evaluation_score", "考核项目 年度 被考核单位 考核指标 评分值 考核人员 检查日期"),
)


@pytest.mark.parametrize(("kind", "header"), SHORT, ids=[f"{kind}-{number}" for number, (kind, _) in enumerate(SHORT)])
def test_a_short_header_of_an_office_announces_its_kind(kind: str, header: str) -> None:
    header_of = _found(header.split(), ["x"] * len(header.split()))
    assert (header_of.standard.kind, header_of.lacking) == (kind, ())


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        ("企业名称 统一社会信用代码 考核年度 考核等级", ["评价方案"]),
        ("车牌号 道路运输证号 批次 失信行为 法人代表 入库时间", ["名单名称"]),
        ("企业名称 考核办法 考核年度 指标编号 得分 评分日期", ["评分人"]),
    ],
)
def test_a_grade_without_scheme_an_entry_without_list_and_a_score_without_person_are_refused_by_name(
    header: str, lacking: list[str]
) -> None:
    assert [each.title for each in _found(header.split()).lacking] == lacking


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.data())
def test_the_titles_of_a_standard_announce_its_kind_in_any_order(kind: str, data: st.DataObject) -> None:
    titles = [each.title for each in load_standard(kind).fields if not each.derived]
    assert _found(data.draw(st.permutations(titles))).standard.kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_fields_of_a_kind_share_a_name(kind: str) -> None:
    seen: dict[str, str] = {}
    for each in load_standard(kind).fields:
        if each.derived:
            continue
        for text in {plain(text) for text in (each.title, *each.synonyms, *each.scaled)}:
            assert seen.setdefault(text, each.name) == each.name


def test_codes_of_the_old_template_are_understood() -> None:
    header = _found(["CF_XDR_MC", "CF_WSH", "CF_JDRQ", "CF_CFJG", "CF_FR_SFZH", "CF_NR_FK"])
    assert header.mapping["legal_rep_id"] == 4
    assert header.mapping["fine_wan"] == 5


def test_a_header_in_two_rows_is_put_together() -> None:
    upper = ["行政相对人", "", "", "车辆", "", "检测"]
    lower = ["业户名称", "统一社会信用代码", "", "车牌号", "号牌颜色", "时间"]
    header = _found(["超限抄告表"], upper, lower, ["某某公司", "9114", "", "晋M12345", "黄", "2026-01-01"])
    assert (header.standard.kind, header.first_row, header.row) == ("overload", 2, 3)
    assert header.mapping["detected_at"] == 5
    assert header.texts[3] == "车牌号"


def test_columns_standing_only_in_the_upper_row_count_too() -> None:
    header = _found(["车牌号", "号牌颜色", "证件", ""], ["", "", "道路运输证号", "技术等级"])
    assert (header.row, set(header.mapping)) == (2, {"plate", "plate_colour", "transport_cert_no", "tech_grade"})


def test_data_below_a_plain_header_is_not_taken_for_a_second_header_row() -> None:
    header = _found(["车牌号", "号牌颜色", "道路运输证号"], ["晋M12345", "黄", ""])
    assert header.row == 1


def test_marks_of_obligation_blanks_and_line_breaks_do_not_matter() -> None:
    header = _found(["*车 牌\n号：", "号牌颜色（必填）", "道路运输证号*"])
    assert set(header.mapping) == {"plate", "plate_colour", "transport_cert_no"}


def test_another_unit_in_the_header_is_converted() -> None:
    titles = [each.title for each in load_standard("penalty").fields]
    header = _found([title.replace("罚款金额（万元）", "罚款金额（元）") for title in titles])
    assert header.factors == {"fine_wan": Decimal("0.0001")}


def test_an_unknown_unit_in_the_header_is_no_column_of_ours() -> None:
    titles = [each.title for each in load_standard("penalty").fields]
    header = _found([title.replace("罚款金额（万元）", "罚款金额（%）") for title in titles])
    assert "fine_wan" not in header.mapping


def test_a_column_named_twice_is_read_once() -> None:
    header = _found(["车牌号", "号牌颜色", "道路运输证号", "车牌号码"])
    assert (header.mapping["plate"], header.twice) == (0, (3,))


def test_a_template_that_lost_a_required_column_is_refused_by_name() -> None:
    titles = [each.title for each in load_standard("penalty").fields if each.title != "处罚依据"]
    header = _found(titles)
    assert [each.name for each in header.lacking] == ["legal_basis"]
    assert "“处罚依据”" in incomplete(header, "a.csv").what


def test_a_header_without_its_identifying_column_is_refused() -> None:
    header = _found(["执法单位", "当事人", "违法行为", "处罚依据", "处罚结果"])
    assert {each.name for each in header.lacking} == {"doc_no", "decision_date"}


def test_an_extract_with_the_identifying_columns_is_judged_row_by_row() -> None:
    header = _found(
        ["执法单位", "处罚决定书文号", "当事人", "违法行为", "处罚依据", "处罚结果", "违法日期", "决定日期", "出处"]
    )
    assert (header.lacking, header.extract) == ((), True)
    assert header.unmapped == [8]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "年龄", "成绩"], ["张三", "12", "99"]],
        [["1", "2"]],
        [["关于报送信用信息的通知"]],
        [["县区", "业户名称", "车辆数", "x", "y"]],
    ],
)
def test_a_sheet_of_something_else_has_no_header(rows: list[list[str]]) -> None:
    assert find_header(_head(*rows), None) is None


def test_a_kind_that_is_asked_for_is_not_guessed() -> None:
    titles = [each.title for each in load_standard("vehicle").fields]
    assert find_header(_head(titles), "enterprise") is None or find_header(_head(titles), "enterprise").lacking
    assert _found(titles, kind="vehicle").standard.kind == "vehicle"

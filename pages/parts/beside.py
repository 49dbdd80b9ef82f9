"""How do up to six enterprises compare? Who was chosen, the table side by side, their penalties by month."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics import explore_figures, words
from analytics.explore import Standing
from analytics.official import OfficialGrade
from analytics.profile import Profile
from analytics.side_by_side import MOST_COMPARED, Compared, Comparison, Part
from pages.parts import charts, explore_filters, links, risk_months, session, trouble
from pages.parts.marks import advice_mark, class_mark
from pages.parts.markup import Safe, join, show, tag

#: How many unknown ids are named, and how long each may stand on the page.
_NAMED, _LONG = 3, 20


def chosen_strip(found: Comparison) -> None:
    """Which enterprises were taken into the comparison, what the address named in vain, and the way on."""
    if not (found.found or found.unknown):
        return
    names = [one.standing.name for one in found.found]
    with st.container(key="chosen", horizontal=True, vertical_alignment="center"):
        show(tag("span", f"已选 {len(names)} 户：{'、'.join(names)}" if names else "还没有选到企业", *amiss(found)))
        if len(names) > 1:
            wanted = {**st.query_params.to_dict(), "view": explore_filters.BESIDE}
            links.go("explore", "并排比较", explore_filters.onward(wanted))
        st.button("不比了", on_click=explore_filters.forget)


def amiss(found: Comparison) -> list[Safe]:
    """What the address asked for and did not get, in words."""
    said = []
    if found.unknown:
        named = "、".join(f"“{one[:_LONG]}”" for one in found.unknown[:_NAMED])
        more = "等" if len(found.unknown) > _NAMED else ""
        said.append(f"{len(found.unknown)} 个编号不是您范围内在营的登记企业，没有列入：{named}{more}")
    if found.beyond:
        said.append(f"一次最多比较 {MOST_COMPARED} 户，另有 {found.beyond:,} 个编号没有列入")
    return [tag("small", f"{one}。", class_="xj-amiss") for one in said]


def way_in(found: Profile, ids: list[str]) -> None:
    """From an enterprise's file into the comparison with those that the address already names."""
    me = session.person()
    if found.risk is None or not me.may("explore") or not me.in_scope(found.county):
        return
    after = list(dict.fromkeys([*ids[: MOST_COMPARED - 1], found.subject_id]))
    others = len(after) - 1
    view = explore_filters.BESIDE if others else explore_filters.LIST
    label = f"与已选的 {others} 户并排比较" if others else "选入并排比较"
    links.row("beside", "explore", label, {"compare": ",".join(after), "view": view})


def beside(found: Comparison) -> None:
    """The enterprises side by side: where they stand, why, their past, their counts and their penalties by month."""
    chosen = found.found
    for said in amiss(found):
        show(tag("p", said, class_="xj-stale"))
    if len(chosen) < 2:
        trouble.empty("还没有选够两户企业", f"请在“清单”里勾选 2 至 {MOST_COMPARED} 户，再来并排比较。")
        return
    show(tag("p", "只比较勾选的企业，不受上面条件的限制。", class_="xj-muted xj-wide"))
    with st.container(key=f"beside-{len(chosen)}", gap=None):
        show(tag("span", "企业", class_="xj-muted"))
        for one in chosen:
            links.go("profile", one.standing.name, {"id": one.standing.subject_id, "compare": ",".join(found.ids)})
    rows = (tag("tr", tag("th", label, scope="row"), *_values(chosen, make)) for label, make in ROWS)
    show(tag("table", tag("tbody", *rows), class_=f"xj-beside xj-beside-{len(chosen)}"))
    charts.head(explore_figures.trend_finding(chosen), "近 24 个月受到的行政处罚，按发生月份累计，次")
    charts.show_chart(explore_figures.trend_figure(chosen), "trend", explore_figures.trend_alt(chosen))


def _values(found: tuple[Compared, ...], make: Callable[[Compared], object]) -> list[Safe]:
    return [tag("td", make(one), data_label=one.standing.name) for one in found]


def _class(one: Compared) -> Safe:
    return join(class_mark(one.standing.risk_class), tag("small", one.standing.rank))


def _parts(one: Compared) -> Safe:
    if not one.parts:
        return Safe("—") if one.standing.thin_reason is None else join(one.standing.thin_reason)
    return tag("ul", *(tag("li", _part(each)) for each in one.parts), class_="xj-why")


def _part(one: Part) -> Safe:
    points = f"{one.points:+d} 点".replace("-", "−")
    return join(tag("b", points, class_="xj-points"), " ", one.sentence)


def _advice(one: Compared) -> Safe:
    return join(advice_mark(one.standing.recommendation), tag("small", one.standing.because))


def _chance(one: Standing) -> Safe:
    if one.band_low is None or one.band_high is None:
        return Safe("—")
    who, chance = ("往日同样情形的企业", "说不准") if one.probability is None else ("同分段历史", words.chance(one.probability))
    return join(chance, tag("small", f"{who} {words.chance(one.band_low)}–{words.chance(one.band_high)}"))


def _share(one: Standing) -> Safe:
    rate, _, counts = one.finding_share.partition("，")
    return join(rate, tag("small", counts) if counts else None)


def _last_check(days: int | None) -> str:
    return "从未检查" if days is None else f"{days:,} 天前"


def _grades(told: tuple[OfficialGrade, ...]) -> Safe:
    if not told:
        return Safe("没有导入")
    return tag("ul", *(tag("li", _grade(one)) for one in told), class_="xj-why")


def _grade(one: OfficialGrade) -> Safe:
    return join(one.scheme, " ", tag("b", one.grade), tag("small", f"{one.rated_on.isoformat()} 评定"))


#: label → what stands there for one enterprise
ROWS: tuple[tuple[str, Callable[[Compared], object]], ...] = (
    ("风险提示", _class),
    ("较上月", lambda one: one.standing.change or "—"),
    ("检查建议", _advice),
    ("点数的主要原因", _parts),
    ("各月末风险提示", lambda one: risk_months.strip(one.past) or "—"),
    ("官方等级", lambda one: _grades(one.grades)),
    ("未结预警", lambda one: f"{one.standing.warnings:,} 条"),
    ("未来 180 天受罚可能", lambda one: _chance(one.standing)),
    ("县（市、区）", lambda one: one.standing.county or "不详"),
    ("行业", lambda one: one.standing.sector or "未填"),
    ("营运车辆", lambda one: f"{one.standing.vehicles:,} 辆"),
    ("从业人员", lambda one: f"{one.standing.staff:,} 人"),
    ("12 个月检查", lambda one: f"{one.standing.checks_365:,} 次，发现问题 {one.standing.findings_365:,} 次"),
    ("24 个月检查发现率", lambda one: _share(one.standing)),
    ("最近一次检查", lambda one: _last_check(one.standing.days_since_check)),
    ("12 个月处罚", lambda one: f"{one.standing.penalties_365:,} 次，其中一般及以上 {one.standing.ordinary_365:,} 次"),
    ("12 个月超限", lambda one: f"{one.standing.overloads_365:,} 次"),
)

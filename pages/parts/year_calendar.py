"""How does a year of working days look? Figures, holidays as a list, twelve small months, whose notice, what was changed."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.acts.change_calendar import CORRECTED
from analytics.workdays import KINDS, WEEK, Book, Day, Month, counts, holidays, months, sources
from pages.parts import trouble
from pages.parts.markup import Safe, join, prose, show, tag

#: The word in the corner of a day that is not what its weekday says.
CORNERS = {"rest": "休", "makeup": "班"}


def choose_year(book: Book) -> int:
    """The year in the address; this one when it names none of ours."""
    years = [str(year) for year in book.years]
    chosen = st.selectbox(
        "年份", years, index=years.index(str(book.first_year)), key="year", bind="query-params", filter_mode=None, width=160
    )
    return int(chosen or book.first_year)


def answer(book: Book, year: int) -> None:
    """How many days of each kind, and whether it is certain."""
    found = counts(book.calendar, year)
    told = ((f"{year} 年工作日", "workdays"), ("放假日", "rest"), ("调休上班日", "makeup"))
    parts = [join(tag("dt", label), tag("dd", f"{found[key]} 天")) for label, key in told]
    known = year in book.calendar.years
    parts.append(join(tag("dt", "依据"), tag("dd", "有通知" if known else "暂定")))
    show(tag("dl", *(tag("div", part) for part in parts), class_="xj-figures"))
    if not known:
        trouble.empty(
            f"{year} 年还没有放假通知，只按周末推算",
            f"跨到 {year} 年的截止日一律标为“暂定”。通知一般在前一年十月底至十一月中发布，登记后即为确定。",
        )


def holiday_list(book: Book, year: int) -> None:
    """The marked days as a list, for who does not see colours or months."""
    found = holidays(book.calendar, year)
    if not found:
        return
    rows = [
        tag(
            "tr",
            tag("td", one.name, data_label="节日"),
            tag("td", _listed([_span(*span) for span in one.rest]), data_label="放假"),
            tag("td", _listed([_in_words(day) for day in one.makeup]), data_label="调休上班"),
        )
        for one in found
    ]
    show(tag("h2", "放假与调休", class_="xj-h2"), _table(("节日", "放假", "调休上班"), rows))


def twelve_months(book: Book, year: int) -> None:
    """The year at a glance."""
    legend = [
        tag("span", tag("b", "1", tag("i", CORNERS[kind]), class_=f"xj-cell xj-cell-{kind}"), KINDS[kind]) for kind in CORNERS
    ] + [tag("span", tag("b", "1", class_="xj-cell xj-cell-free"), KINDS["free"])]
    show(
        tag("h2", f"{year} 年", class_="xj-h2"),
        tag("p", *legend, class_="xj-legend", aria_hidden="true"),
        tag("div", *(_month(one) for one in months(book.calendar, year)), class_="xj-year"),
    )


def _month(one: Month) -> Safe:
    head = tag("tr", *(tag("th", day, scope="col", abbr=f"周{day}") for day in WEEK))
    weeks = [tag("tr", *(_cell(day) for day in week)) for week in one.weeks]
    caption = tag("caption", tag("b", f"{one.number} 月"), tag("span", f"{one.workdays} 个工作日"))
    return tag("table", caption, tag("thead", head), tag("tbody", *weeks), class_="xj-month")


def _cell(day: Day | None) -> Safe:
    if day is None:
        return tag("td")
    if day.kind not in CORNERS:
        return tag("td", tag("b", day.day.day, class_=f"xj-cell xj-cell-{day.kind}"))
    said = f"{KINDS[day.kind]}，{day.name}" if day.name else KINDS[day.kind]
    mark = tag("i", CORNERS[day.kind], aria_hidden="true")
    inside = tag("b", day.day.day, mark, class_=f"xj-cell xj-cell-{day.kind}")
    return tag("td", inside, tag("span", said, class_="xj-unseen"), title=said)


def years_known(book: Book) -> None:
    """For which years there is a notice, whose, and who brought it in."""
    rows = [
        tag(
            "tr",
            tag("td", _years(one.first, one.last), data_label="年份"),
            tag("td", tag("span", "有通知" if one.certain else tag("span", "暂定", class_="xj-assumed")), data_label="状态"),
            tag("td", one.notice or "尚无通知，只按周末推算", data_label="依据"),
            tag("td", f"{one.by}，{one.known_on}" if one.by else "—", data_label="登记"),
        )
        for one in sources(book)
    ]
    show(tag("h2", "各年的依据", class_="xj-h2"), _table(("年份", "状态", "依据", "登记"), rows))


def history(book: Book) -> None:
    """What was changed here, newest first."""
    show(tag("h2", "改动记录", class_="xj-h2"))
    if not book.versions:
        show(tag("p", "还没有改动过，用的是随程序提供的日历。", class_="xj-detail"))
        return
    rows = []
    for one in reversed(book.versions):
        said = one.said
        if said.years:
            what = f"{'、'.join(map(str, said.years))} 年放假通知 {said.notice or '（未写文号）'}"
        else:
            days = "、".join(f"{entry.day} 改为{KINDS[entry.kind]}" for entry in said.days)
            what = f"{CORRECTED}：{days}。理由：{said.reason}"
        rows.append(
            tag(
                "tr",
                tag("td", f"第 {one.number} 版", data_label="版本"),
                tag("td", said.known_on, data_label="自何日起", class_="xj-num"),
                tag("td", prose(what), data_label="内容"),
                tag("td", book.names.get(said.by, said.by), data_label="登记人"),
            )
        )
    show(_table(("版本", "自何日起", "内容", "登记人"), rows))


def method() -> None:
    """How working days are counted."""
    show(
        tag("h2", "怎么算的", class_="xj-h2"),
        tag(
            "p",
            "工作日是周一至周五中没有放假的日子，加上调休上班的周末。期间开始的当日不计，从次日数起（民法典第二百零一条）；"
            "行政处罚法所说二日、三日、五日、七日都是工作日（第八十五条）。",
            class_="xj-detail",
        ),
        tag(
            "p",
            "数到的日子里只要有一天落在没有通知的年份，截止日就是暂定。日历的改动从登记之日起生效，过去某一日的结论仍按当时的日历。",
            class_="xj-detail",
        ),
    )


def _table(heads: tuple[str, ...], rows: list[Safe]) -> Safe:
    head = tag("thead", tag("tr", *(tag("th", one, scope="col") for one in heads)))
    return tag("table", head, tag("tbody", *rows), class_="xj-table xj-days")


def _years(first: int, last: int) -> str:
    return f"{first} 年" if first == last else f"{first}–{last} 年"


def _listed(texts: list[Safe]) -> Safe:
    """Texts one after the other in one element: on a phone a cell is a grid."""
    parts = [part for place, text in enumerate(texts) for part in ("、" if place else None, text)]
    return tag("span", *parts) if parts else tag("span", "—")


def _span(first: date, last: date) -> Safe:
    if first == last:
        return _in_words(first)
    length = tag("span", f"{(last - first).days + 1} 天", class_="xj-nb")
    return join(_in_words(first), " 至 ", _in_words(last), "，", length)


def _in_words(day: date) -> Safe:
    return tag("span", f"{day.month} 月 {day.day} 日（周{WEEK[day.weekday()]}）", class_="xj-nb")

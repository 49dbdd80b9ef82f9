"""How does it look what the record does not show, and how do groups and drift look?"""

from __future__ import annotations

from analytics import model_even, model_figures, model_unseen
from analytics.model_card import Watched
from analytics.model_even import Borders, Compared, Group
from analytics.model_tested import Cell, Told, about
from pages.parts import charts, trouble
from pages.parts.fold_table import fold, head, lines, table
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, show, tag

#: verdict → shape and the colour's class; calm is the absence of colour
_VERDICTS = {model_even.EVEN: ("□", "calm"), model_even.GAP: ("◆", "yellow"), model_even.UNSURE: ("○", "none")}


def unseen(told: Told, named: bool) -> None:
    """What is censored, the draws as yardstick, the evenness of the checks; units by name only when `named`."""
    gap = told["honesty"]
    show(head(f"{gap['unseen_share']:.1%} 的户次此后没有人查过：没查到，不等于没有"), lines(model_unseen.said(told)))
    show(table(model_unseen.BOUNDS, model_unseen.bound_rows(told)))
    show(tag("p", "各列都是区分能力（AUC）；单个数下面是 95% 区间，最后两列是上下界。", class_="xj-muted"))
    rows = model_unseen.county_rows(told)
    show(fold("各县（市、区）受检的占比", f"{len(rows)} 个，按名称排", table(model_unseen.COUNTIES, rows)))
    _draws(told)
    _funnel(told, named)


def _draws(told: Told) -> None:
    charts.head(
        model_figures.classes_finding(told), "回看日后 180 天的检查，发现问题的比例，%，按当天的风险提示；● 双随机，◆ 其他检查"
    )
    show(lines(model_unseen.drawn(told)))
    rows = model_unseen.class_rows(told)
    words = "；".join(f"{name.value} 双随机 {mine.value}，其他 {theirs.value}" for name, _, mine, _, theirs in rows)
    charts.show_chart(model_figures.classes_figure(told), "model-classes", words)
    charts.caption(about(told))
    show(fold("各档的次数和比例", "双随机与其他检查", table(model_unseen.CLASSES, rows)))


def _funnel(told: Told, named: bool) -> None:
    if not told["funnel"]["checks"]:
        trouble.empty("一年内没有检查记录", "检查记录入库并更新后，这里看得出查得是否均匀。")
        return
    span = f"{told['funnel']['from']} 至 {told['funnel']['to']}，{told['funnel']['checks']:,} 次检查"
    charts.head(model_unseen.funnel_finding(told), f"发现问题的比例比按被查企业推算的高低，百分点，{span}；灰条是偶然的范围")
    charts.show_chart(model_figures.funnel_figure(told, named), "model-funnel", model_unseen.funnel_finding(told))
    show(lines(["这不是排名：点是单位，从左到右只是检查次数；不用于给单位或人员排名，不是模型的变量。"]))
    show(lines(model_unseen.funnel_said(told)))
    points = told["funnel"]["authorities"]["points"]
    if named:
        rows = model_unseen.unit_rows(points)
        show(fold("各检查单位", f"{len(points)} 个，按名称排，不是名次", table(model_unseen.UNITS, rows)))
    weeks = told["funnel"]["weekdays"]["points"]
    show(fold("星期几", f"{len(weeks)} 天", table(("星期", *model_unseen.UNITS[1:]), model_unseen.unit_rows(weeks))))


def even(told: Told, borders: Borders) -> None:
    """The groups of four groupings beside all others."""
    show(head(model_even.fairness_finding(told), borders.even))
    show(
        lines(
            [
                "有差距不等于不公：受罚本来就多的组，被提示的也会多。先看“被提示者中受罚的比例”：它偏低，说明这一组被提示得过了；"
                "再看“受罚者中未被提示的比例”：它偏高，说明这一组被漏得多。"
            ]
        )
    )
    heads = ("组", *model_even.measures(told))
    for title, groups in model_even.groupings(told).items():
        show(fold(title, model_even.counted(groups), table(heads, map(_group, groups))))
    show(tag("p", about(told), class_="xj-muted xj-caption"))
    show(tag("p", "这些界限没有国内的依据。", basis_mark(borders.basis), class_="xj-detail"))


def _group(one: Group) -> tuple[Cell | Safe, ...]:
    return (Cell(one.name, f"{one.enterprises:,} 户"), *map(_compared, one.measures))


def _compared(one: Compared) -> Safe:
    shape, colour = _VERDICTS[one.verdict]
    word = f"{one.verdict}，{one.way}" if one.way else one.verdict
    mark = tag("span", tag("i", shape, aria_hidden="true"), word, class_=f"xj-level xj-{colour}")
    interval = f"（{one.interval}）" if one.interval else ""
    return tag("span", mark, tag("small", f"{one.ratio}{interval}"), tag("small", one.shares))


def drift(told: Told | None, found: list[Watched], borders: Borders) -> None:
    """The model in use as the last refresh watched it; beside it a model learned anew today."""
    if found:
        show(head(model_even.drift_finding(found), "在用的模型：最近一次更新时与学习的行相比；变量是 CSI，稳定性指数没有单位"))
        watched(found)
    else:
        trouble.empty("没有在用的模型，没有可监测的", "模型审批并更新后，每次更新都会在这里写下它的年龄和分布的变化。")
    if told is not None:
        again = told["drift"]
        show(
            head(
                model_even.again_finding(told),
                f"若今天重新学：学到 {again['trained_to']} 的行，与数据截至 {told['as_of']} 的企业相比",
            )
        )
        rows = model_even.drift_rows(told)
        show(fold("风险分和全部变量", f"{len(rows)} 项", table(model_even.DRIFT, map(_marked, rows))))
    show(
        tag("h2", "怎么读", class_="xj-h2"),
        tag("p", borders.drift, basis_mark(borders.basis), class_="xj-detail"),
    )


def watched(found: list[Watched]) -> None:
    """Age, score and variables of the model in use, one row each."""
    show(table(model_even.WATCHED, map(_marked, model_even.watch_rows(found))))


def _marked(row: tuple[Cell, ...]) -> tuple[Cell | Safe, ...]:
    """The row with a mark on a verdict that somebody has to look at."""
    *cells, verdict = row
    if verdict.value not in model_even.TO_LOOK_AT:
        return row
    shape = tag("i", "◆", aria_hidden="true")
    return (*cells, tag("span", shape, verdict.value, class_="xj-level xj-yellow"))

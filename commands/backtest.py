"""`backtest`: how good would the ranking have been on every past quarter end, and what does the record not show?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, ForJob, HomeDir, finish, now, parse_day, run_id, running


def main(
    as_of: Annotated[str | None, typer.Option("--as-of", help="只用到这一天为止的记录，默认快照的数据日")] = None,
    job: ForJob = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """回看：逐季末只用当时已知的记录排名，与各种基线并列，并说明记录里看不到的部分。"""
    from analytics.backtest import run_backtest
    from analytics.jobs import taken

    with running(home, as_json, debug) as settings, taken(settings, job, now, run_id()) as work:
        document = run_backtest(settings, parse_day(as_of, "--as-of") if as_of else None, now(), work.step)
        work.end({"build_id": document["build_id"], "as_of": document["as_of"], "folds": len(document["folds"])})
    finish(document, as_json, _as_text)


def _as_text(told: dict[str, Any]) -> str:
    made = "模拟数据" if told["synthetic"] else "真实数据"
    year = told["last_year"]
    random, finding = year["enterprises"]["random"], year["findings"]["model"]
    lines = [
        f"回看到 {told['as_of']}（{made}，快照 {told['build_id']}），{len(told['folds'])} 个季末",
        f"{told['sentence']}。",
        f"  {year['from']} 至 {year['to']} 的检查：同县、同样的日子，只把每户每季的第一次检查按风险换次序，复查不动；"
        f"随机换次序会是 {random['sooner']:,} 户早、{random['later']:,} 户晚。"
        f"按件计：{finding['whole']:,} 件里 {finding['sooner']:,} 件早、{finding['later']:,} 件晚。",
        "",
        *_methods(told),
        "",
        *_days(told),
        "",
        *_unseen(told),
        *_draws(told["honesty"]["exploration"]),
        *_groups(told["fairness"]),
        *_drifted(told["drift"]),
        *_spread(told["funnel"]),
    ]
    return "\n".join(lines)


def _methods(told: dict[str, Any]) -> list[str]:
    whole, days, lag = told["whole"], told["rule"]["capacity_days"], told["rule"]["capacity_lag_days"]
    lines = [
        f"全部回看日合计：{whole['rows']:,} 户次，受罚 {whole['positives']:,}；各县检查能力共 {whole['k']:,} 户次"
        f"（每个回看日之前第 {lag} 天往前 {days} 天的检查次数）",
    ]
    for name, title in told["methods"].items():
        one = whole[name]
        lines.append(
            f"  {title}：AUC {_span(one, 'auc')}，平均精度 {_span(one, 'ap')}，"
            f"能力内命中 {_part(one, 'precision_at_k')}（并列取最坏 {_share(one['precision_at_k_worst'])}），"
            f"查全 {_part(one, 'recall_at_k')}，平均早 {_span(one, 'days_sooner', ' 天')}，"
            f"晚查到的占 {_share(one['later_share'])}，前半程查到 {_share(one['first_half_share'])}，"
            f"名单逐月保留 {_share(one['stability'])}"
            + (f"，Brier {one['brier']:.4f}（只说总比例 {whole['brier_base']:.4f}）" if one["brier"] is not None else "")
        )
    return [*lines, *([told["readability"]] if told["readability"] else [])]


def _days(told: dict[str, Any]) -> list[str]:
    lines = ["逐个回看日（评分卡 / 最好的其他方法的 AUC，能力内命中，早几天，晚查到的占比）："]
    others = [name for name in told["methods"] if name != "model"]
    for one in told["folds"]:
        best = max(others, key=lambda name: one[name]["auc"])
        card = one["model"]
        sooner = f"{card['days_sooner']:.1f}" if card["days_sooner"] is not None else "—"
        lines.append(
            f"  {one['as_of']}  {_span(card, 'auc')} / {one[best]['auc']:.3f} {told['methods'][best]}，"
            f"{_share(card['precision_at_k'])}（k={one['k']}），{sooner} 天，{_share(card['later_share'])}"
        )
    return lines


def _unseen(told: dict[str, Any]) -> list[str]:
    gap = told["honesty"]
    card = gap["methods"]["model"]
    most = max(gap["by_county"], key=lambda one: one["unseen_share"])
    return [
        f"看不到的：{gap['rows']:,} 户次里 {gap['unseen']:,} 户次此后 180 天没有受过检查、也没有受罚（"
        f"{_part(gap, 'unseen_share')}；最多的是{most['county']} {_share(most['unseen_share'])}）；"
        f"受罚而没有检查记录的 {gap['hits_without_check']:,}。",
        f"  评分卡 AUC：没查到算没有 {_span(card, 'auc')}；只看受检的 {_span(card, 'auc_checked')}；"
        f"按受检可能性加权 {_span(card, 'auc_weighted')}；没受检的若与受检的一样多违法，"
        f"在 {card['auc_least_if_alike']:.3f}–{card['auc_most_if_alike']:.3f} 之间；不作任何假定，"
        f"在 {card['auc_least']:.3f}–{card['auc_most']:.3f} 之间。",
    ]


def _draws(told: dict[str, Any]) -> list[str]:
    random = "看得出是随机的" if told["looks_random"] else "并不随机，不能当作无偏的标尺"
    lines = [
        f"双随机：{told['checks']:,} 次检查里 {told['draws']:,} 次（{_part(told, 'draw_share')}），"
        f"被抽到的与全市相比 {_span(told, 'drawn_against_all')}（0.5 为随机）：{random}。各档发现问题的比例："
    ]
    rates = [f"{one['risk_class']} {_part(one, 'hit_rate')}（{one['checks']:,} 次）" for one in told["classes"]]
    return [*lines, f"  {'；'.join(rates)}"]


def _groups(told: list[dict[str, Any]]) -> list[str]:
    uneven = [one for one in told if one["verdict"] in ("偏高", "偏低")]
    unsure = sum(one["verdict"] == "不确定" for one in told)
    lines = [f"公平：{len(told)} 项比较，{len(uneven)} 项偏高或偏低，{unsure} 项不确定，其余相当（0.8–1.25）。"]
    return lines + [
        f"  {one['grouping']} {one['group']}：{one['title']} {_share(one['share'])}，其余 {_share(one['share_of_others'])}，"
        f"{one['ratio']:.2f} 倍（{one['ratio_low']:.2f}–{one['ratio_high']:.2f}），{one['verdict']}"
        for one in uneven
    ]


def _drifted(told: dict[str, Any]) -> list[str]:
    worse = [one for one in told["csi"] if one["verdict"] != "稳定"]
    said = "；".join(f"{one['title']} {one['index']:.3f} {one['verdict']}" for one in worse) or "各变量都稳定"
    age = f"学到 {told['trained_to']}，距今 {told['days_since']} 天{'，已陈旧' if told['stale'] else ''}"
    return [f"漂移：{age}；风险分 PSI {told['psi']['index']:.3f} {told['psi']['verdict']}；{said}。"]


def _spread(told: dict[str, Any]) -> list[str]:
    if not told["checks"]:
        return ["检查人员：一年内没有检查记录。"]
    one = told["inspectors"]
    return [
        f"检查人员（{told['from']} 至 {told['to']}，不排名，不作变量）：{one['units']} 个标记里"
        f" {one['outside_95']} 个在 95% 界外（凭偶然应有 {one['expected_outside']}），{one['outside_998']} 个在 99.8% 界外；"
        f"{told['note']}。"
    ]


def _span(told: dict[str, Any], name: str, unit: str = "") -> str:
    """A number with its interval."""
    value, low, high = told[name], told[f"{name}_low"], told[f"{name}_high"]
    digits = 1 if unit else 3
    return "—" if value is None else f"{value:.{digits}f}{unit}（{low:.{digits}f} 至 {high:.{digits}f}）"


def _part(told: dict[str, Any], name: str) -> str:
    """A share with its interval."""
    value, low, high = told[name], told[f"{name}_low"], told[f"{name}_high"]
    return "—" if value is None else f"{value:.1%}（{low:.1%}–{high:.1%}）"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"

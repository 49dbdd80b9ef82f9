"""When do landed records show, and who may bring that about now? The foot of the intake page."""

from __future__ import annotations

from analytics import intake
from analytics.intake import Intake
from pages.parts import alone, session
from pages.parts.markup import join, show, tag


def show_effect(judged: int = 0) -> None:
    """What no page shows yet, and the way to a refresh; looks again by itself while one is under way.

    `judged`: merges made or undone that the published snapshot does not hold yet.
    """
    show(tag("h2", "何时生效", class_="xj-h2"))
    if alone.goes_on("refresh"):
        return
    hidden = len(intake.not_yet_shown(session.desk()))
    if not hidden and not judged:
        last = intake.last_asked(session.desk(), "refresh")
        show(tag("p", "已入库的批次和合并都已生效，能在档案、清单和总览里查到。", class_="xj-detail"), _last(last))
        return
    waiting = [f"{hidden:,} 个批次"] * bool(hidden) + [f"{judged:,} 项合并或撤销"] * bool(judged)
    said = f"有 {'、'.join(waiting)}已登记，下次更新后生效：更新之后才会出现在档案、清单和总览里。"
    show(tag("p", said, class_="xj-detail"))
    if not alone.may("refresh"):
        show(tag("p", "更新由市局数据员或分析员发起；急用时请联系他们。", class_="xj-muted"))
    alone.offer("refresh", "立即更新", "primary")


def _last(last: Intake | None) -> object:
    """What the last refresh that a page asked for did."""
    if last is None or not last.outcome:
        return None
    done = last.outcome
    said = f"上次更新：{last.asked_by}于 {last.asked_at} 发起，新增预警 {done['opened']:,} 条，结束 {done['ended']:,} 条。"
    wrong = [f"{each['says']}（{each['bad_rows']:,} 行）" for each in done["checks"] if each["bad_rows"]]
    return tag("p", join(said, f"需要人工看一看：{'；'.join(wrong)}。" if wrong else ""), class_="xj-muted")

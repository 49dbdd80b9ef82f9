"""`refresh`: build, judge, check and publish the snapshot of one day."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.frame import AsJson, Debug, ForJob, HomeDir, finish, now, parse_day, plain, run_id, running, today


def main(
    as_of: Annotated[str | None, typer.Option("--as-of", help="截至哪一天，默认今天；模拟数据默认它的数据日")] = None,
    job: ForJob = None,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """构建、研判、预警、检查并发布快照。"""
    from analytics.jobs import taken
    from analytics.refresh import STEPS, refresh
    from data.home import Home
    from data.synthetic import present_day

    def tell(step: str) -> None:
        work.step(list(STEPS).index(step) + 1, len(STEPS), STEPS[step])

    with running(home, as_json, debug) as settings, taken(settings, job, now, run_id()) as work:
        day = parse_day(as_of, "--as-of") if as_of else present_day(Home(settings.home), today())
        report = refresh(settings, day, now(), run_id(), tell)
        document = {
            "build_id": report.build_id,
            "as_of": report.as_of,
            "seconds": report.seconds,
            "counts": report.counts,
            "checks": [check.as_dict() for check in report.checks],
            "published": report.published,
            "reused": report.reused,
            "opened": report.opened,
            "ended": report.ended,
            "refused": report.refused,
            "received_later": report.received_later,
        }
        work.end(plain(document))
    finish(document, as_json, _as_text, report.needs_person)


def _as_text(document: dict[str, Any]) -> str:
    counts = document["counts"]
    lines = [
        f"快照 {document['build_id']}，截至 {document['as_of']:%Y-%m-%d}"
        + ("（输入未变，沿用已有的）" if document["reused"] else ""),
        f"业户 {counts['enterprise']}，车辆 {counts['vehicle']}，从业人员 {counts['practitioner']}，证照 {counts['licence']}",
        f"许可 {counts['permit']}，处罚 {counts['penalty']}，检查 {counts['inspection']}，治超 {counts['overload']}",
        f"预警 {counts['alert']} 条（新增 {document['opened']}，结束 {document['ended']}）",
    ]
    if document["refused"]:
        lines.append(document["refused"])
    if document["received_later"]:
        lines.append(
            f"有 {document['received_later']} 个批次是这一天之后才收到的，当天还不知道（往年数据入库时请加 --backfill）"
        )
    lines += [
        f"请人工处理：{check['says']}（{check['name']}，{check['bad_rows']} 行）"
        for check in document["checks"]
        if check["bad_rows"]
    ]
    return "\n".join(lines)

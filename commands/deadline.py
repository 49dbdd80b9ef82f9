"""When is the last of n working days after a day?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, parse_day, running, today
from data.errors import BadArgument

if TYPE_CHECKING:
    from data.settings import Settings
    from data.workdays import Calendar

_MOST = 100_000


def main(
    dates: Annotated[list[str] | None, typer.Argument(help="起算日，可给多个；不给时读标准输入", metavar="DATE…")] = None,
    days: Annotated[int, typer.Option("--days", help="工作日数")] = 7,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """起算日次日起第 n 个工作日（调休上班日计入，放假日不计），按数据目录的工作日历；没有放假通知的年份标为暂定。"""
    from data.workdays import add_workdays

    with running(home, as_json, debug) as settings:
        asked = dates or [line.strip() for line in sys.stdin if line.strip()]
        if not asked or len(asked) > _MOST:
            raise BadArgument(
                "没有可计算的日期" if not asked else "日期太多", "命令行或标准输入", f"请给出 1 到 {_MOST} 个日期"
            )
        answers, calendar = [], _calendar(settings)
        for text in asked:
            day = parse_day(text, "DATE")
            end, provisional = add_workdays(day, days, calendar)
            answers.append({"from": day, "days": days, "deadline": end, "provisional": provisional})
        finish(answers[0] if dates and len(dates) == 1 else answers, as_json, lambda _: "\n".join(map(_sentence, answers)))


def _calendar(settings: Settings) -> Calendar:
    """The home's calendar as it is known today; where there is no home, the one that comes with the program."""
    from data.calendars import calendar_of
    from data.home import Home, open_home
    from data.synthetic import present_day

    if Home(settings.home).is_empty:
        return calendar_of(None, today())
    home = open_home(settings.home)
    return calendar_of(home, present_day(home, today()))


def _sentence(answer: dict) -> str:
    note = "（暂定：尚无该年放假通知）" if answer["provisional"] else ""
    return f"{answer['from']} 起 {answer['days']} 个工作日，截止 {answer['deadline']}{note}"

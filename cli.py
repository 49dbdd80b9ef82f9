"""The command line of 信鉴: names every verb of `commands/` and imports one only when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys

import typer

from commands.frame import fail
from commands.usage import explain_in_chinese, usage_error
from data.errors import BadArgument

#: verb → (module in commands/, one line of help). A module holds `main` or, for a verb with sub-verbs, `app`.
VERBS: dict[str, tuple[str, str]] = {
    "land": ("commands.land", "识别、检查并入库文件"),
    "findings": ("commands.findings", "列出一个批次的全部问题"),
    "refresh": ("commands.refresh", "构建、研判、预警、检查并发布快照"),
    "snapshots": ("commands.snapshots", "列出快照"),
    "rollback": ("commands.rollback", "切换到较早的快照"),
    "verify": ("commands.verify", "核对原始记录是否完整"),
    "lookup": ("commands.lookup", "按名称、拼音首字母、代码、车牌、证号查找"),
    "profile": ("commands.profile", "一户式档案"),
    "alerts": ("commands.alerts", "预警清单"),
    "merges": ("commands.merges", "疑似同一主体和关联线索"),
    "export": ("commands.export", "导出双公示工作台账、月报表"),
    "check-code": ("commands.check_code", "核验统一社会信用代码、身份证号、组织机构代码、车牌"),
    "deadline": ("commands.deadline", "计算 n 个工作日的截止日"),
    "repair": ("commands.repair", "一个处罚决定何时可申请修复、何时应撤下"),
    "calendar": ("commands.workday_calendar", "工作日历：登记放假通知、更正一天、查看"),
    "train": ("commands.train", "训练风险模型，跨期回看并登记"),
    "backtest": ("commands.backtest", "逐季末回看风险模型，与各种基线并列"),
    "model": ("commands.model", "风险模型：列出、审批"),
    "rules": ("commands.rules", "列出、检查规则库"),
    "grade": ("commands.grade", "按评价方案试算等级，逐项说明"),
    "user": ("commands.user", "账号：新增、停用、列出"),
    "log": ("commands.log", "查阅日志与操作日志"),
    "demo": ("commands.demo", "在空的数据目录里建立演示城市"),
    "village": ("commands.village", "在空的数据目录里建立模拟村"),
    "serve": ("commands.serve", "启动页面"),
}

#: The exit code of a command that was stopped from outside, as shells count it.
INTERRUPTED = 130


def main(args: list[str]) -> None:
    """Run one verb; unknown verbs and bad arguments end with exit code 2."""
    if not args or args[0] in ("--help", "-h"):
        print(_overview())
        return
    verb, rest = args[0], args[1:]
    if verb not in VERBS:
        _refuse(BadArgument(f"没有“{verb}”这个命令", "命令行", "运行 cli.py --help 查看全部命令"), rest)
    if "--help" in rest:
        explain_in_chinese()
    try:
        ended = _app(verb)(args=[_readable(each) for each in rest], prog_name=f"cli.py {verb}", standalone_mode=False)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except typer.Abort:
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except typer.TyperException as error:
        _refuse(usage_error(error, verb), rest)
    sys.exit(ended if isinstance(ended, int) else 0)


def _app(verb: str) -> typer.Typer:
    module = importlib.import_module(VERBS[verb][0])
    if hasattr(module, "app"):
        return module.app
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(module.main)
    return app


def _refuse(error: BadArgument, args: list[str]) -> None:
    try:
        fail(error, "--json" in args)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)


def _overview() -> str:
    lines = [f"  {verb:<12}{words}" for verb, (_, words) in VERBS.items()]
    return "信鉴：交通运输信用归集、研判与预警\n\n用法：cli.py 命令 [参数]；每个命令都有 --help\n\n" + "\n".join(lines)


def _readable(argument: str) -> str:
    """An argument whose bytes are no text in this machine's encoding would break every answer that repeats it."""
    try:
        argument.encode("utf-8")
    except UnicodeEncodeError:
        if not os.path.lexists(argument):
            return argument.encode("utf-8", "replace").decode("utf-8")
    return argument


def _speak_utf8() -> None:
    """Answers are UTF-8 whatever the locale says; what cannot be written is replaced, never fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")


if __name__ == "__main__":
    _speak_utf8()
    try:
        try:
            main(sys.argv[1:])
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has heard enough (`| head`); nothing more is to be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(INTERRUPTED)

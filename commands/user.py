"""Which accounts are there? `user add`, `user disable`, `user list`: how a real home gets its first people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.frame import AsJson, Debug, HomeDir, finish, now, running
from data.errors import BadArgument

if TYPE_CHECKING:
    from data.casework import Casework
    from data.settings import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="账号：新增、停用、列出。")

#: Who acts when the command line acts.
ACTOR = "command line"


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="用户名：小写字母开头，2–32 个字符")],
    display: Annotated[str, typer.Option("--display", help="姓名")] = "",
    role: Annotated[
        str, typer.Option("--role", help="角色：head analyst inspector clerk officer county_officer approver admin")
    ] = "",
    unit: Annotated[str, typer.Option("--unit", help="单位名称或编号")] = "",
    county: Annotated[
        str | None, typer.Option("--county", help="限定的县（市、区）；不写则按单位：县局限本县，市局全市")
    ] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="从标准输入读一行密码")] = False,
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """新增账号；数据目录还没有时一并建立。不加 --password-stdin 时在终端里输入两遍密码。"""
    with running(home, as_json, debug) as settings:
        for given, option, words in ((role, "--role", "角色"), (unit, "--unit", "单位")):
            if not given:
                raise BadArgument(f"没有写{words}", option, "运行 user add --help 查看用法")
        from data.casework.accounts import add_account, check_name, check_password

        check_name(name)
        password = _password(password_stdin)
        check_password(password, name)
        added = add_account(
            _open(settings, create=True), name, display=display, role_id=role, unit_name=unit, county=county,
            password=password, now=now(), actor=ACTOR, run_id=_run_id(),
        )  # fmt: skip
        finish(added, as_json, lambda row: f"已新增账号 {_line(row)}")


@app.command()
def disable(
    name: Annotated[str, typer.Argument(help="用户名")],
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """停用账号；已登录的会话立刻失效。"""
    with running(home, as_json, debug) as settings:
        from data.casework.accounts import disable_account

        done = disable_account(_open(settings), name, now=now(), actor=ACTOR, run_id=_run_id())
        finish(done, as_json, lambda row: f"已停用账号 {row['user']}，其会话已失效")


@app.command("list")
def list_all(as_json: AsJson = False, home: HomeDir = None, debug: Debug = False) -> None:
    """列出全部账号。"""
    with running(home, as_json, debug) as settings:
        from data.casework.accounts import list_accounts

        finish(list_accounts(_open(settings)), as_json, _lines)


def _open(settings: Settings, create: bool = False) -> Casework:
    from data.casework import open_casework
    from data.home import open_home

    open_home(settings.home, create=create)
    return open_casework(settings, now())


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadArgument("没有可以输入密码的终端", "密码", "请用 --password-stdin 从标准输入给出")
    password: str = typer.prompt("密码", hide_input=True, confirmation_prompt="再输入一遍", err=True)
    return password


def _run_id() -> str | None:
    from structlog.contextvars import get_contextvars

    return get_contextvars().get("run_id")


def _lines(rows: list[dict[str, Any]]) -> str:
    return "\n".join(_line(row) for row in rows) or "还没有账号，用 user add 新增"


def _line(row: dict[str, Any]) -> str:
    ended = "  已停用" if row["disabled_at"] else ""
    return f"{row['user']}  {row['display']}  {row['role_zh']}  {row['unit']}  {row['county'] or '全市'}{ended}"

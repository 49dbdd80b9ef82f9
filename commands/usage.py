"""What does Typer have to say about a command line, in Chinese? Its errors as one sentence, its help with Chinese headings."""

from __future__ import annotations

import re
from typing import Any

import typer

from data.errors import BadArgument

#: What Typer says of a value or a line, and what we say. `{0}` is what the pattern caught.
_SAID = (
    (r"extra argument\(s\) \((.*)\)", "多出了参数 {0}"),
    (r"No such command '(.*)'", "没有“{0}”这个子命令"),
    (r"Missing command", "没有写子命令"),
    (r"valid integer", "要一个整数"),
    (r"valid number", "要一个数"),
    (r"greater than or equal to (\S+)", "不能小于 {0}"),
    (r"less than or equal to (\S+)", "不能大于 {0}"),
    (r"not in the range (.*)\.$", "要在 {0} 之间"),
)
_HEADINGS = {"ARGUMENTS": "参数", "OPTIONS": "选项", "COMMANDS": "子命令"}


def usage_error(error: Any, verb: str) -> BadArgument:
    """A Typer exception (missing, unknown or unusable argument) as our own error."""
    return BadArgument(_sentence(error), f"命令 {verb}", f"运行 cli.py {verb} --help 查看用法")


def _sentence(error: Any) -> str:
    param = getattr(error, "param", None)
    name = (param.metavar if param.param_type_name == "argument" and param.metavar else param.get_error_hint()) if param else ""
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "MissingParameter":
            return f"缺少 {name.strip(chr(39))}"
        case "NoSuchOption":
            return f"没有 {option} 这个选项"
        case "BadOptionUsage":
            return f"选项 {option} 后面要写一个值" if "requires" in error.message else f"选项 {option} 不带值"
        case "BadParameter":
            return f"{name.strip(chr(39))} 的值不能用：{_translated(error.message) or error.message}"
    return _translated(error.message) or f"命令写得不对：{error.message}"


def _translated(message: str) -> str:
    for pattern, words in _SAID:
        found = re.search(pattern, message)
        if found:
            return words.format(*found.groups())
    return ""


def explain_in_chinese() -> None:
    """Give the help texts of this process Chinese headings."""
    from typer import core, rich_utils

    for panel, words in _HEADINGS.items():
        setattr(rich_utils, f"{panel}_PANEL_TITLE", words)
    rich_utils.REQUIRED_LONG_STRING = "（必填）"
    rich_utils.DEFAULT_STRING = "（默认 {}）"
    for kind in (core.TyperCommand, core.TyperGroup):
        kind.get_usage = _usage(kind.get_usage)  # type: ignore[method-assign]
        kind.get_help_option = _help_option(kind.get_help_option)  # type: ignore[method-assign]


def _usage(plain: Any) -> Any:
    return lambda command, context: plain(command, context).replace("Usage:", "用法：")


def _help_option(plain: Any) -> Any:
    def chinese(command: Any, context: typer.Context) -> Any:
        option = plain(command, context)
        if option is not None:
            option.help = "显示这段说明"
        return option

    return chinese

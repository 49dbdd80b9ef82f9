"""How does every verb read its common flags, speak JSON, and end?

Each verb is a function in its own file; `cli.py` registers it. The flags `--json`, `--home` and `--debug`
come after the command. Exit codes: 0 done, 1 done and something needs a person, 2 not carried out.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from data import journal
from data.clock import day_of, stamp
from data.errors import BadArgument, XinjianError
from data.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="在标准输出打印一个 JSON 文档")]
HomeDir = Annotated[Path | None, typer.Option("--home", help="数据目录，默认取环境变量 XINJIAN_HOME，再默认 var/")]
#: Set by the pages alone, which start a verb as the process of a job (analytics/jobs.py).
ForJob = Annotated[str | None, typer.Option("--job", hidden=True)]
Debug = Annotated[bool, typer.Option("--debug", help="出错时打印调用栈")]


def now() -> datetime:
    """The entry point's clock (UTC). Nothing below the entry points reads one."""
    return datetime.now(UTC)


def run_id() -> str | None:
    """The run id that the log of this process carries."""
    import structlog

    return structlog.contextvars.get_contextvars().get("run_id")


def today() -> date:
    """Today in Asia/Shanghai."""
    return day_of(now())


def parse_day(text: str, name: str) -> date:
    """A `YYYY-MM-DD` argument; raises BadArgument with its name."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadArgument(f"“{text}”不是日期", name, "请写成 2026-10-31 的样子") from None


@contextmanager
def running(home: Path | None, as_json: bool, debug: bool, log_to_stderr: bool = True) -> Iterator[Settings]:
    """Settings for one command; any XinjianError ends it with its sentence and exit code."""
    settings = Settings.load(os.environ, home, debug)
    journal.start(run_id=uuid.uuid4().hex[:12], folder=settings.home / "log", to_stderr=log_to_stderr)
    try:
        yield settings
    except XinjianError as error:
        if debug:
            traceback.print_exc()
        fail(error, as_json)
    except (typer.Exit, SystemExit, BrokenPipeError):
        raise
    except Exception as error:
        journal.log().error("unexpected", error=type(error).__name__, text=str(error))
        if debug:
            raise
        fail(
            XinjianError(f"程序出错：{type(error).__name__}", str(error)[:200], "请加 --debug 重跑并把输出交给维护人员"),
            as_json,
        )


def fail(error: XinjianError, as_json: bool) -> NoReturn:
    """Print one error the way the caller asked for, and exit with its code."""
    if as_json:
        emit({"error": error.as_dict()})
    else:
        print(str(error), file=sys.stderr)
    raise typer.Exit(error.exit_code)


def emit(document: Any) -> None:
    """Exactly one JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, default=_plain) + "\n")


def plain(document: Any) -> Any:
    """The document with nothing in it but what JSON knows."""
    return json.loads(json.dumps(document, ensure_ascii=False, default=_plain))


def finish(document: Any, as_json: bool, as_text: Callable[[Any], str], needs_person: bool = False) -> None:
    """Print the answer as JSON or as text; exit 1 when a person is needed."""
    if as_json:
        emit(document)
    else:
        print(as_text(document))
    if needs_person:
        raise typer.Exit(1)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"not serialisable: {type(value).__name__}")

"""启动页面: checks that there is something to show, then becomes the server process of the pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.frame import AsJson, Debug, HomeDir, running

ROOT = Path(__file__).resolve().parent.parent


def main(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口")] = 8501,
    address: Annotated[str, typer.Option("--address", help="监听地址；要让别的电脑访问，写 0.0.0.0")] = "127.0.0.1",
    as_json: AsJson = False,
    home: HomeDir = None,
    debug: Debug = False,
) -> None:
    """启动页面，按 Ctrl+C 停止。还没有发布过快照时不启动。"""
    from analytics.desk import open_desk
    from analytics.jobs import tidy
    from commands.frame import now

    with running(home, as_json, debug) as settings:
        desk = open_desk(settings, now())
        desk.about()
        tidy(desk, now())
        environ = {**os.environ, "XINJIAN_HOME": str(settings.home), "XINJIAN_CASEWORK_URL": settings.casework_url}
    os.chdir(ROOT)
    sys.stdout.flush()
    # The pages are a layer beside the commands: they are started, not imported. The process becomes the server.
    arguments = [sys.executable, "-m", "pages.parts.server", "--port", str(port), "--address", address]
    os.execve(sys.executable, arguments, environ)  # noqa: S606  # our own module, no shell

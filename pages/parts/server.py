"""How are the pages served, and how does a sign-in become a cookie that outlives reload, deep link and restart?

`python -m pages.parts.server --port 8501 --address 127.0.0.1` starts it; `cli.py serve` checks the home first.
Beside Streamlit stand four things of our own: two routes that set and clear the cookie, one that takes files, the folder of
assets, and a shell that gives every page one Chinese HTML document and a content policy that allows no outside host.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import socket
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit.runtime.pages_manager import PagesManager

from analytics.entry import XinjianError
from pages.parts import receiving, session
from pages.parts.shell import Shell

ROOT = Path(__file__).resolve().parents[2]
LARGEST_FORM = 4096
#: What the pages load sooner or later; frozen once it is there.
HEAVY = (
    "pandas", "pyarrow", "plotly.graph_objects", "streamlit.elements.plotly_chart", "analytics.profile", "analytics.alerts",
    "analytics.source", "analytics.lookup", "analytics.headlines", "analytics.charts",
)  # fmt: skip


def make_app() -> st.App:
    """The ASGI application: Streamlit's own routes plus ours."""
    # Otherwise the first deep link after a start is looked for among pages/*.py and answered with an English "not found".
    PagesManager.uses_pages_directory = False
    return st.App(
        ROOT / "app.py",
        routes=[
            Route("/auth/sign-in", sign_in, methods=["POST"]),
            Route("/auth/sign-out", sign_out, methods=["POST"]),
            Route(receiving.ADDRESS, receiving.receive, methods=["POST"]),
            Mount("/assets", Assets(directory=ROOT / "static")),
        ],
        middleware=[Middleware(Shell)],
    )


class Assets(StaticFiles):
    """The folder `static/`, with a day of caching; the fonts' names change when their content does not, so a day is safe."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


async def sign_in(request: Request) -> Response:
    """POST user, password, next → cookie and back to `next`; a refusal comes back as a word in the address."""
    form = await own_form(request)
    if form is None:
        return PlainTextResponse("请求不是从本系统的页面发出的", status_code=403)
    target = local_path(form.get("next", "/"))
    try:
        token = await run_in_threadpool(session.open_session, form.get("user", ""), form.get("password", ""))
    except XinjianError as refusal:
        response = RedirectResponse(f"/?{urlencode({'next': target})}", status_code=303)
        # The sentence travels in a cookie, not in the address: a link made by somebody else must not put words here.
        response.set_cookie(
            session.REFUSAL, quote(f"{refusal.what}。{refusal.todo}。"), max_age=20, httponly=True, samesite="lax"
        )
        return response
    response = RedirectResponse(target, status_code=303)
    response.delete_cookie(session.REFUSAL)
    response.set_cookie(
        session.COOKIE,
        token,
        max_age=session.COOKIE_SECONDS,
        path="/",
        secure=request.headers.get("x-forwarded-proto", request.url.scheme) == "https",
        httponly=True,
        samesite="lax",
    )
    return response


async def sign_out(request: Request) -> Response:
    """POST → the session ends in the casework, the cookie goes, the sign-in appears."""
    if await own_form(request) is None:
        return PlainTextResponse("请求不是从本系统的页面发出的", status_code=403)
    await run_in_threadpool(session.close_session, request.cookies.get(session.COOKIE))
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(session.COOKIE, path="/")
    return response


async def own_form(request: Request) -> dict[str, str] | None:
    """The posted fields, or None when the request was not sent by one of our own pages or is too large."""
    if not receiving.sent_by_us(request):
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return None
    return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def local_path(address: str) -> str:
    """`address` if it is a path on this server, else the front page."""
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if plain and not parts.scheme and not parts.netloc else "/"


def main() -> None:
    """Serve until stopped. A port that is taken ends with one sentence and exit code 2."""
    wanted = argparse.ArgumentParser(description="启动页面")
    wanted.add_argument("--port", type=int, default=8501)
    wanted.add_argument("--address", default="127.0.0.1")
    chosen = wanted.parse_args()
    os.environ["STREAMLIT_SERVER_PORT"] = str(chosen.port)
    os.environ["STREAMLIT_SERVER_ADDRESS"] = chosen.address
    try:
        listening = socket.create_server((chosen.address, chosen.port), backlog=2048)
    except OSError as error:
        sys.exit(refuse(f"不能在 {chosen.address}:{chosen.port} 上监听（{error.strerror}）：请用 --port 换一个端口"))
    app = make_app()
    freeze()
    sys.stdout.write(f"信鉴已启动：http://{chosen.address}:{chosen.port}（按 Ctrl+C 停止）\n")
    sys.stdout.flush()
    serving = uvicorn.Config(app, ws="websockets-sansio", log_level="warning", access_log=False, timeout_graceful_shutdown=3)
    uvicorn.Server(serving).run(sockets=[listening])


def freeze() -> None:
    """Take what is loaded once out of the collector's sight: Streamlit collects all generations after every run."""
    for name in HEAVY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def refuse(sentence: str) -> int:
    """Say why not; the exit code for it."""
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    main()

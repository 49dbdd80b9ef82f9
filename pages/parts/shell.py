"""Which HTML document does a browser get before the first page runs?

Streamlit's own shell is English, names its own fonts and probes for its base address. This one replaces it for every
address that is a page: Chinese title and language, our style sheet and icon, and no probing. Any other address gets a
short Chinese answer, whoever asks: Streamlit's would be its English shell, and 200 for an address that does not exist. All
answers forbid the browser to ask any other host for anything.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from pages.parts.sitemap import ADDRESSES

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
OWN_HEAD = """<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
<link rel="preload" href="/assets/notosanssc-regular-common.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/boot.js"></script>
<script src="/assets/hand-in.js" defer></script>
<title>信鉴</title>"""
#: What the front end fetches; Streamlit and the folder of assets answer these.
FETCHED = ("/assets/", "/static/", "/media/", "/_stcore/")
NO_SCRIPT = "<noscript><p>本系统的页面需要 JavaScript，请在浏览器设置中启用后刷新。</p></noscript>"
NO_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width">
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/style.css">
<title>没有这个页面 · 信鉴</title></head>
<body class="xj-plain"><main><h1>没有这个页面</h1><p>地址可能写错了，或者页面已经改名。</p>
<p><a href="/">回到首页</a></p></main></body></html>"""


@cache
def page_document() -> str:
    """Streamlit's index.html with our head. It is the same for every page and every person."""
    text = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r'<link\s[^>]*rel="(?:shortcut icon|preload|service-desc)"[^>]*>|<title>.*?</title>', "", text)
    text = re.sub(r"<script>\s*window\.prerenderReady.*?</script>", "", text, flags=re.DOTALL)
    text = re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, text, flags=re.DOTALL)
    text = text.replace("<head>", f"<head>\n{OWN_HEAD}", 1).replace('<html lang="en">', '<html lang="zh-CN">', 1)
    return re.sub(r'"\./static/', '"/static/', text)


class Shell:
    """ASGI middleware: answers every address that is read itself, adds the headers to everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = document_for(Request(scope)) or self.app
        await answer(scope, receive, send_with_headers)


def document_for(request: Request) -> HTMLResponse | None:
    """The document for an address, or None when it is one that the front end fetches or posts to."""
    path = request.url.path
    if request.method not in {"GET", "HEAD"} or path.startswith(FETCHED):
        return None
    if path.strip("/") in ADDRESSES and not path.startswith("//"):
        return HTMLResponse(page_document(), headers={"Cache-Control": "no-cache"})
    return HTMLResponse(NO_PAGE, status_code=404)

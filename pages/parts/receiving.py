"""How does a file get from a browser into the home's inbox without ever lying in the memory of the pages?

`POST /hand-in`, the file as the body, its name in `X-File-Name` (percent-encoded UTF-8). Streamlit's own uploader keeps every
file in memory for as long as the tab is open, loses it on reload, and speaks English (docs/decisions/0010). Only our own
pages may post (same-site cookie and origin); the answer is one JSON object: `{"job": id}`, or `{"what", "where", "todo"}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from analytics.acts import hand_in, sign_in
from analytics.entry import XinjianError, report
from pages.parts import session

if TYPE_CHECKING:
    from analytics.entry import Person

ADDRESS = "/hand-in"
#: Bytes gathered before they are written.
PIECE = 1 << 20


def sent_by_us(request: Request) -> bool:
    """Whether one of our own pages sent this: browsers name the origin of every POST, and no page can forge it."""
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")


async def receive(request: Request) -> Response:
    """Take one file; whatever goes wrong, nothing of it stays and the answer is one sentence."""
    try:
        if not sent_by_us(request):
            return _refusal(403, "请求不是从本系统的页面发出的", "", "请从“数据入库”页面上传")
        announced = _announced(request)
        person = await run_in_threadpool(_person, request)
        if person is None:
            await _drain(request, announced)
            return _refusal(403, "登录已过期", "", "请刷新页面重新登录，再上传")
        return await _take(request, person, announced)
    except XinjianError as refused:
        return _refusal(400, refused.what, refused.where, refused.todo)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody listens any more
    except Exception as error:
        return _refusal(500, "上传时出错了", f"编号 {report(error, 'hand-in')}", "请重试；仍不行时把编号告诉管理员")


async def _take(request: Request, person: Person, announced: int | None) -> Response:
    desk = session.lasting_desk()
    name = unquote(request.headers.get("x-file-name", ""), errors="replace")
    try:
        arriving = await run_in_threadpool(hand_in.begin, desk, person, name, announced)
    except XinjianError:
        await _drain(request, announced)
        raise
    try:
        held = bytearray()
        async for chunk in request.stream():
            held += chunk
            if len(held) >= PIECE:
                await run_in_threadpool(arriving.write, bytes(held))
                held.clear()
        await run_in_threadpool(arriving.write, bytes(held))
        job = await run_in_threadpool(hand_in.complete, desk, person, arriving, announced, session.now())
    except BaseException:
        arriving.throw_away()
        raise
    return JSONResponse({"job": job["job_id"]})


def _person(request: Request) -> Person | None:
    return sign_in.who(session.lasting_desk(), request.cookies.get(session.COOKIE), session.now())


def _announced(request: Request) -> int | None:
    said = request.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() else None


async def _drain(request: Request, announced: int | None) -> None:
    """Let a refused file run out: a browser that is cut off while it sends never reads why."""
    if announced is not None and announced <= hand_in.LARGEST:
        async for _ in request.stream():
            pass


def _refusal(status: int, what: str, where: str, todo: str) -> JSONResponse:
    return JSONResponse({"what": what, "where": where, "todo": todo}, status_code=status)

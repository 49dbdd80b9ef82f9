"""Does the server take a file from its own pages only, whole or not at all, and answer in one sentence?"""

from __future__ import annotations

import asyncio
import json
from urllib.parse import quote

import pytest
from starlette.requests import Request

from pages.parts import receiving, session
from tests.fixtures_intake import NOW, SAMPLES

pytestmark = pytest.mark.page
CONTENT = (SAMPLES / "治超_抄告_样例.csv").read_bytes()


@pytest.fixture
def post(clerk_desk, clerk, idle, monkeypatch):
    """`post(content, **headers)` → (status, answer); `sent`: so many parts come before the line breaks."""
    monkeypatch.setattr(session, "lasting_desk", lambda: clerk_desk)
    monkeypatch.setattr(session, "now", lambda: NOW)

    def posted(content=CONTENT, person=clerk, sent=None, announced=None, name="治超.csv", **other):
        monkeypatch.setattr(receiving, "_person", lambda _request: person)
        size = len(content) if announced is None else announced
        headers = {
            "host": "x.local",
            "origin": "http://x.local",
            "content-length": str(size),
            "x-file-name": quote(name),
            **other,
        }
        parts = [content[at : at + 4096] for at in range(0, len(content), 4096)][:sent]
        messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        last = {"type": "http.request", "body": b"", "more_body": False}
        messages.append(last if sent is None else {"type": "http.disconnect"})
        named = [(key.encode(), value.encode("latin-1")) for key, value in headers.items() if value is not None]
        scope = {"type": "http", "method": "POST", "path": receiving.ADDRESS, "headers": named, "query_string": b""}

        async def next_message():
            return messages.pop(0)

        response = asyncio.run(receiving.receive(Request(scope, next_message)))
        return response.status_code, json.loads(response.body) if response.body else None

    return posted


def left(desk) -> list[str]:
    return [path.name for path in (desk.home.root / "inbox").rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_a_file_of_our_own_page_becomes_a_job(post, clerk_desk, idle):
    status, answer = post(name="治超 抄告😀.csv")
    assert (status, answer) == (200, {"job": idle[0]})
    assert left(clerk_desk) == ["治超 抄告😀.csv"]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", None, "http://x.local.evil.example"])
def test_a_form_of_another_site_hands_nothing_in(post, clerk_desk, origin):
    status, answer = post(origin=origin)
    assert status == 403
    assert "不是从本系统的页面" in answer["what"]
    assert left(clerk_desk) == []


def test_who_is_not_signed_in_is_told_to_sign_in(post, clerk_desk):
    status, answer = post(person=None)
    assert (status, answer["what"]) == (403, "登录已过期")
    assert left(clerk_desk) == []


def test_a_role_that_may_not_land_is_told_which_may(post, clerk_desk, people):
    status, answer = post(person=people(clerk_desk.casework, "inspector"))
    assert status == 400
    assert "数据员" in answer["todo"]
    assert left(clerk_desk) == []


def test_a_line_that_breaks_leaves_nothing(post, clerk_desk, idle):
    assert post(sent=2)[0] == 400
    assert (left(clerk_desk), idle) == ([], [])


def test_fewer_bytes_than_announced_leave_nothing(post, clerk_desk, idle):
    status, answer = post(announced=len(CONTENT) + 1)
    assert (status, answer["what"]) == (400, "文件没有传完")
    assert (left(clerk_desk), idle) == ([], [])


@pytest.mark.parametrize("size", [200 * 1024 * 1024 + 1, 10**15])
def test_a_file_over_the_limit_is_refused_before_it_is_sent(post, clerk_desk, size):
    status, answer = post(announced=size)
    assert status == 400
    assert "超过 200 MB" in answer["what"]
    assert left(clerk_desk) == []


def test_a_file_that_lies_about_its_size_is_stopped_at_the_limit(post, clerk_desk, monkeypatch):
    monkeypatch.setattr("data.inbox.LARGEST", 5000)
    status, answer = post(**{"content-length": None})
    assert status == 400
    assert "超过" in answer["what"]
    assert left(clerk_desk) == []


def test_an_unexpected_fault_is_a_number_to_quote_and_leaves_nothing(post, clerk_desk, monkeypatch):
    monkeypatch.setattr(receiving.hand_in, "complete", lambda *_: 1 / 0)
    status, answer = post()
    assert status == 500
    assert answer["where"].startswith("编号 ")
    assert left(clerk_desk) == []

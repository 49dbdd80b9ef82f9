"""Does the server's own part hold: where a sign-in may lead, what the shell contains, what the assets are?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from pages.parts.markup import join, prose, tag
from pages.parts.server import local_path
from pages.parts.shell import HEADERS, document_for, page_document
from pages.parts.sitemap import ADDRESSES, PLACES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("address", ["/profile?id=e1", "/", "/alerts?level=红色"])
def test_a_sign_in_leads_back_to_a_page_of_this_server(address):
    assert local_path(address) == address


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "", "/a\r\nSet-Cookie: x=1"],
)
def test_a_sign_in_never_leads_to_another_host(address):
    assert local_path(address) == "/"


@given(st.text(max_size=40))
def test_where_a_sign_in_leads_is_always_a_path(address):
    led = local_path(address)
    assert led.startswith("/")
    assert not led.startswith("//")
    assert "\\" not in led


def test_the_shell_is_chinese_names_no_other_host_and_no_english_title():
    document = page_document()
    assert '<html lang="zh-CN">' in document
    assert "<title>信鉴</title>" in document
    assert re.findall(r"https?://", document) == []
    assert "JavaScript to run this app" not in document
    assert 'src="/static/js/' in document
    assert "default-src 'self'" in HEADERS["Content-Security-Policy"]


def asked(path, accept, method="GET"):
    headers = [(b"host", b"127.0.0.1"), *([(b"accept", accept)] if accept else [])]
    return Request({"type": "http", "method": method, "path": path, "headers": headers, "query_string": b"", "scheme": "http"})


@pytest.mark.parametrize("accept", [b"text/html,*/*;q=0.8", b"*/*", b"application/json", b""])
def test_every_address_gets_its_chinese_answer_whatever_the_visitor_says_it_reads(accept):
    for address in ("", *ADDRESSES):
        found = document_for(asked(f"/{address}", accept))
        assert found is not None
        assert (found.status_code, bytes(found.body).decode()) == (200, page_document())
    for wrong in ("/nope", "/cockpit/deeper", "//cockpit", "/hand-in", "/index.html"):
        missing = document_for(asked(wrong, accept))
        assert missing is not None
        assert missing.status_code == 404
        assert "没有这个页面" in bytes(missing.body).decode()


def test_what_the_front_end_fetches_and_what_is_posted_passes_through_the_shell():
    for path in ("/assets/style.css", "/static/js/index.js", "/media/x.png", "/_stcore/health"):
        assert document_for(asked(path, b"text/html")) is None
    assert document_for(asked("/hand-in", b"*/*", "POST")) is None


def test_every_asset_the_shell_and_the_style_sheet_name_exists():
    style = (ROOT / "static" / "style.css").read_text(encoding="utf-8")
    named = re.findall(r'"/assets/([^"]+)"', page_document()) + re.findall(r'url\("([^"]+)"\)', style)
    assert [name for name in named if not (ROOT / "static" / name).exists()] == []
    assert "http" not in style


def test_fonts_stay_small_enough_for_a_phone():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "static").glob("*.woff2")}
    assert len(sizes) == 4
    assert max(sizes.values()) < 2_500_000


def test_page_addresses_are_unique_and_pages_lie_one_level_down():
    assert len({place.address for place in PLACES}) == len(PLACES)
    assert all(re.fullmatch(r"pages/[a-z]+/[a-z_]+\.py", place.file) for place in PLACES)
    assert all((ROOT / place.file).exists() for place in PLACES)
    assert list((ROOT / "pages").glob("*.py")) == [ROOT / "pages" / "__init__.py"]


@given(st.text(max_size=60))
def test_a_value_is_never_taken_for_html(text):
    assert "<" not in join(text)
    assert tag("p", text).count("<") == 2
    assert '"' not in tag("p", title=text).removeprefix('<p title="').removesuffix('"></p>')


def test_a_date_in_a_sentence_is_not_broken_at_its_hyphens():
    assert prose("最近 2026-08-28，<b>") == '最近 <span class="xj-nb">2026-08-28</span>，&lt;b&gt;'

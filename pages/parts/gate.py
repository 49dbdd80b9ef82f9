"""What does somebody see who is not signed in? The sign-in and nothing else; afterwards the page that was asked for."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages.parts import session
from pages.parts.markup import Safe, show, tag


def sign_in_screen(address: str) -> None:
    """The form. It posts to the server itself, so the password never enters Streamlit's own traffic."""
    asked = st.query_params.to_dict()
    refused = session.refusal()
    target = asked.pop("next", None) or f"/{address}" + (f"?{urlencode(asked)}" if asked else "")
    show(
        tag(
            "div",
            tag(
                "div",
                tag("span", "信鉴", class_="xj-brand"),
                tag("span", "交通运输信用归集、研判与预警", class_="xj-muted"),
                class_="xj-gate-head",
            ),
            tag("p", refused, class_="xj-refused", role="alert") if refused else None,
            _form(target),
            _demo_accounts(),
            class_="xj-gate",
        )
    )


def _form(target: str) -> Safe:
    return tag(
        "form",
        Safe(f'<input type="hidden" name="next" value="{_attribute(target)}">'),
        _field("user", "用户名", "text", "username"),
        _field("password", "密码", "password", "current-password"),
        tag("button", "登录", type="submit", class_="xj-button"),
        method="post",
        action="/auth/sign-in",
    )


def _field(name: str, label: str, kind: str, autocomplete: str) -> Safe:
    field = f'<input id="xj-{name}" name="{name}" type="{kind}" autocomplete="{autocomplete}" autocapitalize="none" required>'
    return tag("div", tag("label", label, for_=f"xj-{name}"), Safe(field), class_="xj-field")


def _demo_accounts() -> Safe | None:
    shown = session.desk().demo_accounts
    if not shown:
        return tag("p", "没有账号或忘记密码，请联系本单位管理员。", class_="xj-muted")
    rows = [
        tag("tr", tag("td", one.role_zh), tag("td", tag("code", one.user)), tag("td", tag("code", one.password)))
        for one in shown
    ]
    head = tag(
        "thead", tag("tr", tag("th", "岗位", scope="col"), tag("th", "用户名", scope="col"), tag("th", "密码", scope="col"))
    )
    return tag(
        "section",
        tag("h2", "模拟数据，可用下列账号试用"),
        tag("table", head, tag("tbody", *rows)),
        class_="xj-demo",
    )


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")

"""What stands around every page: the ribbon, the header with scope and data date, the foot of the sidebar."""

from __future__ import annotations

import streamlit as st

from analytics.desk import Desk
from analytics.entry import Person
from pages.parts import done, session
from pages.parts.markup import named, show, tag


def desk() -> Desk:
    """The desk this page asks."""
    return session.desk()


def header(question: str, scope: str | None = None, over: str | None = None) -> None:
    """The question as title, and one grey line: scope, data day, snapshot, rules, synthetic or not."""
    done.tell()
    about = session.desk().about()
    said = [
        scope,
        f"数据截至 {about.as_of.isoformat()}",
        f"快照 {about.build_id[:6]}",
        f"规则版本 {about.rules_version[:6]}",
        "模拟数据" if about.synthetic else None,
    ]
    show(
        tag("p", over, class_="xj-over") if over else None,
        tag("h1", named(question), class_="xj-title"),
        tag("p", " · ".join(part for part in said if part), class_="xj-scope"),
    )


def ribbon() -> None:
    """The quiet, permanent ribbon of a synthetic home."""
    if session.desk().synthetic:
        show(tag("div", "模拟数据：企业、车辆、人员均为虚构", class_="xj-ribbon", role="note"))


def sidebar(person: Person) -> None:
    """Who is signed in, for which county, and the way out."""
    way_out = tag("button", "退出登录", type="submit", class_="xj-button xj-quiet")
    with st.sidebar:
        show(
            tag(
                "div",
                tag("strong", person.name),
                tag("span", f"{person.role_zh} · {scope_of(person)}", class_="xj-muted"),
                tag("form", way_out, method="post", action="/auth/sign-out"),
                class_="xj-person",
            )
        )


def scope_of(person: Person) -> str:
    """The person's scope in words."""
    return "全市" if person.city_wide else person.county or person.unit

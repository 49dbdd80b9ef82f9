"""What does a page show when it cannot answer: an error, a missing right, nothing to show?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from analytics.entry import XinjianError, report
from pages.parts.markup import show, tag


@contextmanager
def answering() -> Iterator[None]:
    """Run a part of a page; an error of our own family becomes the box and ends the page."""
    try:
        yield
    except XinjianError as error:
        error_box(error.what, error.where, error.todo)
        st.stop()
    except Exception as error:
        error_box("页面出错了", f"编号 {report(error, 'page')}", "请刷新重试；仍不行时把编号告诉管理员。")
        st.stop()


def error_box(what: str, where: str = "", todo: str = "") -> None:
    """The sentence, the place, what to do."""
    show(
        tag(
            "div",
            tag("strong", what),
            tag("p", where, class_="xj-muted") if where else None,
            tag("p", todo) if todo else None,
            class_="xj-box xj-box-error",
            role="alert",
        )
    )


def empty(why: str, what_fills_it: str = "") -> None:
    """Why there is nothing here and what would fill it."""
    show(tag("div", tag("strong", why), tag("p", what_fills_it) if what_fills_it else None, class_="xj-box"))


def not_allowed(title: str, roles: list[str]) -> None:
    """Which roles may, and whom to ask."""
    show(
        tag("h1", title, class_="xj-title"),
        tag(
            "div",
            tag("strong", f"您的岗位不能打开“{title}”"),
            tag("p", f"可以打开的岗位：{'、'.join(roles)}。" if roles else "目前没有岗位可以打开。"),
            tag("p", "如工作需要，请联系本单位管理员调整岗位。"),
            class_="xj-box",
        ),
    )

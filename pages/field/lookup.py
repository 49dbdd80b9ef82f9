"""要查哪一户？ Search first: name, piece of a name, pinyin initials, code, plate, licence, certificate."""

import streamlit as st

from analytics import lookup
from analytics.risk import CAVEAT
from pages.parts import dossier, frame, purposes, trouble
from pages.parts.markup import show, tag

MOST = 20

frame.header("要查哪一户？", "全市")
asked = st.text_input(
    "查找",
    key="q",
    type="search",
    bind="query-params",
    live="300ms",
    label_visibility="collapsed",
    placeholder="名称、拼音首字母、信用代码、车牌、许可证号",
)
purposes.choose()

if not asked or not asked.strip():
    examples = (
        ("名称或其中几个字", "宏远客运"),
        ("拼音首字母", "yjhy"),
        ("车牌，可省去晋M", "晋M12345"),
        ("信用代码、许可证号、从业资格证号", "整串输入"),
    )
    rows = [tag("li", tag("span", words), tag("code", example)) for words, example in examples]
    show(tag("p", "可以这样查", class_="xj-h2"), tag("ul", *rows, class_="xj-examples"))
    st.stop()

hits = lookup.find(frame.desk(), asked, MOST)
if not hits:
    trouble.empty(
        f"没有查到“{asked.strip()}”", "请少输几个字、改用拼音首字母，或核对代码和车牌。登记簿和入库记录里都没有的主体查不到。"
    )
elif len(hits) == MOST:
    show(tag("p", f"只列出最接近的 {MOST} 个，请再多输几个字", class_="xj-muted"))

for hit in hits:
    dossier.hit(hit)
if any(hit.risk_class for hit in hits):
    show(tag("p", f"{CAVEAT}。", class_="xj-caveat"))

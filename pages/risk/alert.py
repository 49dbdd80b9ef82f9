"""为什么预警、怎么处理？ One warning (?id=): sentence, reasons down to the source row, history, acknowledgement."""

import streamlit as st

from pages.parts import casefile, frame, links, trouble

wanted = st.query_params.get("id", "").strip()
links.go("alerts", "‹ 返回清单", st.session_state.get("queue_address", {}))
if wanted:
    casefile.show_one(wanted)
else:
    frame.header("为什么预警、怎么处理？")
    trouble.empty("还没有选定预警", "请从预警清单里点开一条。")

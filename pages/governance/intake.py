"""有哪些文件要入库？ Drop a file → what was recognised → verdict → confirm; `?job=` is one file, without it the list."""

import streamlit as st

from pages.parts import effect, handing_in, links, session, verdict

handing_in.look_after()
wanted = st.query_params.get("job", "").strip()
if wanted:
    links.go("intake", "‹ 返回清单", {})
    verdict.show_one(wanted)
else:
    handing_in.header("有哪些文件要入库？")
    handing_in.drop_zone()
    handing_in.last_ones()
effect.show_effect(session.person())

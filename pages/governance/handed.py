"""这个文件能不能入库？ One file handed in (?job=): what was recognised, its verdict, the decision, where its rows are."""

import streamlit as st

from pages.parts import effect, handing_in, links, trouble, verdict

handing_in.look_after()
links.go("intake", "‹ 返回清单", {})
wanted = st.query_params.get("job", "").strip()
if not wanted:
    handing_in.header("这个文件能不能入库？")
    trouble.empty("还没有选定文件", "请从“数据入库”的清单里点开一个。")
    st.stop()
if verdict.show_one(wanted).landed:
    effect.show_effect()

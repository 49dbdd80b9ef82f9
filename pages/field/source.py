"""这条记录原来是怎么写的？ File, sheet, row; the raw cells beside what they were understood as, personal ones masked."""

import streamlit as st

from analytics import source
from pages.parts import addresses, frame, purposes, records, trouble

batch, row = st.query_params.get("batch", ""), addresses.number(st.query_params.get("row", ""))
if not batch or row is None:
    frame.header("这条记录原来是怎么写的？")
    trouble.empty("还没有选定记录", "请从档案或预警里点开一条记录。")
    st.stop()
found = source.source_row(frame.desk(), batch, row)
subjects = {(meaning.subject_type, meaning.subject_id) for meaning in found.meanings if meaning.subject_id}
for subject_type, subject_id in sorted(subjects):
    purposes.log_look_up(subject_type, subject_id)
records.show_one(found)
if subjects:
    purposes.foot()

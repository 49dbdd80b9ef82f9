"""我们依据哪些文件？ The library as a list; one document (?doc=) with its versions, what stands on it, the ledger."""

import streamlit as st

from analytics import policies
from pages.parts import handing_in, policy_file, policy_ledger, policy_list, session

me, desk, now = session.person(), session.desk(), session.now()
chosen = st.query_params.get("doc")
if chosen is None:
    handing_in.header("我们依据哪些文件？")
    policy_list.numbers(policies.figures(desk, me, now))
    wanted = policy_list.choose()
    policy_list.shelf(policies.shelf(desk, me, wanted, now), wanted)
    policy_list.method()
else:
    found = policies.detail(desk, me, chosen, now)
    handing_in.header(f"《{found.line.policy.title}》", over="政策文件")
    policy_file.facts(found)
    policy_file.versions(found)
    policy_file.standing(found)
    policy_ledger.ledger(found)
    policy_ledger.forms(me, found)
    policy_file.way_back()

"""系统按哪些规则办事？ Every rule as a list; one rule (?rule=) with its versions; the catalogue of violations (?part=)."""

import streamlit as st

from analytics import rulebook, violations
from pages.parts import handing_in, rule_chapter, rule_confirm, rule_list, session, violation_list

me, desk, now = session.person(), session.desk(), session.now()
asked = st.query_params.get("rule", "")
found = rulebook.chapter(desk, me, asked, now) if asked else None
if found:
    handing_in.header(found.line.entry.title, over=f"规则库 · {found.line.entry.sort}")
    rule_chapter.facts(found)
    rule_chapter.use(found)
    rule_chapter.time_line(found)
    rule_confirm.standing(found)
    rule_chapter.editions(found)
    rule_confirm.forms(me, found)
    rule_chapter.documents(found)
    rule_list.way_back()
elif st.query_params.get("part") == violation_list.PART:
    handing_in.header("哪些行为违法，怎么罚？", over="规则库 · 违法行为目录")
    text, sector = violation_list.filters()
    page = violations.catalogue(desk, me, text, sector, violation_list.page_wanted(), now)
    violation_list.items(page)
    violation_list.method()
    rule_list.way_back()
else:
    handing_in.header("系统按哪些规则办事？")
    rule_list.unknown(asked)
    lines = rulebook.shelf(desk, me, now)
    rule_list.numbers(rulebook.figures(lines))
    rule_list.shelf(lines)
    rule_list.method()

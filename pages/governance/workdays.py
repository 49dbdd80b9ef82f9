"""哪些天算工作日？ A year (?year=) in twelve months, its notice, and for whom may: a new notice, a correction."""

import streamlit as st

from analytics.workdays import book_of
from pages.parts import calendar_change, handing_in, session, year_calendar
from pages.parts.session import desk, now

handing_in.header("哪些天算工作日？")
book = book_of(desk().home, desk().casework, now())
year = year_calendar.choose_year(book)
year_calendar.answer(book, year)
year_calendar.holiday_list(book, year)
year_calendar.twelve_months(book, year)
calendar_change.offer(session.person())
with st.container(key="calendar-proof"):
    year_calendar.years_known(book)
    year_calendar.history(book)
year_calendar.method()

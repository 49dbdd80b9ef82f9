"""Whatever is typed, the look-up answers or refuses with a sentence; it never breaks and never overflows its limit."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.lookup import cleaned, find
from data.errors import BadArgument

_ANY = st.text(max_size=30)
_NEAR = st.text(alphabet="晋M永济宏远客运0123456789XYJH·（）%_'\\ ", max_size=20)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_ANY | _NEAR, limit=st.integers(1, 100))
def test_any_text_gets_an_answer_or_a_sentence(village_desk, text, limit):
    try:
        hits = find(village_desk, text, limit)
    except BadArgument:
        assert cleaned(text) == ""
        return
    assert len(hits) <= limit
    assert len({hit.subject_id for hit in hits}) == len(hits)
    assert [hit.exact for hit in hits] == sorted((hit.exact for hit in hits), reverse=True)


@given(_ANY | _NEAR)
def test_what_is_compared_holds_no_blank_and_no_dot(text):
    assert not re.search(r"[\s·]", cleaned(text))

"""Does the look-up by its index tell what reading every subject would tell, in the same order?"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.lookup import MOST, asked_for, find
from data.errors import BadArgument

_COLUMNS = (
    "subject_type", "subject_id", "name", "uscc", "plate", "licence_no", "reg_no", "initials", "search_text", "id_key",
    "cert_key", "registered",
)  # fmt: skip


@pytest.fixture(scope="module")
def everybody(village_desk):
    con = village_desk.snapshot()._con.cursor()
    rows = con.execute(f"select {', '.join(_COLUMNS)} from subject").fetchall()
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def plain(everybody, asked, most):
    """Every subject read and compared, one after the other."""
    fitting = []
    for row in everybody:
        fit = fit_of(row, asked)
        if fit is not None:
            name, plate = (("", row[column]) if row[column] is not None else ("~", "") for column in ("name", "plate"))
            length = len(row["name"]) if row["name"] is not None else 10**9
            fitting.append((fit, not row["registered"], row["subject_type"], length, *name, *plate, row["subject_id"]))
    return [each[-1] for each in sorted(fitting)[:most]]


def fit_of(row, asked):
    whole = [
        (asked.code, row["uscc"]), (asked.code, row["reg_no"]), (asked.digits, row["licence_no"]), (asked.plate, row["plate"]),
        (asked.local_plate, row["plate"]), (asked.subject_id, row["subject_id"]), (asked.person_key, row["id_key"]),
        (asked.person_key, row["cert_key"]),
    ]  # fmt: skip
    if any(wanted is not None and wanted == held for wanted, held in whole):
        return 0
    if row["name"] is not None and row["name"].startswith(asked.opening):
        return 1
    if asked.initials is not None and row["initials"] is not None and row["initials"].startswith(asked.initials):
        return 2
    inside = row["search_text"] is not None and asked.fragment in row["search_text"]
    return 3 if inside or (asked.plate is not None and row["plate"] is not None and asked.plate in row["plate"]) else None


@st.composite
def piece_of_somebody(draw, everybody):
    """A piece of something a subject is called, now and then with a sign too many."""
    column = draw(st.sampled_from(["name", "search_text", "plate", "initials", "uscc", "licence_no", "reg_no", "subject_id"]))
    texts = sorted({row[column] for row in everybody if row[column]})
    text = draw(st.sampled_from(texts)) if texts else "永济"
    start = draw(st.integers(0, len(text) - 1))
    piece = text[start : start + draw(st.integers(1, len(text)))]
    return draw(st.sampled_from(["", "", "", "", "晋M", "·", "（", "%"])) + piece


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), limit=st.integers(1, MOST))
def test_the_index_tells_what_reading_everybody_tells(village_desk, everybody, data, limit):
    text = data.draw(piece_of_somebody(everybody) | st.text(max_size=6))
    try:
        asked = asked_for(village_desk, text)
    except BadArgument:
        return
    assert [hit.subject_id for hit in find(village_desk, text, limit)] == plain(everybody, asked, limit)

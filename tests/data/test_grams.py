"""Are texts cut alike when the index is laid out and when it is asked, and folded as the database folds them?"""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from data import grams, store
from data.index import postings

_TEXTS = st.lists(st.none() | st.text(alphabet="晋M永济运（a1 \U0001f600", max_size=7), max_size=8)


def test_every_sign_is_folded_as_the_database_folds_it():
    signs = [chr(point) for point in range(1, 0x110000) if not 0xD800 <= point < 0xE000]
    con = store.connect()
    con.register("given", pa.table({"sign": signs}))
    told = con.execute("select sign, lower(translate(sign, '（）', '()')) from given").fetchall()
    assert [sign for sign, folded in told if grams.folded(sign) != folded] == []


def subjects(texts):
    told = {name: pa.array(texts, pa.string()) for name in ("uscc", "reg_no", "licence_no", "plate", "id_key", "cert_key")}
    whole = pa.array([text or "" for text in texts], pa.string())
    return pa.table({"search_text": whole, "name": told["uscc"], "initials": told["uscc"], "subject_id": whole} | told)


@given(_TEXTS)
def test_many_texts_are_cut_as_one_is(texts):
    stand = [
        (int(gram), int(place))
        for kind in postings(subjects(texts))
        for gram, place in zip(*(part.tolist() for part in kind), strict=True)
    ]
    one_by_one = set()
    for place, text in enumerate(texts):
        whole = text or ""
        short = {sign for sign in whole if sign != " "} | {
            whole[at : at + 2] for at in range(len(whole) - 1) if " " not in whole[at : at + 2]
        }
        mine = {
            *grams.pieces(whole),
            *(grams.first_signs(each, grams.SHORT) for each in short),
            grams.end(whole),
            *((grams.end(text, grams.KEY),) if text is not None else ()),
        }
        for kind in (grams.NAME, grams.INITIALS):
            mine |= {grams.first_signs(text[:length], kind) for length in (1, 2, 3)} if text else set()
        one_by_one |= {(gram, place) for gram in mine}
    assert set(stand) == one_by_one


@given(st.text(max_size=30))
def test_no_text_holds_a_piece_with_a_blank_or_shorter_than_three_signs(text):
    assert len(grams.pieces(text)) <= max(0, len(text) - 2)
    assert grams.pieces(" ".join(text[:1] * 5)) == []

"""Does the index find what reading everybody finds, also where pieces are common and read window by window?"""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import grams, index, search, store
from data.search import Asked

_ALPHABET = "永济运晋M12a"
_COLUMNS = ("subject_type", "subject_id", "name", "uscc", "plate", "licence_no", "reg_no", "initials", "id_key", "cert_key")


def _subjects(count: int) -> list[dict[str, object]]:
    """Subjects whose texts are woven from few signs, so that every piece is common; a vehicle's plate is its name."""
    rows = []
    for number in range(count):
        digits = [number // len(_ALPHABET) ** step % len(_ALPHABET) for step in range(4)]
        name = "".join(_ALPHABET[digit] for digit in digits[: 2 + number % 3])
        kind = ("enterprise", "vehicle", "practitioner")[number % 3]
        nameless = number % 17 == 0 and kind != "vehicle"
        rows.append({
            "subject_type": kind, "subject_id": f"{kind[0]}{number:016x}", "name": None if nameless else name,
            "uscc": f"91{number % 50:04d}" if kind == "enterprise" else None, "plate": name if kind == "vehicle" else None,
            "licence_no": f"{number % 40:012d}" if kind != "practitioner" else None,
            "reg_no": name[::-1] if number % 5 == 0 else None, "initials": name.lower()[:2] or None,
            "id_key": f"{number % 60:032x}" if kind == "practitioner" else None, "cert_key": None,
            "registered": number % 7 > 0,
        })  # fmt: skip
        rows[-1]["search_text"] = grams.folded(
            " ".join(str(rows[-1][each]) for each in ("name", "uscc", "reg_no") if rows[-1][each])
        )
    return rows


class Town:
    """A snapshot and who is in it."""

    def __init__(self, snapshot: store.Snapshot, rows: list[dict[str, object]]) -> None:
        self.snapshot, self.rows = snapshot, rows


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A snapshot of 900 such subjects, indexed so that nearly every piece counts as common, and the subjects themselves."""
    path = tmp_path_factory.mktemp("search") / "one.duckdb"
    rows = _subjects(900)
    few = {"COMMON": 5, "SHORT_KEPT": 40, "_TEXTS": 400}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in few.items():
            patch.setattr(index, name, value)
        con = store.connect(path)
        store.run(con, "tables/subject")
        con.register("given", pa.Table.from_pylist(rows))
        con.execute("insert into subject by name select * from given")
        index.write_index(con)
        store.write_head(con, "0" * 16, date(2026, 1, 31), "code", "rules", False)
        con.close()
        for name, value in {"COMMON": 5, "_MANY": 8, "_WINDOW": 4, "_STROKE": 30, "_LONG": 6}.items():
            patch.setattr(search, name, value)
        yield Town(store.Snapshot(path), rows)


def plain(rows, asked: Asked, most: int) -> list[tuple[int, str]]:
    def fit(row) -> int | None:
        whole = (
            ("code", "uscc"), ("code", "reg_no"), ("digits", "licence_no"), ("plate", "plate"), ("local_plate", "plate"),
            ("subject_id", "subject_id"), ("person_key", "id_key"), ("person_key", "cert_key"),
        )  # fmt: skip
        if any(getattr(asked, wanted) is not None and getattr(asked, wanted) == row[held] for wanted, held in whole):
            return 0
        if asked.opening and (row["name"] or "").startswith(asked.opening):
            return 1
        if asked.initials and (row["initials"] or "").startswith(asked.initials):
            return 2
        inside = asked.fragment and asked.fragment in row["search_text"]
        return 3 if inside or (asked.plate and asked.plate in (row["plate"] or "")) else None

    def order(row):
        name, plate = row["name"], row["plate"]
        lacking = (name is None, len(name or ""), (name or "").encode(), plate is None, (plate or "").encode())
        return (not row["registered"], row["subject_type"], *lacking, row["subject_id"])

    fitting = [(fit(row), order(row), row["subject_id"]) for row in rows]
    return [(each[0], each[2]) for each in sorted(one for one in fitting if one[0] is not None)[:most]]


_TEXTS = st.text(alphabet=_ALPHABET, min_size=1, max_size=7)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), text=_TEXTS, most=st.integers(1, 20))
def test_every_way_of_asking_is_answered_as_by_reading_everybody(town, data, text, most):
    row = data.draw(st.sampled_from(town.rows))
    asked = Asked(
        code=data.draw(st.sampled_from([None, row["uscc"], row["reg_no"]])),
        digits=data.draw(st.sampled_from([None, row["licence_no"]])),
        plate=next(
            (each for each in (data.draw(st.sampled_from([None, row["plate"], text])),) if each and len(each) > 2), None
        ),
        local_plate=data.draw(st.sampled_from([None, row["plate"]])),
        subject_id=data.draw(st.sampled_from([None, row["subject_id"]])),
        person_key=data.draw(st.sampled_from([None, row["id_key"]])),
        opening=data.draw(st.sampled_from([None, text, (row["name"] or text)[:2]])),
        initials=data.draw(st.sampled_from([None, text.lower(), row["initials"]])),
        fragment=data.draw(st.sampled_from([None, text.lower(), (row["name"] or text)[1:].lower() or None])),
    )
    told = [(each["fit"], each["subject_id"]) for each in search.search(town.snapshot, asked, most)]
    assert told == plain(town.rows, asked, most)


@pytest.mark.parametrize("text", ["运" * 10_000, "永济运晋" * 2_500, "x" * 10_000])
def test_a_text_longer_than_any_is_answered_without_reading_anybody(town, monkeypatch, text):
    monkeypatch.setattr(search._Shelf, "read", lambda *_: pytest.fail("somebody was read"))
    assert search.search(town.snapshot, Asked(opening=text, fragment=text.lower(), plate=text), 20) == []

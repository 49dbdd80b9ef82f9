"""Is the catalogue of violations read as it is written, and refused where it is damaged?"""

from __future__ import annotations

from datetime import date

import pytest

from data.errors import BrokenRule
from data.violations import FILE, load_violations


def written(tmp_path, text):
    path = tmp_path / "violations.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_item_tells_clause_penalty_and_validity():
    first = load_violations()[0]
    assert (first.code, first.sector, first.regulation) == ("KY-001", "道路客运", "道路运输条例")
    assert (first.article, first.valid_from, first.valid_to) == ("第六十三条第二项", date(2023, 7, 20), None)
    assert first.citation == "《道路运输条例》（2023年第五次修订）第六十三条第二项"


def test_a_damaged_catalogue_is_refused_with_its_name(tmp_path):
    head, first, *_ = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    for text in (head + first + first, head.replace("name_zh", "name") + first, head + first.replace("2023-07-20,,", "七月,,")):
        with pytest.raises(BrokenRule) as raised:
            load_violations(written(tmp_path, text))
        assert raised.value.where == "data/seeds/violations.csv"
        load_violations.cache_clear()

"""Standards as data: complete for every kind, and a file that breaks the schema says where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data import standard as standards
from data.errors import BrokenRule, UnknownKind
from data.standard import FOLDER, KINDS, load_standard, read_standard, standards_digest


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_standard_with_a_source(kind: str) -> None:
    standard = load_standard(kind)
    assert standard.kind == kind
    assert standard.citation["title"]
    assert standard.basis in ("law", "local", "assumption")
    assert set(standard.identifying) <= {each.name for each in standard.fields}
    assert all(not each.expected or not each.required for each in standard.fields)


def test_the_thirty_columns_of_the_penalty_template_come_first_and_in_its_order() -> None:
    names = [each.name for each in load_standard("penalty").fields]
    assert names[:3] == ["subject_name", "subject_category", "uscc"]
    assert names[29] == "remark"


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UnknownKind, match="penalty"):
        load_standard("complaint")


def test_the_digest_is_of_every_file_s_content_and_of_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = standards_digest()
    folder = tmp_path / "elsewhere"
    shutil.copytree(FOLDER, folder)
    monkeypatch.setattr(standards, "FOLDER", folder)
    assert standards_digest() == before
    seen = {before}
    for path in sorted(folder.glob("*.toml")):
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(standards_digest())
    assert len(seen) == 1 + len(list(folder.glob("*.toml")))


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('kind = "vehicle"', 'kind = "car"', "kind"),
        ('basis = "assumption"', 'basis = "rumour"', "basis"),
        ('identifying = ["plate", "plate_colour"]', 'identifying = ["number"]', "identifying"),
        ('type = "text"', 'type = "letters"', "type"),
        ('clean = "plate"', 'clean = "soap"', "clean"),
        ('operator = "valid-code"', 'operator = "looks-nice"', "looks-nice"),
        ('severity = "error"', 'severity = "fatal"', "severity"),
        ('code = "plate"', 'kode = "plate"', "code"),
        ('rule = "VEH-001"', 'rule = "vehicle 1"', "rule"),
        ('field = "owner_uscc"', 'field = "owner"', "owner"),
        ('list = "plate_colour"', 'list = "colours"', "colours"),
        ("required = true", "must = true", "plate"),
        ('"黄色" = "黄"', '"黄色" = "金"', "别名"),
        ('title = "营运车辆"', 'titel = "营运车辆"', "title"),
        ("[[field]]", "[[field", "TOML"),
    ],
)
def test_a_broken_standard_says_file_and_key(old: str, new: str, word: str) -> None:
    text = (FOLDER / "vehicle.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(BrokenRule) as caught:
        read_standard("vehicle.toml", text.replace(old, new, 1))
    assert "vehicle.toml" in caught.value.where
    assert word in str(caught.value)

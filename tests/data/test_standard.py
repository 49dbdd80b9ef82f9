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
        load_standard("rumour")


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


# --- how a row becomes a fact ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if load_standard(kind).fact])
def test_every_day_a_fact_may_happen_on_is_bounded_by_its_receipt(kind: str) -> None:
    """A fact known before it happened keeps a snapshot from being published: the row is rejected at landing instead."""
    standard = load_standard(kind)
    assert standard.fact is not None
    bounded = {
        check.params["field"]
        for check in standard.checks
        if (check.operator, check.severity, check.params.get("not_after")) == ("day-range", "error", "received_on")
    }
    assert {name for name, _ in standard.fact.days} <= bounded


def test_a_fact_names_its_subject_by_the_fields_of_the_same_name_unless_told_otherwise() -> None:
    permit = load_standard("permit").fact
    assert permit is not None
    assert permit.roles["licence_no"] == "certificate_no"
    assert permit.naming() == ("uscc", "id_no", "reg_no", "subject_name", "certificate_no")
    assert permit.table == "permit"


@pytest.mark.parametrize(
    ("old", "new", "key", "word"),
    [
        ('party = "party"', 'party = "ship"', "fact.party", "须是"),
        ('party = "party"', 'party = ["party", "vehicle"]', "fact.party", "最后"),
        ('party = "party"', 'party = "vehicle"', "fact.party", "plate"),
        ('party = "party"\n', "", "fact.party", "缺少"),
        ('party = "party"', 'party = "party"\nparties = 2', "fact", "parties"),
        ('detail = "doc_name"', 'detail = "doc_nam"', "fact.detail", "doc_nam"),
        ('detail = "doc_name"', 'detail = "id_no"', "fact.detail", "个人"),
        ('detail = "doc_name"', 'amount = "content"', "fact.amount", "元"),
        ('headline = ["content"]', "headline = []", "fact.headline", "缺少"),
        ('"decision_date", "decision"', '"decision_date", "someday"', "fact.days", "someday"),
        ('"decision_date", "decision"', '"content", "decision"', "fact.days", "日期"),
        ('base_day = "decision_date"', 'base_day = "doc_no"', "fact.base_day", "日期"),
        ('["doc_no", "authority_code|authority?"', '["doc_no", "office?"', "fact.keys", "office"),
        ('licence_no = "certificate_no"', 'licence = "certificate_no"', "fact.named.licence", "须是"),
        ('licence_no = "certificate_no"', 'licence_no = "certificate"', "fact.named.licence_no", "certificate"),
        ('licence_no = "certificate_no"', 'id_no = "certificate_no"', "fact.named.id_no", "个人"),
        ('name = "status"', 'name = "until"', "fact", "until"),
    ],
)
def test_a_broken_fact_section_says_file_and_key(old: str, new: str, key: str, word: str) -> None:
    text = (FOLDER / "permit.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(BrokenRule) as caught:
        read_standard("permit.toml", text.replace(old, new, 1))
    assert caught.value.where == f"data/standards/permit.toml {key}"
    assert word in caught.value.what

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from analytics.rule_dictionary import render_listing, render_rules
from analytics.scheme_dictionary import render_schemes
from data.listing_rule import load_listing_rule
from data.repair_rule import load_repair_rule
from data.rulebook import load_rulebook
from data.scheme import load_schemes

ROOT = Path(__file__).resolve().parents[2]


def rules(*args: str, home: Path) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "cli.py", "rules", *args, "--home", str(home)], cwd=ROOT, capture_output=True, text=True
    )
    return ran.returncode, ran.stdout


def test_rules_lists_every_rule_with_its_basis_and_levels(tmp_path: Path) -> None:
    code, out = rules("--json", home=tmp_path)
    rows = {row["rule"]: row for row in json.loads(out)}
    assert code == 0
    schemes = {scheme.scheme_id for scheme in load_schemes()}
    assert rows.keys() == {rule.rule_id for rule in load_rulebook().rules} | schemes
    assert {name for name, row in rows.items() if row["kind"] == "scheme"} == schemes
    share = rows["overload-enterprise-share"]
    assert (share["basis"], share["effective_from"], share["effective_to"]) == ("law", "2011-07-01", None)
    assert share["citation"] == "《公路安全保护条例》（国务院令第593号）第六十六条"
    assert [(level["level"], level["limit"]) for level in share["levels"]] == [("red", 10)]
    assert rows["penalties-90-days"]["citation"] is None


def test_rules_check_finds_nothing_wrong_with_the_shipped_rules(tmp_path: Path) -> None:
    code, out = rules("check", "--json", home=tmp_path)
    assert (code, json.loads(out)) == (0, {"rules": 7, "schemes": 14, "problems": []})


def test_the_rule_dictionary_in_the_documents_is_the_current_one() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == (
        "\n".join(
            (
                render_rules(load_rulebook(), load_repair_rule()),
                render_listing(load_listing_rule()),
                render_schemes(load_schemes()),
            )
        ).rstrip("\n")
        + "\n"
    )

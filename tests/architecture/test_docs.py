"""Do the documents tell the truth: verbs, flags, paths, links, lengths?"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli import VERBS

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
_FOLDERS = "analytics|commands|data|docs|models|pages|static|tests|bench"
_PATH = re.compile(rf"`((?:{_FOLDERS})/[\w./*\-\u4e00-\u9fff]+|app\.py|cli\.py|Makefile)`")


def sections() -> dict[str, str]:
    """The text of docs/commands.md under each verb."""
    parts = re.split(r"^## ", COMMANDS, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0].strip(): part for part in parts}


def help_of(*verb: str) -> str:
    """What `--help` prints."""
    call = [sys.executable, "cli.py", *verb, "--help"]
    return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_the_manual_has_a_section_for_every_verb_and_no_other() -> None:
    assert list(sections()) == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_flag_in_the_manual_exists(verb: str) -> None:
    flags = set(re.findall(r"--[a-z][a-z-]+", sections()[verb])) - {"--json", "--help"}
    shown = help_of(verb)
    subs = (
        re.findall(rf"`{re.escape(verb)} ([a-z]+)", sections()[verb])
        if verb in {"user", "log", "rules", "model", "calendar", "export"}
        else []
    )
    for sub in subs:
        shown += help_of(verb, sub)
    assert sorted(flag for flag in flags if flag not in shown) == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_path_and_link_in_a_document_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [match.rstrip(".") for match in _PATH.findall(text)]
    missing = [name for name in named if not (list(ROOT.glob(name)) if "*" in name else (ROOT / name).exists())]
    links = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) if "://" not in link]
    missing += [link for link in links if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda page: page.name)
def test_a_decision_fits_on_a_page_and_has_its_three_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("\n") <= 40
    assert re.match(r"\d{4}-[a-z0-9-]+\.md$", page.name)
    assert all(part in text for part in ("## 背景", "## 决定", "## 后果"))


def test_the_readme_names_the_two_commands_that_the_makefile_has() -> None:
    readme, makefile = (ROOT / "README.md").read_text(encoding="utf-8"), (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test"):
        assert f"make {target}" in readme
        assert f"\n{target}:" in makefile
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_feature_claimed_names_a_page_or_command_and_a_test() -> None:
    listed = (ROOT / "docs" / "features.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in listed if re.match(r"\| \d", line)]
    assert rows
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if cells[2] != "—":
            assert "tests/" in cells[-1], row
